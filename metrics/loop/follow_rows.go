package loop

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// FollowQuery asks for collecting and following over a range of days.
type FollowQuery struct {
	metrics.Scope
	metrics.Range
}

// FollowRow counts what was collected and followed on a day, through all portals
// or one.
type FollowRow struct {
	MerchantID   *string       `json:"merchant_id"`
	Industry     *string       `json:"industry"`
	Day          *sevenday.Day `json:"day" doc:"the merchant's day; null pools the final days of the range"`
	Value        *string       `json:"value" doc:"portal; null for all"`
	Visits       int64         `json:"visits"`
	Collects     int64         `json:"collects" doc:"times that users put the mini program among their favorites"`
	Uncollects   int64         `json:"uncollects" doc:"times that users took it out again"`
	NetCollects  int64         `json:"net_collects" doc:"users who collected less those who gave it up"`
	CollectRate  *float64      `json:"collect_rate" doc:"collects / visits"`
	CollectLow   *float64      `json:"collect_low" doc:"lower end of the 95 % interval"`
	CollectHigh  *float64      `json:"collect_high" doc:"upper end of the 95 % interval"`
	Follows      int64         `json:"follows" doc:"times that users followed the life account"`
	Unfollows    int64         `json:"unfollows" doc:"times that users unfollowed it"`
	NetFollowers int64         `json:"net_followers" doc:"users who followed less those who unfollowed"`
	FollowRate   *float64      `json:"follow_rate" doc:"follows / visits"`
	FollowLow    *float64      `json:"follow_low" doc:"lower end of the 95 % interval"`
	FollowHigh   *float64      `json:"follow_high" doc:"upper end of the 95 % interval"`
	State        metrics.State `json:"state" enum:"final,open,not_due"`
}

// FollowGroupSums are what a scope's users kept and gave up on a day, in the form
// that a database sums. The clusters are merchants with visits: v is a merchant's
// visits, c what was kept.
type FollowGroupSums struct {
	Day          sevenday.Day `ch:"day"`    // 0 where final days are pooled
	Portal       string       `ch:"portal"` // empty for all
	Visits       int64        `ch:"visits"`
	Collects     int64        `ch:"collects"`
	Uncollects   int64        `ch:"uncollects"`
	Follows      int64        `ch:"follows"`
	Unfollows    int64        `ch:"unfollows"`
	NetCollects  int64        `ch:"net_collects"`
	NetFollowers int64        `ch:"net_followers"`
	Clusters     uint64       `ch:"clusters"`
	VV           float64      `ch:"vv"`
	CollectsVC   float64      `ch:"collects_vc"`
	CollectsCC   float64      `ch:"collects_cc"`
	FollowsVC    float64      `ch:"follows_vc"`
	FollowsCC    float64      `ch:"follows_cc"`
}

// FollowAnswer is everything that the rows of one question are made from. Days
// that have not begun are in none of it.
type FollowAnswer struct {
	FollowQuery
	Groups metrics.Groups    // of the merchants in scope
	Cells  []FollowGroupSums // by (day, portal)
	Pooled []FollowGroupSums // of the range by portal, over the days of each merchant that are closed
}

// Rows returns the days in order, all portals first, and last the rows of the
// range, of which that of all portals is always there.
//
//	collect rate = collects / visits,  follow rate = follows / visits
//
// of the same portal and day. A rate is null without visits, and where more was
// kept than visited: people then keep things through that portal in visits that
// began elsewhere. A day is final when it is closed; the range pools those.
//
// Intervals take merchants as clusters. One merchant has none, because its users
// come back and count more than once.
//
// Source: docs/metrics.md, collecting and following.
func (a *FollowAnswer) Rows() []FollowRow {
	slices.SortFunc(a.Cells, compareFollows)
	slices.SortFunc(a.Pooled, compareFollows)
	rows := make([]FollowRow, 0, len(a.Cells)+len(a.Pooled)+1)
	for i := range a.Cells {
		c := &a.Cells[i]
		row := a.row(c, a.Groups.State(c.Day, c.Day))
		row.Day = metrics.Optional(c.Day)
		rows = append(rows, row)
	}
	if len(a.Pooled) == 0 {
		return append(rows, a.row(&FollowGroupSums{}, metrics.Open))
	}
	for i := range a.Pooled {
		rows = append(rows, a.row(&a.Pooled[i], metrics.Final))
	}
	return rows
}

func compareFollows(a, b FollowGroupSums) int {
	first, _ := sevenday.ParsePortal(a.Portal)
	second, _ := sevenday.ParsePortal(b.Portal)
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(first, second))
}

func (a *FollowAnswer) row(g *FollowGroupSums, state metrics.State) FollowRow {
	row := FollowRow{
		Visits: g.Visits, Collects: g.Collects, Uncollects: g.Uncollects, NetCollects: g.NetCollects,
		Follows: g.Follows, Unfollows: g.Unfollows, NetFollowers: g.NetFollowers, State: state,
	}
	row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
	row.Value = metrics.NonZero(g.Portal)
	row.CollectRate, row.CollectLow, row.CollectHigh = a.rate(g, g.Collects, g.CollectsVC, g.CollectsCC)
	row.FollowRate, row.FollowLow, row.FollowHigh = a.rate(g, g.Follows, g.FollowsVC, g.FollowsCC)
	return row
}

// rate is what was kept per visit, with its interval where there is one.
func (a *FollowAnswer) rate(g *FollowGroupSums, kept int64, vc, cc float64) (rate, low, high *float64) {
	if g.Visits == 0 || kept > g.Visits {
		return nil, nil, nil
	}
	rate = metrics.Optional(float64(kept) / float64(g.Visits))
	if a.Merchant != "" {
		return rate, nil, nil
	}
	sums := interval.ClusterSums{Clusters: int64(g.Clusters), V: float64(g.Visits), C: float64(kept), VV: g.VV, VC: vc, CC: cc}
	if i, ok := interval.Clustered(sums, interval.Level); ok {
		low, high = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
	return rate, low, high
}
