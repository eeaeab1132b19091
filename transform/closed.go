package transform

import (
	"context"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
)

// OffsetRange is the offsets [From, To) of one Kafka partition of the newest
// topic epoch.
type OffsetRange struct {
	Kind      sevenday.RecordKind
	Partition int32
	From, To  int64
}

// Closed says what CloseDays closed. Without any good event in the ranges,
// nothing: all fields are zero.
type Closed struct {
	Watermark sevenday.Millis // days that end at or before it are complete
	LastDay   sevenday.Day    // the newest day that was covered
	Merchants int             // that have events in the ranges
}

// coveredRow is the newest event of one merchant.
type coveredRow struct {
	MerchantID  string          `ch:"merchant_id"`
	TimeZone    string          `ch:"time_zone"`
	NewestEvent sevenday.Millis `ch:"newest_event"` // capped by its record's Kafka time
}

var coveredLayout = warehouse.LayoutOf[coveredRow]()

// CloseDays declares complete the days that the events of the ranges cover,
// which must be settled: the next batch takes the declaration as the least
// watermark. The newest day covered is complete for every merchant of the
// events, for those too that had none on it. It ends in each merchant's own zone;
// the watermark is one for the platform, so it is the latest of those ends, and
// merchants whose day ends earlier are closed up to the same instant. cause is
// kept with it.
//
// An event whose time lies after its record's Kafka time covers the day of the
// Kafka time only, so that one fast clock closes no future. Refused records and
// tombstones cover nothing.
func CloseDays(ctx context.Context, db *warehouse.DB, ranges []OffsetRange, cause string) (Closed, error) {
	newest := make(map[string]coveredRow)
	for _, r := range ranges {
		if r.Kind == sevenday.KindMerchant {
			continue
		}
		rows, err := warehouse.Select(ctx, db, coveredLayout, statement("covered_days"), map[string]any{
			"table": r.Kind.Plural() + "_log", "part": r.Partition, "from": r.From, "to": r.To,
		})
		if err != nil {
			return Closed{}, err
		}
		for _, row := range rows {
			if row.NewestEvent > newest[row.MerchantID].NewestEvent {
				newest[row.MerchantID] = row
			}
		}
	}
	closed, err := closedBy(newest)
	if err != nil || closed.Merchants == 0 {
		return Closed{}, err
	}
	return closed, declare(ctx, db, closed.Watermark, cause)
}

// closedBy finds the newest day of all merchants, and the latest of its ends in
// their zones.
func closedBy(newest map[string]coveredRow) (Closed, error) {
	closed := Closed{Merchants: len(newest)}
	calendars := make([]*sevenday.Calendar, 0, len(newest))
	for _, row := range newest {
		location, err := time.LoadLocation(row.TimeZone)
		if err != nil {
			return Closed{}, err // the decoder lets no unknown zone into the log
		}
		calendar := sevenday.NewCalendar(location)
		calendars = append(calendars, calendar)
		closed.LastDay = max(closed.LastDay, calendar.Day(row.NewestEvent))
	}
	for _, calendar := range calendars {
		closed.Watermark = max(closed.Watermark, calendar.End(closed.LastDay))
	}
	return closed, nil
}

// declaredRow is a row of table closed_days.
type declaredRow struct {
	Watermark sevenday.Millis `ch:"watermark"`
	Cause     string          `ch:"cause"`
}

var declaredLayout = warehouse.LayoutOf[declaredRow]()

func declare(ctx context.Context, db *warehouse.DB, watermark sevenday.Millis, cause string) error {
	rows := []declaredRow{{Watermark: watermark, Cause: cause}}
	return warehouse.Insert(ctx, db, "closed_days", declaredLayout, rows, warehouse.InsertOptions{})
}
