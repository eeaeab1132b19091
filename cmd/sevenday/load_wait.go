package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/queries"
	"sevenday/transform"
)

// finish waits until what was sent is settled, closes its days where that was
// asked for, and tells what was refused.
func (l *loading) finish(ctx context.Context, db *warehouse.DB, ranges []transform.OffsetRange) error {
	if err := l.settled(ctx, db, ranges); err != nil {
		return err
	}
	if l.complete {
		if err := l.closeDays(ctx, db, ranges); err != nil {
			return err
		}
	}
	refused, reason, err := countRefused(ctx, &queries.Catalog{DB: db}, ranges)
	if err != nil {
		return err
	}
	return l.verdict(refused, reason)
}

// settlePoll is how often is looked whether the records are settled, which
// takes a second or so after they were landed.
const settlePoll = 100 * time.Millisecond

// settled returns when all offsets of the ranges are settled, or when the time is up.
func (l *loading) settled(ctx context.Context, db *warehouse.DB, ranges []transform.OffsetRange) error {
	ctx, cancel := context.WithTimeout(ctx, l.timeout)
	defer cancel()
	total := int64(0)
	for _, r := range ranges {
		total += r.To - r.From
	}
	for {
		offsets, err := transform.Offsets(ctx, db)
		if err != nil && ctx.Err() == nil {
			return err
		}
		done := settledOf(ranges, offsets)
		if done == total {
			l.progress.finish("settle", fmt.Sprintf("%d offsets are settled", total))
			return nil
		}
		l.progress.update("settle", done, total)
		select {
		case <-ctx.Done():
			return l.outOfTime(ctx.Err(), done, total)
		case <-time.After(settlePoll):
		}
	}
}

func (l *loading) outOfTime(err error, done, total int64) error {
	l.progress.fail("settle", err)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &sevenday.Error{
		Kind: sevenday.Unavailable, Err: fmt.Errorf("%d of %d offsets are settled after %s", done, total, l.timeout),
		Fix: "see with `sevenday doctor` whether ingest runs, or give it more --timeout; the records are in Kafka and need not be sent again",
	}
}

// settledOf counts the offsets of the ranges that are settled.
func settledOf(ranges []transform.OffsetRange, offsets map[sevenday.RecordKind]map[int32]int64) int64 {
	done := int64(0)
	for _, r := range ranges {
		if off, ok := offsets[r.Kind][r.Partition]; ok {
			done += min(max(off+1-r.From, 0), r.To-r.From)
		}
	}
	return done
}

func (l *loading) closeDays(ctx context.Context, db *warehouse.DB, ranges []transform.OffsetRange) error {
	closed, err := transform.CloseDays(ctx, db, ranges, "load --complete")
	if err != nil {
		return err
	}
	if closed.Merchants == 0 {
		fmt.Fprintln(l.app.notes, "no day is closed: the files hold no good event")
		return nil
	}
	fmt.Fprintf(l.app.notes, "days up to and including %s are closed, from the next batch on\n", closed.LastDay)
	return nil
}

// countRefused counts the refused records of the ranges, and says why the one
// that came first was refused.
func countRefused(ctx context.Context, catalog *queries.Catalog, ranges []transform.OffsetRange) (count int64, reason string, err error) {
	type found struct {
		transform.OffsetRange
		queries.Refused
	}
	var all []found
	for _, r := range ranges {
		refused, err := catalog.Refused(ctx, r.Kind, r.Partition, r.From, r.To)
		if err != nil {
			return 0, "", err
		}
		if refused.Records > 0 {
			count += refused.Records
			all = append(all, found{r, refused})
		}
	}
	if count == 0 {
		return 0, "", nil
	}
	first := slices.MinFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.FirstTime, b.FirstTime), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Partition, b.Partition))
	})
	return count, describeRefusal(first.OffsetRange, first.Refused), nil
}

func describeRefusal(where transform.OffsetRange, why queries.Refused) string {
	what := why.FirstReason
	if why.FirstField != "" {
		what += " in " + why.FirstField
	}
	return fmt.Sprintf("of %s: %s (topic %s, partition %d, offset %d; all are in table dead_letters)",
		what, why.FirstDetail, where.Kind.Topic(), where.Partition, why.FirstOffset)
}
