package decode

import "unsafe"

// maxDepth is how deep arrays and objects may be nested. The contract itself
// needs three levels; the bound keeps a hostile record from growing the stack.
const maxDepth = 64

type tokenKind uint8

const (
	tokenString tokenKind = iota + 1
	tokenNumber
	tokenTrue
	tokenFalse
	tokenNull
	tokenObject
	tokenArray
)

// A token is one JSON value. Strings are unescaped and alias the payload where
// they hold no escape; numbers, objects and arrays are their own source text,
// already checked.
type token struct {
	text  string
	kind  tokenKind
	ascii bool // a string whose bytes are all in 0x20..0x7F
}

// A scanner walks over one JSON text, once, from left to right.
type scanner struct {
	data []byte
	text string // the same memory as data
	pos  int
}

func newScanner(data []byte) scanner {
	return scanner{data: data, text: unsafe.String(unsafe.SliceData(data), len(data))} //nolint:gosec // the data outlive the scanner unchanged
}

// document reads the whole text as one object into r.
func (s *scanner) document(r *record) *Refusal {
	s.space()
	if !s.at('{') {
		return s.noObject()
	}
	if refusal := s.object(r); refusal != nil {
		return refusal
	}
	return s.end()
}

// noObject tells broken JSON from JSON of another shape.
func (s *scanner) noObject() *Refusal {
	if _, refusal := s.value(1); refusal != nil {
		return refusal
	}
	if refusal := s.end(); refusal != nil {
		return refusal
	}
	return refuse(NotObject, "Send one JSON object per message, not a list or a bare value.")
}

func (s *scanner) end() *Refusal {
	if s.space(); s.pos < len(s.data) {
		return refuse(NotJSON, "Send one JSON object per message; something else follows it at byte %d.", s.pos)
	}
	return nil
}

// object reads the members of the object that opens at s.pos into r.
func (s *scanner) object(r *record) *Refusal {
	s.pos++
	if s.space(); s.skip('}') {
		return nil
	}
	for {
		if refusal := s.member(r); refusal != nil {
			return refusal
		}
		if s.space(); s.skip(',') {
			s.space()
			continue
		}
		if s.skip('}') {
			return nil
		}
		return s.broken()
	}
}

func (s *scanner) member(r *record) *Refusal {
	name, refusal := s.name()
	if refusal != nil {
		return refusal
	}
	f := fieldNamed(name)
	value, refusal := s.value(2)
	if refusal != nil {
		if r.known.has(f) {
			refusal.Field = r.path(f)
		}
		return refusal
	}
	r.put(f, value)
	return nil
}

// name reads a member's name, its colon and the space behind it.
func (s *scanner) name() (string, *Refusal) {
	if !s.at('"') {
		return "", s.broken()
	}
	name, refusal := s.string()
	if refusal != nil {
		return "", refusal
	}
	if s.space(); !s.skip(':') {
		return "", s.broken()
	}
	s.space()
	return name.text, nil
}

// value reads the value at s.pos; depth is the level on which an object or
// array would be, the record itself being 1.
func (s *scanner) value(depth int) (token, *Refusal) {
	if s.pos == len(s.data) {
		return token{}, s.broken()
	}
	switch s.data[s.pos] {
	case '"':
		return s.string()
	case '{', '[':
		return s.nested(depth)
	case 't':
		return s.literal("true", tokenTrue)
	case 'f':
		return s.literal("false", tokenFalse)
	case 'n':
		return s.literal("null", tokenNull)
	}
	return s.number()
}

func (s *scanner) literal(word string, kind tokenKind) (token, *Refusal) {
	end := s.pos + len(word)
	if end > len(s.text) || s.text[s.pos:end] != word {
		return token{}, s.broken()
	}
	s.pos = end
	return token{kind: kind}, nil
}

// number reads -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?.
func (s *scanner) number() (token, *Refusal) {
	start := s.pos
	s.skip('-')
	if !s.skip('0') && !s.digits() {
		return token{}, s.broken()
	}
	if s.skip('.') && !s.digits() {
		return token{}, s.broken()
	}
	if s.skip('e') || s.skip('E') {
		if !s.skip('+') {
			s.skip('-')
		}
		if !s.digits() {
			return token{}, s.broken()
		}
	}
	return token{text: s.text[start:s.pos], kind: tokenNumber}, nil
}

// digits skips digits and tells whether there was one.
func (s *scanner) digits() bool {
	start := s.pos
	for s.pos < len(s.data) && isDigit(s.data[s.pos]) {
		s.pos++
	}
	return s.pos > start
}

func (s *scanner) space() {
	for s.pos < len(s.data) {
		switch s.data[s.pos] {
		case ' ', '\n', '\r', '\t':
			s.pos++
		default:
			return
		}
	}
}

func (s *scanner) at(c byte) bool { return s.pos < len(s.data) && s.data[s.pos] == c }

func (s *scanner) skip(c byte) bool {
	if !s.at(c) {
		return false
	}
	s.pos++
	return true
}

// broken reports that the text stops being JSON at s.pos.
func (s *scanner) broken() *Refusal {
	return refuse(NotJSON, "Send one JSON object in UTF-8 per message; this text stops being JSON at byte %d.", s.pos)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
