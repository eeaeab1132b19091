package funnel

import (
	"fmt"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
)

const (
	minute sevenday.Millis = 60 * 1000
	hour                   = 60 * minute
	day                    = 24 * hour
	// start is a midnight of the default time zone.
	start sevenday.Millis = 1_790_092_800_000 // 2026-09-23 00:00 in Asia/Shanghai
)

func mustParse(t interface{ Fatal(...any) }, text string) Funnel {
	f, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// dayTry is a day's deepest try, with the times of the steps it reached.
type dayTry struct {
	Day sevenday.Day
	At  []sevenday.Millis
}

func deepest(f *Funnel, events []Event, calendar *sevenday.Calendar) []dayTry {
	var tries []dayTry
	Sort(events)
	NewEngine(f).Deepest(events, calendar, func(day sevenday.Day, try *Try) {
		tries = append([]dayTry{{day, append([]sevenday.Millis(nil), try.At[:try.Depth]...)}}, tries...)
	})
	return tries
}

// assignments calls each with the times of every way to serve the first steps of
// a funnel by events, one each and in their order, that begins with event i.
func assignments(f *Funnel, events []Event, i int, at []sevenday.Millis, each func([]sevenday.Millis)) {
	step := len(at)
	if step == len(f.Steps) || events[i].Kind != f.Steps[step].Kind || !f.Steps[step].takes(&events[i]) {
		return
	}
	at = append(at[:step:step], events[i].At)
	if at[step]-at[0] > f.Window {
		return
	}
	each(at)
	for next := i + 1; next < len(events); next++ {
		assignments(f, events, next, at, each)
		if f.Mode == Strict && listed(f, events[next].Kind) {
			return
		}
	}
}

func listed(f *Funnel, kind Kind) bool {
	for i := range f.Steps {
		if f.Steps[i].Kind == kind {
			return true
		}
	}
	return false
}

// naive tries all assignments of every first event. Of a day's it keeps the
// longest; of those the one that begins first, and then goes on earliest.
func naive(f *Funnel, events []Event, calendar *sevenday.Calendar) []dayTry {
	var tries []dayTry
	for i := range events {
		var best []sevenday.Millis
		assignments(f, events, i, nil, func(at []sevenday.Millis) {
			if len(at) > len(best) || (len(at) == len(best) && earlier(at, best)) {
				best = at
			}
		})
		if best == nil {
			continue
		}
		on := calendar.Day(best[0])
		if len(tries) == 0 || tries[len(tries)-1].Day != on {
			tries = append(tries, dayTry{on, best})
		} else if last := &tries[len(tries)-1]; len(best) > len(last.At) {
			last.At = best
		}
	}
	return tries
}

func earlier(a, b []sevenday.Millis) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// randomFunnel draws steps that often take the same events.
func randomFunnel(t *rapid.T) Funnel {
	text := rapid.SampledFrom([]string{"visit", "visit[portal=scan]", "pay"}).Draw(t, "first")
	for range rapid.IntRange(1, 3).Draw(t, "more steps") {
		text += " > " + rapid.SampledFrom([]string{"visit", "visit[portal=search]", "claim", "claim[placement=scan]", "pay", "pay[min=1]", "follow"}).Draw(t, "step")
	}
	f := mustParse(t, text)
	f.Mode = rapid.SampledFrom([]Mode{Ordered, Strict}).Draw(t, "mode")
	f.Window = rapid.SampledFrom([]sevenday.Millis{minute, hour, day, 3 * day}).Draw(t, "window")
	return f
}

// randomEvents draws events at instants that meet each other and the windows' ends.
func randomEvents(t *rapid.T) []Event {
	var events []Event
	at := start
	for range rapid.IntRange(0, 9).Draw(t, "events") {
		at += rapid.SampledFrom([]sevenday.Millis{0, 1, minute, hour, day - 1, day}).Draw(t, "step")
		events = append(events, Event{
			At: at, Kind: rapid.SampledFrom([]Kind{Visit, Visit, Claim, Pay, Pay, Follow, Redeem}).Draw(t, "kind"),
			Where: uint8(rapid.IntRange(1, 2).Draw(t, "where")), Amount: sevenday.Money(rapid.SampledFrom([]int{0, 100}).Draw(t, "amount")),
		})
	}
	Sort(events)
	return events
}

func TestTheDeepestTryIsThatOfAllAssignments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, events := randomFunnel(t), randomEvents(t)
		calendar := sevenday.NewCalendar(time.FixedZone("", 8*60*60))
		if diff := gocmp.Diff(naive(&f, events, calendar), deepest(&f, events, calendar)); diff != "" {
			t.Fatalf("%s, %s within %d (-all assignments +engine):\n%s", f.String(), f.Mode, f.Window, diff)
		}
	})
}

