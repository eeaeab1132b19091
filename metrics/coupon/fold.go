package coupon

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Fold follows each coupon in a person's hands, and the orders that name one.
type Fold struct {
	Sums        []Sums
	Curves      []Curve
	Transitions []Transition
	States      []State
	Sales       []Sales

	sums        cells[sumsKey, Counts]
	curves      cells[curveKey, curveCounts]
	transitions cells[transitionKey, uint64]
	sales       cells[salesKey, salesSums]

	steps []metrics.Coupon // of the person at hand, coupon by coupon
}

// NewFold returns an empty fold.
func NewFold() *Fold {
	return &Fold{
		sums: newCells[sumsKey, Counts](), curves: newCells[curveKey, curveCounts](),
		transitions: newCells[transitionKey, uint64](), sales: newCells[salesKey, salesSums](),
	}
}

// Reads is the first day whose redemptions and orders can still change, and what
// lies around them. How a coupon stands depends on all of its records, which are
// there when one of them is read.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day { return from - salesReach - nearReach }

// Person follows the coupons of one person. Coupons without a person are not
// followed; orders without one have their cost all the same.
func (f *Fold) Person(t *metrics.Timeline) {
	f.steps = f.steps[:0]
	if t.Person != sevenday.Nobody {
		f.steps = append(f.steps, t.Coupons...)
	}
	sortSteps(f.steps)
	for rest := f.steps; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Coupon == rest[0].Coupon {
			n++
		}
		f.live(t, rest[:n])
		rest = rest[n:]
	}
	f.readOrders(t)
}

// sortSteps puts each coupon's records together. Records of the same instant are
// taken in the order of a coupon's life, so that a claim at the very time of the
// issue follows it.
func sortSteps(steps []metrics.Coupon) {
	slices.SortStableFunc(steps, func(a, b metrics.Coupon) int {
		return cmp.Or(cmp.Compare(a.Coupon, b.Coupon), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Stage, b.Stage))
	})
}

// live follows one coupon in the person's hands through all of its records.
func (f *Fold) live(t *metrics.Timeline, steps []metrics.Coupon) {
	var now, before life // before: at the end of the day before
	calendar := t.Merchant.Calendar
	for i := range steps {
		day := calendar.Day(steps[i].Time)
		moved := now.step(&steps[i], day)
		if now.validUntil != 0 {
			now.ExpiryDay = min(calendar.Day(now.validUntil), Never)
		}
		*f.transitions.at(transitionKey{day, moved.before, moved.stage, moved.possible})++
		if moved.followed && moved.stage == sevenday.StageRedeemed {
			f.redeem(t, &now, steps[i:])
		}
		if i+1 < len(steps) && calendar.Day(steps[i+1].Time) == day {
			continue
		}
		f.endDay(t, day, &before, &now, steps[0].Coupon)
		before = now
	}
}

// endDay counts what a day's records changed.
func (f *Fold) endDay(t *metrics.Timeline, day sevenday.Day, before, now *life, coupon uint64) {
	if before.state != nothing {
		was := before.counts()
		f.sums.at(sumsKey{day, before.cell}).add(&was, -1)
	}
	is := now.counts()
	f.sums.at(sumsKey{day, now.cell}).add(&is, +1)
	f.curve(day, before, -1)
	f.curve(day, now, +1)
	f.States = append(f.States, State{
		Key: t.Merchant.Row(day), Person: t.Person, Coupon: coupon, Day: day,
		CampaignID: now.CampaignID, Kind: now.Kind, Placement: now.Placement, State: now.state,
		FirstAt: now.firstAt, ClaimedAt: now.claimedAt, RedeemedAt: now.redeemedAt, ChangedAt: now.changedAt,
		ValidUntil: now.validUntil, Impossible: uint32(now.impossible),
	})
}

// curve counts a coupon that was claimed, and how it ended. One that expired is
// counted with those still open: it stays among those that were not redeemed,
// to the end.
func (f *Fold) curve(day sevenday.Day, l *life, times int64) {
	if l.claimDay == 0 {
		return
	}
	key := curveKey{day: day, claimDay: l.claimDay, placement: l.Placement, campaign: l.CampaignID, kind: l.Kind}
	f.curves.at(key).Claims += times
	key.age = uint16(min(l.stateDay-l.claimDay, Never))
	switch l.state {
	case sevenday.StageRedeemed:
		f.curves.at(key).Redeemed += times
	case sevenday.StageGifted, sevenday.StageVoided:
		f.curves.at(key).Left += times
	}
}

// Merchant turns the cells into rows. Cells in which a day changed nothing have
// none.
func (f *Fold) Merchant(m *metrics.Merchant) {
	f.sums.drain(func(k sumsKey, c *Counts) {
		if *c != (Counts{}) {
			f.Sums = append(f.Sums, Sums{m.Row(k.day), k.day, k.cell, *c})
		}
	})
	f.curves.drain(func(k curveKey, c *curveCounts) {
		if *c != (curveCounts{}) {
			f.Curves = append(f.Curves, Curve{m.Row(k.day), k.day, k.claimDay, k.age, k.placement, k.campaign, k.kind, *c})
		}
	})
	f.transitions.drain(func(k transitionKey, records *uint64) {
		f.Transitions = append(f.Transitions, Transition{m.Row(k.day), k.day, k.before, k.stage, k.possible, *records})
	})
	f.sales.drain(func(k salesKey, s *salesSums) {
		f.Sales = append(f.Sales, Sales{m.Row(k.day + salesReach), k.day, k.FirstDay, k.Placement, k.CampaignID, k.Kind, *s})
	})
}
