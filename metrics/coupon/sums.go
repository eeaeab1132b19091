package coupon

import (
	"sevenday"
	"sevenday/metrics"
)

// Never is the expiry day of coupons that never expire.
const Never sevenday.Day = 65535 // the last day that the warehouse's Date holds

// cell is what coupons are counted by.
type cell struct {
	FirstDay   sevenday.Day        `ch:"first_day"` // the coupons were first seen on it
	Placement  sevenday.Placement  `ch:"placement"` // of the claim, else of the first record
	CampaignID string              `ch:"campaign_id"`
	Kind       sevenday.CouponKind `ch:"kind"`
	ExpiryDay  sevenday.Day        `ch:"expiry_day"` // day of valid_until in the merchant's zone, or Never
}

// Counts say how many coupons came how far.
//
//	issued + received = gifted + redeemed + expired + voided + open
type Counts struct {
	Issued     int64 `ch:"issued"`
	Claimed    int64 `ch:"claimed"` // with a claim record
	Gifted     int64 `ch:"gifted"`
	Received   int64 `ch:"received"`
	Redeemed   int64 `ch:"redeemed"`
	Returned   int64 `ch:"returned"` // ever; a returned coupon is open again
	Expired    int64 `ch:"expired"`  // told by a record
	Voided     int64 `ch:"voided"`
	Open       int64 `ch:"open"`       // expire on the expiry day unless something happens before
	Held       int64 `ch:"held"`       // of the open ones: claimed, received or returned
	Broken     int64 `ch:"broken"`     // of the expired ones: held before
	Impossible int64 `ch:"impossible"` // records that can't be
}

func (c *Counts) add(other *Counts, times int64) {
	c.Issued += times * other.Issued
	c.Claimed += times * other.Claimed
	c.Gifted += times * other.Gifted
	c.Received += times * other.Received
	c.Redeemed += times * other.Redeemed
	c.Returned += times * other.Returned
	c.Expired += times * other.Expired
	c.Voided += times * other.Voided
	c.Open += times * other.Open
	c.Held += times * other.Held
	c.Broken += times * other.Broken
	c.Impossible += times * other.Impossible
}

// Sums is by how much a day's records changed the counts of a cell: a row of
// table coupon_sums. A coupon that changes its cell is taken from the old one, so
// counts can be negative; their sum over the days is how the coupons stand.
type Sums struct {
	metrics.Key
	Day sevenday.Day `ch:"day"` // of the records
	cell
	Counts
}

type sumsKey struct {
	day sevenday.Day
	cell
}

// Curve is by how much a day's records changed the coupons claimed on a day that
// ended some days later: a row of table coupon_curves. A redemption that was
// returned is taken back.
type Curve struct {
	metrics.Key
	Day        sevenday.Day        `ch:"day"` // of the records
	ClaimDay   sevenday.Day        `ch:"claim_day"`
	Age        uint16              `ch:"age"` // days from the claim to what is counted; 0 for the claim
	Placement  sevenday.Placement  `ch:"placement"`
	CampaignID string              `ch:"campaign_id"`
	Kind       sevenday.CouponKind `ch:"kind"`
	curveCounts
}

type curveKey struct {
	day, claimDay sevenday.Day
	age           uint16
	placement     sevenday.Placement
	campaign      string
	kind          sevenday.CouponKind
}

type curveCounts struct {
	Claims   int64 `ch:"claims"`
	Redeemed int64 `ch:"redeemed"`
	Left     int64 `ch:"left"` // given away or voided: nobody can tell when they would have been redeemed
}

// Transition counts the records of a day that led a coupon from a state to a
// stage: a row of table coupon_transitions.
type Transition struct {
	metrics.Key
	Day      sevenday.Day   `ch:"day"`
	Before   sevenday.Stage `ch:"before"` // absent before the first record
	Stage    sevenday.Stage `ch:"stage"`
	Possible bool           `ch:"possible"`
	Records  uint64         `ch:"records"`
}

type transitionKey struct {
	day           sevenday.Day
	before, stage sevenday.Stage
	possible      bool
}

// State is how a coupon in a person's hands stood at the end of a day with a
// record of it: a row of table coupon_states. The last one of a coupon and
// person holds.
type State struct {
	metrics.Key
	Person     sevenday.Person     `ch:"person"`
	Coupon     uint64              `ch:"coupon"` // hash of the coupon id
	Day        sevenday.Day        `ch:"day"`
	CampaignID string              `ch:"campaign_id"`
	Kind       sevenday.CouponKind `ch:"kind"`
	Placement  sevenday.Placement  `ch:"placement"`
	State      sevenday.Stage      `ch:"state"` // without expiry that no record told
	FirstAt    sevenday.Millis     `ch:"first_at"`
	ClaimedAt  sevenday.Millis     `ch:"claimed_at"`
	RedeemedAt sevenday.Millis     `ch:"redeemed_at"`
	ChangedAt  sevenday.Millis     `ch:"changed_at"`
	ValidUntil sevenday.Millis     `ch:"valid_until"`
	Impossible uint32              `ch:"impossible"`
}
