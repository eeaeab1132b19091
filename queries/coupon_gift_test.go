package queries

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/coupon"
)

// compareGifts counts receivers and new users by hand.
func compareGifts(t *testing.T, c *Catalog, w *world, q coupon.GiftQuery) {
	t.Helper()
	var gifts coupon.GiftRow
	cohorts := map[string]*coupon.GiftCohortRow{}
	for _, value := range []string{coupon.WithGift, coupon.WithoutGift} {
		for _, measure := range []string{coupon.MeasureDay7, coupon.MeasureWithin7} {
			cohorts[value+measure] = &coupon.GiftCohortRow{Value: value, Measure: measure, Net: new(sevenday.Money)}
		}
	}
	for _, line := range w.linesIn(q.Scope) {
		if line.Person != sevenday.Nobody {
			w.noteGifts(&gifts, q, line)
			w.noteNewcomer(cohorts, q, line)
		}
	}
	rows, err := c.Gifts(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	unlike := cmpopts.IgnoreFields(coupon.GiftRow{}, "MerchantID", "Industry", "NewShare", "CameShare", "State")
	if diff := gocmp.Diff(gifts, rows[len(rows)-1], unlike); diff != "" {
		t.Fatalf("%+v (-naive +catalog):\n%s", q, diff)
	}
	became, err := c.GiftCohorts(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range became[len(became)-4:] {
		want := *cohorts[row.Value+row.Measure]
		if row.Currency == nil {
			want.Net = nil
		}
		if row.ReturnedUsers > 0 && (*row.Rate != float64(row.ReturnedUsers)/float64(row.CohortUsers) || row.Low == nil || *row.Low > *row.Rate) {
			t.Fatalf("%+v: %+v", q, row)
		}
		ignored := cmpopts.IgnoreFields(coupon.GiftCohortRow{}, "MerchantID", "Industry", "Rate", "Low", "High", "Currency", "NetPerUser", "State")
		if diff := gocmp.Diff(want, row, ignored); diff != "" {
			t.Fatalf("%+v (-naive +catalog):\n%s", q, diff)
		}
	}
}

// seenBefore tells of a person's visits, payments and registers whether any came
// before an instant, and whether a visit or payment came within 30 days after.
func seenBefore(line *metrics.Timeline, instant sevenday.Millis) (before, came bool) {
	note := func(at sevenday.Millis, stays bool) {
		before = before || at < instant
		came = came || stays && at >= instant && at <= instant+30*day
	}
	for _, e := range line.Entries {
		if e.Action == sevenday.ActionVisit || e.Action == sevenday.ActionRegister {
			note(e.Time, e.Action == sevenday.ActionVisit)
		}
	}
	for _, o := range line.Orders {
		note(o.PaidAt, true)
	}
	return before, came
}

func (w *world) noteGifts(row *coupon.GiftRow, q coupon.GiftQuery, line *metrics.Timeline) {
	m, seen := line.Merchant, map[sevenday.Day]bool{}
	for _, c := range line.Coupons {
		d := m.Calendar.Day(c.Time)
		if c.Stage != sevenday.StageReceived || !w.within(m, q.Range, d) || w.stateOf(m, d, d+30) != metrics.Final {
			continue
		}
		row.Gifts++
		if seen[d] {
			continue
		}
		seen[d] = true
		before, came := seenBefore(line, c.Time)
		row.Receivers++
		row.NewReceivers += int64(b2i(!before))
		row.Came += int64(b2i(!before && came))
	}
}

func (w *world) noteNewcomer(rows map[string]*coupon.GiftCohortRow, q coupon.GiftQuery, line *metrics.Timeline) {
	m, active, first, began := line.Merchant, map[sevenday.Day]bool{}, sevenday.Day(0), sevenday.Millis(0)
	for _, e := range line.Entries {
		d := m.Calendar.Day(e.Time)
		if e.Action == sevenday.ActionVisit {
			active[d] = true
			if first == 0 {
				first, began = d, e.Time
			}
		}
		if e.Action == sevenday.ActionRegister && (first == 0 || d < first) && !active[d] && w.firstVisitDay(line) > d {
			return // a regular
		}
	}
	if first == 0 || !w.within(m, q.Range, first) || w.stateOf(m, first, first+7) != metrics.Final {
		return
	}
	value := coupon.WithoutGift
	if slices.ContainsFunc(line.Coupons, func(c metrics.Coupon) bool {
		return c.Stage == sevenday.StageReceived && c.Time <= began && c.Time >= began-30*day
	}) {
		value = coupon.WithGift
	}
	within := false
	for n := range sevenday.Day(7) {
		within = within || active[first+1+n]
	}
	net := sevenday.Money(0)
	for _, o := range line.Orders {
		if d := m.Calendar.Day(o.PaidAt); d >= first && d <= first+7 && o.Currency == m.Currency {
			net += o.Net()
		}
	}
	for measure, back := range map[string]bool{coupon.MeasureDay7: active[first+7], coupon.MeasureWithin7: within} {
		row := rows[value+measure]
		row.CohortUsers++
		row.ReturnedUsers += int64(b2i(back))
		*row.Net += net
	}
}

func (w *world) firstVisitDay(line *metrics.Timeline) sevenday.Day {
	for _, e := range line.Entries {
		if e.Action == sevenday.ActionVisit {
			return line.Merchant.Calendar.Day(e.Time)
		}
	}
	return 0
}
