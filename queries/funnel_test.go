package queries

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/funnel"
	"sevenday/metrics/interval"
)

// placedEntry and placedCoupon are rows of the tables of events.
type placedEntry struct {
	MerchantID string            `ch:"merchant_id"`
	Person     sevenday.Person   `ch:"person"`
	EventTime  sevenday.Millis   `ch:"event_time"`
	EventID    string            `ch:"event_id"`
	LeaseUntil sevenday.Millis   `ch:"lease_until"`
	Action     sevenday.Action   `ch:"action"`
	Portal     sevenday.Portal   `ch:"portal"`
	Terminal   sevenday.Terminal `ch:"terminal"`
	StoreID    string            `ch:"store_id"`
	CampaignID string            `ch:"campaign_id"`
}

type placedCoupon struct {
	MerchantID string              `ch:"merchant_id"`
	Person     sevenday.Person     `ch:"person"`
	EventTime  sevenday.Millis     `ch:"event_time"`
	EventID    string              `ch:"event_id"`
	LeaseUntil sevenday.Millis     `ch:"lease_until"`
	CampaignID string              `ch:"campaign_id"`
	Kind       sevenday.CouponKind `ch:"kind"`
	Stage      sevenday.Stage      `ch:"stage"`
	Placement  sevenday.Placement  `ch:"placement"`
}

// funnelWorld is a published random world in which people claim often, with its
// entries and coupons as they were placed.
func funnelWorld(t testing.TB, seed uint64) (*Catalog, *world) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 13))
	c, w := emptyCatalog(t), randomWorld(t, r, 5)
	f := funnel.NewFold()
	var entries []placedEntry
	var coupons []placedCoupon
	for _, line := range w.lines {
		claimOften(r, line)
		for i := range line.Entries {
			e := &line.Entries[i]
			entries = append(entries, placedEntry{
				line.Merchant.MerchantID, line.Person, e.Time, string(rune('a' + len(entries))), noEnd, e.Action, e.Portal, e.Terminal, e.StoreID, e.CampaignID,
			})
		}
		for i := range line.Coupons {
			e := &line.Coupons[i]
			coupons = append(coupons, placedCoupon{
				line.Merchant.MerchantID, line.Person, e.Time, string(rune('a' + len(coupons))), noEnd, e.CampaignID, e.Kind, e.Stage, e.Placement,
			})
		}
	}
	for _, m := range w.merchants {
		for _, line := range w.lines {
			if line.Merchant == m {
				f.Person(line)
			}
		}
		f.Merchant(m)
	}
	w.insertMerchants(t, c)
	w.insert(t, c)
	store(t, c, "funnel_sums_by_run", f.Sums)
	store(t, c, "entries_placed", entries)
	store(t, c, "coupons_placed", coupons)
	w.publish(t, c)
	w.admin = c
	return c.asDashboard(t), w
}

// claimOften turns some entries into claims, so that funnels have depth.
func claimOften(r *rand.Rand, line *metrics.Timeline) {
	for i := range line.Entries {
		if r.IntN(3) == 0 {
			line.Coupons = append(line.Coupons, metrics.Coupon{
				Time: line.Entries[i].Time + sevenday.Millis(r.IntN(2)), Coupon: 99, Stage: sevenday.StageClaimed,
				Kind: sevenday.CouponVoucher, Placement: sevenday.Placement(1 + r.IntN(9)),
			})
		}
	}
	slices.SortStableFunc(line.Coupons, func(a, b metrics.Coupon) int { return cmp.Compare(a.Time, b.Time) })
}

// happening is an event as the naive reading sees it.
type happening struct {
	at    sevenday.Millis
	kind  string
	order int // at one instant
	where uint8
}

func happenings(line *metrics.Timeline) []happening {
	var all []happening
	for _, v := range line.Visits {
		all = append(all, happening{v.Start, "visit", 0, uint8(v.Portal)})
	}
	for _, e := range line.Entries {
		if e.Action == sevenday.ActionFollow {
			all = append(all, happening{e.Time, "follow", 1, uint8(e.Portal)})
		}
	}
	for _, c := range line.Coupons {
		if c.Stage == sevenday.StageClaimed {
			all = append(all, happening{c.Time, "claim", 2, uint8(c.Placement)})
		}
	}
	for _, o := range line.Orders {
		all = append(all, happening{o.DecidedAt, "pay", 3, uint8(o.Method)})
	}
	slices.SortStableFunc(all, func(a, b happening) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order), cmp.Compare(a.where, b.where))
	})
	return all
}

