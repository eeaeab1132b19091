package queries

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sevenday"
	"sevenday/metrics"
)

// world is some merchants' timelines, and how far they reach.
type world struct {
	merchants []*metrics.Merchant
	lines     []*metrics.Timeline // one for each merchant and person
	horizon   metrics.Horizon
	admin     *Catalog // as the user who writes
}

// ended is a watermark inside a day of every time zone: closed in the east, not in the west.
var ended = time.Date(2026, 10, 1, 18, 0, 0, 0, time.UTC)

const (
	hour = sevenday.Millis(60 * 60 * 1000)
	day  = 24 * hour
)

// someMerchants differ in zone, currency, industry and settlement.
func someMerchants(t testing.TB, run uint64) []*metrics.Merchant {
	t.Helper()
	var list []*metrics.Merchant
	add := func(id, industry, zone, currency string, settlement int) {
		m := sevenday.DefaultMerchant(id)
		m.Industry, m.TimeZone, m.Currency, m.SettlementDays = industry, zone, currency, settlement
		merchant, err := metrics.NewMerchant(m, run)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, merchant)
	}
	add("apple", "retail", "Asia/Shanghai", "CNY", 0)
	add("bike", "travel", "Asia/Shanghai", "CNY", 3)
	add("cafe", "catering", "America/New_York", "USD", 0)
	add("diner", "catering", "America/New_York", "CNY", 1)
	add("empty", "other", "Asia/Shanghai", "CNY", 0)
	add("paying", "other", "Asia/Shanghai", "CNY", 0)
	for _, id := range []string{"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"} {
		add(id, "retail", "Asia/Shanghai", "CNY", 0)
	}
	return list
}

// randomWorld gives each merchant some people and 50 days of events, the last
// of them after the watermark and a few even after what was seen.
func randomWorld(t testing.TB, r *rand.Rand, run uint64) *world {
	t.Helper()
	w := &world{merchants: someMerchants(t, run)}
	w.horizon.Watermark = sevenday.Millis(ended.UnixMilli())
	w.horizon.AsOf = w.horizon.Watermark + 2*hour
	for _, m := range w.merchants {
		if m.MerchantID == "empty" {
			continue
		}
		for person := range 4 + r.IntN(20) {
			line := randomLine(r, m, sevenday.Person(person), w.horizon)
			if m.MerchantID == "paying" {
				line.Entries, line.Visits = nil, nil
			}
			w.lines = append(w.lines, line)
		}
		if m.MerchantID == "apple" {
			w.lines = append(w.lines, busyDay(r, m, w.horizon)...)
		}
	}
	return w
}

// busyDay is a day with enough visitors, each with a few visits, for an interval
// that takes them as clusters.
func busyDay(r *rand.Rand, m *metrics.Merchant, horizon metrics.Horizon) []*metrics.Timeline {
	var lines []*metrics.Timeline
	for person := range sevenday.Person(20) {
		t := &metrics.Timeline{Merchant: m, Person: 1000 + person}
		at := horizon.Watermark - 10*day
		for range 1 + r.IntN(4) {
			at += hour
			t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.ActionVisit, Portal: sevenday.PortalScan})
			if r.IntN(2) == 0 {
				t.Orders = append(t.Orders, randomOrder(r, m, at))
			}
		}
		t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
		lines = append(lines, t)
	}
	return lines
}

func randomLine(r *rand.Rand, m *metrics.Merchant, person sevenday.Person, horizon metrics.Horizon) *metrics.Timeline {
	t := &metrics.Timeline{Merchant: m, Person: person}
	at := horizon.AsOf - 50*day + sevenday.Millis(r.Int64N(int64(30*day)))
	for n := r.IntN(25); n > 0; n-- {
		// Half the steps are short, so that windows are hit and just missed.
		if r.IntN(2) == 0 {
			at += sevenday.Millis(r.Int64N(int64(20 * 60 * 1000)))
		} else {
			at += sevenday.Millis(r.Int64N(int64(3 * day)))
		}
		addEvent(r, t, at)
	}
	slices.SortStableFunc(t.Orders, func(a, b metrics.Order) int { return cmp.Compare(a.PaidAt, b.PaidAt) })
	if person != sevenday.Nobody {
		t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
	}
	return t
}

