package broker

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"sevenday"
)

// DefaultPartitions is how many partitions the topics of events get: enough
// for four ingest processes, few enough that a quiet demo makes few parts.
const DefaultPartitions = 4

// Retention is how long the topics keep records. Ingest refills the warehouse
// from Kafka when a server lost its newest rows, so shorter means less to
// recover from.
const Retention = 7 * 24 * time.Hour

// maxMessageBytes bounds a record batch on our topics. It lies above the 1 MiB
// that ingest takes of a record, so that a record somewhat too large is
// refused with a reason and not by a dropped produce request, and so that a
// dead letter (base64 of a sealed record) fits.
const maxMessageBytes = 4 << 20

// topic is one topic to be made, with its configuration.
type topic struct {
	name       string
	partitions int32
	configs    map[string]*string
}

// EnsureTopics makes the topics of the four record kinds and of dead letters
// on the cluster at addresses; existing ones are left as they are, whatever
// their settings. The topics of events and of dead letters get partitions
// partitions (0 takes DefaultPartitions) and Retention. The topic of merchant
// records is compacted and has one partition, because records of equal
// updated_at are ordered by offset, which only one partition can give.
// Replication is the cluster's default. A cluster that doesn't answer is an
// Unavailable error.
func EnsureTopics(ctx context.Context, addresses []string, partitions int) error {
	if partitions == 0 {
		partitions = DefaultPartitions
	}
	return administer(addresses, func(admin *kadm.Client) error {
		for _, topic := range topics(int32(partitions)) {
			if err := topic.create(ctx, admin); err != nil {
				return err
			}
		}
		return nil
	})
}

func topics(partitions int32) []topic {
	var all []topic
	for _, kind := range sevenday.RecordKinds {
		if kind == sevenday.KindMerchant {
			all = append(all, topic{kind.Topic(), 1, settings("cleanup.policy", "compact")})
			continue
		}
		all = append(all, topic{kind.Topic(), partitions, expiring()})
	}
	return append(all, topic{sevenday.DeadLetterTopic, partitions, expiring()})
}

func expiring() map[string]*string {
	return settings("retention.ms", strconv.FormatInt(Retention.Milliseconds(), 10))
}

func settings(name, value string) map[string]*string {
	return map[string]*string{
		name:                &value,
		"max.message.bytes": kadm.StringPtr(strconv.Itoa(maxMessageBytes)),
	}
}

// clusterDefault leaves the replication factor to the cluster.
const clusterDefault = -1

func (t topic) create(ctx context.Context, admin *kadm.Client) error {
	_, err := admin.CreateTopic(ctx, t.partitions, clusterDefault, t.configs, t.name)
	if errors.Is(err, kerr.TopicAlreadyExists) {
		return nil
	}
	return unavailable("make the topic", t.name, err)
}

// administer runs work with an admin client that lives as long as work does.
func administer(addresses []string, work func(*kadm.Client) error) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(addresses...))
	if err != nil {
		return sevenday.Invalidf("Kafka addresses %v: %w", addresses, err)
	}
	defer client.Close()
	return work(kadm.NewClient(client))
}

// unavailable sorts an error of the cluster: what it refused is Internal, a
// cluster that didn't answer is Unavailable, nil stays nil.
func unavailable(op, subject string, err error) error {
	if err == nil {
		return nil
	}
	kind := sevenday.Unavailable
	if refusal := (*kerr.Error)(nil); errors.As(err, &refusal) && !refusal.Retriable {
		kind = sevenday.Internal
	}
	return &sevenday.Error{Kind: kind, Op: op, Subject: subject, Err: fmt.Errorf("answer of Kafka: %w", err)}
}
