package main

import (
	"context"
	"time"

	"sevenday"
	"sevenday/internal/broker"
	"sevenday/internal/warehouse"
	"sevenday/transform"
)

// waitSettled returns when everything that Kafka held when it was called is
// settled. tell is told how many records are settled, and of how many.
func waitSettled(ctx context.Context, kafka []string, db *warehouse.DB, tell func(done, total int64)) error {
	ends := make(map[sevenday.RecordKind]map[int32]int64)
	for _, kind := range sevenday.RecordKinds {
		end, err := broker.EndOffsets(ctx, kafka, kind.Topic())
		if err != nil {
			return err
		}
		ends[kind] = end
	}
	for {
		offsets, err := transform.Offsets(ctx, db)
		if err != nil {
			return err
		}
		done, total := covered(ends, offsets)
		tell(done, total)
		if done == total {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// covered counts the offsets below the ends, and those of them that are settled.
func covered(ends, settled map[sevenday.RecordKind]map[int32]int64) (done, total int64) {
	for kind, partitions := range ends {
		for partition, end := range partitions {
			total += end
			if off, ok := settled[kind][partition]; ok {
				done += min(off+1, end)
			}
		}
	}
	return done, total
}
