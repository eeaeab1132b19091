package queries

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/retention"
)

// naiveDay is an active day of a person: what was done, and through what the
// first visit came.
type naiveDay struct {
	visits, payments int
	visited          bool
	portal           sevenday.Portal
}

// naiveDays are the active days of a timeline.
func naiveDays(line *metrics.Timeline) map[sevenday.Day]*naiveDay {
	days := map[sevenday.Day]*naiveDay{}
	on := func(at sevenday.Millis) *naiveDay {
		day := line.Merchant.Calendar.Day(at)
		if days[day] == nil {
			days[day] = &naiveDay{}
		}
		return days[day]
	}
	for _, e := range line.Entries {
		if d := on(e.Time); e.Action == sevenday.ActionVisit && !d.visited {
			d.visited, d.portal = true, e.Portal
		}
	}
	for _, v := range line.Visits {
		on(v.Start).visits++
	}
	for _, o := range line.Orders {
		on(o.PaidAt).payments++
	}
	return days
}

// naivePerson is one person's periods, in the way a question sees them.
type naivePerson struct {
	merchant *metrics.Merchant
	q        *retention.Query
	days     map[sevenday.Day]*naiveDay
	register sevenday.Day
}

func newNaivePerson(q *retention.Query, line *metrics.Timeline) *naivePerson {
	p := &naivePerson{merchant: line.Merchant, q: q, days: naiveDays(line)}
	for _, e := range line.Entries {
		if e.Action == sevenday.ActionRegister && p.register == 0 {
			p.register = line.Merchant.Calendar.Day(e.Time)
		}
	}
	return p
}

func (p *naivePerson) active(day sevenday.Day) bool {
	d := p.days[day]
	return d != nil && (p.q.Activity == retention.ActivityVisit && d.visited || p.q.Activity == retention.ActivityPaying && d.payments > 0)
}

// first is the first day of which something holds, 0 without any.
func (p *naivePerson) first(holds func(day sevenday.Day) bool) sevenday.Day {
	first := sevenday.Day(0)
	for day := range p.days {
		if holds(day) && (first == 0 || day < first) {
			first = day
		}
	}
	return first
}

func (p *naivePerson) firstVisit() sevenday.Day {
	return p.first(func(day sevenday.Day) bool { return p.days[day].visited })
}

