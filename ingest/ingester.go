package ingest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"sevenday"
	"sevenday/ingest/decode"
)

// An Ingester lands the partitions that its consumer group gives it.
type Ingester struct {
	config   Config
	cluster  *cluster
	statuses statuses
	inserts  gate
	epochs   epochs
}

// New returns an ingester; Run sets it to work. The error lists every fault of
// the configuration.
func New(config Config) (*Ingester, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	config = config.WithDefaults()
	return &Ingester{config: config, inserts: make(gate, insertsAtOnce)}, nil
}

// Run is New and Ingester.Run in one, for callers that don't ask for the status.
func Run(ctx context.Context, config Config) error {
	ingester, err := New(config)
	if err != nil {
		return err
	}
	return ingester.Run(ctx)
}

// Status tells how each partition is doing, for readiness checks and for
// people. It may be called at any time from any goroutine.
func (i *Ingester) Status() Status { return i.statuses.snapshot() }

// insertsAtOnce bounds how many blocks are on their way to ClickHouse: more
// would only make the server share its cores among more of them.
const insertsAtOnce = 4

// A gate lets so many pass at once.
type gate chan struct{}

func (g gate) acquire(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (g gate) release() { <-g }

// epochs remembers the epochs that an operator began with Config.NewEpoch: they
// are in no log until their first batch has landed.
type epochs struct {
	mu    sync.Mutex // guards begun
	begun map[sevenday.RecordKind]uint32
}

// epoch returns the topic epoch in which the kind's records are landed.
func (i *Ingester) epoch(ctx context.Context, kind sevenday.RecordKind) (uint32, error) {
	logged, err := i.readEpoch(ctx, kind)
	if err != nil || !slices.Contains(i.config.NewEpoch, kind) {
		return logged, err
	}
	i.epochs.mu.Lock()
	defer i.epochs.mu.Unlock()
	if i.epochs.begun == nil {
		i.epochs.begun = map[sevenday.RecordKind]uint32{}
	}
	begun, known := i.epochs.begun[kind]
	if !known {
		begun = logged + 1
		i.epochs.begun[kind] = begun
	}
	return max(begun, logged), nil
}

// newPartition returns the loop over one partition of sharers that this process owns.
func (i *Ingester) newPartition(kind sevenday.RecordKind, number, sharers int) *partition {
	share := max(sharers, openBatches)
	return &partition{
		Ingester: i,
		source:   source{topic: kind.Topic(), partition: number},
		position: position{kind: kind, part: number},
		limits:   limits{rows: i.config.MaxRows * openBatches / share, bytes: i.config.MaxBytes * openBatches / share},
		batch: newBatch(kind, tools{
			decoder: decode.New(i.config.Decode), sealer: i.config.Sealer,
		}),
		fetchSize: int32(i.config.FetchBytes),
	}
}

// kindOf returns the kind of record on a topic that the group subscribed to.
func kindOf(topic string) sevenday.RecordKind {
	for _, kind := range sevenday.RecordKinds {
		if kind.Topic() == topic {
			return kind
		}
	}
	panic(fmt.Sprintf("ingest: the group was given %s, which it did not subscribe to", topic))
}
