package retention

import (
	"math"
	"slices"
	"strings"

	"sevenday"
	"sevenday/metrics"
)

// PersonDay is a day on which a person was active in the way that the question
// asks for.
type PersonDay struct {
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	Day        sevenday.Day    `ch:"day"`
	Value      string          `ch:"value"` // of the breakdown, of the day's first visit
	Times      uint16          `ch:"times"` // visits that start on the day, or payments
	Net        sevenday.Money  `ch:"net"`   // of the day's payments in the merchant's currency
}

// VisitStart is the beginning of a visit.
type VisitStart struct {
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	Start      sevenday.Millis `ch:"start"`
}

// PersonFacts are what is known of a person at a merchant in all. Days that do
// not exist are 0.
type PersonFacts struct {
	MerchantID  string          `ch:"merchant_id"`
	Person      sevenday.Person `ch:"person"`
	FirstVisit  sevenday.Day    `ch:"first_visit"`
	FirstPaying sevenday.Day    `ch:"first_paying"`
	Register    sevenday.Day    `ch:"register"`
	Value       string          `ch:"value"` // of the breakdown, of the first visit
}

// NeedsFacts tells whether a Walk asks for the persons' facts.
func (q *Query) NeedsFacts() bool { return q.Cohort == CohortNew || q.By == ByPaidFirst }

// Walk answers what the stored sums cannot: it goes from person to person and
// gives an answer's Cohorts, and its Users, what it finds. Days and visits must
// come ordered by (merchant, person, time); those before the first cohort that is
// asked for may be left out. The caller ends the stream with End.
type Walk struct {
	// Facts returns the facts of a person; it is asked for persons in order. It is
	// nil where the question does not need them.
	Facts func(merchantID string, person sevenday.Person) (PersonFacts, error)

	answer   *Answer
	period   int // place of the period in metrics.Periods
	calendar periodTable

	merchant string
	person   sevenday.Person
	active   []activePeriod  // of the person at hand
	first    sevenday.Millis // its first visit's start, for RollingN
	rolled   uint32          // bit n: a visit began in the n-th 24 hours after
}

// activePeriod is a period in which the person was active.
type activePeriod struct {
	index int32
	value string // of the first active day
	times int
	net   sevenday.Money
}

// NewWalk returns a walk for an answer, whose question decides what is read.
func NewWalk(a *Answer) *Walk {
	return &Walk{answer: a, period: slices.Index(metrics.Periods[:], a.Period)}
}

// Day takes the next active day.
func (w *Walk) Day(d *PersonDay) error {
	if err := w.begin(d.MerchantID, d.Person); err != nil {
		return err
	}
	index := w.calendar.index(w.period, d.Day)
	if n := len(w.active); n == 0 || w.active[n-1].index != index {
		w.active = append(w.active, activePeriod{index: index, value: w.answer.Cohorts.keep(d.Value)})
	}
	last := &w.active[len(w.active)-1]
	last.times += int(d.Times)
	last.net += d.Net
	return nil
}

// Visit takes the next visit, for RollingN.
func (w *Walk) Visit(v *VisitStart) error {
	if err := w.begin(v.MerchantID, v.Person); err != nil {
		return err
	}
	if w.rolled == 0 {
		w.first = v.Start
	}
	w.rolled |= 1 << min((v.Start-w.first)/(24*hour), MaxN+1) // the bit after the last takes what is too late
	return nil
}

// End counts the last person, and ends the stream.
func (w *Walk) End() error {
	err := w.finish()
	w.answer.Cohorts.End()
	return err
}

func (w *Walk) begin(merchantID string, person sevenday.Person) error {
	if person == w.person && merchantID == w.merchant {
		return nil
	}
	err := w.finish()
	w.person = person
	if merchantID != w.merchant {
		w.merchant = strings.Clone(merchantID)
	}
	return err
}

