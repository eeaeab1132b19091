package queries

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/benchmark"
)

// busyWorld is a published world whose merchants have enough users for bands:
// ten of them, each its own owner, are in retail.
func busyWorld(t testing.TB) (*Catalog, *world) {
	t.Helper()
	r := rand.New(rand.NewPCG(17, 7))
	c := emptyCatalog(t)
	w := randomWorld(t, r, 5)
	for _, m := range w.merchants {
		if m.MerchantID == "empty" {
			continue
		}
		for person := range sevenday.Person(120 + r.IntN(60)) {
			w.lines = append(w.lines, frequentGuest(r, m, 5000+person, w.horizon))
		}
	}
	w.insertMerchants(t, c)
	w.insert(t, c)
	w.publish(t, c)
	w.admin = c
	return c.asDashboard(t), w
}

// frequentGuest is somebody with a dozen events in the last eleven weeks.
func frequentGuest(r *rand.Rand, m *metrics.Merchant, person sevenday.Person, horizon metrics.Horizon) *metrics.Timeline {
	t := &metrics.Timeline{Merchant: m, Person: person}
	at := horizon.AsOf - 80*day + sevenday.Millis(r.Int64N(int64(70*day)))
	for range 12 {
		at += sevenday.Millis(r.Int64N(int64(8 * day)))
		addEvent(r, t, at)
	}
	slices.SortStableFunc(t.Orders, func(a, b metrics.Order) int { return int(a.PaidAt - b.PaidAt) })
	t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
	return t
}

func TestBenchmarksAreThoseOfANaiveCount(t *testing.T) {
	c, w := busyWorld(t)
	shown := map[benchmark.Metric]bool{}
	for _, scope := range []metrics.Scope{{}, {Industry: "retail"}, {Industry: "catering"}, {Merchant: "apple"}, {Merchant: "bike"}, {Merchant: "empty"}, {Merchant: "f9"}} {
		q := benchmark.Query{Scope: scope}
		naive := benchmark.Answer{Query: q, Programs: w.naivePrograms(scope)}
		for _, m := range w.merchants {
			naive.Groups = append(naive.Groups, metrics.Group{Currency: m.Currency, LastDays: w.horizon.In(m.Calendar.Location())})
		}
		got, err := c.Benchmark(t.Context(), q)
		if diff := cmp.Diff(naive.Rows(), got); diff != "" || err != nil {
			t.Fatalf("%+v: %v (-naive +catalog):\n%s", scope, err, diff)
		}
		for _, r := range got {
			if r.P50 != nil {
				shown[r.Metric] = true
			}
		}
	}
	if len(shown) < len(benchmark.Metrics) {
		t.Errorf("only %v are shown, so the test sees less than it should", shown)
	}
	for _, scope := range []metrics.Scope{{Merchant: "nobody"}, {Merchant: "apple", Industry: "retail"}} {
		if _, err := c.Benchmark(t.Context(), benchmark.Query{Scope: scope}); err == nil {
			t.Errorf("%+v is answered", scope)
		}
	}
	if _, err := c.AsOf(3).Benchmark(t.Context(), benchmark.Query{}); err == nil {
		t.Error("benchmarks of an earlier publication are answered")
	}
}

// naivePrograms counts what the industries in question have done.
func (w *world) naivePrograms(scope metrics.Scope) []benchmark.Program {
	industry := scope.Industry
	for _, m := range w.merchants {
		if m.MerchantID == scope.Merchant {
			industry = m.Industry
		}
	}
	last := w.horizon.In(w.merchants[0].Calendar.Location()).Closed
	for _, m := range w.merchants {
		last = min(last, w.horizon.In(m.Calendar.Location()).Closed)
	}
	var programs []benchmark.Program
	for _, m := range w.in(metrics.Scope{Industry: industry}) {
		b := &program{m: m, last: last, users: map[sevenday.Person]bool{}, first: 1 << 20}
		b.MerchantID, b.Owner, b.Industry, b.Currency = m.MerchantID, m.Owner, m.Industry, m.Currency
		for _, line := range w.lines {
			if line.Merchant == m {
				b.read(line)
			}
		}
		b.Users = uint64(len(b.users))
		if _, to := b.window(0); b.first <= to {
			from, _ := b.window(0)
			b.Days = uint64(to - max(from, b.first) + 1)
		}
		programs = append(programs, b.Program)
	}
	return programs
}

// program counts one merchant.
type program struct {
	benchmark.Program
	m           *metrics.Merchant
	last, first sevenday.Day // the platform's last closed day; the merchant's first with an event
	users       map[sevenday.Person]bool
}

