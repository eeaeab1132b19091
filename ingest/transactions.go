package ingest

import (
	"fmt"
	"slices"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/fetch"
)

// transactions tells which batches of one fetch belong to aborted transactions.
// Kafka sends those batches all the same, with a list of where the aborted
// transactions began; each ends at its producer's abort marker.
type transactions struct {
	pending []fetch.ResponseTransaction // not yet reached, by first offset
	open    map[int64]bool              // producers within an aborted transaction
}

func newTransactions(all []fetch.ResponseTransaction) transactions {
	pending := slices.Clone(all)
	slices.SortFunc(pending, func(a, b fetch.ResponseTransaction) int {
		return int(min(max(a.FirstOffset-b.FirstOffset, -1), 1))
	})
	return transactions{pending: pending, open: map[int64]bool{}}
}

// enter tells what the records of the next batch are.
func (t *transactions) enter(batch protocol.RecordReader) nature {
	switch b := batch.(type) {
	case *protocol.ControlBatch:
		t.reach(b.BaseOffset)
		return control
	case *protocol.RecordBatch:
		t.reach(b.BaseOffset)
		if b.Attributes.Transactional() && t.open[b.ProducerID] {
			return aborted
		}
	}
	return present
}

// reach opens the aborted transactions that began at or before offset.
func (t *transactions) reach(offset int64) {
	for len(t.pending) > 0 && t.pending[0].FirstOffset <= offset {
		t.open[t.pending[0].ProducerID] = true
		t.pending = t.pending[1:]
	}
}

// abortMarker is the type of the control record that ends an aborted transaction.
const abortMarker = 0

// end takes a control record: an abort marker closes its producer's transaction.
func (t *transactions) end(batch *protocol.ControlBatch, raw *protocol.Record) error {
	marker, err := protocol.ReadControlRecord(raw)
	if err != nil {
		return fmt.Errorf("control record at offset %d: %w", raw.Offset, err)
	}
	if marker.Type == abortMarker {
		delete(t.open, batch.ProducerID)
	}
	return nil
}
