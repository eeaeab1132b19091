package warehouse

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2"

	"sevenday"
)

// Codes of the server's exceptions that callers decide by.
const (
	CodeUnknownTable       = int(proto.ErrUnknownTable)
	CodeUnknownDatabase    = int(proto.ErrUnknownDatabase)
	CodeTableExists        = int(proto.ErrTableAlreadyExists)
	CodeViolatedConstraint = int(proto.ErrViolatedConstraint)
	CodeTimeoutExceeded    = int(proto.ErrTimeoutExceeded)
	CodeAccessDenied       = int(proto.ErrAccessDenied)
)

// Code returns the number of the server's exception in err's chain, 0 when the
// error is none of the server's.
func Code(err error) int {
	if exception, ok := ch.AsException(err); ok {
		return int(exception.Code)
	}
	var exception *clickhouse.Exception
	if errors.As(err, &exception) {
		return int(exception.Code)
	}
	return 0
}

// unavailable lists the exceptions that pass by themselves: the server is
// overloaded, full, shutting down or cut off from its peers.
var unavailable = map[proto.Error]bool{
	proto.ErrMemoryLimitExceeded:        true,
	proto.ErrNotEnoughSpace:             true,
	proto.ErrTooManySimultaneousQueries: true,
	proto.ErrTooManyParts:               true,
	proto.ErrTableIsReadOnly:            true,
	proto.ErrNetworkError:               true,
	proto.ErrSocketTimeout:              true,
	proto.ErrAllConnectionTriesFailed:   true,
	proto.ErrTooFewLiveReplicas:         true,
	proto.ErrTimeoutExceeded:            true,
	proto.ErrQueryWasCancelled:          true,
	proto.ErrAborted:                    true,
}

// notFound and invalid list the exceptions that are about what was asked for.
var (
	notFound = map[proto.Error]bool{proto.ErrUnknownTable: true, proto.ErrUnknownDatabase: true}
	invalid  = map[proto.Error]bool{proto.ErrAccessDenied: true, proto.ErrAuthenticationFailed: true}
)

// tooManyPartitions tells a block over too many partitions, which no retry
// helps, from a table with too many parts: the server has one code for both.
const tooManyPartitions = "partitions for single INSERT block"

// wrap classifies an error of the server or of the way to it. Errors that
// already are the module's own keep their kind.
func wrap(op, subject string, err error) error {
	if err == nil {
		return nil
	}
	return &sevenday.Error{Kind: kindOf(err), Op: op, Subject: subject, Err: err}
}

func kindOf(err error) sevenday.ErrorKind {
	var own *sevenday.Error
	if errors.As(err, &own) {
		return own.Kind
	}
	if code := proto.Error(Code(err)); code != 0 {
		return kindOfCode(code, err)
	}
	if lostConnection(err) {
		return sevenday.Unavailable
	}
	return sevenday.Internal
}

func kindOfCode(code proto.Error, err error) sevenday.ErrorKind {
	switch {
	case code == proto.ErrTooManyParts && strings.Contains(err.Error(), tooManyPartitions):
		return sevenday.Internal
	case unavailable[code]:
		return sevenday.Unavailable
	case notFound[code]:
		return sevenday.NotFound
	case invalid[code]:
		return sevenday.Invalid
	}
	return sevenday.Internal
}

// lostConnection tells whether err comes from the network or from a connection
// that was given up, so that nothing is known about what the server did.
func lostConnection(err error) bool {
	var network net.Error
	return errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, ch.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded)
}