// in lists the active days of a period, ascending.
func (p *naivePerson) in(index int32) []sevenday.Day {
	var days []sevenday.Day
	for day := range p.days {
		if p.active(day) && p.q.Period.Index(day) == index {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days
}

func (p *naivePerson) returned(index int32) bool {
	times := 0
	days := p.in(index)
	for _, day := range days {
		if p.q.Activity == retention.ActivityVisit {
			times += p.days[day].visits
		} else {
			times += p.days[day].payments
		}
	}
	return len(days) > 0 && (p.q.AtLeast <= 1 || times >= p.q.AtLeast)
}

// member tells whether the person is in the cohort of a period.
func (p *naivePerson) member(index int32) bool {
	if len(p.in(index)) == 0 {
		return false
	}
	if p.q.Cohort == retention.CohortAll {
		return true
	}
	seen := p.first(func(day sevenday.Day) bool { return p.active(day) })
	if p.q.Period.Index(seen) != index {
		return false
	}
	if visit := p.firstVisit(); visit != 0 {
		seen = min(seen, visit)
	}
	return p.register == 0 || p.register >= seen
}

func (p *naivePerson) value(index int32) string {
	switch p.q.By {
	case retention.ByPortal:
		if p.q.Cohort == retention.CohortAll {
			return p.days[p.in(index)[0]].portal.String()
		}
		if visit := p.firstVisit(); visit != 0 && p.q.Period.Index(visit) <= index {
			return p.days[visit].portal.String()
		}
	case retention.ByIndustry:
		return p.merchant.Industry
	}
	return ""
}

// back tells whether a member came back in the way of a measure.
func (p *naivePerson) back(measure retention.Measure, cohort int32, n int) bool {
	from, to := n, n
	switch measure {
	case retention.WithinN:
		from = 1
	case retention.UnboundedN:
		to = 100
	case retention.Bracket:
		from = p.q.FromN
	}
	for i := from; i <= to; i++ {
		if i == 0 || p.returned(cohort+int32(i)) {
			return true
		}
	}
	return false
}

// retentionKey is a cell of one merchant; cohort 0 pools.
type retentionKey struct {
	value   string
	cohort  int32
	n       int
	measure retention.Measure
}

type retentionCell struct {
	users, returned float64
	states          map[metrics.State]bool
	merchants       int64
	rates           float64
}

var retentionMeasures = []retention.Measure{retention.DayN, retention.WithinN, retention.UnboundedN}

// naiveRetention makes the rows without their intervals.
func (w *world) naiveRetention(q *retention.Query) []retention.Row {
	measures := retentionMeasures
	if q.Measure != "" {
		measures = []retention.Measure{q.Measure}
	}
	all := map[retentionKey]*retentionCell{}
	if q.By == "" { // the row that pools is always there
		for _, measure := range measures {
			for n := firstN(q, measure); n <= q.ToN; n++ {
				all[retentionKey{n: n, measure: measure}] = &retentionCell{}
			}
		}
	}
	for _, m := range w.in(q.Scope) {
		for key, cell := range w.naiveReturns(q, m, measures) {
			if key.cohort == 0 && cell.users == 0 && all[key] != nil {
				continue
			}
			sums := all[key]
			if sums == nil {
				sums = &retentionCell{}
				all[key] = sums
			}
			if cell.users > 0 {
				sums.users, sums.returned = sums.users+cell.users, sums.returned+cell.returned
				sums.merchants, sums.rates = sums.merchants+1, sums.rates+cell.returned/cell.users
			}
			if sums.states == nil {
				sums.states = map[metrics.State]bool{}
			}
			for state := range cell.states {
				sums.states[state] = true
			}
		}
	}
	var rows []retention.Row
	for key, cell := range all {
		rows = append(rows, naiveRetentionRows(q, key, cell)...)
	}
	return rows
}

func firstN(q *retention.Query, measure retention.Measure) int {
	switch measure {
	case retention.WithinN:
		return max(q.FromN, 1)
	case retention.Bracket:
		return q.ToN
	}
	return q.FromN
}

func (w *world) naiveReturns(q *retention.Query, m *metrics.Merchant, measures []retention.Measure) map[retentionKey]*retentionCell {
	cells := map[retentionKey]*retentionCell{}
	cell := func(key retentionKey) *retentionCell {
		if cells[key] == nil {
			cells[key] = &retentionCell{states: map[metrics.State]bool{}}
		}
		return cells[key]
	}
	last := q.Period.Index(m.Calendar.Day(w.horizon.AsOf))
	for _, line := range w.lines {
		if line.Merchant != m || line.Person == sevenday.Nobody {
			continue
		}
		p := newNaivePerson(q, line)
		for index := last - 90; index <= last; index++ {
			if day := q.Period.First(index); day < q.From || (q.To != 0 && day >= q.To) || !p.member(index) {
				continue
			}
			for _, measure := range measures {
				for n := firstN(q, measure); n <= q.ToN; n++ {
					first, end := index+int32(n), index+int32(n)
					switch measure {
					case retention.WithinN:
						first = index + 1
					case retention.Bracket:
						first = index + int32(q.FromN)
					}
					state := w.stateOf(m, q.Period.First(first), q.Period.Last(end))
					pooled := cell(retentionKey{p.value(index), 0, n, measure})
					one := cell(retentionKey{p.value(index), index, n, measure})
					adding := []*retentionCell{one}
					if state == metrics.Final {
						adding = append(adding, pooled)
					}
					if measure == retention.UnboundedN && state == metrics.Final {
						state = metrics.Open
					}
					one.states[state] = true
					for _, c := range adding {
						c.users++
						if p.back(measure, index, n) {
							c.returned++
						}
					}
				}
			}
		}
	}
	return cells
}

func naiveRetentionRows(q *retention.Query, key retentionKey, cell *retentionCell) []retention.Row {
	row := retention.Row{
		Industry: metrics.NonZero(q.Industry), By: metrics.NonZero(q.By), Value: metrics.NonZero(key.value),
		Cohort: q.Cohort, Activity: q.Activity, Period: q.Period, N: key.n, Measure: key.measure, State: metrics.Open,
	}
	if key.measure == retention.Bracket {
		row.Measure = "bracket_2_5"
	}
	if key.cohort != 0 {
		row.CohortDay, row.State = metrics.Optional(q.Period.First(key.cohort)), oneState(cell.states)
	} else if cell.users > 0 && key.measure != retention.UnboundedN {
		row.State = metrics.Final
	}
	count := func(row retention.Row) retention.Row {
		row.CohortUsers = metrics.Optional(int64(cell.users))
		if row.State != metrics.NotDue {
			row.ReturnedUsers = metrics.Optional(int64(cell.returned))
			if cell.users > 0 {
				row.Rate = metrics.Optional(cell.returned / cell.users)
			}
		}
		return row
	}
	if q.Merchant != "" {
		row.MerchantID, row.Merchants = metrics.Optional(q.Merchant), metrics.Optional[int64](1)
		return []retention.Row{count(row)}
	}
	pooled, mean := row, row
	pooled.Aggregation, pooled.Merchants = metrics.Optional(retention.Pooled), metrics.Optional(cell.merchants)
	mean.Aggregation, mean.Merchants = metrics.Optional(retention.MerchantMean), metrics.Optional(cell.merchants)
	if row.State != metrics.NotDue && cell.merchants > 0 {
		mean.Rate = metrics.Optional(cell.rates / float64(cell.merchants))
	}
	return []retention.Row{count(pooled), mean}
}

func sortedRetention(rows []retention.Row) []retention.Row {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	slices.SortFunc(rows, func(a, b retention.Row) int {
		return cmp.Or(cmp.Compare(text(a.Value), text(b.Value)), compareDays(a.CohortDay, b.CohortDay), cmp.Compare(a.N, b.N),
			cmp.Compare(a.Measure, b.Measure), cmp.Compare(text(a.Aggregation), text(b.Aggregation)))
	})
	return rows
}
