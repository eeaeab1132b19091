package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/segmentio/kafka-go"

	"sevenday"
)

// Times of the consumer group. They are short, because a partition that nobody
// reads lags; being thrown out by mistake costs nothing but a second of work.
const (
	sessionTimeout   = 10 * time.Second
	heartbeatEvery   = 2 * time.Second
	rebalanceTimeout = 6 * time.Second
	rejoinPause      = time.Second
	coordinatorWait  = 3 * time.Second
	commitEvery      = 5 * time.Second
)

// Run joins the consumer group and lands what the group gives it until ctx
// ends. It returns when every goroutine has ended, within ten seconds. Servers
// that don't answer make it wait and try again, partition by partition; Status
// shows it. The error is not nil only when the group cannot even be asked for.
func (i *Ingester) Run(ctx context.Context) error {
	i.cluster = newCluster(i.config.Brokers)
	defer i.cluster.close()
	group, err := kafka.NewConsumerGroup(i.groupConfig())
	if err != nil {
		return sevenday.Invalidf("join the consumer group %s: %w", i.config.Group, err)
	}
	for ctx.Err() == nil {
		generation, err := group.Next(ctx)
		if err != nil {
			i.notJoined(ctx, err)
			continue
		}
		i.begin(generation)
	}
	i.statuses.membership(false, "")
	return group.Close()
}

func (i *Ingester) groupConfig() kafka.ConsumerGroupConfig {
	topics := make([]string, 0, len(sevenday.RecordKinds))
	for _, kind := range sevenday.RecordKinds {
		topics = append(topics, kind.Topic())
	}
	return kafka.ConsumerGroupConfig{
		ID: i.config.Group, Brokers: i.config.Brokers, Topics: topics,
		// Ranges would give every topic's first partitions to the same process.
		GroupBalancers:        []kafka.GroupBalancer{kafka.RoundRobinGroupBalancer{}},
		WatchPartitionChanges: true,
		SessionTimeout:        sessionTimeout,
		HeartbeatInterval:     heartbeatEvery,
		RebalanceTimeout:      rebalanceTimeout,
		JoinGroupBackoff:      rejoinPause,
		Timeout:               coordinatorWait,
	}
}

// notJoined reports why there is no generation; kafka-go tries again by itself.
// That a rebalance goes on while one joins is the ordinary course of things.
func (i *Ingester) notJoined(ctx context.Context, err error) {
	if ctx.Err() != nil || errors.Is(err, kafka.RebalanceInProgress) {
		return
	}
	i.config.Log.Warn("the consumer group cannot be joined; ingest keeps trying", "group", i.config.Group, "error", err)
	i.statuses.membership(false, err.Error())
}

// begin starts a loop for each partition of a generation. They end with it:
// kafka-go waits for them before the next one begins.
func (i *Ingester) begin(generation *kafka.Generation) {
	i.statuses.membership(true, "")
	sharers := 0
	for _, partitions := range generation.Assignments {
		sharers += len(partitions)
	}
	for topic, partitions := range generation.Assignments {
		for _, assigned := range partitions {
			loop := i.newPartition(kindOf(topic), assigned.ID, sharers)
			generation.Start(func(ctx context.Context) { i.own(ctx, loop) })
		}
	}
	generation.Start(func(ctx context.Context) { i.commit(ctx, generation) })
}

func (i *Ingester) own(ctx context.Context, loop *partition) {
	defer i.statuses.update(loop.source, func(s *PartitionStatus) { s.Owned = false })
	i.statuses.update(loop.source, func(s *PartitionStatus) {
		s.Kind, s.Owned, s.Stopped, s.Trouble = loop.position.kind, true, "", ""
	})
	loop.run(ctx)
}

// commit tells Kafka from time to time how far the owned partitions are, for
// lag monitors; nobody reads it back. The generation's own id goes along, so a
// member that lost its partitions is refused.
func (i *Ingester) commit(ctx context.Context, generation *kafka.Generation) {
	ticker := time.NewTicker(commitEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := generation.CommitOffsets(i.positions()); err != nil {
				i.config.Log.Debug("positions could not be told to lag monitors", "error", err)
			}
		}
	}
}

// positions returns, per topic and partition, the offset after the mark.
func (i *Ingester) positions() map[string]map[int]int64 {
	positions := map[string]map[int]int64{}
	for _, partition := range i.Status().Partitions {
		if !partition.Owned || partition.Mark == beforeFirst {
			continue
		}
		if positions[partition.Topic] == nil {
			positions[partition.Topic] = map[int]int64{}
		}
		positions[partition.Topic][partition.Partition] = partition.Mark + 1
	}
	return positions
}
