package broker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"

	"sevenday"
)

// Sizes of the writer: a flush holds enough records that every partition gets
// large batches, and few enough that memory stays flat however much is written.
// A batch of events is about a megabyte before compression, which every Kafka
// takes; batchBytes lies above that only for the sake of single large records.
const (
	flushRecords = 40_000
	flushBytes   = 16 << 20
	batchRecords = 4000
	batchBytes   = 3_500_000
	linger       = 5 * time.Millisecond
)

// Writer writes records to Kafka in large batches and waits for all replicas
// (acks=all). Records of one key go to one partition, the same one that a Java
// producer chooses. After a failed flush some records may be in Kafka and some
// not; writing them again is right, because events are identified by their id.
//
// A Writer belongs to one goroutine.
type Writer struct {
	kafka        *kafka.Writer
	transport    *kafka.Transport
	pending      []kafka.Message
	pendingBytes int
}

// NewWriter returns a writer to the cluster at addresses. It does not connect
// before the first flush.
func NewWriter(addresses []string) *Writer {
	transport := &kafka.Transport{}
	return &Writer{
		transport: transport,
		kafka: &kafka.Writer{
			Addr:         kafka.TCP(addresses...),
			Balancer:     kafka.Murmur2Balancer{},
			BatchSize:    batchRecords,
			BatchBytes:   batchBytes,
			BatchTimeout: linger,
			RequiredAcks: kafka.RequireAll,
			Compression:  kafka.Lz4,
			Transport:    transport,
		},
	}
}

// Write takes one record; it keeps key and value until the next Flush, so the
// caller must not change them. It flushes by itself when enough has gathered,
// and only then can it fail. The record's time is the time of the flush.
func (w *Writer) Write(ctx context.Context, topic string, key, value []byte) error {
	w.pending = append(w.pending, kafka.Message{Topic: topic, Key: key, Value: value})
	w.pendingBytes += len(key) + len(value)
	if len(w.pending) < flushRecords && w.pendingBytes < flushBytes {
		return nil
	}
	return w.Flush(ctx)
}

// Flush sends what was written and returns when all of it is acknowledged. On
// an Unavailable error the records are still held: flush again to send them.
func (w *Writer) Flush(ctx context.Context) error {
	if len(w.pending) == 0 {
		return nil
	}
	if err := w.kafka.WriteMessages(ctx, w.pending...); err != nil {
		return &sevenday.Error{Kind: sevenday.Unavailable, Op: "write to Kafka", Err: w.keepFailed(err)}
	}
	w.forget()
	return nil
}

// keepFailed drops the records that were acknowledged and returns one error
// that says how many were not, and why the first of them was not.
func (w *Writer) keepFailed(err error) error {
	var perRecord kafka.WriteErrors
	if !errors.As(err, &perRecord) || len(perRecord) != len(w.pending) {
		return err
	}
	var first error
	kept, bytes := w.pending[:0], 0
	for i, failure := range perRecord {
		if failure == nil {
			continue
		}
		if first == nil {
			first = failure
		}
		kept = append(kept, w.pending[i])
		bytes += len(w.pending[i].Key) + len(w.pending[i].Value)
	}
	total := len(w.pending)
	w.pending, w.pendingBytes = kept, bytes
	return fmt.Errorf("%d of %d records: %w", len(kept), total, first)
}

// forget empties the buffer and lets go of the records' bytes.
func (w *Writer) forget() {
	clear(w.pending)
	w.pending, w.pendingBytes = w.pending[:0], 0
}

// Close lets go of the connections. Records not flushed are dropped: flush first.
func (w *Writer) Close() error {
	err := w.kafka.Close()
	w.transport.CloseIdleConnections()
	return err
}
