package ingest_test

import (
	"testing"

	"go.uber.org/goleak"
)

// leakCheck returns a function that fails the test when goroutines of ingest
// are left that were not there before. The servers' own come and go: the
// embedded broker's end of a connection, the warehouse's pool.
func leakCheck(t *testing.T) func() {
	t.Helper()
	before := goleak.IgnoreCurrent()
	return func() {
		t.Helper()
		goleak.VerifyNone(
			t, before,
			goleak.IgnoreAnyFunction("github.com/twmb/franz-go/pkg/kfake.(*clientConn).read"),
			goleak.IgnoreAnyFunction("github.com/twmb/franz-go/pkg/kfake.(*clientConn).write"),
		)
	}
}
