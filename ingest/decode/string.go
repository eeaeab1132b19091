package decode

import "unicode/utf8"

// Limits of the contract's strings. Ids of things are counted in characters,
// ids of people in bytes.
const (
	maxID       = 64
	maxLabel    = 128 // sessions, scenes, cities
	maxName     = 256 // names of merchants, stores and companies
	maxPersonID = 128
)

// label returns an optional string of up to most characters.
func (r *record) label(f field, most int) string {
	value, ok := r.take(f, tokenString, "a string")
	if !ok || !r.filled(f, value) || !r.readable(f, value) {
		return ""
	}
	if tooLong(value, most) {
		r.refuse(f, TooLong, "Send at most %d characters.", most)
		return ""
	}
	return value.text
}

// personID returns a raw id of a person; its caller hashes it at once.
func (r *record) personID(f field) string {
	value, ok := r.take(f, tokenString, "a string")
	if !ok || !r.filled(f, value) || !r.readable(f, value) {
		return ""
	}
	if len(value.text) > maxPersonID {
		r.refuse(f, TooLong, "Send at most %d bytes of UTF-8.", maxPersonID)
		return ""
	}
	return value.text
}

// code returns an optional id made of the given ASCII characters only.
func (r *record) code(f field, allowed *[256]bool, rule string) string {
	value, ok := r.take(f, tokenString, "a string")
	if !ok || !r.filled(f, value) {
		return ""
	}
	for i := range len(value.text) {
		if !allowed[value.text[i]] {
			r.refuse(f, BadCharacters, "Use only %s.", rule)
			return ""
		}
	}
	if len(value.text) > maxID {
		r.refuse(f, TooLong, "Send at most %d characters.", maxID)
		return ""
	}
	return value.text
}

// The characters of codes.
var (
	visibleASCII   = charactersWhere(func(c byte) bool { return 0x21 <= c && c <= 0x7E })
	idCharacters   = charactersWhere(func(c byte) bool { return isAlphanumeric(c) || c == '_' || c == '.' || c == ':' || c == '-' })
	slugCharacters = charactersWhere(func(c byte) bool { return 'a' <= c && c <= 'z' || isDigit(c) || c == '_' })
)

const (
	visibleASCIIRule   = "visible ASCII characters, without spaces"
	idCharactersRule   = "the letters A-Z and a-z, digits and _ . : -"
	slugCharactersRule = "the letters a-z, digits and _"
)

func charactersWhere(allowed func(byte) bool) *[256]bool {
	var table [256]bool
	for c := range table {
		table[c] = allowed(byte(c))
	}
	return &table
}

func isAlphanumeric(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func (r *record) filled(f field, value token) bool {
	if value.text != "" {
		return true
	}
	r.refuse(f, TooShort, "Leave the field out, or send null, instead of an empty string.")
	return false
}

// readable refuses characters that make two strings look alike, or hide what follows them.
func (r *record) readable(f field, value token) bool {
	if value.ascii {
		for i := range len(value.text) {
			if value.text[i] == 0x7F {
				return r.unreadable(f)
			}
		}
		return true
	}
	for _, c := range value.text {
		if isControl(c) {
			return r.unreadable(f)
		}
	}
	return true
}

func (r *record) unreadable(f field) bool {
	r.refuse(f, BadCharacters, "Remove control characters and those that turn the direction of text.")
	return false
}

// isControl tells control characters (U+0000..001F, U+007F..009F) and those
// that embed, override or isolate a direction of text (U+202A..202E, U+2066..2069).
func isControl(c rune) bool {
	return c < ' ' || 0x7F <= c && c <= 0x9F || 0x202A <= c && c <= 0x202E || 0x2066 <= c && c <= 0x2069
}

func tooLong(value token, most int) bool {
	return len(value.text) > most && (value.ascii || utf8.RuneCountInString(value.text) > most)
}
