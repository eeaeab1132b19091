package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
)

// ledgerRow is an IngestRow as the warehouse hands it over.
type ledgerRow struct {
	Kind         string          `ch:"kind"`
	TopicEpoch   int64           `ch:"topic_epoch"`
	Partition    int64           `ch:"partition"`
	Received     int64           `ch:"received"`
	Landed       int64           `ch:"landed"`
	Refused      int64           `ch:"refused"`
	Control      int64           `ch:"control"`
	Aborted      int64           `ch:"aborted"`
	Compacted    int64           `ch:"compacted"`
	DeclaredLoss int64           `ch:"declared_loss"`
	Settled      int64           `ch:"settled"`
	Lag          int64           `ch:"lag"`
	NewestEvent  sevenday.Millis `ch:"newest_event"`
	AddsUp       bool            `ch:"adds_up"`
}

var ledgerLayout = warehouse.LayoutOf[ledgerRow]()

// Ingest lists every Kafka partition of which something was landed, by topic
// epoch, kind and partition. It is about now, not about a publication.
func (c *Catalog) Ingest(ctx context.Context) ([]IngestRow, error) {
	found, err := warehouse.Select(ctx, c.DB, ledgerLayout, c.statement("ingest"), nil)
	rows := make([]IngestRow, len(found))
	for i := range found {
		rows[i] = IngestRow(found[i])
	}
	return rows, err
}
