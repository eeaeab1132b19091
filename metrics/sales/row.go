// Package sales adds up what a merchant sold, to how many buyers, and who came.
package sales

import (
	"sevenday"
	"sevenday/metrics"
)

// Row is one scope's sales and audience of a day, in one currency. Counts of
// users of an industry or the platform are merchant-user pairs.
type Row struct {
	MerchantID   *string         `json:"merchant_id"`
	Industry     *string         `json:"industry"`
	Day          *sevenday.Day   `json:"day" doc:"the merchant's day; null adds up the final days of the range"`
	Merchants    int64           `json:"merchants"`
	Currency     *string         `json:"currency"`
	Orders       int64           `json:"orders"`
	Buyers       int64           `json:"buyers" doc:"distinct users who paid; of a range: user-days"`
	Gross        sevenday.Money  `json:"gross"`
	Refunds      sevenday.Money  `json:"refunds" doc:"on the day of their payment"`
	Net          sevenday.Money  `json:"net"`
	Consumption  sevenday.Money  `json:"consumption" doc:"gross plus stored value spent"`
	AverageOrder *sevenday.Money `json:"average_order" doc:"net / orders"`
	Installments sevenday.Money  `json:"installments" doc:"gross paid by installments"`
	Visits       int64           `json:"visits"`
	Visitors     int64           `json:"visitors" doc:"distinct users with a visit; of a range: user-days"`
	NewVisitors  int64           `json:"new_visitors"`
	Registered   int64           `json:"registered" doc:"users with their first register"`
	State        metrics.State   `json:"state" enum:"final,open,not_due"`
}

// Query asks for sales by day.
type Query struct {
	metrics.Scope
	metrics.Range
}
