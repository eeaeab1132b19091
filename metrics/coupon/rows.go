package coupon

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// GroupSums count the coupons of a scope first seen on a day at one placement,
// in the form that a database sums.
type GroupSums struct {
	Day       sevenday.Day `ch:"day"`
	Placement string       `ch:"placement"`
	Issued    uint64       `ch:"issued"`
	Claimed   uint64       `ch:"claimed"`
	Gifted    uint64       `ch:"gifted"`
	Redeemed  uint64       `ch:"redeemed"`
	Returned  uint64       `ch:"returned"`
	Expired   uint64       `ch:"expired"` // told, or pending with an expiry day that is closed
	Voided    uint64       `ch:"voided"`
	Live      uint64       `ch:"live"` // pending with an expiry day still to come: anything can happen to them
}

func (g *GroupSums) add(other *GroupSums) {
	g.Issued += other.Issued
	g.Claimed += other.Claimed
	g.Gifted += other.Gifted
	g.Redeemed += other.Redeemed
	g.Returned += other.Returned
	g.Expired += other.Expired
	g.Voided += other.Voided
	g.Live += other.Live
}

// Answer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type Answer struct {
	Query
	Groups metrics.Groups // of the merchants in scope
	Cells  []GroupSums    // by (day, placement)
}

// key names a cell: day 0 is the range, placement "" is all of them.
type key struct {
	day       sevenday.Day
	placement string
}

func (k key) compare(other key) int {
	// The range comes last.
	return cmp.Or(cmp.Compare(uint32(k.day)-1, uint32(other.day)-1), comparePlacements(k.placement, other.placement))
}

// comparePlacements orders all coupons first and the placements as they are listed everywhere.
func comparePlacements(a, b string) int {
	first, _ := sevenday.ParsePlacement(a)
	second, _ := sevenday.ParsePlacement(b)
	return cmp.Compare(first, second)
}

// Rows returns the coupons by the day on which they were first seen and by
// placement, all placements first, and last the rows of the range.
//
//	claim rate = claimed / issued,  redemption rate = redeemed / claimed
//
// A rate is null where nothing stands below the line, and where more stands
// above it than below: then some coupons came without their issue or claim.
//
// A day's coupons are final when the day is closed and each of them has come to
// an end: redeemed, given away, expired or voided, or its expiry day is closed.
// Coupons that never expire keep their day open. A redeemed coupon that is
// returned later changes the figure in a later publication, whatever the state.
//
// The range is a cell of its own and no pool of final days: it counts every
// coupon first seen in it, for else a range of coupons valid for a month would
// show nothing for a month. It is final when all of its days are closed and none
// of its coupons can change. Without a last day it is open.
//
// Source: docs/metrics.md, coupons.
func (a *Answer) Rows() []Row {
	cells := map[key]*GroupSums{{}: {}}
	for i := range a.Cells {
		c := &a.Cells[i]
		for _, k := range [...]key{{c.Day, c.Placement}, {c.Day, ""}, {0, c.Placement}, {0, ""}} {
			if cells[k] == nil {
				cells[k] = &GroupSums{Day: k.day, Placement: k.placement}
			}
			cells[k].add(c)
		}
	}
	rows := make([]Row, 0, len(cells))
	for _, k := range slices.SortedFunc(maps.Keys(cells), key.compare) {
		rows = append(rows, a.row(cells[k]))
	}
	return rows
}

func (a *Answer) row(g *GroupSums) Row {
	row := Row{
		Issued: int64(g.Issued), Claimed: int64(g.Claimed), Gifted: int64(g.Gifted), Redeemed: int64(g.Redeemed),
		Returned: int64(g.Returned), Expired: int64(g.Expired), Voided: int64(g.Voided),
		ClaimRate: rate(g.Claimed, g.Issued), RedemptionRate: rate(g.Redeemed, g.Claimed), State: a.state(g),
	}
	row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
	row.Day = metrics.NonZero(g.Day)
	row.Value = metrics.NonZero(g.Placement)
	return row
}

func (a *Answer) state(g *GroupSums) metrics.State {
	last := g.Day
	if g.Day == 0 {
		last = a.To - 1
	}
	if g.Live > 0 || last < 0 || a.Groups.State(last, last) != metrics.Final {
		return metrics.Open
	}
	return metrics.Final
}

func rate(part, whole uint64) *float64 {
	if whole == 0 || part > whole {
		return nil
	}
	return metrics.Optional(float64(part) / float64(whole))
}
