// Package loop follows the users who paid on a day through the loop of the
// payment-success page: claimed a coupon there, collected or followed, came
// back, redeemed, paid again.
package loop

import (
	"sevenday"
	"sevenday/metrics"
)

// Step is one step of the loop.
type Step string

// The steps, each counted after the day's first payment.
const (
	Paid                Step = "paid"                   // the cohort itself
	Claimed             Step = "claimed"                // a coupon shown on payment_success, within 24 hours
	Kept                Step = "collected_or_followed"  // within 7 days
	CameBack            Step = "came_back"              // through collection, life_account, card_package or a life account message, within 30 days
	Redeemed            Step = "redeemed"               // within 30 days
	PaidAgain           Step = "paid_again"             // within 30 days
	PaidAgainNotClaimed Step = "paid_again_not_claimed" // of those who did not claim: a description, not an effect
)

// Row is one step of the loop for the users who paid on a day.
type Row struct {
	MerchantID *string       `json:"merchant_id"`
	Industry   *string       `json:"industry"`
	Day        *sevenday.Day `json:"day" doc:"day of the payment; null pools the final days of the range"`
	Step       Step          `json:"step"`
	Cohort     int64         `json:"cohort" doc:"users the share is of"`
	Users      int64         `json:"users"`
	Share      *float64      `json:"share" doc:"users / cohort"`
	Low        *float64      `json:"low"`
	High       *float64      `json:"high"`
	State      metrics.State `json:"state" enum:"final,open,not_due"`
}

// Query asks for the loop over a range of payment days.
type Query struct {
	metrics.Scope
	metrics.Range
}
