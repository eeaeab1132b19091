package funnel

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Sums is how many users reached one step of the default funnel, of those who
// entered it at one merchant on a day: a row of table funnel_sums_by_run. A day
// with a user has a row for every step.
type Sums struct {
	metrics.Key
	Day     sevenday.Day `ch:"day"`     // of the first step
	Step    uint8        `ch:"step"`    // from 1
	Entered uint64       `ch:"entered"` // users with a first step on the day
	Users   uint64       `ch:"users"`   // those of them whose deepest try reached the step
	Buckets []uint32     `ch:"buckets"` // of the time from the first step to this one, ascending; none of step 1
	Counts  []uint64     `ch:"counts"`  // users in each
}

// reach is how many days after its own a day's sums can change: the window, and
// one for a change of clocks.
const reach = sevenday.Day(DefaultWindow/(24*60*60*1000)) + 1

// Fold counts each user once for each day on which the user entered the default
// funnel, with the deepest of the day's tries.
type Fold struct {
	Sums []Sums

	funnel Funnel
	engine *Engine
	events []Event                      // of the person at hand
	users  map[sevenday.Day]*stepCounts // who reached each step
	times  map[timeCell]uint64          // how many took that long
}

// stepCounts count users by step, from 0.
type stepCounts [MaxSteps]uint64

// timeCell is a bucket of the times to a step.
type timeCell struct {
	day    sevenday.Day
	step   uint8 // from 0
	bucket uint32
}

// NewFold returns an empty fold.
func NewFold() *Fold {
	f := &Fold{funnel: Default(), users: make(map[sevenday.Day]*stepCounts), times: make(map[timeCell]uint64)}
	f.engine = NewEngine(&f.funnel)
	return f
}

// Reads is the first day whose sums can change, and what cutting its visits takes.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day { return from - reach - metrics.VisitReach }

// Person counts one person's deepest tries.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody || len(t.Visits) == 0 {
		return
	}
	f.events = f.engine.appendEvents(f.events[:0], t)
	Sort(f.events)
	f.engine.Deepest(f.events, t.Merchant.Calendar, f.count)
}

// appendEvents appends the timeline's events of the kinds that the funnel lists.
func (e *Engine) appendEvents(events []Event, t *metrics.Timeline) []Event {
	if e.Lists(Visit) {
		for i := range t.Visits {
			events = append(events, OfVisit(&t.Visits[i]))
		}
	}
	for i := range t.Entries {
		if event, ok := OfEntry(&t.Entries[i]); ok && e.Lists(event.Kind) {
			events = append(events, event)
		}
	}
	for i := range t.Coupons {
		if event, ok := OfCoupon(&t.Coupons[i]); ok && e.Lists(event.Kind) {
			events = append(events, event)
		}
	}
	if e.Lists(Pay) {
		for i := range t.Orders {
			events = append(events, OfOrder(&t.Orders[i]))
		}
	}
	return events
}

func (f *Fold) count(day sevenday.Day, try *Try) {
	users := f.users[day]
	if users == nil {
		users = new(stepCounts)
		f.users[day] = users
	}
	for step := range try.Depth {
		users[step]++
		if step > 0 {
			f.times[timeCell{day, uint8(step), bucketOf(try.At[step] - try.At[0])}]++
		}
	}
}

// Merchant turns the days' counts into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	buckets := make(map[timeCell][]uint32)
	for cell := range f.times {
		step := timeCell{day: cell.day, step: cell.step}
		buckets[step] = append(buckets[step], cell.bucket)
	}
	for day, users := range f.users {
		for step := range f.funnel.Steps {
			row := Sums{
				Key: m.Row(day + reach), Day: day, Step: uint8(step + 1), Entered: users[0], Users: users[step],
				Buckets: buckets[timeCell{day: day, step: uint8(step)}],
			}
			slices.Sort(row.Buckets)
			for _, bucket := range row.Buckets {
				row.Counts = append(row.Counts, f.times[timeCell{day, uint8(step), bucket}])
			}
			f.Sums = append(f.Sums, row)
		}
	}
	clear(f.users)
	clear(f.times)
}
