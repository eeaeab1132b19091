package retention

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sevenday"
	"sevenday/metrics"
)

// Query asks for retention. Cohort, Activity and Period left empty are new,
// visit and day.
type Query struct {
	metrics.Scope
	metrics.Range          // of cohort days
	Cohort        Cohort   // default CohortNew
	Activity      Activity // default ActivityVisit
	Period        Period   // default PeriodDay
	By            string   // a breakdown, or ""
	FromN, ToN    int      // closed range of n within 0..MaxN; of a bracket its ends
	Measure       Measure  // default DayN, WithinN and UnboundedN
	// AtLeast counts a return only in a period with so many visits that start in
	// it or, for ActivityPaying, so many payments. 0 and 1 are the plain question.
	AtLeast int
}

// WithDefaults fills in the fields that the asker left out.
func (q Query) WithDefaults() Query {
	q.Cohort = cmp.Or(q.Cohort, CohortNew)
	q.Activity = cmp.Or(q.Activity, ActivityVisit)
	q.Period = cmp.Or(q.Period, PeriodDay)
	return q
}

// Validate says what is wrong with the question, naming the field.
func (q Query) Validate() error {
	switch {
	case q.Merchant != "" && q.Industry != "":
		return sevenday.Invalidf("merchant and industry exclude each other: name one of them")
	case q.FromN < 0 || q.FromN > q.ToN || q.ToN > MaxN:
		return sevenday.Invalidf("n must lie in 0..%d, as 7 or 0..%d", MaxN, MaxN)
	case q.AtLeast < 0:
		return sevenday.Invalidf("at least %d visits makes no sense: use 1 or more", q.AtLeast)
	}
	for _, check := range []error{
		oneOf("cohort", q.Cohort, CohortNew, CohortAll),
		oneOf("activity", q.Activity, ActivityVisit, ActivityPaying),
		oneOf("period", q.Period, PeriodDay, PeriodWeek, PeriodMonth),
		oneOf("breakdown", q.By, "", ByPortal, ByTerminal, ByStore, ByCampaign, ByPaidFirst, ByIndustry, ByCity),
		oneOf("measure", q.Measure, "", DayN, WithinN, UnboundedN, Bracket, RollingN),
	} {
		if check != nil {
			return check
		}
	}
	return q.validateRolling()
}

func (q *Query) validateRolling() error {
	switch {
	case q.Measure != RollingN:
		return nil
	case q.Cohort != CohortNew || q.Activity != ActivityVisit || q.Period != PeriodDay:
		return sevenday.Invalidf("rolling_n counts 24 hours from a user's own first visit: ask for cohort new, activity visit and period day")
	case q.AtLeast > 1:
		return sevenday.Invalidf("rolling_n has no form with at least %d visits: ask for day_n", q.AtLeast)
	}
	return nil
}

// oneOf says what a field can be unless it is that.
func oneOf[T ~string](field string, got T, allowed ...T) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	var names []string
	for _, name := range allowed {
		if name != "" {
			names = append(names, string(name))
		}
	}
	last := len(names) - 1
	return sevenday.Invalidf("%s %q is unknown: use %s or %s", field, got, strings.Join(names[:last], ", "), names[last])
}

// Persons tells whether the question can only be answered by going through the
// persons' days: what is kept has neither its breakdown nor its measure.
func (q *Query) Persons() bool {
	switch q.By {
	case ByTerminal, ByStore, ByCampaign, ByPaidFirst:
		return true
	}
	return q.AtLeast > 1 || q.Measure == Bracket || q.Measure == RollingN
}

// Asks tells whether rows of a measure are wanted.
func (q *Query) Asks(measure Measure) bool { return slices.Contains(q.measures(), measure) }

// HasDistinct tells whether there are cohorts of distinct users that the
// question can be answered from.
func (q *Query) HasDistinct() bool {
	return q.Merchant == "" && !q.Persons() && q.By != ByCity
}

// Stored is the breakdown under which the sums are kept that the question needs.
func (q *Query) Stored() string {
	if q.By == ByPortal {
		return ByPortal
	}
	return "" // industry and city are the merchant's own
}

func (q *Query) measures() []Measure {
	if q.Measure != "" {
		return []Measure{q.Measure}
	}
	return []Measure{DayN, WithinN, UnboundedN}
}

// firstN is the first n for which a measure has a cell.
func (q *Query) firstN(measure Measure) int {
	switch measure {
	case WithinN:
		return max(q.FromN, 1)
	case Bracket:
		return q.ToN // one cell
	default:
		return q.FromN
	}
}

// periods are the periods after the cohort's, both ends in, that a measure looks at.
func (q *Query) periods(measure Measure, n int) (from, to int) {
	switch measure {
	case WithinN:
		return 1, n
	case Bracket:
		return q.FromN, q.ToN
	default:
		return n, n
	}
}

// printed is the measure as rows name it.
func (q *Query) printed(measure Measure) Measure {
	if measure == Bracket {
		return Measure(fmt.Sprintf("%s_%d_%d", Bracket, q.FromN, q.ToN))
	}
	return measure
}

// bracket is the bits of the periods of the bracket.
func (q *Query) bracket() uint32 { return uint32(1<<(q.ToN+1)-1) &^ uint32(1<<q.FromN-1) }

// inRange tells whether the cohort of a period is asked for.
func (q *Query) inRange(cohort int32) bool {
	day := q.Period.First(cohort)
	return day >= q.From && (q.To == 0 || day < q.To)
}

// Reads returns the days [first, end) in whose returns the cohorts that are
// asked for can be; end is 0 where the range is open.
func (q *Query) Reads() (first, end sevenday.Day) {
	if q.To == 0 {
		return q.From, 0
	}
	last := q.Period.Index(q.To-1) + int32(q.ToN)
	if q.Measure == RollingN {
		last += 2 // the last user's hours end on the next day and, where clocks change, on the one after
	}
	return q.From, q.Period.Last(last) + 1
}
