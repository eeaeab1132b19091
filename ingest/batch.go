package ingest

import (
	"context"
	"time"

	"sevenday"
	"sevenday/ingest/deadletter"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// A batch gathers what one insert will land: the offsets from its start on,
// without a gap. Partition loops see this interface, so that they need not know
// which table they feed.
type batch interface {
	// begin empties the batch; what it will cover begins at start.
	begin(start start)
	// next is the offset after the last one covered.
	next() int64
	// size tells how many rows there are and how many bytes of payload.
	size() (rows, bytes int)
	// add decodes the record at next() and covers its offset.
	add(record) error
	// skip covers the offsets up to and including last, which hold no record to
	// land. at is the Kafka time of the record met there or next.
	skip(why reason, last int64, at sevenday.Millis)
	// insert stores the batch. Whatever it returns, the mark tells what happened.
	insert(context.Context, *warehouse.DB, stamp) error
}

// tools are what batches need to make rows of records.
type tools struct {
	decoder *decode.Decoder
	sealer  *deadletter.Sealer
}

// A start says where a batch begins.
type start struct {
	source source
	epoch  uint32
	offset int64
}

// at returns the coordinates that the seal of the record at offset is bound to.
func (s start) at(offset int64) deadletter.Coordinates {
	return deadletter.Coordinates{
		Topic: s.source.topic, Epoch: s.epoch, Partition: int32(s.source.partition), Offset: offset,
	}
}

// A stamp is what all rows of one insert share.
type stamp struct {
	logEnd     int64
	leaseUntil sevenday.Millis // on the server's clock
	lease      time.Duration   // how long the server may take
	token      string
}

// rows is the batch for a log with rows of type R. Its memory is used again
// batch after batch.
type rows[R any] struct {
	log       *logTable[R]
	tools     tools
	rows      []R
	payloads  arena
	skips     skips
	start     start
	following int64
	started   bool            // something is covered, so batchTime is set
	batchTime sevenday.Millis // of the first record met, the same for every rival batch
}

func (b *rows[R]) begin(start start) {
	clear(b.rows) // the strings alias payloads that are about to change
	b.rows = b.rows[:0]
	b.payloads.reset()
	b.skips = skips{}
	b.start, b.following, b.started, b.batchTime = start, start.offset, false, 0
}

func (b *rows[R]) next() int64 { return b.following }

func (b *rows[R]) size() (count, bytes int) { return len(b.rows), b.payloads.held }

func (b *rows[R]) cover(last int64, at sevenday.Millis) {
	if !b.started {
		b.started, b.batchTime = true, at
	}
	b.following = last + 1
}

func (b *rows[R]) skip(why reason, last int64, at sevenday.Millis) {
	b.skips.add(why, last-b.following+1, last)
	b.cover(last, at)
}

// add lands good and refused records side by side: there is no second table
// that could fall out of step.
func (b *rows[R]) add(r record) error {
	var row R
	at := b.log.at(&row)
	payload, err := at.receive(r, &b.payloads)
	if err != nil {
		return err
	}
	unknown, refusal := b.log.decode(b.tools.decoder, payload, r.time, &row)
	at.UnknownFields = uint16(min(unknown, maxUnknownFields))
	if refusal != nil {
		at.refuse(refusal, b.tools.sealer, payload, b.start.at(r.offset))
	}
	b.rows = append(b.rows, row)
	b.cover(r.offset, r.time)
	return nil
}

// maxUnknownFields is as far as their column counts.
const maxUnknownFields = 1<<16 - 1

func (b *rows[R]) insert(ctx context.Context, db *warehouse.DB, stamp stamp) error {
	if b.skips.any() {
		var row R
		at := b.log.at(&row)
		b.skips.fill(at)
		at.KafkaTime = b.batchTime
		b.rows = append(b.rows, row)
	}
	for i := range b.rows {
		at := b.log.at(&b.rows[i])
		at.TopicEpoch, at.Partition = b.start.epoch, uint32(b.start.source.partition)
		at.BatchTime, at.LogEnd, at.LeaseUntil = b.batchTime, stamp.logEnd, stamp.leaseUntil
	}
	return b.log.insert(ctx, db, b.rows, stamp)
}
