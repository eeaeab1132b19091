package transform

import (
	"github.com/zeebo/xxh3"

	"sevenday"
	"sevenday/internal/warehouse"
)

// placedHead is what every placed row begins with.
type placedHead struct {
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	EventTime  sevenday.Millis `ch:"event_time"`
	EventHash  uint64          `ch:"event_hash"`
	Version    uint64          `ch:"version"`
	IsDeleted  uint8           `ch:"is_deleted"`
}

func (h *placedHead) key() timelineKey { return timelineKey{h.MerchantID, h.Person} }

func (h *placedHead) state() (hash, version uint64, instant sevenday.Millis, deleted bool) {
	return h.EventHash, h.Version, h.EventTime, h.IsDeleted != 0
}

// placedEntry is a row of the stream of entries.
type placedEntry struct {
	placedHead
	Action   sevenday.Action   `ch:"action"`
	Portal   sevenday.Portal   `ch:"portal"`
	Terminal sevenday.Terminal `ch:"terminal"`
	Session  uint64            `ch:"session"`
	StoreID  string            `ch:"store_id"`

	CampaignID string `ch:"campaign_id"`
}

// placedTransaction is a row of the stream of transactions.
type placedTransaction struct {
	placedHead
	PlacedAt      sevenday.Millis          `ch:"placed_at"`
	TransactionID string                   `ch:"transaction_id"`
	Kind          sevenday.TransactionKind `ch:"kind"`
	Amount        sevenday.Money           `ch:"amount"`
	Discount      sevenday.Money           `ch:"discount"`
	StoredValue   sevenday.Money           `ch:"stored_value"`
	MerchantFee   sevenday.Money           `ch:"merchant_fee"`
	Currency      string                   `ch:"currency,low"`
	Method        sevenday.Method          `ch:"method"`
	Installments  uint8                    `ch:"installments"`
	Lever         sevenday.Lever           `ch:"lever"`
	OrderedAt     sevenday.Millis          `ch:"ordered_at"`
	Coupon        uint64                   `ch:"coupon"`
	StoreID       string                   `ch:"store_id"`
}

// state mixes the order and its place into the hash: an event whose order moved
// stands at two places at one instant, and its leaving one is not its leaving
// the other.
func (t *placedTransaction) state() (hash, version uint64, instant sevenday.Millis, deleted bool) {
	place := xxh3.HashString(t.TransactionID) + uint64(t.PlacedAt)*0x9E3779B97F4A7C15
	return t.EventHash ^ place, t.Version, t.EventTime, t.IsDeleted != 0
}

// placedCoupon is a row of the stream of coupons.
type placedCoupon struct {
	placedHead
	Coupon     uint64              `ch:"coupon"`
	CampaignID string              `ch:"campaign_id"`
	Kind       sevenday.CouponKind `ch:"kind"`
	Stage      sevenday.Stage      `ch:"stage"`
	Placement  sevenday.Placement  `ch:"placement"`
	ValidUntil sevenday.Millis     `ch:"valid_until"`
}

// A gift and its receipt are two rows of one record, in two timelines or, when
// somebody gifts to himself, in one: the stage tells them apart.
func (c *placedCoupon) state() (hash, version uint64, instant sevenday.Millis, deleted bool) {
	return c.EventHash ^ uint64(c.Stage), c.Version, c.EventTime, c.IsDeleted != 0
}

var (
	placedEntryLayout       = warehouse.LayoutOf[placedEntry]()
	placedTransactionLayout = warehouse.LayoutOf[placedTransaction]()
	placedCouponLayout      = warehouse.LayoutOf[placedCoupon]()
)
