package decode

import (
	"strings"

	"sevenday"
)

// A record is one scanned object: the values of its known fields and what was
// wrong with it first. Readers of fields go on after a refusal and return zero
// values, so that decoding reads as a list of assignments; whoever calls them
// looks at refusal once, at the end.
type record struct {
	known   fieldSet // the fields this kind of object may carry
	named   fieldSet // those that were there, null included
	present fieldSet // those that were there and not null
	twice   field    // a known field given a second time
	unknown int      // how many fields were not known
	within  string   // "stores." inside the list of stores
	what    string   // "entry", for sentences
	refusal *Refusal

	// tokens holds values for present fields and leftovers of earlier records for
	// all others: clearing a kilobyte for every record would cost more than the bits.
	tokens [fieldCount]token
}

// reset prepares the record for another object.
func (r *record) reset(what string, known fieldSet) {
	r.what, r.known, r.within = what, known, ""
	r.named, r.present, r.twice, r.unknown, r.refusal = 0, 0, fieldNone, 0, nil
}

// put keeps the value of a field, counts it where it is not known.
func (r *record) put(f field, value token) {
	if !r.known.has(f) {
		r.unknown++
		return
	}
	if r.named.has(f) {
		r.twice = f
		r.present &^= 1 << f
		return
	}
	r.named |= 1 << f
	if value.kind != tokenNull {
		r.present |= 1 << f
		r.tokens[f] = value
	}
}

// path returns the field's name as producers see it.
func (r *record) path(f field) string { return r.within + f.String() }

// refuse notes what is wrong, unless something before it was.
func (r *record) refuse(f field, reason Reason, format string, arguments ...any) {
	if r.refusal == nil {
		r.refusal = refuse(reason, format, arguments...)
		r.refusal.Field = r.path(f)
	}
}

// refuseTwice refuses a record that gave a known field twice.
func (r *record) refuseTwice() {
	if r.twice != fieldNone {
		r.refuse(r.twice, DuplicateField, "Give each field once; readers of JSON disagree about which of two counts.")
	}
}

// require refuses a record in which one of the fields is absent or null.
func (r *record) require(fields fieldSet) {
	if missing := fields &^ r.present; missing != 0 {
		r.refuse(missing.first(), MissingField, "Send this field; every %s needs it.", r.what)
	}
}

// take returns the field's value where it is there and of the kind.
func (r *record) take(f field, kind tokenKind, want string) (token, bool) {
	if !r.present.has(f) {
		return token{}, false
	}
	if r.tokens[f].kind != kind {
		r.refuse(f, WrongType, "Send %s.", want)
		return token{}, false
	}
	return r.tokens[f], true
}

// flag returns a boolean; the fallback where it is absent.
func (r *record) flag(f field, fallback bool) bool {
	if !r.present.has(f) {
		return fallback
	}
	switch r.tokens[f].kind {
	case tokenTrue:
		return true
	case tokenFalse:
		return false
	default:
		r.refuse(f, WrongType, "Send true or false, without quotes.")
		return fallback
	}
}

// integer returns a whole number in [least, most]; the fallback where it is absent.
func (r *record) integer(f field, least, most, fallback uint64) uint64 {
	value, ok := r.take(f, tokenNumber, "a whole number, without quotes")
	if !ok {
		return fallback
	}
	if strings.ContainsAny(value.text, ".eE") {
		r.refuse(f, WrongType, "Send a whole number, without a point or an exponent.")
		return fallback
	}
	n, ok := parseUint(value.text)
	if !ok || n < least || n > most {
		r.refuse(f, OutOfRange, "Send a whole number from %d to %d.", least, most)
		return fallback
	}
	return n
}

// parseUint reads an integer literal; false when it is negative or has more
// digits than any field of the contract allows.
func parseUint(digits string) (uint64, bool) {
	if len(digits) > 18 {
		return 0, false
	}
	n := uint64(0)
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return 0, false
		}
		n = n*10 + uint64(digits[i]-'0')
	}
	return n, true
}

// instant returns a point in time, 0 where it is absent or refused.
func (r *record) instant(f field) sevenday.Millis {
	value, ok := r.take(f, tokenString, timeForm)
	if !ok {
		return 0
	}
	at, ok := parseTime(value.text)
	if !ok {
		r.refuse(f, BadTime, "Send %s.", timeForm)
		return 0
	}
	return at
}

const timeForm = `a time in RFC 3339 with its zone, such as "2026-11-21T18:30:00.250+08:00"`

// choice returns one value of a closed list; the fallback where it is absent.
func choice[T ~uint8](r *record, f field, parse func(string) (T, bool), names func() []string, fallback T) T {
	value, ok := r.take(f, tokenString, "a string")
	if !ok {
		return fallback
	}
	chosen, ok := parse(value.text)
	if !ok {
		r.refuse(f, NotOneOf, "Send one of %s.", strings.Join(names(), ", "))
		return fallback
	}
	return chosen
}
