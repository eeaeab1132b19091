package coupon

import (
	"sevenday"
	"sevenday/metrics"
)

// Never is the expiry day of coupons that never expire.
const Never sevenday.Day = 65535 // the last day that the warehouse's Date holds

// Sums counts the coupons that were first seen on a day at one placement and
// in one campaign, and end on one day: a row of table coupon_sums. Pending ones
// expire on ExpiryDay unless something else happens to them first, so that
// expiry needs no new fold when time passes.
type Sums struct {
	metrics.Key
	Day        sevenday.Day       `ch:"day"`
	Placement  sevenday.Placement `ch:"placement"`
	CampaignID string             `ch:"campaign_id"`
	ExpiryDay  sevenday.Day       `ch:"expiry_day"` // day of valid_until in the merchant's zone, or Never
	Issued     uint64             `ch:"issued"`
	Claimed    uint64             `ch:"claimed"`
	Gifted     uint64             `ch:"gifted"`
	Received   uint64             `ch:"received"`
	Redeemed   uint64             `ch:"redeemed"`
	Returned   uint64             `ch:"returned"`
	Expired    uint64             `ch:"expired"` // told by a record
	Voided     uint64             `ch:"voided"`
	Pending    uint64             `ch:"pending"` // neither redeemed, gifted, expired nor voided so far
}

type cell struct {
	day       sevenday.Day
	placement sevenday.Placement
	campaign  string
	expiry    sevenday.Day
}

// Fold follows each coupon in a person's hands.
type Fold struct {
	Sums []Sums

	cells   map[cell]*Sums
	coupons map[uint64]*life // of the person at hand
	order   []uint64         // coupons as they were first seen
}

// life is what has happened to one coupon in one person's hands.
type life struct {
	first      sevenday.Millis
	validUntil sevenday.Millis
	placement  sevenday.Placement // of the claim, else of the first record
	campaign   string
	seen       [sevenday.StageReceived + 1]bool
}

// Reads is all history.
func (f *Fold) Reads(sevenday.Day) sevenday.Day { return metrics.WholeHistory }

// NewFold returns an empty fold.
func NewFold() *Fold {
	return &Fold{cells: make(map[cell]*Sums), coupons: make(map[uint64]*life)}
}

// Person follows the coupons of one person. Coupons without a person are not followed.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	for i := range t.Coupons {
		f.step(&t.Coupons[i])
	}
	for _, id := range f.order {
		f.count(t.Merchant.Calendar, f.coupons[id])
	}
	clear(f.coupons)
	f.order = f.order[:0]
}

func (f *Fold) step(c *metrics.Coupon) {
	l := f.coupons[c.Coupon]
	if l == nil {
		l = &life{first: c.Time, placement: c.Placement, campaign: c.CampaignID}
		f.coupons[c.Coupon] = l
		f.order = append(f.order, c.Coupon)
	}
	if c.Stage == sevenday.StageClaimed && !l.seen[sevenday.StageClaimed] {
		l.placement = c.Placement
	}
	if c.ValidUntil != 0 {
		l.validUntil = c.ValidUntil
	}
	// A coupon given back with its order can be redeemed again.
	if c.Stage == sevenday.StageReturned {
		l.seen[sevenday.StageRedeemed] = false
	}
	l.seen[c.Stage] = true
}

func (f *Fold) count(calendar *sevenday.Calendar, l *life) {
	key := cell{day: calendar.Day(l.first), placement: l.placement, campaign: l.campaign, expiry: Never}
	if l.validUntil != 0 {
		key.expiry = calendar.Day(l.validUntil)
	}
	sums := f.cells[key]
	if sums == nil {
		sums = new(Sums)
		f.cells[key] = sums
	}
	l.addTo(sums)
}

func (l *life) addTo(s *Sums) {
	// A coupon claimed without an issue record was issued all the same; a
	// received one was issued to its giver.
	if !l.seen[sevenday.StageReceived] {
		s.Issued++
	}
	s.Claimed += one(l.seen[sevenday.StageClaimed])
	s.Gifted += one(l.seen[sevenday.StageGifted])
	s.Received += one(l.seen[sevenday.StageReceived])
	s.Redeemed += one(l.seen[sevenday.StageRedeemed])
	s.Returned += one(l.seen[sevenday.StageReturned])
	s.Expired += one(l.seen[sevenday.StageExpired])
	s.Voided += one(l.seen[sevenday.StageVoided])
	if !l.seen[sevenday.StageRedeemed] && !l.seen[sevenday.StageGifted] && !l.seen[sevenday.StageExpired] && !l.seen[sevenday.StageVoided] {
		s.Pending++
	}
}

func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// Merchant turns the cells into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	for key, sums := range f.cells {
		sums.Key, sums.Day, sums.Placement, sums.CampaignID, sums.ExpiryDay = m.Row(metrics.Forever), key.day, key.placement, key.campaign, key.expiry
		f.Sums = append(f.Sums, *sums)
	}
	clear(f.cells)
}
