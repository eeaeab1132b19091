// Package brokertest does to a Kafka cluster what tests need and the pipeline
// itself never does: transactions, records to a chosen partition, removed heads,
// topics made anew. It works on the embedded broker and on a real one.
package brokertest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"sevenday"
	"sevenday/internal/broker"
)

// Start starts an embedded broker with all topics and returns its addresses.
// It ends with the test.
func Start(t testing.TB, partitions int) []string {
	t.Helper()
	started, err := broker.Start(t.Context(), broker.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	addresses := started.Addresses()
	embedded.Store(addresses[0], started)
	t.Cleanup(func() {
		embedded.Delete(addresses[0])
		started.Close()
	})
	if err := broker.EnsureTopics(t.Context(), addresses, partitions); err != nil {
		t.Fatal(err)
	}
	return addresses
}

// client returns a franz-go client that lives as long as the test.
func client(t testing.TB, addresses []string, options ...kgo.Opt) *kgo.Client {
	t.Helper()
	// Our topics take more than clients send by default; tests send it.
	large := kgo.ProducerBatchMaxBytes(3 << 20)
	made, err := kgo.NewClient(append(options, kgo.SeedBrokers(addresses...), large)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	return made
}

// Produce writes the values to one partition, in order; a nil value is a tombstone.
func Produce(t testing.TB, addresses []string, topic string, partition int32, values ...[]byte) {
	t.Helper()
	produce(t, client(t, addresses, manual), records(topic, partition, nil, values))
}

// ProduceKeyed is Produce with one key for all values.
func ProduceKeyed(t testing.TB, addresses []string, topic string, partition int32, key []byte, values ...[]byte) {
	t.Helper()
	produce(t, client(t, addresses, manual), records(topic, partition, key, values))
}

// manual lets records choose their partition.
var manual = kgo.RecordPartitioner(kgo.ManualPartitioner())

func records(topic string, partition int32, key []byte, values [][]byte) []*kgo.Record {
	made := make([]*kgo.Record, len(values))
	for i, value := range values {
		made[i] = &kgo.Record{Topic: topic, Partition: partition, Key: key, Value: value}
	}
	return made
}

func produce(t testing.TB, by *kgo.Client, all []*kgo.Record) {
	t.Helper()
	if err := by.ProduceSync(t.Context(), all...).FirstErr(); err != nil {
		t.Fatalf("produce: %v", err)
	}
}

// A Transaction is open until it is committed or aborted.
type Transaction struct {
	t      testing.TB
	client *kgo.Client
	topic  string
}

// Begin opens a transaction of the producer of that name. A name may be used
// once at a time.
func Begin(t testing.TB, addresses []string, name, topic string) *Transaction {
	t.Helper()
	producer := client(t, addresses, manual, kgo.TransactionalID(name))
	if err := producer.BeginTransaction(); err != nil {
		t.Fatalf("begin a transaction: %v", err)
	}
	return &Transaction{t: t, client: producer, topic: topic}
}

// Produce writes values within the transaction.
func (x *Transaction) Produce(partition int32, values ...[]byte) {
	x.t.Helper()
	produce(x.t, x.client, records(x.topic, partition, nil, values))
}

// Commit makes the transaction's records count.
func (x *Transaction) Commit() { x.end(kgo.TryCommit) }

// Abort makes them void.
func (x *Transaction) Abort() { x.end(kgo.TryAbort) }

func (x *Transaction) end(how kgo.TransactionEndTry) {
	x.t.Helper()
	if err := x.client.EndTransaction(context.Background(), how); err != nil {
		x.t.Fatalf("end a transaction: %v", err)
	}
}

// RemoveHead removes the partition's records below the offset.
func RemoveHead(t testing.TB, addresses []string, topic string, partition int32, offset int64) {
	t.Helper()
	var until kadm.Offsets
	until.AddOffset(topic, partition, offset, -1)
	removed, err := kadm.NewClient(client(t, addresses)).DeleteRecords(t.Context(), until)
	if err == nil {
		err = removed.Error()
	}
	if err != nil {
		t.Fatalf("remove the head of %s/%d: %v", topic, partition, err)
	}
}

// MakeAnew deletes the topic and creates it with as many partitions, empty.
func MakeAnew(t testing.TB, addresses []string, topic string, partitions int) {
	t.Helper()
	admin := kadm.NewClient(client(t, addresses))
	if _, err := admin.DeleteTopic(t.Context(), topic); err != nil {
		t.Fatalf("delete %s: %v", topic, err)
	}
	if err := broker.EnsureTopics(t.Context(), addresses, partitions); err != nil {
		t.Fatal(err)
	}
}

// Committed returns the offsets that the consumer group last told Kafka; none
// for a group that Kafka does not know yet.
func Committed(t testing.TB, addresses []string, group string) map[string]map[int32]int64 {
	t.Helper()
	fetched, err := kadm.NewClient(client(t, addresses)).FetchOffsets(t.Context(), group)
	if err != nil && !errors.Is(err, kerr.GroupIDNotFound) {
		t.Fatalf("offsets of %s: %v", group, err)
	}
	committed := map[string]map[int32]int64{}
	fetched.Each(func(offset kadm.OffsetResponse) {
		if committed[offset.Topic] == nil {
			committed[offset.Topic] = map[int32]int64{}
		}
		committed[offset.Topic][offset.Partition] = offset.At
	})
	return committed
}

// Empty makes all topics anew, with so many partitions, and returns the addresses.
func Empty(t testing.TB, addresses []string, partitions int) []string {
	t.Helper()
	admin := kadm.NewClient(client(t, addresses))
	topics := []string{sevenday.DeadLetterTopic}
	for _, kind := range sevenday.RecordKinds {
		topics = append(topics, kind.Topic())
	}
	deleted, err := admin.DeleteTopics(t.Context(), topics...)
	if err == nil {
		err = deleted.Error()
	}
	if err != nil {
		t.Fatalf("delete the topics: %v", err)
	}
	if err := broker.EnsureTopics(t.Context(), addresses, partitions); err != nil {
		t.Fatal(err)
	}
	return addresses
}

// A Message is a record as a consumer sees it.
type Message struct{ Key, Value []byte }

// consumeWait bounds the wait for records that must be there.
const consumeWait = time.Minute

// Consume returns the first count records of a topic, of all partitions.
func Consume(t testing.TB, addresses []string, topic string, count int) []Message {
	t.Helper()
	consumer := client(t, addresses, kgo.ConsumeTopics(topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	ctx, cancel := context.WithTimeout(t.Context(), consumeWait)
	defer cancel()
	var got []Message
	for len(got) < count {
		polled := consumer.PollFetches(ctx)
		if err := polled.Err(); err != nil {
			t.Fatalf("consume %s after %d records: %v", topic, len(got), err)
		}
		polled.EachRecord(func(r *kgo.Record) { got = append(got, Message{r.Key, r.Value}) })
	}
	return got
}

// embedded are the brokers that Start started, by their first address.
var embedded sync.Map // of string to *broker.Broker

// Compact makes the embedded broker at addresses remove what newer records of
// the same keys replace, which it does by itself only once an hour.
func Compact(t testing.TB, addresses []string) {
	t.Helper()
	started, ok := embedded.Load(addresses[0])
	if !ok {
		t.Fatalf("there is no embedded broker at %s", addresses[0])
	}
	started.(*broker.Broker).Compact()
}
