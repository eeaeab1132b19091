package ingest

import (
	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// status tells what a row of a log table stands for; the numbers are those of the column.
type status uint8

const (
	landed  status = iota + 1 // a record that keeps the contract
	refused                   // a record that does not
	skipped                   // offsets without a record to land
)

// coordinates are the columns that the four log tables share: where a row comes
// from, under which lease it was written and what became of it.
type coordinates struct {
	TopicEpoch    uint32
	Partition     uint32
	Offset        int64 // of a skipped row the last offset it covers
	KafkaTime     sevenday.Millis
	BatchTime     sevenday.Millis
	LogEnd        int64
	LeaseUntil    sevenday.Millis
	Status        status
	Reason        decode.Reason
	Field         string
	Detail        string
	Sealed        string
	PayloadBytes  uint32
	PayloadHash   uint64
	UnknownFields uint16
	Control       uint32
	Aborted       uint32
	Compacted     uint32
	DeclaredLoss  uint64
}

// coordinateColumns binds the shared columns of a row type that holds its coordinates at at.
func coordinateColumns[R any](at func(*R) *coordinates) []warehouse.Column[R] {
	return []warehouse.Column[R]{
		warehouse.UInt32("topic_epoch", func(r *R) *uint32 { return &at(r).TopicEpoch }),
		warehouse.UInt32("part", func(r *R) *uint32 { return &at(r).Partition }),
		warehouse.Int64("off", func(r *R) *int64 { return &at(r).Offset }),
		warehouse.Millis("kafka_time", func(r *R) *sevenday.Millis { return &at(r).KafkaTime }),
		warehouse.Millis("batch_time", func(r *R) *sevenday.Millis { return &at(r).BatchTime }),
		warehouse.Int64("log_end", func(r *R) *int64 { return &at(r).LogEnd }),
		warehouse.Millis("lease_until", func(r *R) *sevenday.Millis { return &at(r).LeaseUntil }),
		warehouse.Enum8("status", func(r *R) *status { return &at(r).Status }),
		warehouse.LowCardinality("reason", func(r *R) *decode.Reason { return &at(r).Reason }),
		warehouse.LowCardinality("field", func(r *R) *string { return &at(r).Field }),
		warehouse.String("detail", func(r *R) *string { return &at(r).Detail }),
		warehouse.String("sealed", func(r *R) *string { return &at(r).Sealed }),
		warehouse.UInt32("payload_bytes", func(r *R) *uint32 { return &at(r).PayloadBytes }),
		warehouse.UInt64("payload_hash", func(r *R) *uint64 { return &at(r).PayloadHash }),
		warehouse.UInt16("unknown_fields", func(r *R) *uint16 { return &at(r).UnknownFields }),
		warehouse.UInt32("control", func(r *R) *uint32 { return &at(r).Control }),
		warehouse.UInt32("aborted", func(r *R) *uint32 { return &at(r).Aborted }),
		warehouse.UInt32("compacted", func(r *R) *uint32 { return &at(r).Compacted }),
		warehouse.UInt64("declared_loss", func(r *R) *uint64 { return &at(r).DeclaredLoss }),
	}
}

// headerColumns binds the columns that the logs of the three event kinds share.
func headerColumns[R any](header func(*R) *sevenday.Header) []warehouse.Column[R] {
	return []warehouse.Column[R]{
		warehouse.String("merchant_id", func(r *R) *string { return &header(r).MerchantID }),
		warehouse.String("event_id", func(r *R) *string { return &header(r).EventID }),
		warehouse.Millis("event_time", func(r *R) *sevenday.Millis { return &header(r).EventTime }),
		warehouse.String("store_id", func(r *R) *string { return &header(r).StoreID }),
		warehouse.UInt64("user", func(r *R) *sevenday.Person { return &header(r).User }),
		warehouse.UInt64("anonymous", func(r *R) *sevenday.Person { return &header(r).Anonymous }),
		warehouse.Bool("no_consent", func(r *R) *bool { return &header(r).NoConsent }),
		warehouse.UInt32("revision", func(r *R) *uint32 { return &header(r).Revision }),
		warehouse.Bool("deleted", func(r *R) *bool { return &header(r).Deleted }),
		warehouse.UInt64("content_hash", func(r *R) *uint64 { return &header(r).ContentHash }),
	}
}
