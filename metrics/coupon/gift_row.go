package coupon

import (
	"sevenday"
	"sevenday/metrics"
)

// GiftQuery asks for gifts over a range of days.
type GiftQuery struct {
	metrics.Scope
	metrics.Range
}

// GiftRow counts who received coupons as gifts on a day.
type GiftRow struct {
	MerchantID   *string       `json:"merchant_id"`
	Industry     *string       `json:"industry"`
	Day          *sevenday.Day `json:"day" doc:"day of the gifts; null pools the final days of the range"`
	Gifts        int64         `json:"gifts" doc:"coupons received as gifts"`
	Receivers    int64         `json:"receivers" doc:"users who received one; over days: user-days"`
	NewReceivers int64         `json:"new_receivers" doc:"of them: without a visit, payment or register before"`
	NewShare     *float64      `json:"new_share" doc:"new_receivers / receivers"`
	Came         int64         `json:"came" doc:"of the new ones: with a visit or payment within 30 days"`
	CameShare    *float64      `json:"came_share" doc:"came / new_receivers"`
	State        metrics.State `json:"state" enum:"final,open,not_due"`
}

// Values of a GiftCohortRow.
const (
	WithGift    = "gift"  // received a coupon within 30 days up to the first visit
	WithoutGift = "other" // the other new users
)

// Measures of a GiftCohortRow.
const (
	MeasureDay7    = "day_7"    // active on the seventh day after the first
	MeasureWithin7 = "within_7" // active on one of the seven days after the first
)

// GiftCohortRow is what became of the new users of a day, of those whom a gift
// brought or of the others.
type GiftCohortRow struct {
	MerchantID    *string         `json:"merchant_id"`
	Industry      *string         `json:"industry"`
	CohortDay     *sevenday.Day   `json:"cohort_day" doc:"first visit day of the users; null pools the final days of the range"`
	Value         string          `json:"value" doc:"gift: received a coupon within 30 days up to the first visit; other: the other new users"`
	Measure       string          `json:"measure" doc:"day_7 or within_7"`
	CohortUsers   int64           `json:"cohort_users"`
	ReturnedUsers int64           `json:"returned_users"`
	Rate          *float64        `json:"rate"`
	Low           *float64        `json:"low"`
	High          *float64        `json:"high"`
	Currency      *string         `json:"currency" doc:"ISO 4217; null, and money too, where merchants' currencies differ"`
	Net           *sevenday.Money `json:"net" doc:"what the users spent from the first day to the seventh after, less refunds"`
	NetPerUser    *sevenday.Money `json:"net_per_user" doc:"net / cohort_users, rounded"`
	State         metrics.State   `json:"state" enum:"final,open,not_due"`
}
