package ingest

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/zeebo/xxh3"
)

// compareWitness checks, at first and then each minute, that the last record
// landed is still what Kafka has there. A topic that was deleted and made anew
// has other records under the same offsets; once it is longer than the mark,
// nothing else would tell.
func (p *partition) compareWitness(ctx context.Context) error {
	now := p.config.Now()
	if !p.checked.IsZero() && now.Sub(p.checked) < witnessEvery {
		return nil
	}
	landed, ok, err := p.readWitness(ctx, p.position)
	if err != nil {
		return err
	}
	if ok {
		if err := p.compare(ctx, landed); err != nil {
			return err
		}
	}
	p.checked = now
	return nil
}

func (p *partition) compare(ctx context.Context, landed witness) error {
	seen, found, err := p.recordAt(ctx, landed.Offset)
	if err != nil {
		return err
	}
	if !found {
		return p.mayBeMissing(ctx, landed.Offset)
	}
	if seen != landed {
		return haltf(p.source, fixNewTopic, "Kafka has another record at offset %d than the one landed from there", landed.Offset)
	}
	return nil
}

// recordAt returns the record at offset as a witness of its own; found is false
// when Kafka has none there.
func (p *partition) recordAt(ctx context.Context, offset int64) (w witness, found bool, err error) {
	answer, err := p.cluster.fetch(ctx, p.source, offset, p.fetchSize, time.Millisecond)
	if errors.Is(err, kafka.OffsetOutOfRange) {
		return witness{}, false, nil
	}
	if err != nil {
		return witness{}, false, err
	}
	for {
		r, ok, err := answer.records.next()
		if err != nil {
			return witness{}, false, unavailable("read", p.source, err)
		}
		if !ok || r.offset > offset {
			return witness{}, false, nil
		}
		if r.offset == offset {
			hash, err := hashOf(r)
			return witness{Offset: offset, KafkaTime: r.time, PayloadHash: hash}, err == nil, err
		}
		r.discard()
	}
}

// hashOf returns the payload_hash of a record.
func hashOf(r record) (uint64, error) {
	if r.value == nil {
		return xxh3.Hash(nil), nil
	}
	hash := xxh3.New()
	if _, err := io.Copy(hash, r.value); err != nil {
		return 0, err
	}
	return hash.Sum64(), r.value.Close()
}

// mayBeMissing returns nil when retention or compaction explains that Kafka has
// no record at a landed offset.
func (p *partition) mayBeMissing(ctx context.Context, offset int64) error {
	first, end, err := p.cluster.bounds(ctx, p.source)
	if err != nil || offset < first {
		return err
	}
	if offset < end {
		policy, err := p.cluster.policyOf(ctx, p.source)
		if err != nil || policy.compacts() {
			return err
		}
	}
	return haltf(p.source, fixNewTopic, "Kafka no longer has the record at offset %d, which was landed; it ends at %d", offset, end)
}
