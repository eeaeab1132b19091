package queries

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/lifecycle"
)

// lifecycleWorld is a published world with people who stay away for months, and
// with the rows of a run that was never published.
func lifecycleWorld(t testing.TB) (*Catalog, *world) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 7))
	c := emptyCatalog(t)
	w := randomWorld(t, r, 5)
	for i, m := range w.merchants[:4] {
		for person := range sevenday.Person(6 + i) {
			w.lines = append(w.lines, rareGuest(r, m, 2000+person, w.horizon))
		}
	}
	w.insertMerchants(t, c)
	w.insert(t, c)
	w.insertLifecycle(t, c, w.merchants[0].Run)
	w.insertLifecycle(t, c, w.merchants[0].Run+1)
	w.publish(t, c)
	w.admin = c
	return c.asDashboard(t), w
}

// rareGuest is somebody who comes every few weeks.
func rareGuest(r *rand.Rand, m *metrics.Merchant, person sevenday.Person, horizon metrics.Horizon) *metrics.Timeline {
	t := &metrics.Timeline{Merchant: m, Person: person}
	at := horizon.AsOf - 20*7*day
	for range 8 {
		at += sevenday.Millis(r.Int64N(int64(6 * 7 * day)))
		switch r.IntN(5) {
		case 0:
			t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.ActionRegister})
		case 1:
			t.Orders = append(t.Orders, randomOrder(r, m, at))
		default:
			t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.ActionVisit, Portal: sevenday.Portal(1 + r.IntN(8))})
		}
	}
	t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
	return t
}

func (w *world) insertLifecycle(t testing.TB, c *Catalog, run uint64) {
	t.Helper()
	f := lifecycle.NewFold()
	for _, m := range w.merchants {
		for _, line := range w.lines {
			if line.Merchant == m {
				f.Person(line)
			}
		}
		published := *m
		published.Run = run
		f.Merchant(&published)
	}
	store(t, c, "lifecycle_flows_by_run", f.Sums)
}

// naiveFlow is how many users went from a state to another, by an independent count.
type naiveFlow struct {
	Week  sevenday.Day `ch:"week"`
	From  string       `ch:"from_state"`
	To    string       `ch:"to_state"`
	Users uint64       `ch:"users"`
}

// flow names a row of the lifecycle.
type flow struct {
	week     sevenday.Day
	from, to lifecycle.State
}

func TestTheLifecycleIsThatOfTheUsersActiveDays(t *testing.T) {
	c, w := lifecycleWorld(t)
	text, err := os.ReadFile("testdata/lifecycle_flows.sql")
	if err != nil {
		t.Fatal(err)
	}
	resurrected := int64(0)
	for _, scope := range scopes {
		for _, activity := range []lifecycle.Activity{lifecycle.ActivityVisit, lifecycle.ActivityPaying} {
			parameters := scopeParameters(scope)
			parameters["activity"], parameters["last"] = string(activity), w.lastBegun(scope)
			naive, err := warehouse.Select(t.Context(), c.DB, warehouse.LayoutOf[naiveFlow](), string(text), parameters)
			if err != nil {
				t.Fatal(err)
			}
			want := map[flow]int64{}
			for _, n := range naive {
				want[flow{n.Week, lifecycle.State(n.From), lifecycle.State(n.To)}] += int64(n.Users)
			}
			rows, err := c.Lifecycle(t.Context(), lifecycle.Query{Scope: scope, Activity: activity})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, flowsOf(rows)); diff != "" {
				t.Errorf("%+v by %s (-active days +catalog):\n%s", scope, activity, diff)
			}
			for k, users := range want {
				if k.to == lifecycle.Resurrected && k.from == lifecycle.Dormant {
					resurrected += users
				}
			}
		}
	}
	if resurrected == 0 {
		t.Error("nobody in the world was ever resurrected, so the test sees less than it should")
	}
}

// flowsOf are the rows' flows that anybody took, by week.
func flowsOf(rows []lifecycle.Row) map[flow]int64 {
	flows := map[flow]int64{}
	for _, r := range rows {
		if r.Week != nil && r.From != nil && r.Users > 0 {
			flows[flow{*r.Week, *r.From, r.To}] += r.Users
		}
	}
	return flows
}

// lastBegun is the last day that has begun for any merchant of a scope.
func (w *world) lastBegun(scope metrics.Scope) sevenday.Day {
	last := sevenday.Day(0)
	for _, m := range w.in(scope) {
		last = max(last, m.Calendar.Day(w.horizon.AsOf))
	}
	return last
}

