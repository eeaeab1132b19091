package sevenday

import (
	"errors"
	"fmt"
	"strings"
)

// ErrorKind sorts errors by what the caller can do about them. The list only grows.
type ErrorKind uint8

// The kinds of error. Internal is the zero value: an error nobody classified is a fault of ours.
const (
	Internal    ErrorKind = iota // a fault of the program or of a server; retrying won't help
	Invalid                      // the input or the use is wrong
	NotFound                     // what was named does not exist
	Conflict                     // somebody else holds it, or it changed meanwhile
	Unavailable                  // a server does not answer; retry later
)

func (k ErrorKind) String() string {
	return [...]string{"internal", "invalid", "not found", "conflict", "unavailable"}[k]
}

// Error is what the stages return: what was being done, to what, why it went
// wrong, and what to do about it.
type Error struct {
	Kind    ErrorKind
	Op      string // what was being done: "read entries_log"
	Subject string // what it was done to: a topic and partition, a merchant, a file
	Fix     string // what the reader should do; may be empty
	Err     error  // the cause; may be nil
}

// Error joins the parts that are there: "op subject: cause: fix".
func (e *Error) Error() string {
	head := strings.TrimSpace(e.Op + " " + e.Subject)
	parts := make([]string, 0, 3)
	if head != "" {
		parts = append(parts, head)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	if e.Fix != "" {
		parts = append(parts, e.Fix)
	}
	return strings.Join(parts, ": ")
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the outermost *Error in err's chain, Internal if there is none.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Invalidf returns an Invalid error that says what is wrong and what to do.
func Invalidf(format string, arguments ...any) *Error {
	return &Error{Kind: Invalid, Err: fmt.Errorf(format, arguments...)}
}
