package ingest

import (
	"io"

	"github.com/segmentio/kafka-go/protocol"
)

// arenaChunk is how much memory an arena takes at a time, in bytes.
const arenaChunk = 1 << 20

// An arena holds the payloads of one batch: decoded strings alias them, so they
// must stay until the batch is inserted, and the next batch uses their memory again.
type arena struct {
	chunks [][]byte // all of the same capacity
	last   int      // the chunk being filled
	held   int      // bytes handed out
}

// read returns a copy of the value's bytes, valid until reset.
func (a *arena) read(value protocol.Bytes) ([]byte, error) {
	if value == nil {
		return nil, nil
	}
	into := a.take(value.Len())
	if _, err := io.ReadFull(value, into); err != nil {
		return nil, err
	}
	return into, value.Close()
}

func (a *arena) take(size int) []byte {
	a.held += size
	if size > arenaChunk {
		return make([]byte, size)
	}
	for a.last < len(a.chunks) && cap(a.chunks[a.last])-len(a.chunks[a.last]) < size {
		a.last++
	}
	if a.last == len(a.chunks) {
		a.chunks = append(a.chunks, make([]byte, 0, arenaChunk))
	}
	chunk := a.chunks[a.last]
	a.chunks[a.last] = chunk[:len(chunk)+size]
	return chunk[len(chunk) : len(chunk)+size : len(chunk)+size]
}

func (a *arena) reset() {
	for i := range a.chunks {
		a.chunks[i] = a.chunks[i][:0]
	}
	a.last, a.held = 0, 0
}
