// Package conversion answers which share of visits ends in a payment, by portal
// and in all, and what they are worth.
package conversion

import (
	"sevenday"
	"sevenday/metrics"
)

// Row is visit conversion of one scope, day and portal in one currency.
type Row struct {
	MerchantID      *string         `json:"merchant_id"`
	Industry        *string         `json:"industry"`
	Day             *sevenday.Day   `json:"day" doc:"day of the visits; null pools the final days of the range"`
	Value           *string         `json:"value" doc:"portal of the visit; null for all"`
	Visits          int64           `json:"visits"`
	ConvertedVisits int64           `json:"converted_visits"`
	Rate            *float64        `json:"rate" doc:"fraction in [0,1]"`
	Low             *float64        `json:"low"`
	High            *float64        `json:"high"`
	Currency        *string         `json:"currency"`
	Gross           *sevenday.Money `json:"gross" doc:"payments of the converted visits in this currency"`
	Net             *sevenday.Money `json:"net" doc:"the same less their refunds"`
	State           metrics.State   `json:"state" enum:"final,open,not_due"`
}

// Query asks for conversion by day; ByPortal adds the rows of each portal.
type Query struct {
	metrics.Scope
	metrics.Range
	ByPortal bool
}
