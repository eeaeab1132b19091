package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"sevenday"
)

// keyOf returns the Kafka key of a record: its merchant's id, so that what
// belongs together lies together. An event whose merchant isn't plain to see
// has none. A merchant record always has one, for its topic is compacted: Kafka
// takes no record without a key there, and keeps one of each key, so a broken
// record must not stand in for a good one.
func keyOf(kind sevenday.RecordKind, record []byte) []byte {
	if kind != sevenday.KindMerchant {
		return glimpse(record)
	}
	var merchant struct {
		MerchantID string `json:"merchant_id"`
	}
	if err := json.Unmarshal(record, &merchant); err != nil || merchant.MerchantID == "" {
		sum := sha256.Sum256(record)
		return []byte("?" + hex.EncodeToString(sum[:16])) // no merchant's id has a question mark
	}
	return []byte(merchant.MerchantID)
}

// glimpse finds the merchant's id without parsing the record. It returns nil
// where that takes more than a look, and aliases the record.
func glimpse(record []byte) []byte {
	_, rest, found := bytes.Cut(record, []byte(`"merchant_id"`))
	rest = bytes.TrimLeft(rest, " \t\r\n")
	if !found || len(rest) == 0 || rest[0] != ':' {
		return nil
	}
	rest = bytes.TrimLeft(rest[1:], " \t\r\n")
	if len(rest) == 0 || rest[0] != '"' {
		return nil
	}
	id, _, closed := bytes.Cut(rest[1:], []byte(`"`))
	if !closed || len(id) == 0 || bytes.IndexByte(id, '\\') >= 0 {
		return nil
	}
	return id
}
