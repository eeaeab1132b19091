package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/segmentio/kafka-go"
)

// maxFetchBytes is how far a fetch grows when one batch of records is larger than FetchBytes.
const maxFetchBytes = 64 << 20

// gather fills the batch with what Kafka has from its start on. It returns when
// the batch is full or old, at once when there is nothing and nothing came
// within pollWait. An error after some offsets were covered is left for the
// next round, which will meet it first: what came before it is landed.
func (p *partition) gather(ctx context.Context) error {
	start := p.batch.next()
	var opened time.Time
	for {
		err := p.extend(ctx, p.patience(opened))
		covered := p.batch.next() > start
		if !covered || err != nil {
			if covered {
				return ctx.Err()
			}
			return err
		}
		if opened.IsZero() {
			opened = p.config.Now()
		}
		if p.full() || p.config.Now().Sub(opened) >= p.config.MaxAge {
			return nil
		}
	}
}

// patience is how long the next fetch may wait for records.
func (p *partition) patience(opened time.Time) time.Duration {
	if opened.IsZero() {
		return pollWait
	}
	left := p.config.MaxAge - p.config.Now().Sub(opened)
	return min(max(left, time.Millisecond), pollWait)
}

func (p *partition) full() bool {
	rows, bytes := p.batch.size()
	return rows >= p.limits.rows || bytes >= p.limits.bytes
}

// extend adds to the batch what is left of the last fetch, or else of a new one.
func (p *partition) extend(ctx context.Context, patience time.Duration) error {
	next := p.batch.next()
	if p.rest.records == nil || p.rest.from != next {
		if err := p.refill(ctx, next, patience); err != nil {
			return err
		}
	}
	if err := p.drain(ctx); err != nil {
		p.rest.records = nil
		return err
	}
	return nil
}

// refill fetches from next on, or finds out why that can't be had.
func (p *partition) refill(ctx context.Context, next int64, patience time.Duration) error {
	answer, err := p.cluster.fetch(ctx, p.source, next, p.fetchSize, patience)
	if errors.Is(err, kafka.OffsetOutOfRange) {
		return p.outOfRange(ctx, next)
	}
	if err != nil {
		return err
	}
	p.rest = answer
	p.statuses.update(p.source, func(s *PartitionStatus) { s.LogEnd = answer.logEnd })
	if answer.logStart > next {
		p.rest.records = nil
		return p.lostHead(ctx, answer.logStart, next)
	}
	return nil
}

// drain moves records from the fetch to the batch until either ends.
func (p *partition) drain(ctx context.Context) error {
	before := p.batch.next()
	for !p.full() {
		r, ok, err := p.rest.records.next()
		if err != nil {
			return unavailable("read", p.source, err)
		}
		if !ok {
			p.rest.records = nil
			return p.grow(before)
		}
		if r.offset < p.batch.next() {
			r.discard() // batches come whole, also when they begin before what was asked for
			continue
		}
		if err := p.take(ctx, r); err != nil {
			return err
		}
		p.rest.from = p.batch.next()
	}
	return nil
}

// grow asks for more the next time when the last fetch brought nothing new
// although there is something: its first batch holds only offsets before, and
// is larger than a fetch.
func (p *partition) grow(before int64) error {
	switch {
	case p.batch.next() > before:
		p.fetchSize = int32(p.config.FetchBytes)
	case p.rest.stable <= before:
	case p.fetchSize >= maxFetchBytes:
		return haltf(p.source, fixGap, "Kafka shows nothing at offset %d, although its log ends at %d", before, p.rest.stable)
	default:
		p.fetchSize = min(2*p.fetchSize, maxFetchBytes)
	}
	return nil
}

// take covers one offset, and the gap before it.
func (p *partition) take(ctx context.Context, r record) error {
	if r.offset > p.batch.next() {
		if err := p.explainGap(ctx, r.offset); err != nil {
			return err
		}
		p.batch.skip(byCompaction, r.offset-1, r.time)
	}
	switch r.nature {
	case control:
		p.batch.skip(byControl, r.offset, r.time)
	case aborted:
		p.batch.skip(byAbort, r.offset, r.time)
	case present:
		return p.batch.add(r)
	}
	return nil
}

// explainGap returns nil when Kafka may leave offsets out.
func (p *partition) explainGap(ctx context.Context, found int64) error {
	policy, err := p.cluster.policyOf(ctx, p.source)
	if err != nil || policy.compacts() {
		return err
	}
	return haltf(p.source, fixGap, "offsets %d to %d are missing, and the topic is not compacted", p.batch.next(), found-1)
}

// outOfRange finds out on which side of the log the offset lies.
func (p *partition) outOfRange(ctx context.Context, next int64) error {
	first, end, err := p.cluster.bounds(ctx, p.source)
	switch {
	case err != nil:
		return err
	case next < first:
		p.statuses.update(p.source, func(s *PartitionStatus) { s.LogEnd = end })
		return p.lostHead(ctx, first, next)
	case next > end:
		return haltf(p.source, fixNewTopic, "the log was read up to offset %d, but Kafka's ends at %d", next-1, end)
	default:
		return unavailable("fetch", p.source, kafka.OffsetOutOfRange)
	}
}
