package queries

import (
	"cmp"
	"slices"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/coupon"
)

func compareCoupons(t *testing.T, c *Catalog, w *world) {
	for _, scope := range scopes {
		for _, days := range ranges() {
			q := coupon.Query{Scope: scope, Range: days}
			got, err := c.Coupons(t.Context(), q)
			compare(t, q, w.naiveCoupons(q), got, err)
		}
	}
}

type couponKey struct {
	day       sevenday.Day // 0 for the range
	placement sevenday.Placement
}

type couponCell struct {
	row  coupon.Row
	live int
}

func (w *world) naiveCoupons(q coupon.Query) []coupon.Row {
	cells := map[couponKey]*couponCell{{}: {}}
	for _, line := range w.linesIn(q.Scope) {
		if line.Person == sevenday.Nobody {
			continue
		}
		byCoupon := map[uint64][]metrics.Coupon{}
		for _, c := range line.Coupons {
			byCoupon[c.Coupon] = append(byCoupon[c.Coupon], c)
		}
		for _, steps := range byCoupon {
			w.noteCoupon(q, cells, line.Merchant, steps)
		}
	}
	var rows []coupon.Row
	for k, cell := range cells {
		rows = append(rows, w.couponRow(q, k, cell))
	}
	slices.SortFunc(rows, func(a, b coupon.Row) int {
		return cmp.Or(compareDays(a.Day, b.Day), cmp.Compare(placementOf(a.Value), placementOf(b.Value)))
	})
	return rows
}

func placementOf(value *string) sevenday.Placement {
	if value == nil {
		return 0
	}
	placement, _ := sevenday.ParsePlacement(*value)
	return placement
}

// noteCoupon counts one coupon in one person's hands, its steps by time.
func (w *world) noteCoupon(q coupon.Query, cells map[couponKey]*couponCell, m *metrics.Merchant, steps []metrics.Coupon) {
	first := m.Calendar.Day(steps[0].Time)
	if !w.within(m, q.Range, first) {
		return
	}
	placement := steps[0].Placement
	if i := slices.IndexFunc(steps, func(c metrics.Coupon) bool { return c.Stage == sevenday.StageClaimed }); i >= 0 {
		placement = steps[i].Placement
	}
	for _, k := range []couponKey{{first, placement}, {first, 0}, {0, placement}, {0, 0}} {
		if cells[k] == nil {
			cells[k] = &couponCell{}
		}
		w.addCoupon(cells[k], m, steps)
	}
}

func (w *world) addCoupon(cell *couponCell, m *metrics.Merchant, steps []metrics.Coupon) {
	last := func(stage sevenday.Stage) int {
		at := -1
		for i, c := range steps {
			if c.Stage == stage {
				at = i
			}
		}
		return at
	}
	has := func(stage sevenday.Stage) int64 { return int64(b2i(last(stage) >= 0)) }
	redeemed := last(sevenday.StageRedeemed) > last(sevenday.StageReturned)
	row := &cell.row
	row.Issued += 1 - has(sevenday.StageReceived)
	row.Claimed += has(sevenday.StageClaimed)
	row.Gifted += has(sevenday.StageGifted)
	row.Returned += has(sevenday.StageReturned)
	row.Voided += has(sevenday.StageVoided)
	row.Redeemed += int64(b2i(redeemed))
	row.Expired += has(sevenday.StageExpired)
	if redeemed || has(sevenday.StageGifted)+has(sevenday.StageExpired)+has(sevenday.StageVoided) > 0 {
		return
	}
	validUntil := sevenday.Millis(0)
	for _, c := range steps {
		if c.ValidUntil != 0 {
			validUntil = c.ValidUntil
		}
	}
	if validUntil != 0 && w.stateOf(m, m.Calendar.Day(validUntil), m.Calendar.Day(validUntil)) == metrics.Final {
		row.Expired++
		return
	}
	cell.live++
}

func (w *world) couponRow(q coupon.Query, k couponKey, cell *couponCell) coupon.Row {
	row := cell.row
	row.MerchantID, row.Industry = metrics.NonZero(q.Merchant), metrics.NonZero(q.Industry)
	row.Day, row.Value, row.State = metrics.NonZero(k.day), metrics.NonZero(k.placement.String()), metrics.Open
	if row.Issued > 0 && row.Claimed <= row.Issued {
		row.ClaimRate = metrics.Optional(float64(row.Claimed) / float64(row.Issued))
	}
	if row.Claimed > 0 && row.Redeemed <= row.Claimed {
		row.RedemptionRate = metrics.Optional(float64(row.Redeemed) / float64(row.Claimed))
	}
	last := k.day
	if k.day == 0 {
		last = q.To - 1
	}
	if cell.live == 0 && last > 0 {
		row.State = w.scopeState(q.Scope, func(m *metrics.Merchant) metrics.State { return w.stateOf(m, last, last) })
	}
	return row
}
