package queries

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/coupon"
)

// withCoupons is the world whose orders name some of its coupons, with what the
// coupons' folds make of it stored as of the world's run.
func (w *world) withCoupons(t *testing.T) *world {
	t.Helper()
	named := *w
	named.lines = nil
	for _, line := range w.lines {
		copied := *line
		copied.Orders = slices.Clone(line.Orders)
		for i := range copied.Orders {
			o := &copied.Orders[i]
			o.Coupon, o.Discount = uint64(i%5), sevenday.Money(i)
			if o.Refunded == o.Amount && o.Amount > 0 {
				o.RefundedAt = o.PaidAt + hour
			}
		}
		named.lines = append(named.lines, &copied)
	}
	f, g := coupon.NewFold(), coupon.NewGiftFold()
	for _, m := range named.merchants {
		for _, line := range named.lines {
			if line.Merchant == m {
				f.Person(line)
				g.Person(line)
			}
		}
		f.Merchant(m)
		g.Merchant(m)
	}
	store(t, w.admin, "coupon_curves_by_run", f.Curves)
	store(t, w.admin, "coupon_transitions_by_run", f.Transitions)
	store(t, w.admin, "coupon_states_by_run", f.States)
	store(t, w.admin, "coupon_sales_by_run", f.Sales)
	store(t, w.admin, "gift_days_by_run", g.Days)
	store(t, w.admin, "gift_cohorts_by_run", g.Cohorts)
	return &named
}

func compareCoupons(t *testing.T, c *Catalog, w *world) {
	w = w.withCoupons(t)
	for i, scope := range scopes {
		for j, days := range ranges() {
			q := coupon.Query{Scope: scope, Range: days, By: coupon.Breakdowns[(i+j)%len(coupon.Breakdowns)]}
			got, err := c.Coupons(t.Context(), q)
			compare(t, q, w.naiveCoupons(q), got, err)
			compareCurve(t, c, w, coupon.CurveQuery{Scope: scope, Range: days, By: coupon.ByPlacement})
			compareTransitions(t, c, w, coupon.TransitionQuery{Scope: scope, Range: days})
			compareGifts(t, c, w, coupon.GiftQuery{Scope: scope, Range: days})
		}
	}
	compareStates(t, c, w)
	inDollars, err := c.Coupons(t.Context(), coupon.Query{Range: metrics.Range{To: 30_000}, Currency: "USD"})
	cafe, ofCafe := c.Coupons(t.Context(), coupon.Query{Scope: metrics.Scope{Merchant: "cafe"}, Range: metrics.Range{To: 30_000}})
	if err != nil || ofCafe != nil {
		t.Fatal(err, ofCafe)
	}
	// The only merchant that is paid in dollars.
	if diff := gocmp.Diff(cafe, inDollars, cmpopts.IgnoreFields(coupon.Row{}, "MerchantID")); diff != "" {
		t.Errorf("coupons of one currency (-its only merchant +all with it):\n%s", diff)
	}
}

type couponKey struct {
	day   sevenday.Day // 0 for the range
	all   bool
	value string
}

func valueOf(by coupon.Breakdown, c *metrics.Coupon, placement sevenday.Placement) string {
	switch by {
	case coupon.ByCampaign:
		return c.CampaignID
	case coupon.ByKind:
		return c.Kind.String()
	default:
		return placement.String()
	}
}

// couponBook collects the rows of a question.
type couponBook struct {
	q     coupon.Query
	rows  map[couponKey]*coupon.Row
	money map[couponKey][2]sevenday.Money
}

// note changes the rows of a day and value.
func (b *couponBook) note(day sevenday.Day, value string, change func(*coupon.Row, couponKey)) {
	for _, k := range []couponKey{{day, false, value}, {day, true, ""}, {0, false, value}, {0, true, ""}} {
		if b.rows[k] == nil {
			b.rows[k] = &coupon.Row{}
		}
		change(b.rows[k], k)
	}
}

