package deadletter

import (
	"context"
	_ "embed"
	"fmt"
	"log/slog"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
)

// A Producer sends records to Kafka; Flush returns when all are acknowledged.
// It may keep key and value until then.
type Producer interface {
	Write(ctx context.Context, topic string, key, value []byte) error
	Flush(ctx context.Context) error
}

// A Position is a Kafka partition and how far the log has it.
type Position struct {
	Kind      sevenday.RecordKind
	Epoch     uint32
	Partition int
	Mark      int64 // the last offset landed, -1 for none
}

// place is a Position without its mark.
type place struct {
	kind      sevenday.RecordKind
	epoch     uint32
	partition int
}

func (p Position) place() place { return place{p.Kind, p.Epoch, p.Partition} }

// A Feeder copies refused records from the logs to the dead-letter topic, each
// at least once: a letter that was sent just before a crash is sent again, under
// the same key. What counts is the log; the topic is for those who listen.
//
// A Feeder belongs to one goroutine.
type Feeder struct {
	db       *warehouse.DB
	producer Producer
	log      *slog.Logger
	// sent is up to where each place was looked through. The table knows less:
	// it learns only of letters, because most batches refuse nothing.
	sent map[place]int64
}

// NewFeeder returns a feeder; its user of db reads the logs and appends to dead_letters_sent.
func NewFeeder(db *warehouse.DB, producer Producer, log *slog.Logger) *Feeder {
	return &Feeder{db: db, producer: producer, log: log, sent: map[place]int64{}}
}

// feedEvery is how often the feeder looks although nobody woke it: after an
// error, and when a wake-up came while it worked.
const feedEvery = 5 * time.Second

// Run feeds at each wake-up, and every few seconds, until ctx ends. positions
// tells how far each owned partition is. Errors are logged and tried again:
// dead letters wait in the log as long as it takes.
func (f *Feeder) Run(ctx context.Context, wake <-chan struct{}, positions func() []Position) {
	ticker := time.NewTicker(feedEvery)
	defer ticker.Stop()
	for {
		if _, err := f.Feed(ctx, positions()); err != nil && ctx.Err() == nil {
			f.log.Warn("dead letters wait to be sent", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-ticker.C:
		}
	}
}

// Feed sends what was refused up to the positions' marks and not sent yet, and
// returns how many letters that were. Places before one that failed are done.
func (f *Feeder) Feed(ctx context.Context, positions []Position) (sent int, err error) {
	for _, position := range positions {
		count, err := f.feed(ctx, position)
		sent += count
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

func (f *Feeder) feed(ctx context.Context, to Position) (int, error) {
	after, err := f.progress(ctx, to.place())
	if err != nil || to.Mark <= after {
		return 0, err
	}
	count, err := f.send(ctx, to, after)
	if err == nil && count > 0 {
		err = f.record(ctx, to)
	}
	if err != nil {
		return 0, err
	}
	f.sent[to.place()] = to.Mark
	return count, nil
}

//go:embed sql/refused.sql
var refusedQuery string

// letterBlock bounds how many letters are in memory at once: each may hold a megabyte.
var letterBlock = warehouse.Settings{"max_block_size": "32"}

func (f *Feeder) send(ctx context.Context, to Position, after int64) (count int, err error) {
	parameters := map[string]any{
		"table": to.Kind.Plural() + "_log", "topic_epoch": to.Epoch, "part": to.Partition,
		"after": after, "mark": to.Mark,
	}
	err = warehouse.Stream(ctx, f.db, refusedLayout, refusedQuery, parameters, func(rows []refusedRow) error {
		count += len(rows)
		return f.write(ctx, to, rows)
	}, letterBlock)
	if err != nil {
		return 0, err
	}
	return count, f.producer.Flush(ctx)
}

func (f *Feeder) write(ctx context.Context, to Position, rows []refusedRow) error {
	for _, row := range rows {
		key, value, err := row.letter(to)
		if err != nil {
			return fmt.Errorf("write the letter of offset %d: %w", row.Offset, err)
		}
		if err := f.producer.Write(ctx, sevenday.DeadLetterTopic, key, value); err != nil {
			return err
		}
	}
	return nil
}

// progressRow is a row of dead_letters_sent.
type progressRow struct {
	Kind   sevenday.RecordKind
	Epoch  uint32
	Part   uint32
	Offset int64
}

var progressLayout = warehouse.NewLayout(
	warehouse.Enum8("kind", func(r *progressRow) *sevenday.RecordKind { return &r.Kind }),
	warehouse.UInt32("topic_epoch", func(r *progressRow) *uint32 { return &r.Epoch }),
	warehouse.UInt32("part", func(r *progressRow) *uint32 { return &r.Part }),
	warehouse.Int64("off", func(r *progressRow) *int64 { return &r.Offset }),
)

func (f *Feeder) record(ctx context.Context, to Position) error {
	row := progressRow{Kind: to.Kind, Epoch: to.Epoch, Part: uint32(to.Partition), Offset: to.Mark}
	return warehouse.Insert(ctx, f.db, "dead_letters_sent", progressLayout, []progressRow{row}, warehouse.InsertOptions{})
}

// reach is how far the table says that letters were sent.
type reach struct {
	Offset int64
	Found  uint64
}

var reachLayout = warehouse.NewLayout(
	warehouse.Int64("off", func(r *reach) *int64 { return &r.Offset }),
	warehouse.UInt64("found", func(r *reach) *uint64 { return &r.Found }),
)

//go:embed sql/progress.sql
var progressQuery string

// progress returns the offset up to which the place's letters were sent, -1 for none.
func (f *Feeder) progress(ctx context.Context, of place) (int64, error) {
	if after, known := f.sent[of]; known {
		return after, nil
	}
	found, err := warehouse.Select(ctx, f.db, reachLayout, progressQuery, map[string]any{
		"kind": of.kind.String(), "topic_epoch": of.epoch, "part": of.partition,
	})
	if err != nil {
		return 0, err
	}
	if found[0].Found == 0 {
		return -1, nil
	}
	return found[0].Offset, nil
}
