package transform

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sevenday"
	"sevenday/internal/warehouse"
)

// stand is how far one Kafka partition of one kind is settled: a row of table settled.
type stand struct {
	Kind        sevenday.RecordKind `ch:"kind"`
	TopicEpoch  uint32              `ch:"topic_epoch"`
	Part        uint32              `ch:"part"`
	Off         int64               `ch:"off"`
	Planned     int64               `ch:"planned"` // the end of the pass that began last; beyond Off it did not end
	NewestEvent sevenday.Millis     `ch:"newest_event"`
	LogEnd      int64               `ch:"log_end"`
	Version     uint64              `ch:"version"`
}

var standLayout = warehouse.LayoutOf[stand]()

// logEnd is what the log holds of one Kafka partition within some ranges.
type logEnd struct {
	TopicEpoch uint32 `ch:"topic_epoch"`
	Part       uint32 `ch:"part"`
	First      int64  `ch:"first_off"`
	Last       int64  `ch:"last_off"`
}

var logEndLayout = warehouse.LayoutOf[logEnd]()

// readStands returns how far each partition is settled.
func readStands(ctx context.Context, db *warehouse.DB) ([]stand, error) {
	return warehouse.Select(ctx, db, standLayout, statement("settled"), nil)
}

// plan returns the stands with the ranges that the next pass is to settle:
// those with Planned beyond Off. A pass that began and did not end is planned
// again exactly as it was; otherwise each kind gets at most budget offsets.
func plan(ctx context.Context, db *warehouse.DB, budget int64) ([]stand, error) {
	stands, err := readStands(ctx, db)
	if err != nil || slices.ContainsFunc(stands, stand.open) {
		return slices.DeleteFunc(stands, func(s stand) bool { return !s.open() }), err
	}
	var planned []stand
	for _, kind := range sevenday.RecordKinds {
		known := slices.DeleteFunc(slices.Clone(stands), func(s stand) bool { return s.Kind != kind })
		more, err := planKind(ctx, db, kind, known, budget)
		if err != nil {
			return nil, err
		}
		planned = append(planned, more...)
	}
	return planned, nil
}

func (s stand) open() bool { return s.Planned > s.Off }

func planKind(ctx context.Context, db *warehouse.DB, kind sevenday.RecordKind, known []stand, budget int64) ([]stand, error) {
	query := forLog(statement("log_ends"), kind, beyond(known))
	ends, err := warehouse.Select(ctx, db, logEndLayout, query, nil)
	if err != nil || len(ends) == 0 {
		return nil, err
	}
	share := max(budget/int64(len(ends)), 1)
	planned := make([]stand, len(ends))
	for i, end := range ends {
		planned[i] = stand{Kind: kind, TopicEpoch: end.TopicEpoch, Part: end.Part, Off: end.First - 1}
		for _, s := range known {
			if s.TopicEpoch == end.TopicEpoch && s.Part == end.Part {
				planned[i] = s
			}
		}
		planned[i].Planned = min(end.Last, end.First-1+share)
	}
	return planned, nil
}

// forLog fills a statement's placeholders {log} and {ranges}. Ranges are made
// of numbers only: the log's key can't be searched by bound parameters of an
// unknown number.
func forLog(text string, kind sevenday.RecordKind, ranges string) string {
	eventTime := "event_time"
	if kind == sevenday.KindMerchant {
		eventTime = "updated_at"
	}
	return strings.NewReplacer("{log}", kind.Plural()+"_log", "{ranges}", ranges, "{event_time}", eventTime).Replace(text)
}

// within is the condition that a log row lies in one of the planned ranges.
func within(stands []stand) string {
	var conditions []string
	for _, s := range stands {
		conditions = append(conditions, fmt.Sprintf("(topic_epoch = %d AND part = %d AND off > %d AND off <= %d)", s.TopicEpoch, s.Part, s.Off, s.Planned))
	}
	return strings.Join(conditions, " OR ")
}

// beyond is the condition that a log row lies after what is settled, in known
// partitions or in ones that were never seen.
func beyond(known []stand) string {
	highest := make(map[uint32]uint32) // the highest known partition of each epoch
	settled := make(map[[2]uint32]int64)
	for _, s := range known {
		highest[s.TopicEpoch] = max(highest[s.TopicEpoch], s.Part)
		settled[[2]uint32{s.TopicEpoch, s.Part}] = s.Off
	}
	conditions := []string{"topic_epoch >= 0"}
	if len(highest) > 0 {
		conditions = conditions[:0]
	}
	last := uint32(0)
	for epoch, top := range highest {
		last = max(last, epoch)
		for part := uint32(0); part <= top; part++ {
			off, ok := settled[[2]uint32{epoch, part}]
			if !ok {
				off = -1
			}
			conditions = append(conditions, fmt.Sprintf("(topic_epoch = %d AND part = %d AND off > %d)", epoch, part, off))
		}
		conditions = append(conditions, fmt.Sprintf("(topic_epoch = %d AND part > %d)", epoch, top))
	}
	if len(highest) > 0 {
		conditions = append(conditions, fmt.Sprintf("topic_epoch > %d", last))
	}
	slices.Sort(conditions)
	return strings.Join(conditions, " OR ")
}