func addEvent(r *rand.Rand, t *metrics.Timeline, at sevenday.Millis) {
	switch r.IntN(7) {
	case 0, 1, 2:
		t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.ActionVisit, Portal: sevenday.Portal(1 + r.IntN(8))})
	case 3:
		t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.Action(2 + r.IntN(5)), Portal: sevenday.PortalOther})
	case 4, 5:
		t.Orders = append(t.Orders, randomOrder(r, t.Merchant, at))
	default:
		c := metrics.Coupon{
			Time: at, Coupon: uint64(r.IntN(4)), CampaignID: "spring",
			Stage: sevenday.Stage(1 + r.IntN(8)), Placement: sevenday.Placement(1 + r.IntN(9)),
		}
		switch r.IntN(4) {
		case 0:
			c.ValidUntil = at + sevenday.Millis(r.Int64N(int64(20*day)))
		case 1: // around the last closed day
			c.ValidUntil = sevenday.Millis(ended.UnixMilli()) - day + sevenday.Millis(r.Int64N(int64(2*day)))
		}
		t.Coupons = append(t.Coupons, c)
	}
}

func randomOrder(r *rand.Rand, m *metrics.Merchant, at sevenday.Millis) metrics.Order {
	o := metrics.Order{
		PaidAt: at, DecidedAt: at, Currency: m.Currency, Amount: sevenday.Money(r.IntN(10_000)),
		StoredValue: sevenday.Money(r.IntN(100)), Method: sevenday.Method(1 + r.IntN(8)), MerchantFee: sevenday.Money(r.IntN(10)),
	}
	if r.IntN(4) == 0 {
		o.Refunded = sevenday.Money(r.Int64N(int64(o.Amount) + 1))
	}
	if r.IntN(8) == 0 {
		o.Currency = "EUR"
	}
	if r.IntN(5) == 0 {
		o.DecidedAt -= sevenday.Millis(r.Int64N(int64(2 * day)))
	}
	return o
}

// within tells whether a merchant's day is in the range and has begun.
func (w *world) within(m *metrics.Merchant, days metrics.Range, day sevenday.Day) bool {
	return day >= days.From && (days.To == 0 || day < days.To) && w.stateOf(m, day, day) != metrics.NotDue
}

// linesIn lists the timelines of the people at a scope's merchants, Nobody's too.
func (w *world) linesIn(scope metrics.Scope) []*metrics.Timeline {
	return slices.DeleteFunc(slices.Clone(w.lines), func(line *metrics.Timeline) bool {
		return !slices.Contains(w.in(scope), line.Merchant)
	})
}

// in lists the merchants of a scope.
func (w *world) in(scope metrics.Scope) []*metrics.Merchant {
	return slices.DeleteFunc(slices.Clone(w.merchants), func(m *metrics.Merchant) bool {
		return (scope.Merchant != "" && m.MerchantID != scope.Merchant) || (scope.Industry != "" && m.Industry != scope.Industry)
	})
}

// stateOf tells a cell's state by its instants: final once the watermark has
// reached the end of the last day in the merchant's zone.
func (w *world) stateOf(m *metrics.Merchant, first, last sevenday.Day) metrics.State {
	switch {
	case m.Calendar.End(last) <= w.horizon.Watermark:
		return metrics.Final
	case m.Calendar.Start(first) <= w.horizon.AsOf:
		return metrics.Open
	default:
		return metrics.NotDue
	}
}

// scopeState is the state of a cell that is final only when it is for every merchant in scope.
func (w *world) scopeState(scope metrics.Scope, of func(*metrics.Merchant) metrics.State) metrics.State {
	states := map[metrics.State]bool{}
	for _, m := range w.in(scope) {
		states[of(m)] = true
	}
	return oneState(states)
}

// oneState is the state of a cell whose parts have these states.
func oneState(states map[metrics.State]bool) metrics.State {
	if len(states) == 1 {
		for state := range states {
			return state
		}
	}
	return metrics.Open
}

var scopes = []metrics.Scope{
	{},
	{Industry: "retail"},
	{Industry: "catering"},
	{Industry: "other"},
	{Merchant: "apple"},
	{Merchant: "bike"},
	{Merchant: "cafe"},
	{Merchant: "diner"},
	{Merchant: "empty"},
}

// ranges are all history, a range that ends before the watermark, and the last days.
func ranges() []metrics.Range {
	last := sevenday.DayOf(ended)
	return []metrics.Range{{}, {From: last - 40, To: last - 5}, {From: last - 4}, {To: last - 3}}
}
