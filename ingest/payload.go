package ingest

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/zeebo/xxh3"

	"sevenday/ingest/decode"
)

// A Sealer encrypts the bytes of a refused record under the operator's key.
type Sealer interface {
	Seal(plain []byte) ([]byte, error)
}

// A payload is a record's value as received.
type payload struct {
	bytes []byte // nil for an oversize one
	size  uint32
	hash  uint64 // xxh3 of the bytes
	// oversize stands for the bytes of a record that is too large to keep: its
	// length and SHA-256, in one line of text. nil for all others.
	oversize []byte
}

// receive reads a record's value. One of more than limit bytes is hashed as it
// passes and not kept.
func receive(value protocol.Bytes, limit int, memory *arena) (payload, error) {
	if value != nil && value.Len() > limit {
		return receiveOversize(value)
	}
	bytes, err := memory.read(value)
	if err != nil {
		return payload{}, fmt.Errorf("read a record's value: %w", err)
	}
	return payload{bytes: bytes, size: uint32(len(bytes)), hash: xxh3.Hash(bytes)}, nil
}

func receiveOversize(value protocol.Bytes) (payload, error) {
	fast, strong := xxh3.New(), sha256.New()
	size, err := io.Copy(io.MultiWriter(fast, strong), value)
	if err != nil {
		return payload{}, fmt.Errorf("read an oversize record's value: %w", err)
	}
	return payload{
		size:     uint32(min(size, math.MaxUint32)),
		hash:     fast.Sum64(),
		oversize: fmt.Appendf(nil, "%d bytes, SHA-256 %x", size, strong.Sum(nil)),
	}, value.Close()
}

func oversizeRefusal(size uint32, limit int) *decode.Refusal {
	return &decode.Refusal{
		Reason: decode.Oversize,
		Detail: fmt.Sprintf("Send at most %d bytes per message; this one has %d.", limit, size),
	}
}

func (c *coordinates) refuse(refusal *decode.Refusal) {
	c.Status, c.Reason, c.Field, c.Detail = refused, refusal.Reason, refusal.Field, refusal.Detail
}

// seal keeps the refused bytes for a replay. An empty record has none to keep.
func (c *coordinates) seal(sealer Sealer, plain []byte) error {
	if len(plain) == 0 {
		return nil
	}
	sealed, err := sealer.Seal(plain)
	if err != nil {
		return fmt.Errorf("seal a refused record: %w", err)
	}
	c.Sealed = string(sealed)
	return nil
}
