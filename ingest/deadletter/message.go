package deadletter

import (
	"encoding/json"
	"fmt"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
)

// A Message is the value of a record on the dead-letter topic, as JSON: a dead
// letter, still sealed.
type Message struct {
	Topic        string    `json:"topic"`
	TopicEpoch   uint32    `json:"topic_epoch"`
	Partition    int       `json:"partition"`
	Offset       int64     `json:"offset"`
	KafkaTime    time.Time `json:"kafka_time"`
	StoredAt     time.Time `json:"stored_at"`
	Reason       string    `json:"reason"`
	Field        string    `json:"field,omitempty"` // empty when the record as a whole is meant
	Detail       string    `json:"detail"`
	MerchantID   string    `json:"merchant_id,omitempty"` // empty when it could not be read
	PayloadBytes uint32    `json:"payload_bytes"`
	Payload      []byte    `json:"payload"` // sealed under the operator's key; base64 in JSON
}

// Key is the Kafka key of the message: where the refused record stood, so that
// a letter sent twice can be told.
func (m Message) Key() string {
	return fmt.Sprintf("%s/%d/%d/%d", m.Topic, m.TopicEpoch, m.Partition, m.Offset)
}

// refusedRow is a refused row of a log table.
type refusedRow struct {
	Offset       int64
	KafkaTime    sevenday.Millis
	StoredAt     sevenday.Millis
	Reason       string
	Field        string
	Detail       string
	MerchantID   string
	PayloadBytes uint32
	Sealed       string
}

var refusedLayout = warehouse.NewLayout(
	warehouse.Int64("off", func(r *refusedRow) *int64 { return &r.Offset }),
	warehouse.Millis("kafka_time", func(r *refusedRow) *sevenday.Millis { return &r.KafkaTime }),
	warehouse.Millis("stored_at", func(r *refusedRow) *sevenday.Millis { return &r.StoredAt }),
	warehouse.LowCardinality("reason", func(r *refusedRow) *string { return &r.Reason }),
	warehouse.LowCardinality("field", func(r *refusedRow) *string { return &r.Field }),
	warehouse.String("detail", func(r *refusedRow) *string { return &r.Detail }),
	warehouse.String("merchant_id", func(r *refusedRow) *string { return &r.MerchantID }),
	warehouse.UInt32("payload_bytes", func(r *refusedRow) *uint32 { return &r.PayloadBytes }),
	warehouse.String("sealed", func(r *refusedRow) *string { return &r.Sealed }),
)

// letter returns the key and the value of the row's message.
func (r refusedRow) letter(of Position) (key, value []byte, err error) {
	m := Message{
		Topic: of.Kind.Topic(), TopicEpoch: of.Epoch, Partition: of.Partition, Offset: r.Offset,
		KafkaTime: timeOf(r.KafkaTime), StoredAt: timeOf(r.StoredAt),
		Reason: r.Reason, Field: r.Field, Detail: r.Detail, MerchantID: r.MerchantID,
		PayloadBytes: r.PayloadBytes, Payload: []byte(r.Sealed),
	}
	value, err = json.Marshal(m)
	return []byte(m.Key()), value, err
}

func timeOf(at sevenday.Millis) time.Time { return time.UnixMilli(int64(at)).UTC() }
