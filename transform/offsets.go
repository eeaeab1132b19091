package transform

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
)

// Offsets tells, per kind and Kafka partition of the newest topic epoch, up to
// which offset records are settled: their events can be seen, or their refusal.
func Offsets(ctx context.Context, db *warehouse.DB) (map[sevenday.RecordKind]map[int32]int64, error) {
	stands, err := readStands(ctx, db)
	if err != nil {
		return nil, err
	}
	epochs := make(map[sevenday.RecordKind]uint32)
	for _, s := range stands {
		epochs[s.Kind] = max(epochs[s.Kind], s.TopicEpoch)
	}
	offsets := make(map[sevenday.RecordKind]map[int32]int64)
	for _, s := range stands {
		if s.TopicEpoch != epochs[s.Kind] {
			continue
		}
		if offsets[s.Kind] == nil {
			offsets[s.Kind] = make(map[int32]int64)
		}
		offsets[s.Kind][int32(s.Part)] = s.Off
	}
	return offsets, nil
}