// naiveStep is a step of a funnel as the naive reading sees it.
type naiveStep struct {
	kind  string
	where uint8 // 0 takes all
}

func (s naiveStep) takes(h happening) bool {
	return s.kind == h.kind && (s.where == 0 || s.where == h.where)
}

// follow goes on after an event that served a step, until an obstacle comes, and
// returns the times of the steps that are reached, each as early as can be.
func follow(all []happening, steps []naiveStep, obstacles []string, until sevenday.Millis) []sevenday.Millis {
	if len(steps) == 0 {
		return nil
	}
	for i, h := range all {
		if h.at > until {
			return nil
		}
		if steps[0].takes(h) {
			return append([]sevenday.Millis{h.at}, follow(all[i+1:], steps[1:], obstacles, until)...)
		}
		if slices.Contains(obstacles, h.kind) {
			return nil
		}
	}
	return nil
}

// kindsOf are the kinds that a funnel lists.
func kindsOf(steps []naiveStep) []string {
	var kinds []string
	for _, step := range steps {
		kinds = append(kinds, step.kind)
	}
	return kinds
}

var funnels = []struct {
	text   string
	mode   funnel.Mode
	window sevenday.Millis
	steps  []naiveStep
}{
	{funnel.DefaultSteps, funnel.Ordered, 30 * day, []naiveStep{{"visit", 0}, {"claim", 0}, {"pay", 0}, {"pay", 0}}},
	{funnel.DefaultSteps, funnel.Strict, 3 * day, []naiveStep{{"visit", 0}, {"claim", 0}, {"pay", 0}, {"pay", 0}}},
	{"visit[portal=scan] > pay[method=credit]", funnel.Ordered, 10 * day, []naiveStep{{"visit", 1}, {"pay", 3}}},
	{"follow > visit > claim[placement=search]", funnel.Ordered, 20 * day, []naiveStep{{"follow", 0}, {"visit", 0}, {"claim", 2}}},
	{"pay > visit", funnel.Strict, day, []naiveStep{{"pay", 0}, {"visit", 0}}},
	{"visit > claim", funnel.Ordered, day, []naiveStep{{"visit", 0}, {"claim", 0}}},
}

func funnelQuery(t *testing.T, i int) funnel.Query {
	t.Helper()
	f, err := funnel.Parse(funnels[i].text)
	if err != nil {
		t.Fatal(err)
	}
	f.Mode, f.Window = funnels[i].mode, funnels[i].window
	return funnel.Query{Funnel: f}
}

func TestFunnelsEqualANaiveReadingOfTheTimelines(t *testing.T) {
	c, w := funnelWorld(t, 1)
	deep := 0
	for i := range funnels {
		for j, scope := range scopes {
			q := funnelQuery(t, i)
			q.Scope, q.Range = scope, ranges()[(i+j)%4]
			got, err := c.Funnel(t.Context(), q)
			want := w.naiveFunnel(i, q)
			if i == 0 && q.Merchant == "" {
				withoutTimes(want)
				withoutTimes(got)
			}
			compare(t, q.String(), want, got, err)
			for k := range got {
				if got[k].Position > 2 && got[k].Users > 0 {
					deep++
				}
			}
		}
	}
	if deep < 20 {
		t.Errorf("%d cells of a third step have users: the comparison proves little", deep)
	}
}

// withoutTimes leaves out the quantiles, which stored sums know roughly.
func withoutTimes(rows []funnel.Row) {
	for i := range rows {
		rows[i].P25Seconds, rows[i].P50Seconds, rows[i].P75Seconds, rows[i].P90Seconds = nil, nil, nil, nil
	}
}

func TestTheStoredFunnelAndTheEventsThemselvesAgree(t *testing.T) {
	c, w := funnelWorld(t, 2)
	for _, scope := range scopes {
		q := funnel.Query{Scope: scope}.WithDefaults()
		f := Freshness{Watermark: w.horizon.Watermark, AsOf: w.horizon.AsOf}
		stored, err := c.storedFunnel(t.Context(), f, q)
		if err != nil {
			t.Fatal(err)
		}
		counted, err := c.countedFunnel(t.Context(), f, q)
		if err != nil {
			t.Fatal(err)
		}
		rows, exact := stored.Rows(), counted.Rows()
		for i := range rows {
			if p, want := rows[i].P50Seconds, exact[i].P50Seconds; (p == nil) != (want == nil) || (p != nil && (*p-*want > 0.008**want || *want-*p > 0.008**want)) {
				t.Errorf("the median of %+v is %v, by buckets %v", exact[i], want, p)
			}
			if scope.Merchant != "" { // the sums know its users' intervals only by day
				rows[i].Low, rows[i].High, exact[i].Low, exact[i].High = nil, nil, nil, nil
			}
		}
		withoutTimes(rows)
		withoutTimes(exact)
		compare(t, scope, rows, exact, nil)
	}
}

