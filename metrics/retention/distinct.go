package retention

import "sevenday"

// DistinctSums are the cohorts of an industry or, with Industry empty, of the
// platform, in which a user counts once however many merchants it visits: a row
// of table retention_distinct.
type DistinctSums struct {
	Run      uint64 `ch:"run"`
	Industry string `ch:"industry"`
	Sums
}

// DistinctDay is one active day of a person at any merchant of the group.
type DistinctDay struct {
	Person  sevenday.Person `ch:"person"`
	Day     sevenday.Day    `ch:"day"`
	Portal  sevenday.Portal `ch:"portal"` // of the day's first visit entry
	Visited bool            `ch:"visited"`
	Paid    bool            `ch:"paid"`
	// RegisterDay is the first day on which the person registered at the
	// merchant of this row; Registered tells whether it ever did.
	RegisterDay sevenday.Day `ch:"register_day"`
	Registered  bool         `ch:"registered"`
}

// DistinctFold counts the cohorts of one group of merchants from the active days
// of its persons, which must come ordered by (person, day, visits first, instant).
type DistinctFold struct {
	Rows []DistinctSums

	counter counter
	active  activeDays
	person  sevenday.Person
}

// NewDistinctFold returns an empty fold.
func NewDistinctFold() *DistinctFold { return &DistinctFold{counter: newCounter()} }

// Day takes the next active day.
func (f *DistinctFold) Day(d *DistinctDay) {
	if d.Person != f.person {
		f.finishPerson()
		f.person = d.Person
	}
	f.active.addDistinct(d)
}

// Group ends the group: its sums become Rows.
func (f *DistinctFold) Group(run uint64, industry string) {
	f.finishPerson()
	f.person = sevenday.Nobody
	f.counter.drain(func(s Sums) { f.Rows = append(f.Rows, DistinctSums{run, industry, s}) })
}

func (f *DistinctFold) finishPerson() {
	a := &f.active
	f.counter.add(ActivityVisit, a.visits, a.knownVisitor(), a.firstPortal())
	f.counter.add(ActivityPaying, a.payments, a.knownBuyer(), a.firstPortal())
	a.reset()
}

func (a *activeDays) addDistinct(d *DistinctDay) {
	if d.Visited {
		a.addVisit(d.Day, d.Portal)
	}
	if d.Paid {
		a.addPayment(d.Day, a.portalOn(d.Day))
	}
	if d.Registered && (!a.registered || d.RegisterDay < a.register) {
		a.register, a.registered = d.RegisterDay, true
	}
}
