package ingest

import (
	"fmt"

	"github.com/zeebo/xxh3"

	"sevenday/ingest/deadletter"
	"sevenday/ingest/decode"
)

// receive reads a record's value into the batch's memory and notes its size and
// hash. Kafka's limit on messages bounds the size, the decoder's what is taken.
func (c *coordinates) receive(r record, memory *arena) ([]byte, error) {
	payload, err := memory.read(r.value)
	if err != nil {
		return nil, fmt.Errorf("read the value at offset %d: %w", r.offset, err)
	}
	c.Offset, c.KafkaTime, c.Status = r.offset, r.time, landed
	c.PayloadBytes, c.PayloadHash = uint32(len(payload)), xxh3.Hash(payload)
	return payload, nil
}

// refuse notes why the payload was refused and keeps it, sealed, for a replay.
func (c *coordinates) refuse(refusal *decode.Refusal, sealer *deadletter.Sealer, payload []byte, at deadletter.Coordinates) {
	c.Status, c.Reason, c.Field, c.Detail = refused, refusal.Reason, refusal.Field, refusal.Detail
	c.Sealed = string(sealer.Seal(payload, at))
}
