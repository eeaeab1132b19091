package transform

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/activity"
	"sevenday/metrics/retention"
)

// groupToFold is an industry or the platform, at whose merchants together a user
// counts once. It is published like a merchant, under an id that none can have.
type groupToFold struct {
	industry string // empty for the platform
	remade
}

const groupMark = "*"

// publishedGroup is what was published of a group.
type publishedGroup struct {
	ID string `ch:"merchant_id"`
	standing
}

// firstFact is the first day on which something is known of a person at a merchant.
type firstFact struct {
	MerchantID string       `ch:"merchant_id"`
	Day        sevenday.Day `ch:"day"`
}

var (
	publishedGroupLayout = warehouse.LayoutOf[publishedGroup]()
	firstFactLayout      = warehouse.LayoutOf[firstFact]()
)

// groupsToFold finds the groups whose merchants were folded and plans from when
// on each is made anew: the first week that is fresh at one of them.
func (b *Batch) groupsToFold(ctx context.Context, from base, all []merchantRow, folded []merchantToFold) ([]groupToFold, error) {
	groups, err := b.groups(ctx, all)
	if err != nil {
		return nil, err
	}
	since, err := b.changedSince(ctx, folded)
	if err != nil {
		return nil, err
	}
	begun := metrics.Horizon{Watermark: from.Watermark, AsOf: from.AsOf}.In(time.UTC).Begun
	for i := range groups {
		g := &groups[i]
		g.causes(folded)
		if g.Cause == "" && g.Revision > 0 {
			continue
		}
		if first, whole := g.since(folded, since); !whole && !b.Rebuild && first >= begun-7*activity.TrailReach {
			g.from, g.reads = first, min(retention.NewFold().Reads(first), new(activity.Fold).Reads(first))
		}
		if g.reads <= metrics.WholeHistory {
			g.from, g.reads = metrics.WholeHistory, 0
		}
	}
	return slices.DeleteFunc(groups, func(g groupToFold) bool { return g.Cause == "" }), nil
}

// groups are those that merchants are in, and those that were ever published.
func (b *Batch) groups(ctx context.Context, all []merchantRow) ([]groupToFold, error) {
	published, err := warehouse.Select(ctx, b.DB, publishedGroupLayout, statement("groups_published"), nil)
	if err != nil {
		return nil, err
	}
	standings := map[string]standing{"": {}}
	for i := range all {
		standings[all[i].Industry] = standing{}
	}
	for _, p := range published {
		standings[strings.TrimPrefix(p.ID, groupMark)] = p.standing
	}
	groups := make([]groupToFold, 0, len(standings))
	for industry, standing := range standings {
		groups = append(groups, groupToFold{industry, remade{standing: standing, Plan: Plan{MerchantID: groupMark + industry}}})
	}
	slices.SortFunc(groups, func(x, y groupToFold) int { return cmp.Compare(x.industry, y.industry) })
	return groups, nil
}

// changedSince tells for each merchant the Monday from which on its facts may
// have changed. Those of a merchant that was read whole begin with its first.
func (b *Batch) changedSince(ctx context.Context, folded []merchantToFold) (map[string]sevenday.Day, error) {
	since := make(map[string]sevenday.Day, len(folded))
	var whole []merchantKey
	for i := range folded {
		since[folded[i].Plan.MerchantID] = folded[i].from
		if folded[i].from == metrics.WholeHistory {
			since[folded[i].Plan.MerchantID] = endOfTime.Monday() // it has no facts yet
			whole = append(whole, merchantKey{folded[i].Plan.MerchantID})
		}
	}
	if len(whole) == 0 {
		return since, nil
	}
	return since, warehouse.StreamGiven(ctx, b.DB, firstFactLayout, statement("first_facts"), nil,
		warehouse.Rows("keys", merchantKeyLayout, whole), func(rows []firstFact) error {
			for _, row := range rows {
				since[row.MerchantID] = row.Day.Monday()
			}
			return nil
		})
}

// touches tells whether a merchant that was folded is in the group, or may have been.
func (g *groupToFold) touches(m *merchantToFold) bool {
	moved := m.Revision > 0 && slices.Contains(m.FirstMarks, endOfTime)
	member := m.UserIDScope == sevenday.ScopePlatform && (g.industry == "" || m.Industry == g.industry)
	return moved || member
}

// causes joins those of the group's merchants that were folded; none where none was.
func (g *groupToFold) causes(folded []merchantToFold) {
	var causes []string
	for i := range folded {
		if !g.touches(&folded[i]) {
			continue
		}
		for cause := range strings.SplitSeq(folded[i].Cause, ", ") {
			if !slices.Contains(causes, cause) {
				causes = append(causes, cause)
			}
		}
	}
	slices.Sort(causes)
	g.Cause = strings.Join(causes, ", ")
	if g.Revision == 0 {
		g.Cause = "first publication"
	}
}

// since is the first Monday that changed at one of the group's merchants; whole
// tells that the group has to be read whole.
func (g *groupToFold) since(folded []merchantToFold, since map[string]sevenday.Day) (first sevenday.Day, whole bool) {
	first = endOfTime.Monday()
	for i := range folded {
		if g.touches(&folded[i]) {
			first = min(first, since[folded[i].Plan.MerchantID])
		}
	}
	return first, g.Revision == 0 || g.DefinitionVersion < definitionVersion
}
