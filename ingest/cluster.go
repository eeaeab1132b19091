package ingest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol/fetch"

	"sevenday"
)

// requestTimeout is how long a broker may take beyond what it was asked to
// wait, before the connection is given up as dead.
const requestTimeout = 20 * time.Second

// A cluster is the Kafka cluster that is read from.
//
// It speaks the protocol's own requests. kafka-go's Reader delivers records of
// aborted transactions, jumps over a removed head without a word, and commits
// for partitions it has lost.
type cluster struct {
	address   net.Addr
	transport *kafka.Transport
	client    *kafka.Client
}

func newCluster(brokers []string) *cluster {
	address, transport := kafka.TCP(brokers...), &kafka.Transport{}
	return &cluster{
		address: address, transport: transport,
		client: &kafka.Client{Addr: address, Transport: transport, Timeout: requestTimeout},
	}
}

func (c *cluster) close() { c.transport.CloseIdleConnections() }

// A source is one partition of one topic.
type source struct {
	topic     string
	partition int
}

func (s source) String() string { return fmt.Sprintf("%s/%d", s.topic, s.partition) }

// fetched is what a broker answered to a fetch.
type fetched struct {
	logStart int64 // the first offset that Kafka still has
	logEnd   int64 // the offset that the next record will get
	stable   int64 // the first offset of an open transaction, logEnd without one: nothing from here on is shown
	from     int64 // the next offset to take of records
	records  *stream
}

// fetch asks for the committed records from offset on, about maxBytes of them
// (a single batch may be larger), and waits up to wait when there are none.
// Records before offset may come first. An offset that Kafka does not have is kafka.OffsetOutOfRange.
func (c *cluster) fetch(ctx context.Context, from source, offset int64, maxBytes int32, wait time.Duration) (fetched, error) {
	ctx, cancel := context.WithTimeout(ctx, wait+requestTimeout)
	defer cancel()
	response, err := c.transport.RoundTrip(ctx, c.address, fetchRequest(from, offset, maxBytes, wait))
	if err != nil {
		return fetched{}, unavailable("fetch", from, err)
	}
	partition, err := onlyPartition(response.(*fetch.Response))
	if err != nil {
		return fetched{}, unavailable("fetch", from, err)
	}
	return fetched{
		logStart: partition.LogStartOffset, logEnd: partition.HighWatermark, stable: partition.LastStableOffset,
		from: offset, records: newStream(partition),
	}, nil
}

// readCommitted hides records of transactions that are open or were aborted;
// the latter are sent all the same and marked as such.
const readCommitted = 1

func fetchRequest(from source, offset int64, maxBytes int32, wait time.Duration) *fetch.Request {
	return &fetch.Request{
		ReplicaID: -1, MaxWaitTime: int32(wait.Milliseconds()), MinBytes: 1, MaxBytes: maxBytes,
		IsolationLevel: readCommitted, SessionID: 0, SessionEpoch: -1,
		Topics: []fetch.RequestTopic{{
			Topic: from.topic,
			Partitions: []fetch.RequestPartition{{
				Partition: int32(from.partition), CurrentLeaderEpoch: -1, FetchOffset: offset,
				LogStartOffset: -1, PartitionMaxBytes: maxBytes,
			}},
		}},
	}
}

func onlyPartition(response *fetch.Response) (*fetch.ResponsePartition, error) {
	if response.ErrorCode != 0 {
		return nil, kafka.Error(response.ErrorCode)
	}
	if len(response.Topics) != 1 || len(response.Topics[0].Partitions) != 1 {
		return nil, errors.New("the broker's answer lacks the partition that was asked for")
	}
	partition := &response.Topics[0].Partitions[0]
	if partition.ErrorCode != 0 {
		return nil, kafka.Error(partition.ErrorCode)
	}
	return partition, nil
}

// bounds returns the first offset that Kafka still has of the partition and the
// one that its next record will get.
func (c *cluster) bounds(ctx context.Context, from source) (first, end int64, err error) {
	response, err := c.client.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{
		from.topic: {kafka.FirstOffsetOf(from.partition), kafka.LastOffsetOf(from.partition)},
	}})
	if err != nil {
		return 0, 0, unavailable("ask for the bounds of", from, err)
	}
	for _, offsets := range response.Topics[from.topic] {
		if offsets.Partition != from.partition {
			continue
		}
		if offsets.Error != nil {
			return 0, 0, unavailable("ask for the bounds of", from, offsets.Error)
		}
		return offsets.FirstOffset, offsets.LastOffset, nil
	}
	return 0, 0, unavailable("ask for the bounds of", from, errors.New("the broker's answer lacks the partition"))
}

func unavailable(op string, from source, err error) error {
	return &sevenday.Error{Kind: sevenday.Unavailable, Op: op, Subject: from.String(), Err: fmt.Errorf("answer of Kafka: %w", err)}
}
