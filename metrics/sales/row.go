// Package sales adds up what a merchant sold, to how many buyers, and who came.
package sales

import (
	"sevenday"
	"sevenday/metrics"
)

// Row is one scope's sales and audience of a day, in one currency. Counts of
// users of an industry or the platform are merchant-user pairs.
type Row struct {
	MerchantID         *string         `json:"merchant_id"`
	Industry           *string         `json:"industry"`
	Day                *sevenday.Day   `json:"day" doc:"the merchant's day; null adds up the final days of the range"`
	Merchants          int64           `json:"merchants"`
	Currency           *string         `json:"currency"`
	Orders             int64           `json:"orders"`
	ForeignOrders      int64           `json:"foreign_orders" doc:"of the orders, those in another currency: in none of the row's money"`
	Buyers             int64           `json:"buyers" doc:"distinct users who paid; of a range: user-days"`
	NewBuyers          int64           `json:"new_buyers" doc:"of the buyers, those who never paid before"`
	Gross              sevenday.Money  `json:"gross"`
	Refunds            sevenday.Money  `json:"refunds" doc:"on the day of their payment"`
	RefundsByDate      sevenday.Money  `json:"refunds_by_date" doc:"on their own day, whenever the payment was"`
	ExcessOrders       int64           `json:"excess_orders" doc:"orders refunded beyond their amount"`
	ExcessRefunds      sevenday.Money  `json:"excess_refunds" doc:"refunds beyond their orders' amounts: in no other figure"`
	Net                sevenday.Money  `json:"net"`
	NewBuyersNet       sevenday.Money  `json:"new_buyers_net" doc:"net of buyers on the day of their first payment"`
	ReturningBuyersNet sevenday.Money  `json:"returning_buyers_net" doc:"net of the other buyers"`
	NobodyNet          sevenday.Money  `json:"nobody_net" doc:"net of orders without a user"`
	Consumption        sevenday.Money  `json:"consumption" doc:"gross plus stored value spent"`
	AverageOrder       *sevenday.Money `json:"average_order" doc:"net / orders"`
	Installments       sevenday.Money  `json:"installments" doc:"gross paid by installments"`
	Visits             int64           `json:"visits"`
	Visitors           int64           `json:"visitors" doc:"distinct users with a visit; of a range: user-days"`
	NewVisitors        int64           `json:"new_visitors"`
	Registered         int64           `json:"registered" doc:"users with their first register"`
	RegisteredTotal    int64           `json:"registered_total" doc:"users with a register by the end of the day; of a range: of its last final day"`
	State              metrics.State   `json:"state" enum:"final,open,not_due"`
}

// Query asks for sales by day.
type Query struct {
	metrics.Scope
	metrics.Range
}
