package retention

import (
	"sevenday"
	"sevenday/metrics"
)

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

// DistinctFold counts the returns to one group of merchants from the active days
// of its persons, which must come ordered by (person, day, visits first, instant).
//
// The days may begin late. The rows of the periods from that of From on, a
// Monday, are right when for each person with a day from Fold.Reads(From) on
// all of those days are given, after a call of Known with what is known of the
// person at the group's merchants before From.
type DistinctFold struct {
	Rows []MerchantSums // the group stands for the merchant
	From sevenday.Day   // metrics.WholeHistory where all days are given

	counter counter
	person  person
	of      sevenday.Person
}

// Known begins a person of whom something is known from before From, as
// metrics.Timeline has it of a person at one merchant. It comes before the
// person's first day.
func (f *DistinctFold) Known(of sevenday.Person, known *metrics.Known) {
	f.finishPerson()
	f.of = of
	f.person.begin(known)
}

// Day takes the next active day.
func (f *DistinctFold) Day(d *DistinctDay) {
	if d.Person != f.of {
		f.Known(d.Person, &metrics.Known{})
	}
	p := &f.person
	if d.Visited {
		p.visits.day(d.Day, d.Portal)
	}
	if d.Paid {
		p.payments.day(d.Day, p.visits.portalOn(d.Day))
	}
	if d.Registered {
		p.registered(d.RegisterDay)
	}
}

// portalOn is the portal of a day that is not before the last one that was added.
func (t *trail) portalOn(day sevenday.Day) sevenday.Portal {
	if n := len(t.periods[days]); n > 0 && t.periods[days][n-1].Index == int32(day) {
		return t.periods[days][n-1].Portal
	}
	return sevenday.PortalNone
}

// Group ends the group, which stands for a merchant: its sums become Rows.
func (f *DistinctFold) Group(group *metrics.Merchant) {
	f.finishPerson()
	f.counter.drain(f.From, func(s Sums, _ []uint32) {
		f.Rows = append(f.Rows, sumsOf(group, s))
	})
}

// CountLater counts besides, over whole histories, how long the cohorts of a
// question were seen. It is called before the first day.
func (f *DistinctFold) CountLater() {
	f.counter.lasts = new([len(metrics.Periods)][len(cohorts)][len(activities)]lasts)
}

// Later ends the group like Group, and hands over the cohorts that the question
// asks for instead, under the group's name. CountLater was called.
func (f *DistinctFold) Later(q *Query, group string, take func(*Later)) {
	f.finishPerson()
	f.counter.drain(f.From, func(s Sums, later []uint32) {
		if s.Period == q.Period && s.Cohort == q.Cohort && s.Activity == q.Activity && s.By == q.Stored() && q.inRange(s.Period.Index(s.Day)) {
			take(&Later{MerchantID: group, Value: s.Value, Day: s.Day, Users: s.Back[0], Later: reach(later, q.FromN, q.ToN)})
		}
	})
}

// reach returns the places from..to of an array whose zeros at the end are left out.
func reach(later []uint32, from, to int) []uint32 {
	places := make([]uint32, to-from+1)
	if from < len(later) {
		copy(places, later[from:])
	}
	return places
}

func (f *DistinctFold) finishPerson() {
	if f.of != sevenday.Nobody {
		f.counter.add(&f.person, f.From)
	}
	f.of = sevenday.Nobody
}
