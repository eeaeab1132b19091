package retention

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// table adds up the cells of merchants, one merchant after the other: cohort by
// cohort, and pooled over the cohorts whose n-th period is over.
type table struct {
	query    *Query
	measures []Measure
	cells    map[cohortKey][]tally // by slot
	pooled   map[string][]tally    // by value and slot
	zones    []namedZone           // in the order in which their merchants came

	at  namedZone          // of the merchant at hand
	own map[string][]tally // its pooled cohorts; only V and C count

	crossings crossings // of merchants
}

type namedZone struct {
	name string
	Zone
}

// cohortKey names the cohorts of the merchants of one zone.
type cohortKey struct {
	zone, value string
	cohort      int32
}

func newTable(q *Query) table {
	return table{
		query: q, measures: q.measures(), cells: make(map[cohortKey][]tally),
		pooled: make(map[string][]tally), own: make(map[string][]tally),
	}
}

// slots is how many cells a cohort has.
func (t *table) slots() int { return len(t.measures) * (t.query.ToN - t.query.FromN + 1) }

// slot is the place of a cell among a cohort's.
func (t *table) slot(measure, n int) int {
	return measure*(t.query.ToN-t.query.FromN+1) + n - t.query.FromN
}

// slotOf is slot of a measure by its name.
func (t *table) slotOf(measure Measure, n int) int {
	return t.slot(slices.Index(t.measures, measure), n)
}

// begin begins a merchant in a zone.
func (t *table) begin(name string, zone Zone) {
	t.end()
	t.at = namedZone{name, zone}
	if !slices.ContainsFunc(t.zones, func(z namedZone) bool { return z.name == name }) {
		t.zones = append(t.zones, t.at)
	}
}

// add adds a cohort of the merchant at hand that has members: for the measure at
// a place, how many of them returned for each n, n = 0..MaxN.
func (t *table) add(value string, cohort int32, measure int, users uint32, returned *[MaxN + 1]uint32) {
	if users == 0 {
		return
	}
	cells := fetch(t.cells, cohortKey{t.at.name, value, cohort}, t.slots())
	own := fetch(t.own, value, t.slots())
	name := t.measures[measure]
	for n := t.query.firstN(name); n <= t.query.ToN; n++ {
		slot := t.slot(measure, n)
		cells[slot].add(float64(users), float64(returned[n]))
		if t.query.pooled(cohort, name, n, &t.at.Zone) {
			own[slot].V += float64(users)
			own[slot].C += float64(returned[n])
		}
	}
}

// fetch returns the cells under a key, empty ones if there are none.
func fetch[K comparable](all map[K][]tally, key K, size int) []tally {
	cells, ok := all[key]
	if !ok {
		cells = make([]tally, size)
		all[key] = cells
	}
	return cells
}

// end pools the merchant at hand.
func (t *table) end() {
	for value, own := range t.own {
		pooled := fetch(t.pooled, value, t.slots())
		for slot := range own {
			if own[slot].V > 0 {
				pooled[slot].add(own[slot].V, own[slot].C)
			}
		}
	}
	t.crossings.add(t.own)
	clear(t.own)
}

// cohorts lists the cohorts of a value, ascending.
func (t *table) cohorts(value string) []int32 {
	var all []int32
	for key := range t.cells {
		if key.value == value {
			all = append(all, key.cohort)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// values lists the breakdown's values that any cohort has.
func (t *table) values() []string {
	var all []string
	for key := range t.cells {
		all = append(all, key.value)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// cellSums is a cell's tally and state.
type cellSums struct {
	cohort  sevenday.Day // first day of the cohort's period, 0 where cohorts are pooled
	n       int
	measure Measure
	tally
	state metrics.State
}

// cell adds up the zones of a cell; it is nil where nobody is in the cohort.
func (t *table) cell(value string, cohort int32, measure, n int) *cellSums {
	var sums *cellSums
	for i := range t.zones {
		cells := t.cells[cohortKey{t.zones[i].name, value, cohort}]
		if cells == nil {
			continue
		}
		state := t.query.state(cohort, t.measures[measure], n, &t.zones[i].Zone)
		if sums == nil {
			sums = &cellSums{cohort: t.query.Period.First(cohort), n: n, measure: t.measures[measure], state: state}
		}
		sums.state = widen(sums.state, state)
		sums.merge(&cells[t.slot(measure, n)])
	}
	return sums
}

// pool returns the cell that pools the cohorts that are over, without members
// where none is.
func (t *table) pool(value string, measure, n int) *cellSums {
	sums := &cellSums{n: n, measure: t.measures[measure], state: metrics.Open}
	if cells := t.pooled[value]; cells != nil {
		sums.tally = cells[t.slot(measure, n)]
	}
	if sums.V > 0 && sums.measure != UnboundedN {
		sums.state = metrics.Final
	}
	return sums
}
