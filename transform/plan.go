package transform

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/activity"
)

// merchantToFold is a merchant whose figures are to be made, and from when on
// something changed.
type merchantToFold struct {
	merchantRow
	FirstMark  sevenday.Day   `ch:"first_mark"`  // the first day that something changed; 0 where nothing did
	Causes     []string       `ch:"causes"`      // what changed, in the order of markCause
	FirstMarks []sevenday.Day `ch:"first_marks"` // and since when, endOfTime for the merchant's own record
	remade
}

// remade is what a run makes anew of a merchant or of a group of merchants.
type remade struct {
	standing
	Plan
	from  sevenday.Day // the first span that is made anew
	reads sevenday.Day // the first day whose events that takes
}

// standing is what was last published of it.
type standing struct {
	Revision          uint32         `ch:"revision"` // 0: never published
	DefinitionVersion uint32         `ch:"definition_version"`
	SegmentFrom       []sevenday.Day `ch:"segment_from"`
	SegmentRun        []uint64       `ch:"segment_run"`
}

// Plan says why and how far back a merchant's figures are made anew.
type Plan struct {
	MerchantID  string        `json:"merchant_id"`
	Cause       string        `json:"cause"`
	FirstChange *sevenday.Day `json:"first_change"` // the first day on which an event came, went or changed
	// From is the Monday from which on events are new or changed: the rows that
	// they can change are made anew. Nil: all history is.
	From  *sevenday.Day `json:"from"`
	Reads *sevenday.Day `json:"reads"` // the first day whose events are read for it; nil: all
}

var merchantToFoldLayout = warehouse.LayoutOf[merchantToFold]()

func (s *standing) segments() []segment { return segmentsOf(s.SegmentFrom, s.SegmentRun) }

// causes says why a merchant's figures change, for the ledger. Events on days
// that had counted as complete are late.
func (m *merchantToFold) causes(closed sevenday.Day, rebuild bool) string {
	switch {
	case m.Revision == 0:
		return "first publication"
	case m.DefinitionVersion < definitionVersion:
		return "new rule"
	case rebuild && len(m.Causes) == 0:
		return "rebuild"
	}
	causes := slices.Clone(m.Causes)
	for i := range causes {
		if causes[i] == "events" {
			causes[i] = "new events"
			if m.FirstMarks[i] <= closed {
				causes[i] = "late events"
			}
		}
	}
	return strings.Join(causes, ", ")
}

// merchantsToFold finds the merchants with marks and plans how far back each
// must be made anew. Those that reach equally far back stand together.
func (b *Batch) merchantsToFold(ctx context.Context, from base, through uint64) ([]merchantToFold, error) {
	below := uint32(definitionVersion)
	if b.Rebuild {
		below++
	}
	merchants, err := warehouse.Select(ctx, b.DB, merchantToFoldLayout, statement("merchants_to_fold"), map[string]any{
		"definition_version": below, "through": through,
	})
	if err != nil {
		return nil, err
	}
	folds := b.Metrics()
	before := metrics.Horizon{Watermark: from.Watermark, AsOf: from.AsOf}
	for i := range merchants {
		if err := merchants[i].plan(folds, before, b.Rebuild); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(merchants, func(x, y merchantToFold) int {
		return cmp.Or(cmp.Compare(x.reads.FirstOfMonth(), y.reads.FirstOfMonth()), cmp.Compare(x.merchantRow.MerchantID, y.merchantRow.MerchantID))
	})
	return merchants, nil
}

// plan decides from when on the merchant is made anew: from the week of the
// first change, as far as what is kept of persons reaches back to it, else whole.
func (m *merchantToFold) plan(folds []Metric, before metrics.Horizon, rebuild bool) error {
	merchant, err := metrics.NewMerchant(m.merchant(), 0)
	if err != nil {
		return err
	}
	last := before.In(merchant.Calendar.Location())
	m.Plan = Plan{MerchantID: m.merchantRow.MerchantID, Cause: m.causes(last.Closed, rebuild)}
	if m.FirstMark != 0 && m.FirstMark != endOfTime {
		m.FirstChange = metrics.Optional(m.FirstMark)
	}
	from := m.FirstMark.Monday()
	if rebuild || m.Revision == 0 || m.DefinitionVersion < definitionVersion ||
		slices.Contains(m.FirstMarks, endOfTime) || from < last.Begun-7*activity.TrailReach {
		return nil
	}
	reads := from
	for i := range folds {
		reads = min(reads, folds[i].Fold.Reads(from))
	}
	if reads > metrics.WholeHistory {
		m.from, m.reads = from, reads
		m.From, m.Plan.Reads = metrics.Optional(from), metrics.Optional(reads)
	}
	return nil
}
