package transform

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
)

// Settler is hop two. Its zero fields take defaults; DB is required.
type Settler struct {
	DB     *warehouse.DB
	Holder string       // who is settling, for the message of whoever has to wait
	Log    *slog.Logger // default slog.Default()
	// PassRows bounds how many log records of each kind one pass takes; it
	// bounds the pass's memory, about 1 KB a record. Default 100,000.
	PassRows int64

	fault func() error // for tests: called before each write, an error there is a crash
}

// settleLease is the name of the lease that settling and folding share: while a
// batch streams events, nobody moves them.
const settleLease = "settle"

// Settled counts what settling did.
type Settled struct {
	Records int64 // log records looked at
	Changed int64 // events that came, changed or went
	Passes  int
}

// Settle settles everything that the log holds when it is called, and returns
// when its events can be seen. While somebody else settles it waits up to wait.
func (s *Settler) Settle(ctx context.Context, wait time.Duration) (Settled, error) {
	// Most of the time there is nothing to do, and the lease is left alone.
	planned, err := plan(ctx, s.DB, s.passRows())
	if err != nil || len(planned) == 0 {
		return Settled{}, err
	}
	lease, err := Acquire(ctx, s.DB, settleLease, s.Holder, wait)
	if err != nil {
		return Settled{}, err
	}
	done, err := s.settle(ctx, lease, nil)
	return done, errors.Join(err, lease.Release(context.WithoutCancel(ctx)))
}

// settle runs passes under the lease until the log holds nothing new. Progress,
// which may be nil, is told after each pass.
func (s *Settler) settle(ctx context.Context, lease *Lease, progress func(Settled)) (Settled, error) {
	var total Settled
	for ctx.Err() == nil {
		planned, err := plan(ctx, s.DB, s.passRows())
		if err != nil || len(planned) == 0 {
			return total, err
		}
		p := &pass{db: s.DB, lease: lease, version: lease.Fence<<24 | uint64(total.Passes+1), planned: planned, fault: s.fault}
		if err := p.run(ctx); err != nil {
			return total, err
		}
		total.Passes++
		total.Records += p.records
		total.Changed += p.changes
		if progress != nil {
			progress(total)
		}
	}
	return total, ctx.Err()
}

// Run settles whatever ingest lands, within a second of each wake, until ctx
// ends. Errors that pass are logged and tried again.
func (s *Settler) Run(ctx context.Context, wake <-chan struct{}) error {
	for {
		_, err := s.Settle(ctx, leaseTime)
		if err != nil && ctx.Err() == nil && !errors.Is(err, ErrLeaseHeld) {
			s.logger().Error("settling stopped and is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
			pause(ctx, 300*time.Millisecond) // let a burst of batches land
		case <-time.After(5 * time.Second):
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (s *Settler) passRows() int64 {
	if s.PassRows > 0 {
		return s.PassRows
	}
	return 100_000
}

func (s *Settler) logger() *slog.Logger {
	if s.Log != nil {
		return s.Log
	}
	return slog.Default()
}

// pass settles one set of ranges of the log. What it decides follows from the
// log and from table event_ids alone, and event_ids is written last and in one
// piece: a pass that was cut off anywhere is repeated over the same ranges and
// decides the same.
type pass struct {
	db      *warehouse.DB
	lease   *Lease
	version uint64
	planned []stand
	fault   func() error

	events    map[identity]*event
	loaded    map[group]bool // groups whose members are all in events
	merchants *merchantBook
	records   int64
	changes   int64
}

func (p *pass) run(ctx context.Context) error {
	p.events, p.loaded = make(map[identity]*event), make(map[group]bool)
	p.merchants = newMerchantBook(p.db)
	steps := []func(context.Context) error{
		p.begin, p.settleMerchants, p.readHeads, p.readBefore, p.readGroups, p.place, p.write, p.end,
	}
	for _, step := range steps {
		if err := p.crash(); err != nil {
			return err
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) crash() error {
	if p.fault == nil {
		return nil
	}
	return p.fault()
}

// begin notes the pass's ranges before anything else is written.
func (p *pass) begin(ctx context.Context) error { return p.note(ctx, 0) }

// end moves the stands to the end of their ranges.
func (p *pass) end(ctx context.Context) error {
	if err := p.readEnds(ctx); err != nil {
		return err
	}
	for i := range p.planned {
		p.planned[i].Off = p.planned[i].Planned
	}
	return p.note(ctx, 1)
}

// standRow is a stand as the table keeps it.
type standRow struct {
	stand
	Step       uint64          `ch:"step"`
	LeaseUntil sevenday.Millis `ch:"lease_until"`
}

var standRowLayout = warehouse.LayoutOf[standRow]()

func (p *pass) note(ctx context.Context, ended uint64) error {
	until, err := p.lease.Until()
	if err != nil {
		return err
	}
	rows := make([]standRow, len(p.planned))
	for i, s := range p.planned {
		s.Version = p.version
		rows[i] = standRow{stand: s, Step: 2*p.version + ended, LeaseUntil: until}
	}
	return warehouse.Insert(ctx, p.db, "settled", standRowLayout, rows, oneBlock)
}

// oneBlock makes an insert into a table without day partitions all or nothing.
var oneBlock = warehouse.InsertOptions{OneBlock: true, MaxExecutionTime: leaseTime}

// rangeEnd is what the pass's ranges hold of one Kafka partition, for the watermark.
type rangeEnd struct {
	TopicEpoch  uint32          `ch:"topic_epoch"`
	Part        uint32          `ch:"part"`
	NewestEvent sevenday.Millis `ch:"newest_event"`
	LogEnd      int64           `ch:"log_end"`
}

var rangeEndLayout = warehouse.LayoutOf[rangeEnd]()

func (p *pass) readEnds(ctx context.Context) error {
	for _, kind := range sevenday.RecordKinds {
		ranges := p.ranges(kind)
		if ranges == "" {
			continue
		}
		ends, err := warehouse.Select(ctx, p.db, rangeEndLayout, forLog(statement("range_ends"), kind, ranges), nil)
		if err != nil {
			return err
		}
		for _, end := range ends {
			p.advance(kind, end)
		}
	}
	return nil
}

func (p *pass) advance(kind sevenday.RecordKind, end rangeEnd) {
	for i := range p.planned {
		s := &p.planned[i]
		if s.Kind == kind && s.TopicEpoch == end.TopicEpoch && s.Part == end.Part {
			s.NewestEvent = max(s.NewestEvent, end.NewestEvent)
			s.LogEnd = end.LogEnd
		}
	}
}

// ranges is the condition for the pass's log rows of a kind, "" without any.
func (p *pass) ranges(kind sevenday.RecordKind) string {
	var ofKind []stand
	for _, s := range p.planned {
		if s.Kind == kind {
			ofKind = append(ofKind, s)
		}
	}
	return within(ofKind)
}
