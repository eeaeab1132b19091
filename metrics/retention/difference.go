package retention

import (
	"maps"
	"slices"

	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// DifferenceRow compares two values of a breakdown over the final cohorts.
type DifferenceRow struct {
	MerchantID  *string         `json:"merchant_id"`
	Industry    *string         `json:"industry"`
	By          string          `json:"by" doc:"the breakdown"`
	Value       *string         `json:"value"`
	Against     *string         `json:"against" doc:"the value it is compared with"`
	Cohort      Cohort          `json:"cohort"`
	Activity    Activity        `json:"activity"`
	Period      Period          `json:"period"`
	N           int             `json:"n"`
	Measure     Measure         `json:"measure"`
	Rate        float64         `json:"rate" doc:"of the value, over final cohorts"`
	AgainstRate float64         `json:"against_rate"`
	Difference  float64         `json:"difference" doc:"rate - against_rate, in [-1,1]"`
	Low         float64         `json:"low" doc:"lower end of the 95 % interval"`
	High        float64         `json:"high"`
	Method      interval.Method `json:"method" doc:"newcombe, or clustered where a user can count more than once"`
	State       metrics.State   `json:"state" enum:"final,open"`
}

// ValidateDifference says what is wrong with a question about differences.
func (q Query) ValidateDifference() error {
	if err := oneOf("breakdown", q.By, ByPortal, ByTerminal, ByPaidFirst); err != nil {
		return err
	}
	return q.Validate()
}

// crossings are the sums over the clusters that stand behind two values of a
// breakdown, by cell. nil counts nothing.
type crossings map[crossing]interval.CrossSums

type crossing struct {
	first, second string // first < second
	slot          int    // of the table
}

// add counts one cluster's shares, by value and slot.
func (c crossings) add(own map[string][]tally) {
	if c == nil || len(own) < 2 {
		return
	}
	values := slices.Sorted(maps.Keys(own))
	for i, first := range values {
		for _, second := range values[i+1:] {
			for slot := range own[first] {
				a, b := &own[first][slot], &own[second][slot]
				if a.V > 0 && b.V > 0 {
					sums := c[crossing{first, second, slot}]
					sums.Add(interval.OneCross(a.V, a.C, b.V, b.C))
					c[crossing{first, second, slot}] = sums
				}
			}
		}
	}
}

// NewDifferences returns an answer as NewAnswer does, for its Differences.
func NewDifferences(q Query, places []Place, zones map[string]Zone) *Answer {
	a := NewAnswer(q, places, zones)
	a.Distinct = nil
	a.Cohorts.table.crossings = make(crossings)
	if a.Users != nil {
		a.Users.crossings = make(crossings)
	}
	return a
}

// Differences compares each two values of the breakdown that have final cohorts.
// One merchant's new users count once, so that two portals' are independent and
// the interval is Newcombe's; otherwise it is clustered, by users of one merchant
// or by merchants.
func (a *Answer) Differences() []DifferenceRow {
	rows := []DifferenceRow{}
	values := a.Cohorts.table.values()
	for i, first := range values {
		for _, second := range values[i+1:] {
			a.each(func(n, measure int) {
				if row, ok := a.difference(first, second, measure, n); ok {
					rows = append(rows, row)
				}
			})
		}
	}
	return rows
}

func (a *Answer) difference(first, second string, measure, n int) (DifferenceRow, bool) {
	table := &a.Cohorts.table
	one, other := table.pool(first, measure, n), table.pool(second, measure, n)
	key := crossing{first, second, table.slot(measure, n)}
	bounds, ok := interval.NewcombeDifference(int64(one.C), int64(one.V), int64(other.C), int64(other.V), interval.Level)
	switch {
	case a.Users != nil:
		bounds, ok = interval.ClusteredDifference(a.Users.sums(first, one), a.Users.sums(second, other), a.Users.crossings[key], interval.Level)
	case a.Merchant == "":
		bounds, ok = interval.ClusteredDifference(one.ClusterSums, other.ClusterSums, table.crossings[key], interval.Level)
	}
	row := DifferenceRow{
		MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry), By: a.By,
		Value: metrics.NonZero(first), Against: metrics.NonZero(second),
		Cohort: a.Cohort, Activity: a.Activity, Period: a.Period, N: n, Measure: a.printed(one.measure), State: one.state,
		Low: bounds.Low, High: bounds.High, Method: bounds.Method,
	}
	if ok {
		row.Rate, row.AgainstRate = one.C/one.V, other.C/other.V
		row.Difference = row.Rate - row.AgainstRate
	}
	return row, ok
}
