package transform

import (
	"cmp"
	"context"
	"slices"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/activity"
)

// merchantToFold is a merchant whose figures are to be made, what was published
// of it before, and from when on something changed.
type merchantToFold struct {
	merchantRow
	Revision          uint32         `ch:"revision"` // 0: never published
	DefinitionVersion uint32         `ch:"definition_version"`
	SegmentFrom       []sevenday.Day `ch:"segment_from"`
	SegmentRun        []uint64       `ch:"segment_run"`
	FirstMark         int32          `ch:"first_mark"` // the first day on which an event came or went
	Redeclared        bool           `ch:"redeclared"` // a record of the merchant itself came

	from  sevenday.Day // the first span that is made anew
	reads sevenday.Day // the first day whose events that takes
	late  bool         // a day that had counted as complete changed
}

var merchantToFoldLayout = warehouse.LayoutOf[merchantToFold]()

func (m *merchantToFold) segments() []segment { return segmentsOf(m.SegmentFrom, m.SegmentRun) }

// cause says why a merchant's figures changed, for the ledger.
func (m *merchantToFold) cause() string {
	switch {
	case m.Revision == 0:
		return "first publication"
	case m.DefinitionVersion < definitionVersion:
		return "new rule"
	case m.Redeclared:
		return "merchant record"
	case m.FirstMark == 0:
		return "rebuild"
	case m.late:
		return "late events"
	default:
		return "new events"
	}
}

// merchantsToFold finds the merchants with marks and plans how far back each
// must be made anew. Those that reach equally far back stand together.
func (b *Batch) merchantsToFold(ctx context.Context, from base, through uint64) ([]merchantToFold, error) {
	below := uint32(definitionVersion)
	if b.Rebuild {
		below++
	}
	merchants, err := warehouse.Select(ctx, b.DB, merchantToFoldLayout, statement("merchants_to_fold"), map[string]any{
		"definition_version": below, "after": from.SettledVersion, "through": through,
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
		return cmp.Or(cmp.Compare(x.reads.FirstOfMonth(), y.reads.FirstOfMonth()), cmp.Compare(x.MerchantID, y.MerchantID))
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
	m.late = sevenday.Day(m.FirstMark) <= last.Closed
	m.from, m.reads = metrics.WholeHistory, metrics.WholeHistory
	from := sevenday.Day(m.FirstMark).Monday()
	if rebuild || m.Revision == 0 || m.DefinitionVersion < definitionVersion || m.Redeclared || from < last.Begun-7*activity.TrailReach {
		return nil
	}
	reads := from
	for i := range folds {
		reads = min(reads, folds[i].Fold.Reads(from))
	}
	if reads > metrics.WholeHistory {
		m.from, m.reads = from, reads
	}
	return nil
}
