package ingest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"

	"sevenday"
)

// A partition is the loop over one Kafka partition while this process owns it.
// All of it happens in one goroutine.
type partition struct {
	*Ingester
	source   source
	position position
	limits   limits
	batch    batch

	mark    mark
	current bool // the mark is the log's, as far as we know
	// rest are fetched records that did not fit into the last batch.
	rest      fetched
	fetchSize int32
	checked   time.Time // when the witness was last compared
	unlanded  int       // acknowledged inserts in a row that did not move the mark
}

// limits close a batch.
type limits struct{ rows, bytes int }

// Times of the loop.
const (
	pollWait     = 500 * time.Millisecond // how long a fetch waits for the first record
	witnessEvery = time.Minute
	firstPause   = 100 * time.Millisecond // after an error
	longestPause = 5 * time.Second
	insertGrace  = 5 * time.Second // for the insert in flight when the loop is to end
)

// run lands batch after batch until ctx ends. A partition that must not go on
// waits for that too: the end of one loop would end the generation of all.
func (p *partition) run(ctx context.Context) {
	pause := pauses()
	for ctx.Err() == nil {
		err := p.step(ctx)
		switch {
		case err == nil:
			pause.Reset()
			p.report(nil)
		case ctx.Err() != nil:
		case halted(err):
			p.report(err)
			p.config.Log.Error("a partition was stopped", "error", err)
			<-ctx.Done()
		default:
			p.report(err)
			p.current = false
			wait(ctx, pause.NextBackOff())
		}
	}
}

func pauses() *backoff.ExponentialBackOff {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = firstPause, longestPause
	return pause
}

func wait(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// report puts the loop's state where operators see it, and logs new trouble once.
func (p *partition) report(err error) {
	p.statuses.update(p.source, func(s *PartitionStatus) {
		before := s.Trouble
		s.Kind, s.Epoch, s.Owned = p.position.kind, p.position.epoch, true
		s.Stopped, s.Trouble = "", ""
		if p.current {
			s.Mark = p.mark.Offset
		}
		switch {
		case err == nil:
		case halted(err):
			s.Stopped = err.Error()
		default:
			s.Trouble = err.Error()
			if before == "" {
				p.config.Log.Warn("a partition does not get on; it keeps trying", "error", err)
			}
		}
	})
}

// step lands one batch, or waits a moment when there is nothing to land.
func (p *partition) step(ctx context.Context) error {
	if err := p.refresh(ctx); err != nil {
		return err
	}
	if err := p.compareWitness(ctx); err != nil {
		return err
	}
	p.batch.begin(start{source: p.source, epoch: p.position.epoch, offset: p.mark.Offset + 1})
	if err := p.gather(ctx); err != nil {
		return err
	}
	if p.batch.next() == p.mark.Offset+1 {
		return nil
	}
	return p.land(ctx)
}

// refresh reads the mark again unless it is known.
func (p *partition) refresh(ctx context.Context) error {
	if p.current {
		return nil
	}
	epoch, err := p.epoch(ctx, p.position.kind)
	if err != nil {
		return err
	}
	p.position.epoch = epoch
	p.mark, err = p.readMark(ctx, p.position)
	p.current = err == nil
	return err
}

// land inserts the batch and reads the mark again. The insert's own answer only
// decides whether to pause: a lost answer, a rival who was faster and a crash
// look the same, and all of them are answered by the mark.
func (p *partition) land(ctx context.Context) error {
	if stale, err := p.renewLease(ctx); stale || err != nil {
		return err
	}
	before := p.mark.Offset
	inserted := p.insert(ctx)
	p.current = false
	if inserted != nil {
		return inserted
	}
	if err := p.refresh(ctx); err != nil {
		return err
	}
	if p.mark.Offset == before {
		return p.notLanded()
	}
	p.unlanded = 0
	p.config.Landed(p.position.kind)
	return nil
}

// renewLease reads the mark again when the batch took long to gather. stale
// says that the mark has moved on since, so that the batch is worthless.
func (p *partition) renewLease(ctx context.Context) (stale bool, err error) {
	const worthRenewing = 4 // a quarter of the lease
	if p.config.Now().Sub(p.mark.ReadAt) < p.config.Lease/worthRenewing {
		return false, nil
	}
	before := p.mark.Offset
	p.current = false
	if err := p.refresh(ctx); err != nil {
		return false, err
	}
	return p.mark.Offset != before, nil
}

// insert sends the batch. When the loop is to end meanwhile, the insert may
// finish for a moment: giving it up would only mean to do it again elsewhere.
func (p *partition) insert(ctx context.Context) error {
	detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(insertGrace, cancel) })
	defer stop()
	if err := p.inserts.acquire(ctx); err != nil {
		return err
	}
	defer p.inserts.release()
	return p.batch.insert(detached, p.config.DB, p.stamp())
}

// stamp names the batch by the mark that it starts from, never by its end: two
// rivals that saw different ends must still claim the same place.
func (p *partition) stamp() stamp {
	return stamp{
		logEnd: p.rest.logEnd, leaseUntil: p.mark.LeaseUntil, lease: p.config.Lease,
		token: fmt.Sprintf("%d/%s/%d/%d", p.position.epoch, p.source.topic, p.source.partition, p.mark.Offset),
	}
}

// burntAfter is how often an acknowledged insert may leave the mark where it
// was. A replica that lags behind explains one or two.
const burntAfter = 5

// notLanded deals with an acknowledged insert that left no trace: its token was
// used before, but the rows of then are gone. Trying for ever would hide that.
func (p *partition) notLanded() error {
	p.unlanded++
	if p.unlanded >= burntAfter {
		return haltf(p.source, fixBurnt, "the log ends at offset %d, but a batch that starts there was stored before", p.mark.Offset)
	}
	return &sevenday.Error{
		Kind: sevenday.Unavailable, Op: "land", Subject: p.source.String(),
		Err: errors.New("the insert was acknowledged, but the log does not show it yet"),
	}
}