// finish counts the person at hand, if there is one.
func (w *Walk) finish() error {
	defer w.forget()
	if (len(w.active) == 0 && w.rolled == 0) || !w.answer.Cohorts.begin(w.merchant) {
		return nil
	}
	var facts PersonFacts
	if w.Facts != nil {
		var err error
		if facts, err = w.Facts(w.merchant, w.person); err != nil {
			return err
		}
	}
	switch {
	case w.answer.Measure == RollingN:
		w.countRolling(&facts)
	case w.answer.Cohort == CohortNew:
		w.countNew(&facts)
	default:
		w.countAll(&facts)
	}
	if w.answer.Users != nil {
		w.answer.Users.endPerson()
	}
	return nil
}

func (w *Walk) forget() { w.active, w.rolled, w.person = w.active[:0], 0, sevenday.Nobody }

// member is a person in a cohort.
type member struct {
	cohort int32
	value  string
	mask   uint32         // bit n: it returned in the n-th period after; bit 0 is set
	last   int32          // how many periods after it returned last, 0 for never
	later  []activePeriod // its active periods from the cohort's on
}

func (w *Walk) count(m *member) {
	if !w.answer.Cohorts.wants(m.cohort) {
		return
	}
	m.value = w.answer.Cohorts.valueOf(m.value)
	if w.answer.value != nil {
		w.answer.value.member(m)
		return
	}
	w.answer.Cohorts.member(m)
	if w.answer.Users != nil {
		w.answer.Users.member(m)
	}
}

// returned tells whether the person did enough in a period for a return.
func (w *Walk) returned(p *activePeriod) bool {
	return w.answer.AtLeast <= 1 || p.times >= w.answer.AtLeast
}

func (w *Walk) countAll(facts *PersonFacts) {
	mask, next, last := uint32(0), int32(0), int32(math.MinInt32/2)
	for i := len(w.active) - 1; i >= 0; i-- {
		p := &w.active[i]
		mask <<= uint32(next - p.index)
		m := member{cohort: p.index, value: p.value, mask: mask&window | 1, last: max(last-p.index, 0), later: w.active[i:]}
		if w.answer.By == ByPaidFirst {
			m.value = w.valueOfFirst(facts, p.index)
		}
		w.count(&m)
		if w.returned(p) {
			mask |= 1
			last = max(last, p.index)
		}
		next = p.index
	}
}

func (w *Walk) countNew(facts *PersonFacts) {
	first := facts.FirstVisit
	if w.answer.Activity == ActivityPaying {
		first = facts.FirstPaying
	}
	if first == 0 || facts.known(w.answer.Activity) {
		return
	}
	m := member{cohort: w.calendar.index(w.period, first), mask: 1, later: w.active}
	if m.cohort != w.active[0].index {
		return // the cohort is before those that are asked for
	}
	m.value = w.valueOfFirst(facts, m.cohort)
	for i := range w.active[1:] {
		p := &w.active[1+i]
		if w.returned(p) {
			m.last = p.index - m.cohort
			m.mask |= 1 << min(m.last, MaxN+1)
		}
	}
	m.mask &= window
	w.count(&m)
}

func (w *Walk) countRolling(facts *PersonFacts) {
	m := member{cohort: int32(facts.FirstVisit), mask: w.rolled & window}
	if facts.FirstVisit == 0 || facts.known(ActivityVisit) || !w.answer.Cohorts.on(w.first, facts.FirstVisit) {
		return
	}
	m.value = w.valueOfFirst(facts, m.cohort)
	w.count(&m)
}

// valueOfFirst is the value of the first visit, none where it came only after
// the cohort's period.
func (w *Walk) valueOfFirst(facts *PersonFacts, cohort int32) string {
	if facts.FirstVisit == 0 || w.calendar.index(w.period, facts.FirstVisit) > cohort {
		return ""
	}
	return w.answer.Cohorts.keep(facts.Value)
}

// known tells that the person registered on a day before it was first seen: a
// regular of the time before the data begin, in no cohort of new users. Visitors
// register before they first pay, so for buyers a visit before the register counts.
func (f *PersonFacts) known(activity Activity) bool {
	first := f.FirstVisit
	if activity == ActivityPaying && (first == 0 || f.FirstPaying < first) {
		first = f.FirstPaying
	}
	return f.Register != 0 && f.Register < first
}
