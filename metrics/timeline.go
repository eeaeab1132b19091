package metrics

import "sevenday"

// Timeline is one person's events at one merchant, oldest first, with
// duplicates, corrections and links already settled. The person Nobody has a
// timeline too, handed over in pieces: only totals read it.
//
// A timeline and all it points to is reused after the fold returns.
type Timeline struct {
	Merchant *Merchant
	Person   sevenday.Person
	Known    Known    // what lay before the days that are read
	Entries  []Entry  // by (time, event id)
	Orders   []Order  // by the event time of the order's earliest payment
	Coupons  []Coupon // by (time, event id); of each coupon with an event in the days that are read, all
	Visits   []Visit  // cut from Entries; empty for Nobody
}

// Entry is an entry event as folds see it.
type Entry struct {
	Time     sevenday.Millis
	Action   sevenday.Action
	Portal   sevenday.Portal
	Terminal sevenday.Terminal
	Session  uint64 // hash of the session id, 0 where the record has none
	StoreID  string

	CampaignID string
}

// Order is one transaction id: its payments added up, its refunds folded in.
type Order struct {
	TransactionID string
	PaidAt        sevenday.Millis // event time of the earliest payment: decides the sales day
	DecidedAt     sevenday.Millis // ordered_at of that payment where given, else PaidAt: conversion and attribution use it
	Currency      string          // never empty
	Amount        sevenday.Money  // sum of the payments
	Refunded      sevenday.Money  // sum of the refunds, at most Amount
	Excess        sevenday.Money  // refunds beyond Amount: flagged, in no figure
	RefundedAt    sevenday.Millis // when the refunds reached Amount; 0 while they have not
	Discount      sevenday.Money
	StoredValue   sevenday.Money
	MerchantFee   sevenday.Money
	Method        sevenday.Method
	Installments  uint8
	Lever         sevenday.Lever
	Coupon        uint64 // hash of the coupon id, 0 where the record has none
	StoreID       string
	Refunds       []Refunded // by (time, event id); they add up to Refunded
}

// Refunded is what one refund gave back of an order, in the order's currency.
type Refunded struct {
	Time   sevenday.Millis
	Amount sevenday.Money // without what goes beyond the order's amount
}

// Net is what is left of the order after its refunds.
func (o *Order) Net() sevenday.Money { return o.Amount - o.Refunded }

// Coupon is one step of a coupon's life in the person's hands.
type Coupon struct {
	Time       sevenday.Millis
	Coupon     uint64 // hash of the coupon id
	CampaignID string
	Kind       sevenday.CouponKind
	Stage      sevenday.Stage
	Placement  sevenday.Placement
	ValidUntil sevenday.Millis // 0 where it never expires
}
