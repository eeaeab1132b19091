package loop

import (
	"sort"

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

// reach is how many days after a payment its loop can still change. A change of
// clocks can push the end of 30 times 24 hours a day further.
const reach sevenday.Day = 31

// Reads is the first cohort that can change, and what cutting its visits takes.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day { return from - reach - metrics.VisitReach }

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
	var s steps
	for _, c := range within(t.Coupons, paidAt, func(c *metrics.Coupon) sevenday.Millis { return c.Time }) {
		s.readCoupon(&c, c.Time-paidAt)
	}
	for _, e := range within(t.Entries, paidAt, func(e *metrics.Entry) sevenday.Millis { return e.Time }) {
		kept := e.Action == sevenday.ActionCollect || e.Action == sevenday.ActionFollow
		s.kept = s.kept || kept && e.Time-paidAt <= keepIn
	}
	for _, v := range within(t.Visits, paidAt, func(v *metrics.Visit) sevenday.Millis { return v.Start }) {
		s.cameBack = s.cameBack || loopPortal(v.Portal)
	}
	s.paidAgain = len(within(t.Orders, paidAt, func(o *metrics.Order) sevenday.Millis { return o.PaidAt })) > 0
	return s
}

// within returns the events after paidAt and at most returnIn later, the longest
// of the windows. Events are in order of time: a regular's many orders each
// look at their own days only.
func within[E any](events []E, paidAt sevenday.Millis, time func(*E) sevenday.Millis) []E {
	from := sort.Search(len(events), func(i int) bool { return time(&events[i]) > paidAt })
	to := sort.Search(len(events), func(i int) bool { return time(&events[i])-paidAt > returnIn })
	return events[from:to]
}

// readCoupon reads a coupon's step that came some time after the payment.
func (s *steps) readCoupon(c *metrics.Coupon, after sevenday.Millis) {
	switch c.Stage {
	case sevenday.StageClaimed:
		s.claimed = s.claimed || c.Placement == sevenday.PlacementPaymentSuccess && after <= claimIn
		s.cameBack = s.cameBack || c.Placement == sevenday.PlacementLifeAccountMessage
	case sevenday.StageRedeemed:
		s.redeemed = true
	}
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
		sums.Key, sums.Day = m.Row(day+reach), day
		f.Sums = append(f.Sums, *sums)
	}
	clear(f.days)
}
