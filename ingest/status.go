package ingest

import (
	"cmp"
	"slices"
	"sync"

	"sevenday"
)

// PartitionStatus tells how one Kafka partition is doing.
type PartitionStatus struct {
	Kind      sevenday.RecordKind
	Topic     string
	Epoch     uint32
	Partition int
	Owned     bool  // by this process, at the moment
	Mark      int64 // the last offset landed, -1 for none
	LogEnd    int64 // the offset that Kafka's next record will get, as last seen
	Lag       int64 // records in Kafka and not in the log
	// Stopped says why the partition was given up until an operator acts; empty
	// while it is not.
	Stopped string
	// Trouble is the last error of a partition that keeps trying; empty when it gets on.
	Trouble string
}

// Status tells how ingest is doing as a whole.
type Status struct {
	Joined     bool   // this process is a member of the consumer group
	Trouble    string // why it is not, when it tried
	Partitions []PartitionStatus
}

// Stopped returns the partitions that wait for an operator.
func (s Status) Stopped() []PartitionStatus {
	return slices.DeleteFunc(slices.Clone(s.Partitions), func(p PartitionStatus) bool { return p.Stopped == "" })
}

// statuses keeps the newest status of each partition that this process owned.
type statuses struct {
	mu         sync.Mutex // guards all below
	joined     bool
	trouble    string
	partitions map[source]PartitionStatus
}

// update changes one partition's status under the lock.
func (s *statuses) update(of source, change func(*PartitionStatus)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.partitions == nil {
		s.partitions = map[source]PartitionStatus{}
	}
	status, known := s.partitions[of]
	if !known {
		status = PartitionStatus{Topic: of.topic, Partition: of.partition, Mark: beforeFirst}
	}
	change(&status)
	status.Lag = max(status.LogEnd-1-status.Mark, 0)
	s.partitions[of] = status
}

func (s *statuses) membership(joined bool, trouble string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.joined, s.trouble = joined, trouble
}

func (s *statuses) snapshot() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	status := Status{Joined: s.joined, Trouble: s.trouble}
	for _, partition := range s.partitions {
		status.Partitions = append(status.Partitions, partition)
	}
	slices.SortFunc(status.Partitions, func(a, b PartitionStatus) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Partition, b.Partition))
	})
	return status
}
