package loop

import (
	"sevenday"
	"sevenday/metrics"
)

const (
	hour     sevenday.Millis = 60 * 60 * 1000
	day      sevenday.Millis = 24 * hour
	claimIn                  = 24 * hour
	keepIn                   = 7 * day
	returnIn                 = 30 * day
)

// Sums counts the users who paid on a day, and how far they went round the
// loop: a row of table loop_sums.
type Sums struct {
	metrics.Key
	Day                 sevenday.Day `ch:"day"`
	Paid                uint64       `ch:"paid"`
	Claimed             uint64       `ch:"claimed"`
	Kept                uint64       `ch:"kept"`
	CameBack            uint64       `ch:"came_back"`
	Redeemed            uint64       `ch:"redeemed"`
	PaidAgain           uint64       `ch:"paid_again"`
	PaidAgainNotClaimed uint64       `ch:"paid_again_not_claimed"`
}

// Fold counts each user once for each day on which it paid, from the day's
// first payment on.
type Fold struct {
	Sums []Sums

	days map[sevenday.Day]*Sums
}

// NewFold returns an empty fold.
func NewFold() *Fold { return &Fold{days: make(map[sevenday.Day]*Sums)} }

// Person follows one person from each of its buying days.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	for i := range t.Orders {
		paidOn := t.Merchant.Calendar.Day(t.Orders[i].PaidAt)
		if i > 0 && t.Merchant.Calendar.Day(t.Orders[i-1].PaidAt) == paidOn {
			continue
		}
		sums := f.days[paidOn]
		if sums == nil {
			sums = new(Sums)
			f.days[paidOn] = sums
		}
		sums.add(follow(t, i))
	}
}

// steps tells which steps one user took after one payment.
type steps struct{ claimed, kept, cameBack, redeemed, paidAgain bool }

// follow looks at what the person did after its i-th order. Only what comes
// after the payment's own instant counts, the window's end included.
func follow(t *metrics.Timeline, i int) steps {
	paidAt := t.Orders[i].PaidAt
	within := func(at, window sevenday.Millis) bool { return at > paidAt && at-paidAt <= window }
	var s steps
	s.paidAgain = i+1 < len(t.Orders) && paidAgain(t.Orders[i+1:], within)
	for j := range t.Coupons {
		c := &t.Coupons[j]
		switch c.Stage {
		case sevenday.StageClaimed:
			s.claimed = s.claimed || c.Placement == sevenday.PlacementPaymentSuccess && within(c.Time, claimIn)
			s.cameBack = s.cameBack || c.Placement == sevenday.PlacementLifeAccountMessage && within(c.Time, returnIn)
		case sevenday.StageRedeemed:
			s.redeemed = s.redeemed || within(c.Time, returnIn)
		}
	}
	for j := range t.Entries {
		e := &t.Entries[j]
		switch e.Action {
		case sevenday.ActionCollect, sevenday.ActionFollow:
			s.kept = s.kept || within(e.Time, keepIn)
		}
	}
	for j := range t.Visits {
		s.cameBack = s.cameBack || loopPortal(t.Visits[j].Portal) && within(t.Visits[j].Start, returnIn)
	}
	return s
}

func paidAgain(orders []metrics.Order, within func(at, window sevenday.Millis) bool) bool {
	for i := range orders {
		if within(orders[i].PaidAt, returnIn) {
			return true
		}
	}
	return false
}

// loopPortal tells the portals that a merchant owns and that bring people back.
func loopPortal(p sevenday.Portal) bool {
	return p == sevenday.PortalCollection || p == sevenday.PortalLifeAccount || p == sevenday.PortalCardPackage
}

func (s *Sums) add(taken steps) {
	s.Paid++
	s.Claimed += one(taken.claimed)
	s.Kept += one(taken.kept)
	s.CameBack += one(taken.cameBack)
	s.Redeemed += one(taken.redeemed)
	s.PaidAgain += one(taken.paidAgain)
	s.PaidAgainNotClaimed += one(taken.paidAgain && !taken.claimed)
}

func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// Merchant turns the days into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	for day, sums := range f.days {
		sums.Key, sums.Day = m.Key, day
		f.Sums = append(f.Sums, *sums)
	}
	clear(f.days)
}
