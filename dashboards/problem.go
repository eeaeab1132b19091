package dashboards

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"sevenday"
)

// statuses says which HTTP status each kind of error gets: the one place where
// errors become statuses.
var statuses = map[sevenday.ErrorKind]int{
	sevenday.Invalid:     http.StatusUnprocessableEntity, // what parameter validation answers too
	sevenday.NotFound:    http.StatusNotFound,
	sevenday.Conflict:    http.StatusConflict,
	sevenday.Unavailable: http.StatusServiceUnavailable,
	sevenday.Internal:    http.StatusInternalServerError,
}

// details are what strangers are told of errors whose words may hold the names
// of servers, queries or files; those words go to the log.
var details = map[sevenday.ErrorKind]string{
	sevenday.Unavailable: "the figures cannot be read right now: ask again in a few seconds",
	sevenday.Internal:    "something went wrong inside: the log has it under the id",
}

// problem turns an error into what the client gets (RFC 9457). Faults of the
// client are told in full; ours get an id, and their words go to the log.
func (s *Server) problem(ctx context.Context, route string, err error) error {
	var told huma.StatusError
	if errors.As(err, &told) {
		return err
	}
	kind := sevenday.KindOf(err)
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		kind = sevenday.Unavailable
	}
	detail, ours := details[kind]
	if !ours {
		return huma.NewError(statuses[kind], err.Error())
	}
	id := rand.Text()
	if ctx.Err() == nil { // a client that went away is no fault
		s.config.Log.Error("no answer", "route", route, "id", id, "kind", kind.String(), "error", err)
	}
	return &huma.ErrorModel{
		Status: statuses[kind], Title: http.StatusText(statuses[kind]), Detail: detail, Instance: "urn:sevenday:error:" + id,
	}
}

// wrong says which query parameter cannot be used, and what to give instead.
func wrong(parameter string, value any, fix string) error {
	return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
		Location: "query." + parameter, Value: value, Message: fix,
	})
}
