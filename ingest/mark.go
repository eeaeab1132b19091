package ingest

import (
	"context"
	_ "embed"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
)

// Statements over one log table; {table:Identifier} names it.
var (
	//go:embed sql/mark.sql
	markQuery string
	//go:embed sql/witness.sql
	witnessQuery string
	//go:embed sql/epoch.sql
	epochQuery string
)

// beforeFirst is the mark of a partition of which the log holds nothing.
const beforeFirst = -1

// A mark says how far the log reaches, and until when a batch that starts there
// may be inserted. Both come from one query, so that a writer that slept since
// holds an old lease too.
type mark struct {
	Found      uint64
	Offset     int64
	LeaseUntil sevenday.Millis // on the server's clock
	ReadAt     time.Time       // on ours; only differences are used
}

var markLayout = warehouse.NewLayout(
	warehouse.UInt64("found", func(m *mark) *uint64 { return &m.Found }),
	warehouse.Int64("off", func(m *mark) *int64 { return &m.Offset }),
	warehouse.Millis("lease_until", func(m *mark) *sevenday.Millis { return &m.LeaseUntil }),
)

// A position is where one partition's rows lie: its log table and the first two parts of its key.
type position struct {
	kind  sevenday.RecordKind
	epoch uint32
	part  int
}

func (p position) parameters() map[string]any {
	return map[string]any{"table": tableOf(p.kind), "topic_epoch": p.epoch, "part": uint32(p.part)}
}

// readMark reads the mark and takes a lease from the server's now on.
func (i *Ingester) readMark(ctx context.Context, p position) (mark, error) {
	parameters := p.parameters()
	parameters["lease_ms"] = uint64(i.config.Lease.Milliseconds())
	readAt := i.config.Now()
	found, err := warehouse.Select(ctx, i.config.DB, markLayout, markQuery, parameters)
	if err != nil {
		return mark{}, err
	}
	m := found[0]
	m.ReadAt = readAt
	if m.Found == 0 {
		m.Offset = beforeFirst
	}
	return m, nil
}

// A witness is the last record that was landed: Kafka must still show the same there.
type witness struct {
	Offset      int64
	KafkaTime   sevenday.Millis
	PayloadHash uint64
}

var witnessLayout = warehouse.NewLayout(
	warehouse.Int64("off", func(w *witness) *int64 { return &w.Offset }),
	warehouse.Millis("kafka_time", func(w *witness) *sevenday.Millis { return &w.KafkaTime }),
	warehouse.UInt64("payload_hash", func(w *witness) *uint64 { return &w.PayloadHash }),
)

// readWitness returns the last landed record; ok is false when there is none.
func (i *Ingester) readWitness(ctx context.Context, p position) (w witness, ok bool, err error) {
	found, err := warehouse.Select(ctx, i.config.DB, witnessLayout, witnessQuery, p.parameters())
	if err != nil || len(found) == 0 {
		return witness{}, false, err
	}
	return found[0], true, nil
}

var epochLayout = warehouse.NewLayout(warehouse.UInt32("topic_epoch", func(e *uint32) *uint32 { return e }))

// readEpoch returns the topic epoch that the kind's log is in, 0 for an empty log.
func (i *Ingester) readEpoch(ctx context.Context, kind sevenday.RecordKind) (uint32, error) {
	found, err := warehouse.Select(ctx, i.config.DB, epochLayout, epochQuery, map[string]any{"table": tableOf(kind)})
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}
