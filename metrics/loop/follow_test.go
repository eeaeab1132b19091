package loop

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// foldFollows returns the counts of one person's entries by portal; all are of one day.
func foldFollows(t *testing.T, entries ...metrics.Entry) map[sevenday.Portal]followCounts {
	t.Helper()
	m := merchant(t)
	line := &metrics.Timeline{Merchant: m, Person: 1, Entries: entries, Visits: metrics.CutVisits(nil, entries, m.Calendar)}
	f := NewFollowFold()
	f.Person(line)
	f.Person(&metrics.Timeline{Merchant: m, Person: sevenday.Nobody, Entries: entries})
	f.Merchant(m)
	got := map[sevenday.Portal]followCounts{}
	for _, row := range f.Sums {
		if day := m.Calendar.Day(start); row.Day != day || row.Key != m.Row(day) {
			t.Errorf("%+v, want day %s", row, day)
		}
		got[row.Portal] = row.followCounts
	}
	return got
}

func TestWhatIsKeptAndGivenUpIsCountedByPortal(t *testing.T) {
	const scan, paidPage = sevenday.PortalScan, sevenday.PortalPaymentSuccess
	entry := func(at sevenday.Millis, action sevenday.Action, portal sevenday.Portal) metrics.Entry {
		return metrics.Entry{Time: start + at, Action: action, Portal: portal}
	}
	visit := entry(0, sevenday.ActionVisit, scan)
	for _, test := range []struct {
		name    string
		entries []metrics.Entry
		want    map[sevenday.Portal]followCounts
	}{
		{
			"through the portal that the record names",
			[]metrics.Entry{visit, entry(1, sevenday.ActionCollect, paidPage)},
			map[sevenday.Portal]followCounts{scan: {Visits: 1}, paidPage: {Collects: 1, NetCollects: 1}},
		},
		{
			"through the visit's portal",
			[]metrics.Entry{visit, entry(1, sevenday.ActionFollow, 0)},
			map[sevenday.Portal]followCounts{scan: {Visits: 1, Follows: 1, NetFollowers: 1}},
		},
		{
			"without a visit",
			[]metrics.Entry{entry(0, sevenday.ActionUnfollow, 0)},
			map[sevenday.Portal]followCounts{0: {Unfollows: 1, NetFollowers: -1}},
		},
		{
			"the same once more",
			[]metrics.Entry{entry(0, sevenday.ActionFollow, scan), entry(1, sevenday.ActionFollow, scan)},
			map[sevenday.Portal]followCounts{scan: {Follows: 2, NetFollowers: 1}},
		},
		{
			"there and back",
			[]metrics.Entry{entry(0, sevenday.ActionCollect, scan), entry(1, sevenday.ActionUncollect, scan)},
			map[sevenday.Portal]followCounts{scan: {Collects: 1, Uncollects: 1}},
		},
		{
			"one thing says nothing of the other",
			[]metrics.Entry{entry(0, sevenday.ActionCollect, scan), entry(1, sevenday.ActionFollow, scan), entry(2, sevenday.ActionCollect, scan)},
			map[sevenday.Portal]followCounts{scan: {Collects: 2, NetCollects: 1, Follows: 1, NetFollowers: 1}},
		},
		{"a register", []metrics.Entry{entry(0, sevenday.ActionRegister, scan)}, map[sevenday.Portal]followCounts{}},
	} {
		if diff := gocmp.Diff(test.want, foldFollows(t, test.entries...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestFollowsStandByDayAndPortalAndOnceMoreForTheRange(t *testing.T) {
	groups := metrics.Groups{{Currency: "CNY", LastDays: metrics.LastDays{Closed: 100, Begun: 101}}}
	a := FollowAnswer{Groups: groups, Cells: []FollowGroupSums{
		{Day: 101, Visits: 10, Collects: 4, Clusters: 1, VV: 100, CollectsVC: 40, CollectsCC: 16},
		{Day: 100, Portal: "scan", Visits: 3, Collects: 4},
		{Day: 100, Visits: 4, Follows: 1, NetFollowers: -2},
	}, Pooled: []FollowGroupSums{{Visits: 4}}}
	rows := a.Rows()
	var states []metrics.State
	for _, row := range rows {
		states = append(states, row.State)
	}
	if want := []metrics.State{metrics.Final, metrics.Final, metrics.Open, metrics.Final}; !slices.Equal(states, want) {
		t.Errorf("states %v, want %v", states, want)
	}
	if all := rows[0]; all.Value != nil || *all.FollowRate != 0.25 || all.NetFollowers != -2 || *all.CollectRate != 0 {
		t.Errorf("all portals come first: %+v", all)
	}
	if scan := rows[1]; *scan.Value != "scan" || scan.CollectRate != nil || scan.CollectLow != nil {
		t.Errorf("more kept than visited: %+v", scan)
	}
	wilson, _ := interval.Wilson(4, 10, interval.Level)
	if row := rows[2]; *row.CollectRate != 0.4 || *row.CollectLow != wilson.Low || *row.CollectHigh != wilson.High {
		t.Errorf("few merchants: %+v, want the interval %v", row, wilson)
	}
	a.Merchant = "m"
	if row := a.Rows()[2]; row.CollectRate == nil || row.CollectLow != nil {
		t.Errorf("one merchant: %+v, want a rate without an interval", row)
	}
	if rows := (&FollowAnswer{}).Rows(); len(rows) != 1 || rows[0].State != metrics.Open {
		t.Errorf("without visits: %+v", rows)
	}
}
