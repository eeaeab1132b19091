package decode

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads the string whose opening quote is at s.pos.
func (s *scanner) string() (token, *Refusal) {
	start := s.pos + 1
	end := plainEnd(s.data, start)
	if end < len(s.data) && s.data[end] == '"' {
		s.pos = end + 1
		return token{text: s.text[start:end], kind: tokenString, ascii: true}, nil
	}
	return s.richString(start, end)
}

// Masks for looking at eight bytes at once: a byte of eachOne is 1, the top bit of
// a byte of eachHigh is set.
const (
	eachOne  = 0x0101010101010101
	eachHigh = 0x8080808080808080
)

// plainEnd returns the index of the first byte at or after i that is a quote, a
// backslash, a control character or not ASCII; len(data) if there is none.
func plainEnd(data []byte, i int) int {
	for ; i+8 <= len(data); i += 8 {
		word := binary.LittleEndian.Uint64(data[i:])
		quote, backslash := word^(eachOne*'"'), word^(eachOne*'\\')
		// A byte's top bit is set where the byte is 0 (or, in the last line, below
		// 0x20). A borrow can only spoil bytes above a true hit, and only the lowest
		// hit is used.
		hit := (quote-eachOne)&^quote |
			(backslash-eachOne)&^backslash |
			(word-eachOne*' ')&^word |
			word
		if hit &= eachHigh; hit != 0 {
			return i + bits.TrailingZeros64(hit)/8
		}
	}
	for i < len(data) && data[i] >= ' ' && data[i] < utf8.RuneSelf && data[i] != '"' && data[i] != '\\' {
		i++
	}
	return i
}

// richString reads a string from its first byte that is not plain ASCII.
func (s *scanner) richString(start, i int) (token, *Refusal) {
	var unescaped []byte // what came before kept, once there is an escape
	kept := start
	for i < len(s.data) {
		switch c := s.data[i]; {
		case c == '"':
			return s.closeString(unescaped, kept, i)
		case c < ' ':
			s.pos = i
			return token{}, refuse(NotJSON, `Write control characters in strings as escapes such as \n; there is a bare one at byte %d.`, i)
		case c != '\\':
			i++
		default:
			r, size, refusal := s.escape(i)
			if refusal != nil {
				return token{}, refusal
			}
			unescaped = append(unescaped, s.data[kept:i]...)
			unescaped = utf8.AppendRune(unescaped, r)
			i += size
			kept = i
		}
	}
	s.pos = i
	return token{}, s.broken()
}

// closeString makes the token of a string that ends with the quote at end.
func (s *scanner) closeString(unescaped []byte, kept, end int) (token, *Refusal) {
	text := s.text[kept:end]
	if unescaped != nil {
		text = string(append(unescaped, text...))
	}
	if !utf8.ValidString(text) {
		return token{}, refuse(NotUTF8, "Encode the record in UTF-8; the string that ends at byte %d is not.", end)
	}
	s.pos = end + 1
	return token{text: text, kind: tokenString}, nil
}

// escape reads the escape sequence at i and returns its rune and its length.
func (s *scanner) escape(i int) (rune, int, *Refusal) {
	if i+1 < len(s.data) {
		if s.data[i+1] == 'u' {
			return s.unicodeEscape(i)
		}
		if r := shortEscapes[s.data[i+1]]; r != 0 {
			return rune(r), 2, nil
		}
	}
	s.pos = i
	return 0, 0, s.broken()
}

var shortEscapes = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// unicodeEscape reads \uXXXX, or the two of them that make a surrogate pair.
func (s *scanner) unicodeEscape(i int) (rune, int, *Refusal) {
	r, ok := s.hex4(i)
	if !ok {
		s.pos = i
		return 0, 0, s.broken()
	}
	if !utf16.IsSurrogate(r) {
		return r, 6, nil
	}
	low, ok := s.hex4(i + 6)
	pair := utf16.DecodeRune(r, low)
	if !ok || pair == utf8.RuneError {
		return 0, 0, refuse(BadCharacters, "Write both halves of a surrogate pair; the escape at byte %d stands alone.", i)
	}
	return pair, 12, nil
}

// hex4 reads \uXXXX at i.
func (s *scanner) hex4(i int) (rune, bool) {
	if i+6 > len(s.data) || s.data[i] != '\\' || s.data[i+1] != 'u' {
		return 0, false
	}
	r := rune(0)
	for _, c := range s.data[i+2 : i+6] {
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