func TestTheLifecycleByPortalAddsUpAndKeepsToItsRange(t *testing.T) {
	c, _ := lifecycleWorld(t)
	all, err := c.Lifecycle(t.Context(), lifecycle.Query{})
	if err != nil {
		t.Fatal(err)
	}
	want := flowsOf(all)
	for k := range want {
		if k.to == lifecycle.Dormant {
			delete(want, k)
		}
	}
	parts, err := c.Lifecycle(t.Context(), lifecycle.Query{By: lifecycle.ByPortal})
	if diff := cmp.Diff(want, flowsOf(parts)); diff != "" || err != nil {
		t.Errorf("%v (-whole +portals):\n%s", err, diff)
	}
	days := metrics.Range{From: all[0].Week.Monday() + 14, To: all[0].Week.Monday() + 28}
	cut, err := c.Lifecycle(t.Context(), lifecycle.Query{Range: days})
	if err != nil {
		t.Fatal(err)
	}
	want = flowsOf(all)
	for k := range want {
		if k.week < days.From || k.week >= days.To {
			delete(want, k)
		}
	}
	if diff := cmp.Diff(want, flowsOf(cut)); diff != "" {
		t.Errorf("weeks of a range (-all history +range):\n%s", diff)
	}
}

func TestALifecycleOfAMerchantSaysHowMuchHistoryThereIs(t *testing.T) {
	c, _ := lifecycleWorld(t)
	rows, err := c.Lifecycle(t.Context(), lifecycle.Query{Scope: metrics.Scope{Merchant: "apple"}})
	if err != nil {
		t.Fatal(err)
	}
	if first := rows[0]; first.HistoryDays == nil || *first.HistoryDays != 0 || first.Week == nil {
		t.Errorf("the first week: %+v", first)
	}
	if second := rows[16]; second.HistoryDays == nil || *second.HistoryDays < 1 || *second.HistoryDays > 7 {
		t.Errorf("the second week: %+v", second)
	}
	if _, err := c.Lifecycle(t.Context(), lifecycle.Query{Activity: "moon"}); err == nil {
		t.Error("an unknown activity is taken")
	}
	if _, err := c.Lifecycle(t.Context(), lifecycle.Query{Scope: metrics.Scope{Merchant: "nobody"}}); err == nil {
		t.Error("an unknown merchant is taken")
	}
}

// freshMerchant is a merchant whose rows a check looks at.
type freshMerchant struct {
	MerchantID string       `ch:"merchant_id"`
	FromSpan   sevenday.Day `ch:"from_span"`
}

// lifecycleFault is a row that the check returns.
type lifecycleFault struct {
	MerchantID string       `ch:"merchant_id"`
	Day        sevenday.Day `ch:"day"`
	Expected   string       `ch:"expected"`
	Found      string       `ch:"found"`
}

// lifecycleFaults runs the check on the rows of the world's run from a day on.
func (w *world) lifecycleFaults(t *testing.T, from sevenday.Day) []lifecycleFault {
	t.Helper()
	text, err := lifecycle.Checks.ReadFile("checks/lifecycle_balances.sql")
	if err != nil {
		t.Fatal(err)
	}
	var fresh []freshMerchant
	for _, m := range w.merchants {
		fresh = append(fresh, freshMerchant{m.MerchantID, from})
	}
	var faults []lifecycleFault
	err = warehouse.StreamGiven(t.Context(), w.admin.DB, warehouse.LayoutOf[lifecycleFault](), string(text),
		map[string]any{"run": w.merchants[0].Run}, warehouse.Rows("fresh", warehouse.LayoutOf[freshMerchant](), fresh),
		func(rows []lifecycleFault) error { faults = append(faults, rows...); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

func TestTheBalanceCheckNoticesALostRow(t *testing.T) {
	_, w := lifecycleWorld(t)
	for _, from := range []sevenday.Day{0, sevenday.DayOf(ended).Monday() - 28, sevenday.DayOf(ended).Monday()} {
		if faults := w.lifecycleFaults(t, from); len(faults) != 0 {
			t.Errorf("from %s a sound world does not balance: %+v", from, faults)
		}
	}
	lose, err := os.ReadFile("testdata/lifecycle_lost_row.sql")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.admin.DB.Exec(t.Context(), string(lose), map[string]any{"run": w.merchants[0].Run}); err != nil {
		t.Fatal(err)
	}
	if len(w.lifecycleFaults(t, 0)) == 0 {
		t.Error("rows are lost and every week balances")
	}
}
