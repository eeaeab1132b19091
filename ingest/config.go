package ingest

import (
	"errors"
	"log/slog"
	"time"

	"sevenday"
	"sevenday/ingest/deadletter"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// Config says what to ingest, from where to where, and in which portions.
type Config struct {
	// Brokers are the host:port pairs of the Kafka cluster; one that answers is enough.
	Brokers []string
	// Group is the Kafka consumer group that spreads partitions over processes,
	// "sevenday-ingest" by default. Its committed offsets are for lag monitors
	// only: positions are read from the warehouse.
	Group string
	// DB is a user of the warehouse who may read and append to the log tables.
	DB *warehouse.DB
	// Decode configures the decoders; every partition has its own.
	Decode decode.Config
	// Sealer encrypts what was refused.
	Sealer *deadletter.Sealer
	// Lease is how long a batch may be inserted after its mark was read, on the
	// server's clock; one minute by default. It must be much shorter than the
	// time in which one partition makes as many batches as its log's
	// deduplication window holds (100,000), and longer than an insert takes.
	Lease time.Duration
	// MaxRows and MaxBytes close a batch: records, and bytes of their payloads;
	// 100,000 and 64 MiB by default. Beyond a few partitions they are shared:
	// all open batches together hold at most four times as much.
	MaxRows  int
	MaxBytes int
	// MaxAge closes a batch this long after its first record came, one second by
	// default. A smaller one shows records sooner and makes more parts.
	MaxAge time.Duration
	// FetchBytes is how much one fetch asks for, as it travels; 2 MiB by default.
	// The largest batch of records on the topics must not be larger than 64 MiB.
	FetchBytes int
	// AcceptLoss declares lost what Kafka removed before it was read, instead of
	// stopping the partition; the ledger shows it as declared_loss. It is how an
	// operator starts on a topic whose head has expired.
	AcceptLoss bool
	// NewEpoch lists the kinds whose topics were deleted and made anew: their
	// offsets start over, in an epoch above the last one.
	NewEpoch []sevenday.RecordKind
	// Landed is called after records of the kind became visible in its log, from
	// many goroutines. It must not block. nil is fine.
	Landed func(kind sevenday.RecordKind)
	// Log receives what an operator must know; a healthy run is quiet. nil discards it.
	Log *slog.Logger
	// Now is the local clock, of which only differences are used. time.Now by default.
	Now func() time.Time
}

// Defaults of Config.
const (
	DefaultGroup      = "sevenday-ingest"
	DefaultLease      = time.Minute
	DefaultMaxRows    = 100_000
	DefaultMaxBytes   = 64 << 20
	DefaultMaxAge     = time.Second
	DefaultFetchBytes = 2 << 20
)

// openBatches is how many full batches may be held at once by all partitions together.
const openBatches = 4

// WithDefaults returns c with empty optional fields filled.
func (c Config) WithDefaults() Config {
	orDefault(&c.Group, DefaultGroup)
	orDefault(&c.Lease, DefaultLease)
	orDefault(&c.MaxRows, DefaultMaxRows)
	orDefault(&c.MaxBytes, DefaultMaxBytes)
	orDefault(&c.MaxAge, DefaultMaxAge)
	orDefault(&c.FetchBytes, DefaultFetchBytes)
	if c.Landed == nil {
		c.Landed = func(sevenday.RecordKind) {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

func orDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Validate returns every fault of c at once, each an Invalid error. Empty
// fields that have a default are no fault.
func (c Config) Validate() error {
	var faults []error
	require := func(held bool, format string, arguments ...any) {
		if !held {
			faults = append(faults, sevenday.Invalidf(format, arguments...))
		}
	}
	require(len(c.Brokers) > 0, "ingest has no Kafka address: set Brokers")
	require(c.DB != nil, "ingest has no warehouse: set DB")
	require(len(c.Decode.UserKey) > 0, "ingest has no key to hash ids of people: set Decode.UserKey")
	require(c.Sealer != nil, "ingest cannot keep refused records: set Sealer")
	require(c.Lease == 0 || c.Lease >= time.Second, "a lease of %s is too short to insert under: use at least 1s", c.Lease)
	require(c.MaxRows >= 0 && c.MaxBytes >= 0 && c.MaxAge >= 0, "a batch cannot be closed at less than nothing: MaxRows %d, MaxBytes %d, MaxAge %s", c.MaxRows, c.MaxBytes, c.MaxAge)
	require(0 <= c.FetchBytes && c.FetchBytes <= maxFetchBytes, "FetchBytes %d is out of 1..%d", c.FetchBytes, maxFetchBytes)
	return errors.Join(faults...)
}
