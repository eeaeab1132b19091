package coupon

import (
	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// GiftSums count the gifts of a scope, in the form that a database sums.
type GiftSums struct {
	Day       sevenday.Day `ch:"day"` // 0 where final days are pooled
	Gifts     uint64       `ch:"gifts"`
	Receivers uint64       `ch:"receivers"`
	New       uint64       `ch:"new_receivers"`
	Came      uint64       `ch:"came"`
}

// GiftAnswer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type GiftAnswer struct {
	GiftQuery
	Groups metrics.Groups // of the merchants in scope
	Cells  []GiftSums     // by day
	Pooled []GiftSums     // of the range, over the days of each merchant that are final
}

// GiftComeDays is how many days after a gift its receiver can still come.
const GiftComeDays = sevenday.Day(comeIn / day)

// Rows returns the gifts by day, and last those of the range, which is always
// there.
//
// A day is final when the 30 days after it are closed, in which a new receiver can
// still come. The range pools the days that are final.
//
// Source: docs/metrics.md, coupons.
func (a *GiftAnswer) Rows() []GiftRow {
	rows := make([]GiftRow, 0, len(a.Cells)+1)
	for i := range a.Cells {
		day := a.Cells[i].Day
		row := a.row(&a.Cells[i], a.Groups.State(day, day+GiftComeDays))
		row.Day = &day
		rows = append(rows, row)
	}
	var pool GiftSums
	state := metrics.Open
	for i := range a.Pooled {
		pool, state = a.Pooled[i], metrics.Final
	}
	return append(rows, a.row(&pool, state))
}

func (a *GiftAnswer) row(g *GiftSums, state metrics.State) GiftRow {
	return GiftRow{
		MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry),
		Gifts: int64(g.Gifts), Receivers: int64(g.Receivers), NewReceivers: int64(g.New), Came: int64(g.Came),
		NewShare: rate(int64(g.New), int64(g.Receivers)), CameShare: rate(int64(g.Came), int64(g.New)), State: state,
	}
}

// GiftCohortSums are the new users of a scope, those whom a gift brought or the
// others, in the form that a database sums. The clusters are merchants: v is a
// merchant's users, c those of them who came back by the measure.
type GiftCohortSums struct {
	Day      sevenday.Day   `ch:"day"` // 0 where final days are pooled
	Gifted   bool           `ch:"gifted"`
	Measure  string         `ch:"measure"`
	Clusters uint64         `ch:"clusters"`
	V        float64        `ch:"v"`
	C        float64        `ch:"c"`
	VV       float64        `ch:"vv"`
	VC       float64        `ch:"vc"`
	CC       float64        `ch:"cc"`
	Net      sevenday.Money `ch:"net"`
}

// GiftCohortAnswer is everything that the rows of one question are made from.
// Days that have not begun are in none of it.
type GiftCohortAnswer struct {
	GiftQuery
	Groups metrics.Groups   // of the merchants in scope
	Cells  []GiftCohortSums // in order of day, gifted first, and measure
	Pooled []GiftCohortSums // of the range, over the days of each merchant that are final
}

// Rows returns the new users by day, those whom a gift brought first, and last
// those of the range, of which all four rows are always there.
//
//	rate = returned users / cohort users
//
// A day is final when the seventh after it is closed; the range pools the days
// that are. Intervals: Wilson for one merchant, because a new user counts once;
// merchants as clusters for industries and the platform. Money is that of the one
// currency that the merchants in scope have; where they differ there is none.
//
// That those whom a gift brought come back more or less often than the others is
// a description: whoever has friends there may be another user.
//
// Source: docs/metrics.md, coupons.
func (a *GiftCohortAnswer) Rows() []GiftCohortRow {
	rows := make([]GiftCohortRow, 0, len(a.Cells)+4)
	for i := range a.Cells {
		day := a.Cells[i].Day
		row := a.row(&a.Cells[i], a.Groups.State(day, day+GiftDays))
		row.CohortDay = &day
		rows = append(rows, row)
	}
	for _, gifted := range [...]bool{true, false} {
		for _, measure := range [...]string{MeasureDay7, MeasureWithin7} {
			rows = append(rows, a.pooled(gifted, measure))
		}
	}
	return rows
}

func (a *GiftCohortAnswer) pooled(gifted bool, measure string) GiftCohortRow {
	sums, state := GiftCohortSums{Gifted: gifted, Measure: measure}, metrics.Open
	for _, g := range a.Pooled {
		if g.Gifted == gifted && g.Measure == measure {
			sums, state = g, metrics.Final
		}
	}
	return a.row(&sums, state)
}

func (a *GiftCohortAnswer) row(g *GiftCohortSums, state metrics.State) GiftCohortRow {
	row := GiftCohortRow{Value: WithoutGift, Measure: g.Measure, CohortUsers: int64(g.V), ReturnedUsers: int64(g.C), State: state}
	row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
	if g.Gifted {
		row.Value = WithGift
	}
	currencies := a.Groups.Currencies()
	if len(currencies) == 1 {
		row.Currency, row.Net = &currencies[0], &g.Net
	}
	if g.V == 0 {
		return row
	}
	row.Rate = metrics.Optional(g.C / g.V)
	if len(currencies) == 1 {
		row.NetPerUser = metrics.Optional(perUser(g.Net, int64(g.V)))
	}
	if i, ok := a.interval(g); ok {
		row.Low, row.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
	return row
}

func (a *GiftCohortAnswer) interval(g *GiftCohortSums) (interval.Interval, bool) {
	if a.Merchant != "" {
		return interval.Wilson(int64(g.C), int64(g.V), interval.Level)
	}
	return interval.Clustered(interval.ClusterSums{Clusters: int64(g.Clusters), V: g.V, C: g.C, VV: g.VV, VC: g.VC, CC: g.CC}, interval.Level)
}

// perUser is an amount shared by users, rounded to the nearest minor unit.
func perUser(net sevenday.Money, users int64) sevenday.Money {
	half := sevenday.Money(users / 2)
	if net < 0 {
		half = -half
	}
	return (net + half) / sevenday.Money(users)
}