func (w *world) naiveCoupons(q coupon.Query) []coupon.Row {
	b := &couponBook{q, map[couponKey]*coupon.Row{{all: true}: {}}, map[couponKey][2]sevenday.Money{}}
	for _, line := range w.linesIn(q.Scope) {
		for _, steps := range hands(line) {
			w.noteCoupon(b, line, steps)
		}
		for i := range line.Orders {
			w.noteCouponOrder(b, line, &line.Orders[i])
		}
	}
	var rows []coupon.Row
	for k, row := range b.rows {
		rows = append(rows, w.couponRow(b, k, *row))
	}
	slices.SortFunc(rows, func(a, b coupon.Row) int {
		return cmp.Or(compareDays(a.Day, b.Day), cmp.Compare(valueOrder(q.By, a.Value), valueOrder(q.By, b.Value)), compareTexts(a.Value, b.Value))
	})
	return rows
}

func valueOrder(by coupon.Breakdown, value *string) int {
	if value == nil {
		return -1
	}
	switch by {
	case coupon.ByCampaign:
		return 0
	case coupon.ByKind:
		kind, _ := sevenday.ParseCouponKind(*value)
		return int(kind)
	default:
		placement, _ := sevenday.ParsePlacement(*value)
		return int(placement)
	}
}

func compareTexts(a, b *string) int {
	if a == nil || b == nil {
		return 0
	}
	return cmp.Compare(*a, *b)
}

// noteCoupon counts one coupon in one person's hands.
func (w *world) noteCoupon(b *couponBook, line *metrics.Timeline, steps []metrics.Coupon) {
	m, s := line.Merchant, tell(steps)
	first := m.Calendar.Day(steps[0].Time)
	if !w.within(m, b.q.Range, first) {
		return
	}
	placement, until := steps[0].Placement, sevenday.Millis(0)
	if s.claims >= 0 {
		placement = steps[s.claims].Placement
	}
	for _, c := range steps {
		if c.ValidUntil != 0 {
			until = c.ValidUntil
		}
	}
	over := until != 0 && w.stateOf(m, m.Calendar.Day(until), m.Calendar.Day(until)) == metrics.Final
	value := valueOf(b.q.By, &steps[0], placement)
	b.note(first, value, func(row *coupon.Row, _ couponKey) {
		row.Issued += int64(b2i(steps[0].Stage != sevenday.StageReceived))
		row.Claimed += int64(b2i(s.claims >= 0))
		row.Impossible += int64(s.wrong)
		addStates(row, &s, over)
	})
	for _, i := range s.redeems {
		r := m.Calendar.Day(steps[i].Time)
		if w.stateOf(m, r, r+30) == metrics.Final && stands(line, steps[i:]) {
			b.note(first, w.valueAt(b.q.By, steps, steps[i].Time), func(row *coupon.Row, _ couponKey) {
				row.Followed++
				row.Repurchased += int64(b2i(boughtAgain(line, &steps[i])))
			})
		}
	}
}

// valueAt is the breakdown's value as it was known at an instant.
func (w *world) valueAt(by coupon.Breakdown, steps []metrics.Coupon, instant sevenday.Millis) string {
	placement := steps[0].Placement
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i].Stage == sevenday.StageClaimed && steps[i].Time <= instant {
			placement = steps[i].Placement
		}
	}
	return valueOf(by, &steps[0], placement)
}

// addStates counts the passages through hands, and the state in the end.
func addStates(row *coupon.Row, s *couponStory, over bool) {
	before, returned := sevenday.Stage(0), false
	for _, state := range s.states {
		returned = returned || state == sevenday.StageReturned
		switch {
		case state == before:
		case state == sevenday.StageGifted:
			row.Gifted++
		case state == sevenday.StageReceived && before != sevenday.StageIssued:
			row.Received++
		case state == sevenday.StageRedeemed && before == sevenday.StageGifted:
			row.Gifted--
		}
		before = state
	}
	row.Returned += int64(b2i(returned))
	switch s.last() {
	case sevenday.StageRedeemed:
		row.Redeemed++
	case sevenday.StageVoided:
		row.Voided++
	case sevenday.StageExpired:
		row.Expired++
		row.Breakage += int64(b2i(heldBeforeTheEnd(s)))
	case sevenday.StageGifted:
	default:
		if over {
			row.Expired++
			row.Breakage += int64(b2i(s.last() != sevenday.StageIssued))
		} else {
			row.Open++
		}
	}
}

