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

// storeFollows stores what the fold of collecting and following makes of the
// world, as of the world's run.
func (w *world) storeFollows(t *testing.T) {
	t.Helper()
	f := loop.NewFollowFold()
	for _, m := range w.merchants {
		for _, line := range w.lines {
			if line.Merchant == m {
				f.Person(line)
			}
		}
		f.Merchant(m)
	}
	store(t, w.admin, "follow_sums_by_run", f.Sums)
}

type followKey struct {
	day    sevenday.Day // 0 for the range
	portal sevenday.Portal
}

// followCell is a row, and each merchant's visits, collects and follows.
type followCell struct {
	row       loop.FollowRow
	merchants map[string][3]float64
}

func (w *world) naiveFollows(q loop.FollowQuery) []loop.FollowRow {
	cells := map[followKey]*followCell{{}: {}}
	for _, line := range w.linesIn(q.Scope) {
		if line.Person == sevenday.Nobody {
			continue
		}
		for _, v := range line.Visits {
			w.noteFollow(cells, q, line.Merchant, v.Start, v.Portal, func(cell *followCell, merchant *[3]float64) {
				cell.row.Visits++
				merchant[0]++
			})
		}
		for i, e := range line.Entries {
			w.noteFollow(cells, q, line.Merchant, e.Time, e.Portal, func(cell *followCell, merchant *[3]float64) {
				noteKept(cell, merchant, line, i)
			})
		}
	}
	var rows []loop.FollowRow
	for k, cell := range cells {
		if k == (followKey{}) || cell.row != (loop.FollowRow{}) {
			rows = append(rows, w.followRow(q, k, cell))
		}
	}
	slices.SortFunc(rows, func(a, b loop.FollowRow) int {
		return cmp.Or(compareDays(a.Day, b.Day), cmp.Compare(portalOrder(a.Value), portalOrder(b.Value)))
	})
	return rows
}

func portalOrder(value *string) sevenday.Portal {
	if value == nil {
		return sevenday.PortalNone
	}
	portal, _ := sevenday.ParsePortal(*value)
	return portal
}

// noteFollow notes something of an instant in the cells of its day and, where
// that is final, of the range.
func (w *world) noteFollow(cells map[followKey]*followCell, q loop.FollowQuery, m *metrics.Merchant, at sevenday.Millis, portal sevenday.Portal, note func(*followCell, *[3]float64)) {
	day := m.Calendar.Day(at)
	if !w.within(m, q.Range, day) {
		return
	}
	keys := []followKey{{day, portal}, {day, 0}}
	if w.stateOf(m, day, day) == metrics.Final {
		keys = append(keys, followKey{0, portal}, followKey{})
	}
	for _, k := range keys {
		if cells[k] == nil {
			cells[k] = &followCell{}
		}
		if cells[k].merchants == nil {
			cells[k].merchants = map[string][3]float64{}
		}
		merchant := cells[k].merchants[m.MerchantID]
		note(cells[k], &merchant)
		cells[k].merchants[m.MerchantID] = merchant
	}
}

// noteKept notes an action. It counts for the net unless the person's last action
// about the same thing on the same day was the same.
func noteKept(cell *followCell, merchant *[3]float64, line *metrics.Timeline, at int) {
	e := line.Entries[at]
	opposite := map[sevenday.Action]sevenday.Action{
		sevenday.ActionCollect: sevenday.ActionUncollect, sevenday.ActionUncollect: sevenday.ActionCollect,
		sevenday.ActionFollow: sevenday.ActionUnfollow, sevenday.ActionUnfollow: sevenday.ActionFollow,
	}
	changes, calendar := int64(1), line.Merchant.Calendar
	for i := at - 1; i >= 0 && calendar.Day(line.Entries[i].Time) == calendar.Day(e.Time); i-- {
		if action := line.Entries[i].Action; action == e.Action || action == opposite[e.Action] {
			changes = int64(b2i(action != e.Action))
			break
		}
	}
	switch e.Action {
	case sevenday.ActionCollect:
		cell.row.Collects++
		cell.row.NetCollects += changes
		merchant[1]++
	case sevenday.ActionUncollect:
		cell.row.Uncollects++
		cell.row.NetCollects -= changes
	case sevenday.ActionFollow:
		cell.row.Follows++
		cell.row.NetFollowers += changes
		merchant[2]++
	case sevenday.ActionUnfollow:
		cell.row.Unfollows++
		cell.row.NetFollowers -= changes
	}
}

func (w *world) followRow(q loop.FollowQuery, k followKey, cell *followCell) loop.FollowRow {
	row := cell.row
	row.MerchantID, row.Industry = metrics.NonZero(q.Merchant), metrics.NonZero(q.Industry)
	row.Day, row.Value, row.State = metrics.NonZero(k.day), metrics.NonZero(k.portal.String()), metrics.Open
	switch {
	case k.day != 0:
		row.State = w.scopeState(q.Scope, func(m *metrics.Merchant) metrics.State { return w.stateOf(m, k.day, k.day) })
	case len(cell.merchants) > 0:
		row.State = metrics.Final
	}
	row.CollectRate, row.CollectLow, row.CollectHigh = cell.rate(q, 1)
	row.FollowRate, row.FollowLow, row.FollowHigh = cell.rate(q, 2)
	return row
}

func (c *followCell) rate(q loop.FollowQuery, of int) (rate, low, high *float64) {
	var sums interval.ClusterSums
	kept := 0.
	for _, merchant := range c.merchants {
		kept += merchant[of]
		one := interval.OneCluster(merchant[0], merchant[of])
		if merchant[0] == 0 {
			one.Clusters = 0
		}
		sums.Add(one)
	}
	if sums.V == 0 || kept > sums.V {
		return nil, nil, nil
	}
	rate = metrics.Optional(kept / sums.V)
	if i, ok := interval.Clustered(sums, interval.Level); ok && q.Merchant == "" {
		low, high = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
	return rate, low, high
}
