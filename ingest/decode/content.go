package decode

import (
	"encoding/binary"

	"github.com/zeebo/xxh3"

	"sevenday"
)

// A content hash covers what a record says, without the ids of people: each
// field that is not empty, as its number, and its value in one spelling. Fields
// stand in a fixed order and absent ones leave no trace, so neither the order
// in the record nor a field that a later version of the contract adds changes
// the hash of what was sent before.
type content struct{ buffer []byte }

func (c *content) begin(kind sevenday.RecordKind) { c.buffer = append(c.buffer[:0], byte(kind)) }

func (c *content) sum() uint64 { return xxh3.Hash(c.buffer) }

func (c *content) text(f field, s string) {
	if s == "" {
		return
	}
	c.buffer = append(c.buffer, byte(f))
	c.buffer = binary.AppendUvarint(c.buffer, uint64(len(s)))
	c.buffer = append(c.buffer, s...)
}

func (c *content) number(f field, n uint64) {
	if n == 0 {
		return
	}
	c.buffer = append(c.buffer, byte(f))
	c.buffer = binary.LittleEndian.AppendUint64(c.buffer, n)
}

func (c *content) flag(f field, set bool) {
	if set {
		c.buffer = append(c.buffer, byte(f))
	}
}

func (c *content) header(h *sevenday.Header) {
	c.text(fieldEventID, h.EventID)
	c.text(fieldMerchantID, h.MerchantID)
	c.number(fieldRevision, uint64(h.Revision))
	c.flag(fieldDeleted, h.Deleted)
	c.number(fieldEventTime, uint64(h.EventTime))
	c.text(fieldStoreID, h.StoreID)
	c.flag(fieldConsent, h.NoConsent)
}