func heldBeforeTheEnd(s *couponStory) bool {
	end := slices.Index(s.states, sevenday.StageExpired)
	for i := range s.states {
		if s.states[i] != sevenday.StageExpired {
			end = i + 1 // of the last stretch
		}
	}
	return end > 0 && s.states[end-1] != sevenday.StageIssued
}

// stands tells that a redemption was refunded neither by its coupon nor by its orders.
func stands(line *metrics.Timeline, rest []metrics.Coupon) bool {
	at := rest[0].Time
	for _, c := range rest {
		if c.Stage == sevenday.StageReturned && c.Time <= at+30*day {
			return false
		}
	}
	own, kept := 0, 0
	for _, o := range line.Orders {
		if o.Coupon == rest[0].Coupon && at >= o.DecidedAt-day && at <= o.PaidAt+day {
			own++
			kept += b2i(o.RefundedAt == 0)
		}
	}
	return own == 0 || kept > 0
}

func boughtAgain(line *metrics.Timeline, c *metrics.Coupon) bool {
	return slices.ContainsFunc(line.Orders, func(o metrics.Order) bool {
		return o.PaidAt > c.Time && o.PaidAt <= c.Time+30*day && o.Coupon != c.Coupon && o.RefundedAt == 0
	})
}

// noteCouponOrder counts an order that names a coupon.
func (w *world) noteCouponOrder(b *couponBook, line *metrics.Timeline, o *metrics.Order) {
	if o.Coupon == 0 {
		return
	}
	m := line.Merchant
	first, value := m.Calendar.Day(min(o.DecidedAt, o.PaidAt)), ""
	if b.q.By == coupon.ByPlacement {
		value = sevenday.PlacementOther.String()
	}
	steps := hands(line)[o.Coupon]
	if slices.ContainsFunc(steps, func(c metrics.Coupon) bool { return c.Time >= o.DecidedAt-day && c.Time <= o.PaidAt+day }) {
		first, value = m.Calendar.Day(steps[0].Time), w.valueAt(b.q.By, steps, o.PaidAt+day)
	}
	if !w.within(m, b.q.Range, first) {
		return
	}
	b.note(first, value, func(row *coupon.Row, k couponKey) {
		row.Orders++
		if o.Currency == m.Currency {
			sums := b.money[k]
			b.money[k] = [2]sevenday.Money{sums[0] + o.Discount, sums[1] + o.Net()}
		}
	})
}

func (w *world) couponRow(b *couponBook, k couponKey, row coupon.Row) coupon.Row {
	row.MerchantID, row.Industry = metrics.NonZero(b.q.Merchant), metrics.NonZero(b.q.Industry)
	row.Day, row.State = metrics.NonZero(k.day), metrics.Open
	if !k.all {
		row.Value = &k.value
	}
	row.ClaimRate, row.RedemptionRate = naiveRate(row.Claimed, row.Issued), naiveRate(row.Redeemed, row.Claimed)
	row.RepurchaseRate = naiveRate(row.Repurchased, row.Followed)
	if currency := w.currencyOf(b.q.Scope); currency != "" {
		row.Currency, row.Cost, row.NetSales = &currency, metrics.Optional(b.money[k][0]), metrics.Optional(b.money[k][1])
	}
	last := k.day
	if k.day == 0 {
		last = b.q.To - 1
	}
	if row.Open == 0 && last > 0 {
		row.State = w.scopeState(b.q.Scope, func(m *metrics.Merchant) metrics.State { return w.stateOf(m, last, last) })
	}
	return row
}

func naiveRate(part, whole int64) *float64 {
	if whole == 0 || part > whole {
		return nil
	}
	return metrics.Optional(float64(part) / float64(whole))
}

// currencyOf is the one currency of a scope's merchants, empty where they differ.
func (w *world) currencyOf(scope metrics.Scope) string {
	in := w.in(scope)
	for _, m := range in {
		if m.Currency != in[0].Currency {
			return ""
		}
	}
	return in[0].Currency
}
