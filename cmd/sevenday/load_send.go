package main

import (
	"context"
	"errors"
	"fmt"

	"sevenday"
	"sevenday/internal/broker"
	"sevenday/transform"
)

// send writes the sources' records to Kafka and returns the offsets between
// which they lie. What others wrote at the same time lies there too.
func (l *loading) send(ctx context.Context, kafka []string, sources []*source) ([]transform.OffsetRange, error) {
	before, err := l.ends(ctx, kafka, sources)
	if err != nil {
		return nil, err
	}
	if err := l.write(ctx, kafka, sources); err != nil {
		l.progress.fail("load", err)
		return nil, err
	}
	after, err := l.ends(ctx, kafka, sources)
	if err != nil {
		return nil, err
	}
	l.progress.finish("load", fmt.Sprintf("%d records are in Kafka", l.sent))
	return grown(before, after), nil
}

// partitionEnds are the ends of the partitions of some topics.
type partitionEnds map[sevenday.RecordKind]map[int32]int64

func (l *loading) ends(ctx context.Context, kafka []string, sources []*source) (partitionEnds, error) {
	ends := make(partitionEnds)
	for _, s := range sources {
		if ends[s.kind] != nil {
			continue
		}
		end, err := broker.EndOffsets(ctx, kafka, s.kind.Topic())
		if err != nil {
			return nil, needsTopic(err)
		}
		ends[s.kind] = end
	}
	return ends, nil
}

// needsTopic adds to an error of a Kafka that does answer what is most likely missing.
func needsTopic(err error) error {
	if sevenday.KindOf(err) == sevenday.Unavailable {
		return err
	}
	return fmt.Errorf("%w: `sevenday up` and `sevenday ingest` make the topics", err)
}

// grown returns what lies between the ends before and the ends after.
func grown(before, after partitionEnds) []transform.OffsetRange {
	var ranges []transform.OffsetRange
	for kind, ends := range after {
		for partition, end := range ends {
			if from := before[kind][partition]; end > from {
				ranges = append(ranges, transform.OffsetRange{Kind: kind, Partition: partition, From: from, To: end})
			}
		}
	}
	return ranges
}

func (l *loading) write(ctx context.Context, kafka []string, sources []*source) (err error) {
	writer := broker.NewWriter(kafka)
	defer func() { err = errors.Join(err, writer.Close()) }()
	total, before := int64(0), int64(0)
	for _, s := range sources {
		total += s.size
	}
	for _, s := range sources {
		if err := l.writeSource(ctx, writer, s, before, total); err != nil {
			return err
		}
		before += s.size
	}
	return writer.Flush(ctx)
}

// tellRecords is after how many records the progress is told.
const tellRecords = 1000

func (l *loading) writeSource(ctx context.Context, writer *broker.Writer, s *source, before, total int64) error {
	topic := s.kind.Topic()
	l.progress.update("load", before, total)
	return s.reader.each(s.kind, func(record rawRecord) error {
		if record.fault == "" && len(record.bytes) > maxRecordBytes {
			record.fault = fmt.Sprintf("it has %d bytes, and Kafka takes %d", len(record.bytes), maxRecordBytes)
		}
		if record.fault != "" {
			l.dropped("of row %d of %s: %s", record.row, s.name, record.fault)
			return nil
		}
		if l.sent++; l.sent%tellRecords == 0 {
			l.progress.update("load", before+record.done, total)
		}
		return writer.Write(ctx, topic, keyOf(s.kind, record.bytes), record.bytes)
	})
}