// window is the last four weeks from Monday to Sunday that ended so many days ago.
func (p *program) window(ago sevenday.Day) (from, to sevenday.Day) {
	to = p.last - ago
	for to.Weekday() != 0 {
		to--
	}
	return to - 27, to
}

// in tells whether an instant is in the window.
func (p *program) in(at sevenday.Millis, ago sevenday.Day) bool {
	from, to := p.window(ago)
	day := p.m.Calendar.Day(at)
	return day >= from && day <= to
}

func (p *program) read(line *metrics.Timeline) {
	p.readOrders(line)
	active, registered := map[sevenday.Day]bool{}, sevenday.Day(1<<20)
	first := sevenday.Day(1 << 20)
	for _, e := range line.Entries {
		day := p.m.Calendar.Day(e.Time)
		switch e.Action {
		case sevenday.ActionRegister:
			registered = min(registered, day)
		case sevenday.ActionVisit:
			p.first = min(p.first, day)
			if line.Person == sevenday.Nobody {
				continue
			}
			first = min(first, day)
			if p.in(e.Time, 0) {
				p.users[line.Person] = true
				p.Visitors += uint64(b2i(!active[day]))
			}
			active[day] = true
		}
	}
	if line.Person == sevenday.Nobody {
		return
	}
	if from, to := p.window(7); registered >= first && first >= from && first <= to {
		p.CohortUsers++
		p.ReturnedUsers += uint64(b2i(active[first+7]))
	}
	p.readVisits(line)
}

func (p *program) readOrders(line *metrics.Timeline) {
	newOn, isNew := naiveNewBuyer(line)
	seen := map[sevenday.Day]bool{}
	for _, o := range line.Orders {
		day := p.m.Calendar.Day(o.PaidAt)
		p.first = min(p.first, day)
		buys := line.Person != sevenday.Nobody && !seen[day]
		seen[day] = true
		if buys && p.in(o.PaidAt, 30) {
			p.Paid++
			p.PaidAgain += uint64(b2i(slices.ContainsFunc(line.Orders, func(x metrics.Order) bool {
				return x.PaidAt > o.PaidAt && x.PaidAt <= o.PaidAt+30*24*hour
			})))
		}
		if !p.in(o.PaidAt, 0) {
			continue
		}
		p.Orders++
		if line.Person != sevenday.Nobody {
			p.users[line.Person] = true
		}
		if buys {
			p.Buyers++
			p.NewBuyers += uint64(b2i(isNew && day == newOn))
		}
		if o.Currency == p.m.Currency {
			p.OwnOrders++
			p.Net += o.Net()
		}
	}
}

func (p *program) readVisits(line *metrics.Timeline) {
	_, to := p.window(1)
	if p.m.Calendar.End(to+1+sevenday.Day(p.m.SettlementDays)) > p.m.Calendar.End(p.closed()) {
		return // the settlement is not over
	}
	for i, v := range line.Visits {
		if !p.in(v.Start, 1) {
			continue
		}
		p.Visits++
		p.Converted += uint64(b2i(slices.ContainsFunc(line.Orders, func(o metrics.Order) bool {
			later := i+1 < len(line.Visits) && line.Visits[i+1].Start <= o.DecidedAt
			return o.DecidedAt >= v.Start && o.DecidedAt <= v.Start+24*hour && !later
		})))
	}
}

// closed is the merchant's own last closed day.
func (p *program) closed() sevenday.Day {
	horizon := metrics.Horizon{Watermark: sevenday.Millis(ended.UnixMilli())}
	return horizon.In(p.m.Calendar.Location()).Closed
}

func TestAMerchantsBenchmarkHoldsNobodyElsesValue(t *testing.T) {
	c, _ := busyWorld(t)
	own := map[string]map[benchmark.Metric]float64{}
	for _, id := range []string{"apple", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"} {
		rows, err := c.Benchmark(t.Context(), benchmark.Query{Scope: metrics.Scope{Merchant: id}})
		if err != nil {
			t.Fatal(err)
		}
		own[id] = map[benchmark.Metric]float64{}
		for _, r := range rows {
			if r.Value != nil {
				own[id][r.Metric] = *r.Value
			}
		}
	}
	rows, err := c.Benchmark(t.Context(), benchmark.Query{Scope: metrics.Scope{Merchant: "f9"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		for _, percentile := range []*float64{r.P10, r.P25, r.P50, r.P75, r.P90} {
			for id, values := range own {
				if percentile != nil && values[r.Metric] == *percentile {
					t.Errorf("%s of %s is shown to another: %v", r.Metric, id, *percentile)
				}
			}
		}
	}
}
