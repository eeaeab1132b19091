package retention

import (
	"cmp"
	"math"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// Answer is everything that the rows of one question are made from.
type Answer struct {
	Query
	Zones    map[string]metrics.LastDays // of the merchants in scope, by time zone
	FirstDay sevenday.Day                // of one merchant's history, 0 where it has none
	Cells    []GroupSums                 // by (time zone, value, cohort day, measure)
	Pooled   []GroupSums                 // by (value, measure), over final cohorts
	Distinct []GroupSums                 // as Cells, of the industry's or platform's users
	Users    *UserClusters               // of one merchant's cohorts of everybody
}

// Rows makes the rows of an answer: for one merchant a row a cell; for an
// industry or the platform one each for pooled, distinct and merchant_mean. The
// row without a cohort day comes last and is always there.
func (a *Answer) Rows() []Row {
	var rows []Row
	for _, value := range a.values() {
		cells := a.merge(a.Cells, value)
		if a.Merchant != "" {
			rows = append(rows, a.merchantRows(value, cells)...)
			continue
		}
		rows = append(rows, a.scopeRows(value, cells)...)
	}
	return rows
}

// values lists the breakdown's values that any cohort has; without a breakdown
// it is the one value "".
func (a *Answer) values() []string {
	if a.By == "" {
		return []string{""}
	}
	var values []string
	for i := range a.Cells {
		values = append(values, a.Cells[i].Value)
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// cellKey names a cell; cohort 0 is the row that pools the cohorts.
type cellKey struct {
	cohort  sevenday.Day
	n       int
	measure Measure
}

// cellSums is a cell's tally and state.
type cellSums struct {
	cellKey
	tally
	state metrics.State
}

// each calls f for every n and measure that the question asks for.
func (a *Answer) each(f func(n int, measure Measure)) {
	for n := a.FromN; n <= a.ToN; n++ {
		f(n, DayN)
		if n > 0 {
			f(n, WithinN)
		}
		f(n, UnboundedN)
	}
}

// merge adds up the zones of each cell of a value, in order.
func (a *Answer) merge(groups []GroupSums, value string) []cellSums {
	byKey := make(map[cellKey]*cellSums)
	for i := range groups {
		g := &groups[i]
		if g.Value != value {
			continue
		}
		zone, ok := a.Zones[g.TimeZone]
		if !ok {
			zone = a.leastZone()
		}
		a.each(func(n int, measure Measure) {
			if measure != Measure(g.Measure) {
				return
			}
			key := cellKey{g.CohortDay, n, measure}
			state := a.state(g.CohortDay, measure, n, zone)
			if sums := byKey[key]; sums != nil {
				sums.add(g.at(n))
				sums.state = widen(sums.state, state)
				return
			}
			byKey[key] = &cellSums{cellKey: key, tally: g.at(n), state: state}
		})
	}
	cells := make([]cellSums, 0, len(byKey))
	for _, sums := range byKey {
		cells = append(cells, *sums)
	}
	slices.SortFunc(cells, func(x, y cellSums) int {
		return cmp.Or(cmp.Compare(x.cohort, y.cohort), cmp.Compare(x.n, y.n), cmp.Compare(x.measure.order(), y.measure.order()))
	})
	return cells
}

func (m Measure) order() int { return slices.Index([]Measure{DayN, WithinN, UnboundedN}, m) }

// leastZone is the horizon of figures over several time zones: a day is closed
// when it is closed everywhere.
func (a *Answer) leastZone() metrics.LastDays {
	least := metrics.LastDays{Closed: math.MaxInt32, Begun: math.MaxInt32}
	for _, zone := range a.Zones {
		least.Closed = min(least.Closed, zone.Closed)
		least.Begun = min(least.Begun, zone.Begun)
	}
	return least
}

// pooled returns the tally over final cohorts, zero where none is final.
func (a *Answer) pooled(value string, n int, measure Measure) cellSums {
	sums := cellSums{cellKey: cellKey{0, n, measure}, state: metrics.Open}
	for i := range a.Pooled {
		g := &a.Pooled[i]
		if g.Value == value && Measure(g.Measure) == measure {
			sums.add(g.at(n))
		}
	}
	if sums.V > 0 && measure != UnboundedN {
		sums.state = metrics.Final
	}
	return sums
}

func (a *Answer) merchantRows(value string, cells []cellSums) []Row {
	rows := make([]Row, 0, len(cells)+3)
	for i := range cells {
		rows = append(rows, a.merchantRow(value, &cells[i], wilson(cells[i].tally)))
	}
	a.each(func(n int, measure Measure) {
		sums := a.pooled(value, n, measure)
		bounds := wilson(sums.tally)
		if a.Cohort == CohortAll {
			bounds = interval.Clustered
			sums.ClusterSums = a.Users.Sums(value, n, measure, sums.ClusterSums)
		}
		rows = append(rows, a.merchantRow(value, &sums, bounds))
	})
	return rows
}

// bounds makes the interval of some sums at a level.
type bounds func(interval.ClusterSums, float64) (interval.Interval, bool)

// wilson is for cells in which each user counts once.
func wilson(t tally) bounds {
	return func(interval.ClusterSums, float64) (interval.Interval, bool) {
		return interval.Wilson(int64(t.C), int64(t.V), interval.Level)
	}
}

func (a *Answer) merchantRow(value string, c *cellSums, b bounds) Row {
	row := a.row(value, c)
	row.MerchantID = metrics.Optional(a.Merchant)
	row.Merchants = metrics.Optional[int64](1)
	row.count(c, b)
	if a.Cohort == CohortNew && c.cohort != 0 && a.FirstDay != 0 {
		row.HistoryDays = metrics.Optional(int64(c.cohort - a.FirstDay))
	}
	return row
}

func (a *Answer) scopeRows(value string, cells []cellSums) []Row {
	var rows []Row
	distinct := make(map[cellKey]*cellSums)
	distinctCells := a.merge(a.Distinct, value)
	for i := range distinctCells {
		distinct[distinctCells[i].cellKey] = &distinctCells[i]
	}
	for i := range cells {
		rows = append(rows, a.threeRows(value, &cells[i], distinct[cells[i].cellKey])...)
	}
	a.each(func(n int, measure Measure) {
		sums := a.pooled(value, n, measure)
		rows = append(rows, a.threeRows(value, &sums, a.pooledDistinct(distinctCells, n, measure))...)
	})
	return rows
}

// pooledDistinct adds up the final cohorts of distinct users.
func (a *Answer) pooledDistinct(cells []cellSums, n int, measure Measure) *cellSums {
	sums := cellSums{cellKey: cellKey{0, n, measure}, state: metrics.Open}
	zone := a.leastZone()
	for i := range cells {
		c := &cells[i]
		if c.n == n && c.measure == measure && a.state(c.cohort, DayN, n, zone) == metrics.Final {
			sums.add(c.tally)
		}
	}
	if sums.V > 0 && measure != UnboundedN {
		sums.state = metrics.Final
	}
	return &sums
}

func (a *Answer) threeRows(value string, c, distinct *cellSums) []Row {
	pooled := a.row(value, c)
	pooled.Aggregation = metrics.Optional(Pooled)
	pooled.Merchants = metrics.Optional(c.Clusters)
	pooled.count(c, interval.Clustered)
	rows := []Row{pooled}
	if distinct != nil {
		row := a.row(value, distinct)
		row.Aggregation = metrics.Optional(Distinct)
		row.count(distinct, wilson(distinct.tally))
		if a.Cohort == CohortAll && distinct.cohort == 0 {
			row.Low, row.High = nil, nil // a user counts in many cohorts
		}
		rows = append(rows, row)
	}
	mean := a.row(value, c)
	mean.Aggregation = metrics.Optional(MerchantMean)
	mean.Merchants = metrics.Optional(c.rates.N)
	mean.mean(c)
	return append(rows, mean)
}

func (a *Answer) row(value string, c *cellSums) Row {
	row := Row{Cohort: a.Cohort, Activity: a.Activity, Period: a.Period, N: c.n, Measure: c.measure, State: c.state}
	if a.Industry != "" {
		row.Industry = metrics.Optional(a.Industry)
	}
	if a.By != "" {
		row.By = metrics.Optional(a.By)
		if value != "" {
			row.Value = metrics.Optional(value)
		}
	}
	if c.cohort != 0 {
		row.CohortDay = metrics.Optional(c.cohort)
	}
	return row
}

// count fills in users, rate and interval. A cell that is not due has its cohort only.
func (r *Row) count(c *cellSums, b bounds) {
	r.CohortUsers = metrics.Optional(int64(c.V))
	if c.state == metrics.NotDue {
		return
	}
	r.ReturnedUsers = metrics.Optional(int64(c.C))
	if c.V == 0 {
		return
	}
	r.Rate = metrics.Optional(c.C / c.V)
	if i, ok := b(c.ClusterSums, interval.Level); ok {
		r.Low, r.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
}

// mean fills in the plain mean of the merchants' rates.
func (r *Row) mean(c *cellSums) {
	if c.state == metrics.NotDue || c.rates.N == 0 {
		return
	}
	r.Rate = metrics.Optional(c.rates.Sum / float64(c.rates.N))
	if i, ok := interval.MeanT(c.rates, interval.Level); ok {
		r.Low, r.High = metrics.Optional(max(i.Low, 0)), metrics.Optional(min(i.High, 1))
	}
}
