package sales

import (
	"sevenday"
	"sevenday/metrics"
)

// PaymentRow is one order with its refunds folded in: a row of table payments_by_run.
type PaymentRow struct {
	metrics.Key
	Person        sevenday.Person `ch:"person"`
	TransactionID string          `ch:"transaction_id"`
	Day           sevenday.Day    `ch:"day"` // of the earliest payment
	PaidAt        sevenday.Millis `ch:"paid_at"`
	DecidedAt     sevenday.Millis `ch:"decided_at"`
	Currency      string          `ch:"currency,low"`
	Amount        sevenday.Money  `ch:"amount"`
	Refunded      sevenday.Money  `ch:"refunded"`
	Excess        sevenday.Money  `ch:"excess_refund"`
	Net           sevenday.Money  `ch:"net"`
	Discount      sevenday.Money  `ch:"discount"`
	StoredValue   sevenday.Money  `ch:"stored_value"`
	MerchantFee   sevenday.Money  `ch:"merchant_fee"`
	Method        sevenday.Method `ch:"method"`
	Installments  uint8           `ch:"installments"`
	Lever         sevenday.Lever  `ch:"lever"`
	StoreID       string          `ch:"store_id"`
}

// RefundRow is what one refund gave back of an order: a row of table
// refunds_by_run. It stands in the span of its payment, with which it changes,
// however much later the refund came.
type RefundRow struct {
	metrics.Key
	Person        sevenday.Person `ch:"person"`
	TransactionID string          `ch:"transaction_id"`
	Day           sevenday.Day    `ch:"day"`          // of the payment
	RefundedDay   sevenday.Day    `ch:"refunded_day"` // of the refund itself
	RefundedAt    sevenday.Millis `ch:"refunded_at"`
	Currency      string          `ch:"currency,low"`
	Amount        sevenday.Money  `ch:"amount"` // without what goes beyond the order's amount
	Method        sevenday.Method `ch:"method"`
	Lever         sevenday.Lever  `ch:"lever"`
	StoreID       string          `ch:"store_id"`
}

// MerchantDay is a merchant's sales and audience of one day: a row of table
// merchant_days_by_run. Money is in the merchant's currency; orders in others
// are counted, and their number is kept.
type MerchantDay struct {
	metrics.Key
	Day           sevenday.Day   `ch:"day"`
	Orders        uint64         `ch:"orders"`
	ForeignOrders uint64         `ch:"foreign_orders"` // in another currency than the merchant's
	Buyers        uint64         `ch:"buyers"`
	Gross         sevenday.Money `ch:"gross"`
	Refunds       sevenday.Money `ch:"refunds"`
	Fees          sevenday.Money `ch:"fees"` // what the merchant paid for installment plans
	StoredValue   sevenday.Money `ch:"stored_value"`
	Discount      sevenday.Money `ch:"discount"`
	Installments  sevenday.Money `ch:"installments"`   // gross paid by installments
	ExcessOrders  uint64         `ch:"excess_orders"`  // orders refunded beyond their amount
	Excess        sevenday.Money `ch:"excess_refunds"` // by how much: in no other sum
	NewBuyers     uint64         `ch:"new_buyers"`     // buyers whose first paying day it is
	NewNet        sevenday.Money `ch:"new_buyers_net"` // what they bought on it, less refunds
	NobodyNet     sevenday.Money `ch:"nobody_net"`     // orders without a user, less refunds
	Entries       uint64         `ch:"entries"`        // visit entries, with and without a person
	Visits        uint64         `ch:"visits"`
	Visitors      uint64         `ch:"visitors"`
	NewVisitors   uint64         `ch:"new_visitors"`
	Registered    uint64         `ch:"registered"` // users whose first register it is
}
