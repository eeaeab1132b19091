// Package coupon follows coupons through their states, by placement and campaign.
package coupon

import (
	"sevenday"
	"sevenday/metrics"
)

// Row counts the coupons first seen (issued, claimed or received) in the range
// at one placement, and how far they came.
type Row struct {
	MerchantID     *string       `json:"merchant_id"`
	Industry       *string       `json:"industry"`
	Day            *sevenday.Day `json:"day" doc:"day the coupons were first seen; null is the range"`
	Value          *string       `json:"value" doc:"placement; null for all"`
	Issued         int64         `json:"issued" doc:"coupons issued, or claimed without an issue record"`
	Claimed        int64         `json:"claimed"`
	Gifted         int64         `json:"gifted"`
	Redeemed       int64         `json:"redeemed"`
	Returned       int64         `json:"returned"`
	Expired        int64         `json:"expired" doc:"told or derived from valid_until"`
	Voided         int64         `json:"voided"`
	ClaimRate      *float64      `json:"claim_rate" doc:"claimed / issued"`
	RedemptionRate *float64      `json:"redemption_rate" doc:"redeemed / claimed"`
	State          metrics.State `json:"state" enum:"final,open,not_due"`
}

// Query asks for coupons by placement over a range of days.
type Query struct {
	metrics.Scope
	metrics.Range
}
