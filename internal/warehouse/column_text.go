package warehouse

import (
	"fmt"

	"github.com/ClickHouse/ch-go/proto"
)

// String binds a String column. The strings of a block that was read share one
// piece of memory: clone the few that are to outlive the rest.
func String[R any, F ~string](name string, field func(*R) *F) Column[R] {
	return Column[R]{name, func() buffer[R] {
		return &textBuffer[R, F]{typed: typed{accepts: exactly("String")}, field: field}
	}}
}

type textBuffer[R any, F ~string] struct {
	proto.ColStr
	typed
	field func(*R) *F
}

// Type resolves what both embedded types offer: the server's type counts.
func (b *textBuffer[R, F]) Type() proto.ColumnType { return b.typed.Type() }

func (b *textBuffer[R, F]) gather(rows []R) error {
	for i := range rows {
		b.Append(string(*b.field(&rows[i])))
	}
	return nil
}

// scatter copies the block's text once, not string by string.
func (b *textBuffer[R, F]) scatter(rows []R) {
	text := string(b.Buf)
	for i := range rows {
		position := b.Pos[i]
		*b.field(&rows[i]) = F(text[position.Start:position.End])
	}
}

// LowCardinality binds a LowCardinality(String) column.
func LowCardinality[R any, F ~string](name string, field func(*R) *F) Column[R] {
	return Column[R]{name, func() buffer[R] {
		words := new(proto.ColStr)
		return &dictionaryBuffer[R, F]{
			typed:                typed{accepts: exactly("LowCardinality(String)")},
			ColLowCardinalityRaw: proto.ColLowCardinalityRaw{Index: words, Key: proto.KeyUInt32},
			words:                words, known: map[F]uint32{}, field: field,
		}
	}}
}

// A dictionaryBuffer keeps each distinct word once, and a number per row.
type dictionaryBuffer[R any, F ~string] struct {
	proto.ColLowCardinalityRaw
	typed
	words *proto.ColStr // the same as Index
	known map[F]uint32  // the number of each word while gathering
	field func(*R) *F
}

// Type resolves what both embedded types offer: the server's type counts.
func (b *dictionaryBuffer[R, F]) Type() proto.ColumnType { return b.typed.Type() }

func (b *dictionaryBuffer[R, F]) Reset() {
	b.ColLowCardinalityRaw.Reset()
	// What was read last may have had narrower keys.
	b.Key = proto.KeyUInt32
	clear(b.known)
}

func (b *dictionaryBuffer[R, F]) gather(rows []R) error {
	for i := range rows {
		word := *b.field(&rows[i])
		number, known := b.known[word]
		if !known {
			number = uint32(len(b.known))
			b.known[word] = number
			b.words.Append(string(word))
		}
		b.Keys32 = append(b.Keys32, number)
	}
	return nil
}

func (b *dictionaryBuffer[R, F]) scatter(rows []R) {
	words := make([]F, b.words.Rows())
	for i := range words {
		words[i] = F(b.words.Row(i))
	}
	switch b.Key {
	case proto.KeyUInt8:
		lookUp(rows, b.field, words, b.Keys8)
	case proto.KeyUInt16:
		lookUp(rows, b.field, words, b.Keys16)
	case proto.KeyUInt32:
		lookUp(rows, b.field, words, b.Keys32)
	case proto.KeyUInt64:
		lookUp(rows, b.field, words, b.Keys64)
	}
}

func lookUp[R any, F ~string, K uint8 | uint16 | uint32 | uint64](rows []R, field func(*R) *F, words []F, keys []K) {
	for i := range rows {
		*field(&rows[i]) = words[keys[i]]
	}
}

// DecodeColumn reads the block and checks that every key has a word.
func (b *dictionaryBuffer[R, F]) DecodeColumn(r *proto.Reader, rows int) error {
	if err := b.ColLowCardinalityRaw.DecodeColumn(r, rows); err != nil {
		return err
	}
	words := uint64(b.words.Rows())
	if !within(b.Keys8, words) || !within(b.Keys16, words) || !within(b.Keys32, words) || !within(b.Keys64, words) {
		return fmt.Errorf("a key is beyond the dictionary's %d words", words)
	}
	return nil
}

func within[K uint8 | uint16 | uint32 | uint64](keys []K, words uint64) bool {
	for _, key := range keys {
		if uint64(key) >= words {
			return false
		}
	}
	return true
}
