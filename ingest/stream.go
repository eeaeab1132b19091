package ingest

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/fetch"

	"sevenday"
)

// nature tells what an offset of a fetched batch holds.
type nature uint8

const (
	present nature = iota // a record to land
	control               // a transaction's marker
	aborted               // a record of an aborted transaction
)

// A record is one offset of a partition as Kafka sent it.
type record struct {
	offset int64
	time   sevenday.Millis
	nature nature
	value  protocol.Bytes // nil for a null value and for anything but present
}

// discard lets go of a record that is not wanted.
func (r record) discard() { release(r.value) }

// release gives the memory of bytes that nobody reads back to the client
// library. It cannot fail: nothing but a count of references changes.
func release(bytes protocol.Bytes) {
	if bytes != nil {
		_ = bytes.Close()
	}
}

// A stream walks over the records of one fetch in the order of their offsets.
type stream struct {
	batches      []protocol.RecordReader
	transactions transactions
	nature       nature // of the records of the current batch
	entered      bool   // whether batches[0] was looked at
}

func newStream(partition *fetch.ResponsePartition) *stream {
	s := &stream{transactions: newTransactions(partition.AbortedTransactions)}
	switch records := partition.RecordSet.Records.(type) {
	case nil:
	case *protocol.RecordStream:
		s.batches = records.Records
	default:
		s.batches = []protocol.RecordReader{records}
	}
	return s
}

// next returns the next record; ok is false after the last one. A record's
// value is valid until the next call.
func (s *stream) next() (r record, ok bool, err error) {
	for len(s.batches) > 0 {
		if !s.entered {
			s.nature, s.entered = s.transactions.enter(s.batches[0]), true
		}
		raw, err := s.batches[0].ReadRecord()
		if errors.Is(err, io.EOF) {
			s.batches, s.entered = s.batches[1:], false
			continue
		}
		if err != nil {
			return record{}, false, fmt.Errorf("read a batch of records: %w", err)
		}
		r, err = s.take(raw)
		return r, err == nil, err
	}
	return record{}, false, nil
}

// take makes a record of a raw one and lets go of the bytes that nobody reads.
func (s *stream) take(raw *protocol.Record) (record, error) {
	r := record{offset: raw.Offset, time: millisOf(raw.Time), nature: s.nature}
	if s.nature == control {
		return r, s.transactions.end(s.batches[0].(*protocol.ControlBatch), raw)
	}
	release(raw.Key)
	if s.nature == present {
		r.value = raw.Value
	} else {
		release(raw.Value)
	}
	return r, nil
}

// millisOf keeps records without a time (possible in formats of old producers)
// at 1970 instead of the year 1.
func millisOf(t time.Time) sevenday.Millis {
	if t.IsZero() {
		return 0
	}
	return sevenday.Millis(t.UnixMilli())
}
