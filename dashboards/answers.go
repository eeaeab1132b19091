package dashboards

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"sevenday/queries"
)

const (
	// answerTimeout bounds one question to the warehouse.
	answerTimeout = 60 * time.Second
	// freshFor is how long a freshness is believed: the longest time that a page
	// can show the figures of the publication before the last.
	freshFor = time.Second
	// maxAnswers bounds the answers kept of one publication. The largest answer
	// is a few megabytes, an ordinary one a few kilobytes.
	maxAnswers = 512
)

// answers remembers what was answered since the last publication: figures
// change with a publication and at no other time. Many clients that ask the
// same thing at once wait for one answer. Errors are never kept.
type answers struct {
	ask    func(context.Context) (queries.Freshness, error)
	now    func() time.Time
	flight singleflight.Group

	mu        sync.Mutex // guards the fields below
	freshness queries.Freshness
	asked     time.Time
	run       uint64         // whose answers kept holds
	kept      map[string]any // by question
}

func newAnswers(ask func(context.Context) (queries.Freshness, error), now func() time.Time) *answers {
	return &answers{ask: ask, now: now, kept: map[string]any{}}
}

// Freshness returns the freshness of at most freshFor ago.
func (a *answers) Freshness(ctx context.Context) (queries.Freshness, error) {
	if f, ok := a.recent(); ok {
		return f, nil
	}
	f, err := fly(ctx, a, "freshness", a.ask)
	if err != nil {
		return f, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.freshness, a.asked = f, a.now()
	if f.Run != a.run {
		a.run, a.kept = f.Run, map[string]any{}
	}
	return f, nil
}

func (a *answers) recent() (queries.Freshness, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	ok := !a.asked.IsZero() && a.now().Sub(a.asked) < freshFor
	return a.freshness, ok
}

func (a *answers) recall(run uint64, question string) (any, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.run != run {
		return nil, false
	}
	answer, ok := a.kept[question]
	return answer, ok
}

// keep remembers an answer unless a later run was published meanwhile. When
// there is no more room everything is forgotten: the next few questions cost
// what they cost the first time, and nothing has to be tracked.
func (a *answers) keep(run uint64, question string, answer any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.run != run || run == 0 {
		return
	}
	if len(a.kept) >= maxAnswers {
		clear(a.kept)
	}
	a.kept[question] = answer
}

// remember answers a question from memory, or asks and remembers. The question
// has to hold everything that the answer depends on, beside the publication.
// Answers are shared: nobody may change them.
func remember[T any](ctx context.Context, a *answers, question string, ask func(context.Context) (T, error)) (T, error) {
	var none T
	fresh, err := a.Freshness(ctx)
	if err != nil {
		return none, err
	}
	if answer, ok := a.recall(fresh.Run, question); ok {
		return answer.(T), nil
	}
	answer, err := fly(ctx, a, fmt.Sprintf("%d %s", fresh.Run, question), ask)
	if err != nil {
		return none, err
	}
	a.keep(fresh.Run, question, answer)
	return answer, nil
}

// fly asks once for all who ask the same thing at the same time. The asking
// outlives the client that began it, since others may be waiting for it too.
func fly[T any](ctx context.Context, a *answers, key string, ask func(context.Context) (T, error)) (T, error) {
	var none T
	result := a.flight.DoChan(key, func() (answer any, err error) {
		// A panic here would end the program, not only the request.
		defer func() {
			if fault := recover(); fault != nil {
				err = fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
			}
		}()
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTimeout)
		defer cancel()
		return ask(detached)
	})
	select {
	case <-ctx.Done():
		return none, context.Cause(ctx)
	case r := <-result:
		if r.Err != nil {
			return none, r.Err
		}
		answer, ok := r.Val.(T)
		if !ok {
			return none, errors.New("two different questions have one key: " + key)
		}
		return answer, nil
	}
}

// lastRun is the publication that answers come from, as far as known.
func (a *answers) lastRun() uint64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.run
}
