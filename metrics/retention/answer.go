package retention

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Answer makes the rows of one question. Cohorts, and Distinct unless it is nil,
// are to be given what is stored, or by a Walk the persons; then Rows are ready.
type Answer struct {
	Query
	Cohorts  *Cohorts
	Distinct *Cohorts      // of the industry's or platform's users; the industry stands for the merchant
	Users    *UserClusters // of one merchant's cohorts of everybody; filled by a Walk, nil for other questions

	value         *ValueAnswer // what a Walk fills instead, nil for a question about users
	historyBegins sevenday.Day // first day of one merchant's history, 0 where it has none
	industries    []string     // of the merchants in scope, ascending
}

// NewAnswer returns an answer without rows for the merchants in scope. zones has
// each of their time zones.
func NewAnswer(q Query, places []Place, zones map[string]Zone) *Answer {
	a := &Answer{Query: q}
	byID := make(map[string]*Place, len(places))
	for i := range places {
		byID[places[i].MerchantID] = &places[i]
		a.industries = append(a.industries, places[i].Industry)
	}
	slices.Sort(a.industries)
	a.industries = slices.Compact(a.industries)
	a.Cohorts = newCohorts(q, func(merchantID string) (site, bool) {
		place := byID[merchantID]
		if place == nil {
			return site{}, false
		}
		at := site{place.TimeZone, zones[place.TimeZone], place.Industry, place.Currency}
		if q.By == ByCity {
			at.value = place.City
		}
		return at, true
	})
	if q.HasDistinct() {
		least := leastZone(zones)
		a.Distinct = newCohorts(q, func(industry string) (site, bool) {
			return site{zone: least, value: industry}, true
		})
	}
	if q.Merchant != "" && len(places) == 1 {
		a.historyBegins = places[0].FirstDay
		if q.Cohort == CohortAll {
			a.Users = newUserClusters(&a.Cohorts.table, zones[places[0].TimeZone])
		}
	}
	return a
}

// Groups are the industries under which cohorts of distinct users are asked for,
// the empty one being the platform.
func (a *Answer) Groups() []string {
	if a.By == ByIndustry && a.Industry == "" {
		return a.industries
	}
	return []string{a.Industry}
}

// each calls f for every n and measure that the question asks for.
func (a *Answer) each(f func(n, measure int)) {
	for n := a.FromN; n <= a.ToN; n++ {
		for i, measure := range a.Cohorts.table.measures {
			if n >= a.firstN(measure) {
				f(n, i)
			}
		}
	}
}

// Rows makes the rows: for one merchant a row a cell; for an industry or the
// platform one each for pooled, distinct and merchant_mean. The row without a
// cohort day comes last; without a breakdown it is always there.
func (a *Answer) Rows() []Row {
	rows := []Row{}
	values := []string{""}
	if a.By != "" {
		values = listed(a, (*table).values)
	}
	for _, value := range values {
		for _, cohort := range listed(a, func(t *table) []int32 { return t.cohorts(value) }) {
			a.each(func(n, measure int) {
				rows = a.appendCell(rows, value, a.Cohorts.table.cell(value, cohort, measure, n), a.distinctCell(value, cohort, measure, n))
			})
		}
		a.each(func(n, measure int) {
			rows = a.appendCell(rows, value, a.Cohorts.table.pool(value, measure, n), a.distinctPool(value, measure, n))
		})
	}
	return rows
}

// listed lists what the cohorts have and what those of distinct users have: a
// buyer who came to one merchant and paid at another stands under a portal that
// no buyer may have at a single merchant.
func listed[V cmp.Ordered](a *Answer, list func(*table) []V) []V {
	all := list(&a.Cohorts.table)
	if a.Distinct != nil {
		all = append(all, list(&a.Distinct.table)...)
		slices.Sort(all)
	}
	return slices.Compact(all)
}

func (a *Answer) distinctCell(value string, cohort int32, measure, n int) *cellSums {
	if a.Distinct == nil {
		return nil
	}
	return a.Distinct.table.cell(value, cohort, measure, n)
}

func (a *Answer) distinctPool(value string, measure, n int) *cellSums {
	if a.Distinct == nil {
		return nil
	}
	return a.Distinct.table.pool(value, measure, n)
}

// appendCell adds the rows of one cell; sums that are nil have none.
func (a *Answer) appendCell(rows []Row, value string, c, distinct *cellSums) []Row {
	if c != nil && a.Merchant != "" {
		return append(rows, a.merchantRow(value, c))
	}
	if c != nil {
		rows = append(rows, a.pooledRow(value, c))
	}
	if distinct != nil {
		rows = append(rows, a.distinctRow(value, distinct))
	}
	if c != nil {
		rows = append(rows, a.meanRow(value, c))
	}
	return rows
}

func (a *Answer) row(value string, c *cellSums) Row {
	row := Row{
		Industry: metrics.NonZero(a.Industry), By: metrics.NonZero(a.By), Value: metrics.NonZero(value),
		Cohort: a.Cohort, Activity: a.Activity, Period: a.Period, CohortDay: metrics.NonZero(c.cohort),
		N: c.n, Measure: a.printed(c.measure), State: c.state,
	}
	return row
}
