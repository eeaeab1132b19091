package ingest

import (
	"errors"
	"fmt"

	"sevenday"
)

// halt is the error of a partition that cannot go on without leaving offsets
// unaccounted for. It is never retried: an operator has to look.
type halt struct{ cause *sevenday.Error }

func (h halt) Error() string { return h.cause.Error() }

func (h halt) Unwrap() error { return h.cause }

func halted(err error) bool { return errors.As(err, &halt{}) }

func haltf(at source, fix, format string, arguments ...any) error {
	return halt{&sevenday.Error{
		Kind: sevenday.Conflict, Op: "ingest", Subject: at.String(), Err: fmt.Errorf(format, arguments...), Fix: fix,
	}}
}

// What an operator can do about a partition that was stopped.
const (
	fixLostHead = "accept the loss with --accept-loss, or give Kafka the records back"
	fixNewTopic = "if the topic was made anew, start once with --new-epoch TOPIC"
	fixGap      = "look for records deleted by hand; if the topic was made anew, start once with --new-epoch TOPIC"
	fixBurnt    = "rows were deleted from the log; restore them, or start once with --new-epoch TOPIC to read Kafka's records again"
)
