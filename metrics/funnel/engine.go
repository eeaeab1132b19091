package funnel

import "sevenday"

// Try is what followed one event that meets the first step.
type Try struct {
	Depth int                       // how many steps were reached, the first included
	At    [MaxSteps]sevenday.Millis // when; of steps that were not reached anything
}

// Engine finds the tries of one funnel in a person's events. Its time and its
// memory do not depend on how many tries there are or how long they last. It is
// not safe for concurrent use.
type Engine struct {
	steps  []Step
	window sevenday.Millis
	strict bool
	ofKind [kinds]uint16 // the steps of a kind, a bit each; 0: the funnel does not list the kind

	// ahead[k] is the try that goes on, from what lies ahead, with step k: its
	// times from step k on. It begins with the next event that meets step k, in
	// strict mode with the very next of a listed kind.
	ahead [MaxSteps + 1]Try

	// best is the deepest try of the day at hand. It is kept here, and not beside
	// the loop, so that handing it out costs no allocation.
	best Try
}

// NewEngine returns an engine of a valid funnel.
func NewEngine(f *Funnel) *Engine {
	e := &Engine{steps: f.Steps, window: f.Window, strict: f.Mode == Strict}
	for k := range f.Steps {
		e.ofKind[f.Steps[k].Kind] |= 1 << k
	}
	return e
}

// Lists tells whether any step is of the kind. Other events may be left out.
func (e *Engine) Lists(kind Kind) bool { return e.ofKind[kind] != 0 }

// Deepest calls each once for each day on which a person's events meet the first
// step, latest day first, with the deepest of the day's tries: of several as
// deep, the earliest. Events are in the order of Sort; a day is that of the try's
// first event. The try is valid until each returns.
//
// From one first event, going on with the earliest event that meets the next
// step reaches every step as early as any choice can, so no other is looked at.
// Events are read from the last to the first: what follows an event is then
// known, whether it is the first step of a try or a later one of another. One
// event serves one step of a try.
//
// Source: docs/metrics.md, funnels.
func (e *Engine) Deepest(events []Event, calendar *sevenday.Calendar, each func(day sevenday.Day, deepest *Try)) {
	var bestDay sevenday.Day
	best := &e.best
	best.Depth = 0
	for k := range e.steps {
		e.ahead[k].Depth = 0
	}
	for i := len(events) - 1; i >= 0; i-- {
		candidates := e.ofKind[events[i].Kind]
		if candidates == 0 || !e.goOn(&events[i], candidates) {
			continue
		}
		try := &e.ahead[0]
		depth := e.inWindow(try)
		day := calendar.Day(events[i].At)
		if best.Depth > 0 && day != bestDay {
			each(bestDay, best)
			best.Depth = 0
		}
		if depth >= best.Depth {
			*best, bestDay = *try, day
			best.Depth = depth
		}
	}
	if best.Depth > 0 {
		each(bestDay, best)
	}
}

// goOn puts an event of a listed kind before what lies ahead, and tells whether
// it meets the first step. Steps are taken in their order, so that each goes on
// with what lay ahead of the event, never with the event itself.
func (e *Engine) goOn(event *Event, candidates uint16) (first bool) {
	for k := range e.steps {
		if candidates>>k&1 == 0 || !e.steps[k].takes(event) {
			if e.strict {
				e.ahead[k].Depth = 0
			}
			continue
		}
		try, rest := &e.ahead[k], &e.ahead[k+1]
		try.At[0] = event.At
		copy(try.At[1:], rest.At[:rest.Depth])
		try.Depth = 1 + rest.Depth
		first = first || k == 0
	}
	return first
}

// inWindow returns how many steps of a try lie within the window.
func (e *Engine) inWindow(try *Try) int {
	depth := 1
	for depth < try.Depth && try.At[depth]-try.At[0] <= e.window {
		depth++
	}
	return depth
}
