package queries

import (
	"context"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// CheckFailure is a fault that a batch found in the figures of a merchant.
type CheckFailure struct {
	Run        uint64        `json:"run"`
	CheckedAt  string        `json:"checked_at" doc:"RFC 3339, UTC"`
	Check      string        `json:"check"`
	Stops      bool          `json:"stops" doc:"the merchant's new figures were withheld"`
	MerchantID string        `json:"merchant_id"`
	Day        *sevenday.Day `json:"day" doc:"null: of no single day"`
	Expected   string        `json:"expected"`
	Found      string        `json:"found"`
}

type checkFailureRow struct {
	Run        uint64          `ch:"run"`
	CheckedAt  sevenday.Millis `ch:"checked_at"`
	Check      string          `ch:"check_name,low"`
	Stops      bool            `ch:"stops"`
	MerchantID string          `ch:"merchant_id"`
	Day        sevenday.Day    `ch:"day"`
	Expected   string          `ch:"expected"`
	Found      string          `ch:"found"`
}

var checkFailureLayout = warehouse.LayoutOf[checkFailureRow]()

// CheckFailures lists what checks found in the figures of the merchants in scope
// when these were last made: in those that are published, and in newer ones that
// were withheld. Faults that stop come first.
func (c *Catalog) CheckFailures(ctx context.Context, scope metrics.Scope) ([]CheckFailure, error) {
	rows, err := warehouse.Select(ctx, c.DB, checkFailureLayout, c.statement("checks"), scopeParameters(scope))
	if err != nil {
		return nil, err
	}
	failures := make([]CheckFailure, len(rows))
	for i, r := range rows {
		failures[i] = CheckFailure{
			Run: r.Run, CheckedAt: time.UnixMilli(int64(r.CheckedAt)).UTC().Format(time.RFC3339), Check: r.Check, Stops: r.Stops,
			MerchantID: r.MerchantID, Day: metrics.NonZero(r.Day), Expected: r.Expected, Found: r.Found,
		}
	}
	return failures, nil
}