// funnelCell is the users of a day, by merchant or person, with the times to each step.
type funnelCell struct {
	clusters map[any]*[4]float64
	times    [4][]sevenday.Millis
}

func (w *world) naiveFunnel(i int, q funnel.Query) []funnel.Row {
	steps := funnels[i].steps
	settles := slices.Contains(kindsOf(steps), "pay")
	cells := map[sevenday.Day]*funnelCell{0: {clusters: map[any]*[4]float64{}}}
	for _, line := range w.linesIn(q.Scope) {
		if line.Person == sevenday.Nobody {
			continue
		}
		for on, at := range deepestTries(line, steps, q) {
			if !w.within(line.Merchant, q.Range, on) {
				continue
			}
			cell := cells[on]
			if cell == nil {
				cell = &funnelCell{clusters: map[any]*[4]float64{}}
				cells[on] = cell
			}
			cell.add(line, q, at)
			if w.funnelState(line.Merchant, q, on, settles) == metrics.Final {
				cells[0].add(line, q, at)
			}
		}
	}
	return w.naiveFunnelRows(q, cells, settles)
}

// deepestTries are the times of each day's deepest try, of several the earliest.
func deepestTries(line *metrics.Timeline, steps []naiveStep, q funnel.Query) map[sevenday.Day][]sevenday.Millis {
	all, days := happenings(line), map[sevenday.Day][]sevenday.Millis{}
	var obstacles []string
	if q.Mode == funnel.Strict {
		obstacles = kindsOf(steps)
	}
	for i, h := range all {
		if !steps[0].takes(h) {
			continue
		}
		at := append([]sevenday.Millis{h.at}, follow(all[i+1:], steps[1:], obstacles, h.at+q.Window)...)
		if on := line.Merchant.Calendar.Day(h.at); len(at) > len(days[on]) {
			days[on] = at
		}
	}
	return days
}

func (c *funnelCell) add(line *metrics.Timeline, q funnel.Query, at []sevenday.Millis) {
	var name any = line.Merchant.MerchantID
	if q.Merchant != "" {
		name = line.Person
	}
	if c.clusters[name] == nil {
		c.clusters[name] = new([4]float64)
	}
	for step := range at {
		c.clusters[name][step]++
		c.times[step] = append(c.times[step], at[step]-at[0])
	}
}

func (w *world) funnelState(m *metrics.Merchant, q funnel.Query, on sevenday.Day, settles bool) metrics.State {
	last := m.Calendar.Day(m.Calendar.End(on) - 1 + q.Window)
	if settles {
		last += sevenday.Day(m.SettlementDays)
	}
	return w.stateOf(m, on, last)
}

