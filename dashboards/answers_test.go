package dashboards

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sevenday/queries"
)

func TestAnswers_AreKeptUntilTheNextPublication(t *testing.T) {
	s := open(t)
	sales := func() int {
		s.get(t, apiPrefix+"/sales")
		return s.asked["sales"]
	}
	if sales(); sales() != 1 {
		t.Errorf("asked %d times for one publication, want 1", s.asked["sales"])
	}
	s.get(t, apiPrefix+"/sales?merchant=m-retail-00")
	if s.asked["sales"] != 2 {
		t.Error("another merchant's question was answered from memory")
	}
	s.run++
	s.clock = s.clock.Add(2 * freshFor)
	if got := sales(); got != 3 {
		t.Errorf("asked %d times after a publication, want 3", got)
	}
	if got := s.get(t, apiPrefix+"/sales").Header().Get("Sevenday-Run"); got != "8" {
		t.Errorf("Sevenday-Run is %s, want 8", got)
	}
}

func TestAnswers_ErrorsAreNeverKept(t *testing.T) {
	s := open(t)
	s.err = errors.New("away")
	s.get(t, apiPrefix+"/sales")
	s.err = nil
	if w := s.get(t, apiPrefix+"/sales"); w.Code != http.StatusOK {
		t.Errorf("got %d after the fault was over", w.Code)
	}
}

func TestAnswers_NothingIsKeptBeforeTheFirstPublication(t *testing.T) {
	s := open(t)
	s.run = 0
	s.get(t, apiPrefix+"/sales")
	s.get(t, apiPrefix+"/sales")
	if s.asked["sales"] != 2 {
		t.Errorf("asked %d times, want 2", s.asked["sales"])
	}
}

func TestAnswers_ThoseWhoAskAtOnceShareOneAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAnswers(func(context.Context) (queries.Freshness, error) { return queries.Freshness{Run: 1}, nil }, time.Now)
		var asked atomic.Int64
		slow := func(ctx context.Context) (int, error) {
			asked.Add(1)
			select {
			case <-ctx.Done():
				return 0, ctx.Err()
			case <-time.After(time.Second):
				return 42, nil
			}
		}
		// The first to ask goes away early; the others still get their answer.
		hasty, leave := context.WithTimeout(t.Context(), time.Millisecond)
		defer leave()
		var waiting sync.WaitGroup
		waiting.Go(func() {
			if _, err := remember(hasty, a, "q", slow); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the hasty one got %v", err)
			}
		})
		synctest.Wait()
		for range 10 {
			waiting.Go(func() {
				if got, err := remember(t.Context(), a, "q", slow); got != 42 || err != nil {
					t.Errorf("got %d, %v", got, err)
				}
			})
		}
		waiting.Wait()
		if asked.Load() != 1 {
			t.Errorf("asked %d times, want 1", asked.Load())
		}
	})
}

func TestAnswers_MemoryIsBounded(t *testing.T) {
	a := newAnswers(func(context.Context) (queries.Freshness, error) { return queries.Freshness{Run: 1}, nil }, time.Now)
	if _, err := a.Freshness(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range 3 * maxAnswers {
		a.keep(1, string(rune('a'+i)), i)
	}
	if len(a.kept) > maxAnswers {
		t.Errorf("%d answers kept, at most %d wanted", len(a.kept), maxAnswers)
	}
}
