package transform

import (
	"context"
	"fmt"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// publicationRow is a row of table publications.
type publicationRow struct {
	Run               uint64          `ch:"run"`
	MerchantID        string          `ch:"merchant_id"`
	BaseRun           uint64          `ch:"base_run"`
	Watermark         sevenday.Millis `ch:"watermark"`
	AsOf              sevenday.Millis `ch:"as_of"`
	SettledVersion    uint64          `ch:"settled_version"`
	DefinitionVersion uint32          `ch:"definition_version"`
	Revision          uint32          `ch:"revision"`
	Cause             string          `ch:"cause,low"`
	FromSpan          sevenday.Day    `ch:"from_span"`
	SegmentFrom       []sevenday.Day  `ch:"segment_from"`
	SegmentRun        []uint64        `ch:"segment_run"`
}

var publicationLayout = warehouse.LayoutOf[publicationRow]()

// definitionVersion is raised when a figure changes its meaning: every merchant
// is then folded anew, and the ledger says why its numbers changed.
const definitionVersion = 1

// base is the publication that a run starts from; all zero before the first.
type base struct {
	Run               uint64          `ch:"run"`
	Watermark         sevenday.Millis `ch:"watermark"`
	AsOf              sevenday.Millis `ch:"as_of"`
	SettledVersion    uint64          `ch:"settled_version"`
	DefinitionVersion uint32          `ch:"definition_version"`
	PublishedAt       sevenday.Millis `ch:"published_at"`
}

var baseLayout = warehouse.LayoutOf[base]()

func readBase(ctx context.Context, db *warehouse.DB) (base, error) {
	rows, err := warehouse.Select(ctx, db, baseLayout, statement("base"), nil)
	if err != nil || len(rows) == 0 {
		return base{}, err
	}
	return rows[0], nil
}

// sameDays tells that in none of the merchants' time zones a day has closed or
// begun since the publication: every cell is in the state that it shows.
func (b base) sameDays(now metrics.Horizon, all []merchantRow) (bool, error) {
	before := metrics.Horizon{Watermark: b.Watermark, AsOf: b.AsOf}
	for i := range all {
		location, err := time.LoadLocation(all[i].TimeZone)
		if err != nil {
			return false, err // the decoder lets no unknown zone into the log
		}
		if before.In(location) != now.In(location) {
			return false, nil
		}
	}
	return true, nil
}

// publish makes a run's rows the ones that count, in one insert that succeeds
// as a whole or not at all, and only if no other run was published since base:
// the warehouse drops a second insert under the same token.
func publish(ctx context.Context, db *warehouse.DB, run uint64, from base, seen metrics.Horizon, settled uint64, made []remade) error {
	rows := make([]publicationRow, 0, len(made)+1)
	row := publicationRow{
		Run: run, BaseRun: from.Run, Watermark: seen.Watermark, AsOf: seen.AsOf,
		SettledVersion: settled, DefinitionVersion: definitionVersion,
	}
	rows = append(rows, row)
	for i := range made {
		m := &made[i]
		row.MerchantID, row.Revision, row.Cause, row.FromSpan = m.MerchantID, m.Revision+1, m.Cause, m.from
		row.SegmentFrom, row.SegmentRun = columns(after(m.segments(), m.from, run))
		rows = append(rows, row)
	}
	options := warehouse.InsertOptions{OneBlock: true, DeduplicationToken: fmt.Sprintf("after/%d", from.Run)}
	if err := warehouse.Insert(ctx, db, "publications", publicationLayout, rows, options); err != nil {
		return err
	}
	now, err := readBase(ctx, db)
	if err == nil && now.Run != run {
		err = &sevenday.Error{
			Kind: sevenday.Conflict, Op: "publish run", Subject: fmt.Sprint(run),
			Err: fmt.Errorf("run %d was published meanwhile", now.Run), Fix: "run again",
		}
	}
	return err
}
