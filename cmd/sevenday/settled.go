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
	var ranges []transform.OffsetRange
	total := int64(0)
	for _, kind := range sevenday.RecordKinds {
		ends, err := broker.EndOffsets(ctx, kafka, kind.Topic())
		if err != nil {
			return err
		}
		for partition, end := range ends {
			ranges = append(ranges, transform.OffsetRange{Kind: kind, Partition: partition, To: end})
			total += end
		}
	}
	for {
		offsets, err := transform.Offsets(ctx, db)
		if err != nil {
			return err
		}
		done := settledOf(ranges, offsets)
		tell(done, total)
		if done == total {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(settlePoll):
		}
	}
}