func TestWhatLiesBetweenStopsAStrictTryOnly(t *testing.T) {
	calendar := sevenday.NewCalendar(time.FixedZone("", 8*60*60))
	for _, test := range []struct {
		name            string
		between         Kind
		ordered, strict int // steps reached
	}{
		{"a second visit", Visit, 2, 2}, // it begins a try of its own
		{"a claim, which the funnel lists", Claim, 2, 1},
		{"a follow, which it does not", Follow, 2, 2},
	} {
		events := []Event{{At: start, Kind: Visit}, {At: start + 1, Kind: test.between, Where: 2}, {At: start + 2, Kind: Pay}}
		f := mustParse(t, "visit > pay > claim[placement=scan]")
		for mode, want := range map[Mode]int{Ordered: test.ordered, Strict: test.strict} {
			f.Mode = mode
			if got := deepest(&f, events, calendar); len(got) != 1 || len(got[0].At) != want {
				t.Errorf("%s, %s: %v, want %d steps", test.name, mode, got, want)
			}
		}
	}
}

func TestTheWindowsEndIsIncludedAndOneEventServesOneStep(t *testing.T) {
	calendar := sevenday.NewCalendar(time.FixedZone("", 8*60*60))
	f := mustParse(t, "visit > pay > pay")
	f.Window = day
	for _, test := range []struct {
		name string
		paid []sevenday.Millis
		want int
	}{
		{"one payment", []sevenday.Millis{hour}, 2},
		{"two at one instant", []sevenday.Millis{hour, hour}, 3},
		{"the second at the window's end", []sevenday.Millis{hour, day}, 3},
		{"the second after it", []sevenday.Millis{hour, day + 1}, 2},
		{"with the visit", []sevenday.Millis{0, 0}, 3},
		{"before the visit", []sevenday.Millis{-1, hour}, 2},
	} {
		events := []Event{{At: start, Kind: Visit}}
		for _, after := range test.paid {
			events = append(events, Event{At: start + after, Kind: Pay})
		}
		if got := deepest(&f, events, calendar); len(got) != 1 || len(got[0].At) != test.want {
			t.Errorf("%s: %v, want %d steps", test.name, got, test.want)
		}
	}
}

func TestLookingForTriesAllocatesNothing(t *testing.T) {
	calendar := sevenday.NewCalendar(time.UTC)
	f := Default()
	engine, events := NewEngine(&f), busyPerson(1000)
	depth := 0
	allocated := testing.AllocsPerRun(10, func() {
		Sort(events)
		engine.Deepest(events, calendar, func(_ sevenday.Day, try *Try) { depth += try.Depth })
	})
	if allocated != 0 || depth == 0 {
		t.Errorf("%v allocations, %d steps", allocated, depth)
	}
}

// busyPerson visits every few minutes, claims and pays now and then.
func busyPerson(n int) []Event {
	events := make([]Event, n)
	for i := range events {
		events[i] = Event{At: start + sevenday.Millis(i)*7*minute, Kind: Visit, Where: 1}
		switch {
		case i%10 == 9:
			events[i].Kind = Pay
		case i%7 == 6:
			events[i].Kind = Claim
		}
	}
	return events
}

func BenchmarkDeepest(b *testing.B) {
	calendar := sevenday.NewCalendar(time.UTC)
	f := Default()
	engine := NewEngine(&f)
	for _, n := range []int{5, 10_000} {
		events := busyPerson(n)
		b.Run(fmt.Sprintf("%d events", n), func(b *testing.B) {
			for b.Loop() {
				Sort(events)
				engine.Deepest(events, calendar, func(sevenday.Day, *Try) {})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/event")
		})
	}
}
