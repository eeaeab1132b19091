package decode

import "unsafe"

// nested checks the object or array that opens at s.pos and returns its text.
// The values inside are not kept: lists of the contract are scanned again when
// their field is read, and what the contract does not know is never read.
func (s *scanner) nested(depth int) (token, *Refusal) {
	if depth > maxDepth {
		return token{}, refuse(TooDeep, "Nest objects and lists at most %d levels deep.", maxDepth)
	}
	start := s.pos
	s.pos++
	if s.data[start] == '{' {
		refusal := s.pairs(depth + 1)
		return token{text: s.text[start:s.pos], kind: tokenObject}, refusal
	}
	refusal := s.elements(depth + 1)
	return token{text: s.text[start:s.pos], kind: tokenArray}, refusal
}

func (s *scanner) elements(depth int) *Refusal {
	if s.space(); s.skip(']') {
		return nil
	}
	for {
		s.space()
		if _, refusal := s.value(depth); refusal != nil {
			return refusal
		}
		if s.space(); s.skip(',') {
			continue
		}
		if s.skip(']') {
			return nil
		}
		return s.broken()
	}
}

func (s *scanner) pairs(depth int) *Refusal {
	if s.space(); s.skip('}') {
		return nil
	}
	for {
		s.space()
		if _, refusal := s.name(); refusal != nil {
			return refusal
		}
		if _, refusal := s.value(depth); refusal != nil {
			return refusal
		}
		if s.space(); s.skip(',') {
			continue
		}
		if s.skip('}') {
			return nil
		}
		return s.broken()
	}
}

// each calls read at the opening brace of every object of a list that nested
// has checked before. It refuses a list that holds anything else.
func each(list token, read func(*scanner) *Refusal) *Refusal {
	s := newScanner(unsafe.Slice(unsafe.StringData(list.text), len(list.text))) //nolint:gosec // the scanner never writes to its bytes
	s.pos++
	for s.space(); !s.at(']'); s.space() {
		if !s.at('{') {
			return refuse(WrongType, "Send a list of objects.")
		}
		if refusal := read(&s); refusal != nil {
			return refusal
		}
		s.space()
		s.skip(',')
	}
	return nil
}