func (w *world) naiveFunnelRows(q funnel.Query, cells map[sevenday.Day]*funnelCell, settles bool) []funnel.Row {
	var days []sevenday.Day
	for on := range cells {
		if on != 0 {
			days = append(days, on)
		}
	}
	slices.Sort(days)
	var rows []funnel.Row
	for _, on := range append(days, 0) {
		for step := range q.Steps {
			row := funnel.Row{
				MerchantID: metrics.NonZero(q.Merchant), Industry: metrics.NonZero(q.Industry), Funnel: q.String(), Mode: q.Mode,
				WindowHours: float64(q.Window) / float64(hour), Day: metrics.NonZero(on), Position: int64(step + 1), Event: q.Steps[step].String(),
				Entered: int64(len(cells[on].times[0])), Users: int64(len(cells[on].times[step])), State: metrics.Open,
			}
			if on != 0 {
				row.State = w.scopeState(q.Scope, func(m *metrics.Merchant) metrics.State { return w.funnelState(m, q, on, settles) })
			} else if row.Entered > 0 {
				row.State = metrics.Final
			}
			cells[on].finish(q, step, &row)
			if step > 0 {
				row.Dropped = metrics.Optional(rows[len(rows)-1].Users - row.Users)
				if before := rows[len(rows)-1].Users; before > 0 {
					row.DropOff = metrics.Optional(float64(*row.Dropped) / float64(before))
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// finish fills in a row's rate, interval and times.
func (c *funnelCell) finish(q funnel.Query, step int, row *funnel.Row) {
	if row.Entered == 0 {
		return
	}
	row.Share = metrics.Optional(float64(row.Users) / float64(row.Entered))
	if step == 0 {
		return
	}
	var sums interval.ClusterSums
	for _, one := range c.clusters {
		sums.Add(interval.OneCluster(one[0], one[step]))
	}
	i, ok := interval.Clustered(sums, interval.Level)
	if q.Merchant != "" && row.Day != nil {
		i, ok = interval.Wilson(row.Users, row.Entered, interval.Level)
	}
	if ok {
		row.Low, row.High = &i.Low, &i.High
	}
	times := c.times[step]
	slices.Sort(times)
	for k, into := range []**float64{&row.P25Seconds, &row.P50Seconds, &row.P75Seconds, &row.P90Seconds} {
		for n, taken := range times {
			if float64(n+1) >= []float64{0.25, 0.5, 0.75, 0.9}[k]*float64(len(times)) {
				*into = metrics.Optional(float64(taken) / 1000)
				break
			}
		}
	}
}

// enteredDay is what the independent statement counts of a day.
type enteredDay struct {
	Day     sevenday.Day `ch:"day"`
	Entered uint64       `ch:"entered"`
	Paid    uint64       `ch:"paid"`
}

func TestATwoStepFunnelEqualsAnASOFJoin(t *testing.T) {
	c, _ := funnelWorld(t, 3)
	want, err := warehouse.Select(t.Context(), c.DB, warehouse.LayoutOf[enteredDay](), testStatement(t, "check_two_step_funnel"), map[string]any{"merchant": "apple"})
	if err != nil {
		t.Fatal(err)
	}
	f, err := funnel.Parse("visit > pay")
	if err != nil {
		t.Fatal(err)
	}
	f.Window = conversion.Window
	rows, err := c.Funnel(t.Context(), funnel.Query{Scope: metrics.Scope{Merchant: "apple"}, Funnel: f})
	if err != nil {
		t.Fatal(err)
	}
	var got []enteredDay
	paid := int64(0)
	for _, r := range rows {
		if r.Day != nil && r.Position == 2 {
			got = append(got, enteredDay{*r.Day, uint64(r.Entered), uint64(r.Users)})
			paid += r.Users
		}
	}
	want = slices.DeleteFunc(want, func(d enteredDay) bool { return d.Day > got[len(got)-1].Day }) // has not begun
	compare(t, "visit > pay", want, got, nil)
	if paid == 0 {
		t.Error("nobody pays: the comparison proves nothing")
	}
}

func TestAFunnelThatMakesNoSenseIsRefused(t *testing.T) {
	c := &Catalog{}
	f := funnel.Default()
	for _, q := range []funnel.Query{
		{Funnel: funnel.Funnel{Steps: f.Steps[:1]}}, {Funnel: funnel.Funnel{Mode: "loose"}}, {Funnel: funnel.Funnel{Window: 91 * day}},
	} {
		if _, err := c.Funnel(t.Context(), q); sevenday.KindOf(err) != sevenday.Invalid {
			t.Errorf("%+v: %v, want an invalid question", q, err)
		}
	}
}

func TestConditionsOnTextsAreMet(t *testing.T) {
	c, w := funnelWorld(t, 4)
	last := w.horizon.Watermark - 20*day
	m := w.merchants[0]
	line := &metrics.Timeline{Merchant: m, Person: 77}
	line.Entries = []metrics.Entry{{Time: last, Action: sevenday.ActionVisit, Portal: sevenday.PortalScan, StoreID: "north", CampaignID: "spring"}}
	line.Visits = metrics.CutVisits(nil, line.Entries, m.Calendar)
	line.Orders = []metrics.Order{{TransactionID: "x", PaidAt: last + hour, DecidedAt: last + hour, Currency: "EUR", Amount: 500, StoreID: "south"}}
	w.lines = []*metrics.Timeline{line}
	w.insert(t, w.admin)
	for text, want := range map[string]int64{
		"visit[store=north,campaign=spring] > pay[currency=EUR,min=5,store=south]": 1,
		"visit[store=north] > pay[currency=EUR,min=5.01]":                          0,
		"visit[store=north] > pay[currency=CNY]":                                   0,
		"visit[store=north] > pay[store=north]":                                    0,
	} {
		f, err := funnel.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		f.Window = day
		rows, err := c.Funnel(t.Context(), funnel.Query{Scope: metrics.Scope{Merchant: m.MerchantID}, Funnel: f})
		if err != nil {
			t.Fatal(err)
		}
		if entered, paid := rows[len(rows)-1].Entered, rows[len(rows)-1].Users; entered == 0 || paid != want {
			t.Errorf("%s: %d of %d, want %d", text, paid, entered, want)
		}
	}
}
