package queries

import (
	"cmp"
	"slices"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
	"sevenday/metrics/loop"
)

func compareLoop(t *testing.T, c *Catalog, w *world) {
	w.storeFollows(t)
	for _, scope := range scopes {
		for _, days := range ranges() {
			q := loop.Query{Scope: scope, Range: days}
			got, err := c.Loop(t.Context(), q)
			compare(t, q, w.naiveLoop(q), got, err)
			f := loop.FollowQuery{Scope: scope, Range: days}
			kept, err := c.Followers(t.Context(), f)
			compare(t, f, w.naiveFollows(f), kept, err)
		}
	}
}

// windows are the loop's steps with the days after which they are over.
var windows = []struct {
	step loop.Step
	days sevenday.Day
}{
	{loop.Paid, 0}, {loop.Claimed, 1}, {loop.Kept, 7}, {loop.CameBack, 30}, {loop.Redeemed, 30}, {loop.PaidAgain, 30}, {loop.PaidAgainNotClaimed, 30},
}

type loopKey struct {
	day  sevenday.Day // 0 for the range
	step loop.Step
}

// loopCell is the cohort and the takers of a step, by merchant.
type loopCell map[string][2]float64

func (w *world) naiveLoop(q loop.Query) []loop.Row {
	cells := map[loopKey]loopCell{}
	for _, window := range windows {
		cells[loopKey{0, window.step}] = loopCell{}
	}
	for _, line := range w.linesIn(q.Scope) {
		if line.Person == sevenday.Nobody {
			continue
		}
		m, seen := line.Merchant, map[sevenday.Day]bool{}
		for _, o := range line.Orders {
			day := m.Calendar.Day(o.PaidAt)
			if seen[day] || !w.within(m, q.Range, day) {
				continue
			}
			seen[day] = true
			w.noteLoop(cells, m, day, stepsAfter(line, o.PaidAt))
		}
	}
	rows := make([]loop.Row, 0, len(cells))
	for k, cell := range cells {
		rows = append(rows, w.loopRow(q, k, cell))
	}
	slices.SortFunc(rows, func(a, b loop.Row) int {
		return cmp.Or(compareDays(a.Day, b.Day), cmp.Compare(stepOrder(a.Step), stepOrder(b.Step)))
	})
	return rows
}

func stepOrder(step loop.Step) int {
	for i, window := range windows {
		if window.step == step {
			return i
		}
	}
	return -1
}

func (w *world) noteLoop(cells map[loopKey]loopCell, m *metrics.Merchant, day sevenday.Day, taken map[loop.Step]bool) {
	for _, window := range windows {
		keys := []loopKey{{day, window.step}}
		if w.stateOf(m, day, day+window.days) == metrics.Final {
			keys = append(keys, loopKey{0, window.step})
		}
		for _, k := range keys {
			if cells[k] == nil {
				cells[k] = loopCell{}
			}
			sum := cells[k][m.MerchantID]
			if window.step != loop.PaidAgainNotClaimed || !taken[loop.Claimed] {
				sum[0]++
			}
			sum[1] += float64(b2i(taken[window.step]))
			cells[k][m.MerchantID] = sum
		}
	}
}

// stepsAfter tells which steps a person took after an instant.
func stepsAfter(line *metrics.Timeline, paid sevenday.Millis) map[loop.Step]bool {
	taken := map[loop.Step]bool{loop.Paid: true}
	note := func(step loop.Step, at, window sevenday.Millis, holds bool) {
		if holds && at > paid && at <= paid+window {
			taken[step] = true
		}
	}
	for _, c := range line.Coupons {
		claim := c.Stage == sevenday.StageClaimed
		note(loop.Claimed, c.Time, day, claim && c.Placement == sevenday.PlacementPaymentSuccess)
		note(loop.CameBack, c.Time, 30*day, claim && c.Placement == sevenday.PlacementLifeAccountMessage)
		note(loop.Redeemed, c.Time, 30*day, c.Stage == sevenday.StageRedeemed)
	}
	for _, e := range line.Entries {
		note(loop.Kept, e.Time, 7*day, e.Action == sevenday.ActionCollect || e.Action == sevenday.ActionFollow)
	}
	for _, v := range line.Visits {
		owned := v.Portal == sevenday.PortalCollection || v.Portal == sevenday.PortalLifeAccount || v.Portal == sevenday.PortalCardPackage
		note(loop.CameBack, v.Start, 30*day, owned)
	}
	for _, o := range line.Orders {
		note(loop.PaidAgain, o.PaidAt, 30*day, true)
	}
	taken[loop.PaidAgainNotClaimed] = taken[loop.PaidAgain] && !taken[loop.Claimed]
	return taken
}

func (w *world) loopRow(q loop.Query, k loopKey, cell loopCell) loop.Row {
	var sums interval.ClusterSums
	for _, c := range cell {
		if c[0] > 0 {
			sums.Add(interval.OneCluster(c[0], c[1]))
		}
	}
	row := loop.Row{
		MerchantID: metrics.NonZero(q.Merchant), Industry: metrics.NonZero(q.Industry), Day: metrics.NonZero(k.day),
		Step: k.step, Cohort: int64(sums.V), Users: int64(sums.C), State: metrics.Open,
	}
	switch {
	case k.day != 0:
		last := k.day + windows[stepOrder(k.step)].days
		row.State = w.scopeState(q.Scope, func(m *metrics.Merchant) metrics.State { return w.stateOf(m, k.day, last) })
	case sums.V > 0:
		row.State = metrics.Final
	}
	if sums.V == 0 {
		return row
	}
	row.Share = metrics.Optional(sums.C / sums.V)
	i, ok := interval.Wilson(int64(sums.C), int64(sums.V), interval.Level)
	if q.Merchant == "" {
		i, ok = interval.Clustered(sums, interval.Level)
	}
	if ok && k.step != loop.Paid && (q.Merchant == "" || k.day != 0) {
		row.Low, row.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
	return row
}
