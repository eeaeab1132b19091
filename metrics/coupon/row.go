package coupon

import (
	"sevenday"
	"sevenday/metrics"
)

// Breakdown is what coupons are told apart by.
type Breakdown string

// The breakdowns. ByPlacement is the default.
const (
	ByPlacement Breakdown = "placement" // of the claim, else of the first record
	ByCampaign  Breakdown = "campaign"
	ByKind      Breakdown = "kind" // voucher, discount, gift_card or points
)

// Breakdowns lists the breakdowns.
var Breakdowns = [...]Breakdown{ByPlacement, ByCampaign, ByKind}

// Query asks for coupons over a range of days.
type Query struct {
	metrics.Scope
	metrics.Range
	By Breakdown `json:"by,omitempty"`
	// Currency leaves merchants with another currency out; empty for all.
	Currency string `json:"currency,omitempty"`
}

// WithDefaults fills in what was not said.
func (q Query) WithDefaults() Query {
	if q.By == "" {
		q.By = ByPlacement
	}
	return q
}

// Validate tells what is wrong with the question.
func (q Query) Validate() error {
	for _, by := range Breakdowns {
		if q.By == by {
			return nil
		}
	}
	return sevenday.Invalidf("coupons are not broken down by %q: use placement, campaign or kind", string(q.By))
}

// Row counts the coupons first seen (issued, claimed or received) in the range,
// all or with one value of the breakdown, and how far they came.
//
//	issued + received = gifted + redeemed + expired + voided + open
type Row struct {
	MerchantID     *string       `json:"merchant_id"`
	Industry       *string       `json:"industry"`
	Day            *sevenday.Day `json:"day" doc:"day the coupons were first seen; null is the range"`
	Value          *string       `json:"value" doc:"placement, campaign or kind; null for all, empty for orders whose coupon is not known"`
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

	Received       int64           `json:"received_gifts" doc:"coupons received as gifts: issued to their givers"`
	Open           int64           `json:"open" doc:"coupons that have not come to an end"`
	Breakage       int64           `json:"breakage" doc:"coupons that somebody held and that expired unredeemed"`
	Impossible     int64           `json:"impossible" doc:"records that cannot follow those before them: kept and counted"`
	Followed       int64           `json:"followed" doc:"redemptions that were not refunded, 30 days after which are over"`
	Repurchased    int64           `json:"repurchased" doc:"of them: another order within 30 days that was not refunded"`
	RepurchaseRate *float64        `json:"repurchase_rate" doc:"repurchased / followed"`
	Currency       *string         `json:"currency" doc:"ISO 4217; null, and money too, where merchants' currencies differ"`
	Orders         int64           `json:"coupon_orders" doc:"orders that name a coupon"`
	Cost           *sevenday.Money `json:"cost" doc:"discounts of those orders"`
	NetSales       *sevenday.Money `json:"net_sales" doc:"amounts of those orders less refunds"`
}
