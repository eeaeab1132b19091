package coupon

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// GroupSums count the coupons of a scope first seen on a day, with one value of
// the breakdown, in the form that a database sums.
type GroupSums struct {
	Day        sevenday.Day `ch:"day"`
	Value      string       `ch:"value"`
	Issued     int64        `ch:"issued"`
	Claimed    int64        `ch:"claimed"`
	Gifted     int64        `ch:"gifted"`
	Received   int64        `ch:"received"`
	Redeemed   int64        `ch:"redeemed"`
	Returned   int64        `ch:"returned"`
	Expired    int64        `ch:"expired"` // told, or open with an expiry day that is closed
	Voided     int64        `ch:"voided"`
	Live       int64        `ch:"live"`     // open with an expiry day still to come: anything can happen to them
	Breakage   int64        `ch:"breakage"` // of the expired ones: held
	Impossible int64        `ch:"impossible"`
}

func (g *GroupSums) add(other *GroupSums) {
	g.Issued += other.Issued
	g.Claimed += other.Claimed
	g.Gifted += other.Gifted
	g.Received += other.Received
	g.Redeemed += other.Redeemed
	g.Returned += other.Returned
	g.Expired += other.Expired
	g.Voided += other.Voided
	g.Live += other.Live
	g.Breakage += other.Breakage
	g.Impossible += other.Impossible
}

// GroupSales are what came of the same coupons.
type GroupSales struct {
	Day         sevenday.Day   `ch:"day"` // the coupons were first seen on it
	Value       string         `ch:"value"`
	Followed    int64          `ch:"followed"` // redemptions 30 days after which are closed, and not refunded
	Repurchased int64          `ch:"repurchased"`
	Orders      int64          `ch:"orders"`
	Cost        sevenday.Money `ch:"cost"`
	Net         sevenday.Money `ch:"net"`
}

func (g *GroupSales) add(other *GroupSales) {
	g.Followed += other.Followed
	g.Repurchased += other.Repurchased
	g.Orders += other.Orders
	g.Cost += other.Cost
	g.Net += other.Net
}

// Answer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type Answer struct {
	Query
	Groups metrics.Groups // of the merchants in scope
	Cells  []GroupSums    // by (day, value)
	Sales  []GroupSales   // by (day, value)
}

// key names a cell: day 0 is the range; all stands for all values.
type key struct {
	day   sevenday.Day
	all   bool
	value string
}

// keysOf are the cells that coupons of a day and value are counted in.
func keysOf(day sevenday.Day, value string) [4]key {
	return [...]key{{day, false, value}, {day, true, ""}, {0, false, value}, {0, true, ""}}
}

func (b Breakdown) compare(k, other key) int {
	return cmp.Or(
		cmp.Compare(uint32(k.day)-1, uint32(other.day)-1), // the range comes last
		cmp.Compare(one(other.all), one(k.all)),
		cmp.Compare(b.order(k.value), b.order(other.value)),
		cmp.Compare(k.value, other.value),
	)
}

// order puts values in the order in which they are listed everywhere.
func (b Breakdown) order(value string) int {
	switch b {
	case ByCampaign:
		return 0
	case ByKind:
		kind, _ := sevenday.ParseCouponKind(value)
		return int(kind)
	default:
		placement, _ := sevenday.ParsePlacement(value)
		return int(placement)
	}
}

// total is what a row is made from.
type total struct {
	sums  GroupSums
	sales GroupSales
}

// Rows returns the coupons by the day on which they were first seen and by
// value, all values first, and last the rows of the range.
//
//	claim rate = claimed / issued,  redemption rate = redeemed / claimed
//	repurchase rate = repurchased / followed
//
// A rate is null where nothing stands below the line, and where more stands
// above it than below: then some coupons came without their issue or claim.
//
// A day's coupons are final when the day is closed and each of them has come to
// an end: redeemed, given away, expired or voided, or its expiry day is closed.
// Coupons that never expire keep their day open. A redeemed coupon that is
// returned later changes the figure in a later publication, whatever the state.
// Repurchases do not wait for that: a redemption is followed as soon as the 30
// days after its own are closed.
//
// The range is a cell of its own and no pool of final days: it counts every
// coupon first seen in it, for else a range of coupons valid for a month would
// show nothing for a month. It is final when all of its days are closed and none
// of its coupons can change. Without a last day it is open.
//
// Money is that of the one currency that the merchants in scope have; where they
// differ there is none.
//
// Source: docs/metrics.md, coupons.
func (a *Answer) Rows() []Row {
	totals := map[key]*total{{all: true}: {}}
	at := func(k key) *total {
		if totals[k] == nil {
			totals[k] = new(total)
		}
		return totals[k]
	}
	for i := range a.Cells {
		for _, k := range keysOf(a.Cells[i].Day, a.Cells[i].Value) {
			at(k).sums.add(&a.Cells[i])
		}
	}
	for i := range a.Sales {
		for _, k := range keysOf(a.Sales[i].Day, a.Sales[i].Value) {
			at(k).sales.add(&a.Sales[i])
		}
	}
	rows := make([]Row, 0, len(totals))
	for _, k := range slices.SortedFunc(maps.Keys(totals), a.By.compare) {
		rows = append(rows, a.row(k, totals[k]))
	}
	return rows
}

func (a *Answer) row(k key, t *total) Row {
	g, s := &t.sums, &t.sales
	row := Row{
		Issued: g.Issued, Claimed: g.Claimed, Gifted: g.Gifted, Redeemed: g.Redeemed,
		Returned: g.Returned, Expired: g.Expired, Voided: g.Voided,
		ClaimRate: rate(g.Claimed, g.Issued), RedemptionRate: rate(g.Redeemed, g.Claimed), State: a.state(k.day, g.Live),
		Received: g.Received, Open: g.Live, Breakage: g.Breakage, Impossible: g.Impossible,
		Followed: s.Followed, Repurchased: s.Repurchased, RepurchaseRate: rate(s.Repurchased, s.Followed), Orders: s.Orders,
	}
	row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
	row.Day = metrics.NonZero(k.day)
	if !k.all {
		row.Value = &k.value
	}
	if currencies := a.Groups.Currencies(); len(currencies) == 1 {
		row.Currency, row.Cost, row.NetSales = &currencies[0], &s.Cost, &s.Net
	}
	return row
}

func (a *Answer) state(day sevenday.Day, live int64) metrics.State {
	last := day
	if day == 0 {
		last = a.To - 1
	}
	if live > 0 || last < 0 || a.Groups.State(last, last) != metrics.Final {
		return metrics.Open
	}
	return metrics.Final
}

func rate(part, whole int64) *float64 {
	if whole <= 0 || part > whole {
		return nil
	}
	return metrics.Optional(float64(part) / float64(whole))
}
