package transform

import (
	"context"
	"math"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// pieceSize is how many events of Nobody are handed over at once. Nobody's
// timeline has no end, and only totals read it.
const pieceSize = 4096

// timelines merges the streams of some merchants' events, and of what is known
// of persons from earlier runs, into one person's timeline after the other.
type timelines struct {
	entries      *cursor[placedEntry, *placedEntry]
	transactions *cursor[placedTransaction, *placedTransaction]
	coupons      *cursor[placedCoupon, *placedCoupon]
	known        *cursor[knownPerson, *knownPerson]
	withdrawn    *cursor[withdrawnPerson, *withdrawnPerson]
	merchants    map[string]*metrics.Merchant
	timeline     metrics.Timeline
}

// foldKey is a merchant of a group as the streams are given it.
type foldKey struct {
	MerchantID string       `ch:"merchant_id"`
	From       sevenday.Day `ch:"from"`
}

var foldKeyLayout = warehouse.LayoutOf[foldKey]()

// openTimelines opens the streams of merchants, in order of their ids, from the
// day reads on. Marks up to those of the settling pass settled count.
func openTimelines(ctx context.Context, db *warehouse.DB, merchants []*metrics.Merchant, reads sevenday.Day, settled uint64) (*timelines, error) {
	keys := make([]foldKey, len(merchants))
	t := &timelines{merchants: make(map[string]*metrics.Merchant, len(merchants))}
	start := sevenday.Millis(math.MaxInt64)
	for i, m := range merchants {
		keys[i] = foldKey{m.MerchantID, m.From}
		t.merchants[m.MerchantID] = m
		start = min(start, m.Calendar.Start(reads))
	}
	given := warehouse.Rows("keys", foldKeyLayout, keys)
	parameters := map[string]any{"start": int64(max(start, 0))}
	t.entries = openCursor[placedEntry](ctx, db, placedEntryLayout, statement("stream_entries"), parameters, given)
	t.transactions = openCursor[placedTransaction](ctx, db, placedTransactionLayout, statement("stream_transactions"), parameters, given)
	t.coupons = openCursor[placedCoupon](ctx, db, placedCouponLayout, statement("stream_coupons"), parameters, given)
	t.known = openCursor[knownPerson](ctx, db, knownPersonLayout, statement("stream_known"), map[string]any{"table": "first_days_by_run"}, given)
	t.withdrawn = openCursor[withdrawnPerson](ctx, db, withdrawnPersonLayout, statement("stream_withdrawn"),
		map[string]any{"through": settled}, given)
	for _, advance := range []func() error{
		t.entries.advance, t.transactions.advance, t.coupons.advance, t.known.advance, t.withdrawn.advance,
	} {
		if err := advance(); err != nil {
			t.close()
			return nil, err
		}
	}
	return t, nil
}

func (t *timelines) close() {
	t.entries.close()
	t.transactions.close()
	t.coupons.close()
	t.known.close()
	t.withdrawn.close()
}

// next reads the next timeline; nil at the end. It is valid until the next call.
func (t *timelines) next() (*metrics.Timeline, error) {
	key, ok := t.nextKey()
	if !ok {
		return nil, nil
	}
	line := &t.timeline
	line.Merchant, line.Person = t.merchants[key.merchantID], key.person
	line.Entries, line.Orders, line.Coupons, line.Visits = line.Entries[:0], line.Orders[:0], line.Coupons[:0], line.Visits[:0]
	for _, read := range []func(timelineKey) error{t.readKnown, t.readEntries, t.readOrders, t.readCoupons} {
		if err := read(key); err != nil {
			return nil, err
		}
	}
	if key.person != sevenday.Nobody {
		line.Visits = metrics.CutVisits(line.Visits, line.Entries, line.Merchant.Calendar)
	}
	return line, nil
}

func (t *timelines) nextKey() (least timelineKey, ok bool) {
	consider := func(there bool, key timelineKey) {
		if there && (!ok || key.before(least)) {
			least, ok = key, true
		}
	}
	consider(t.entries.ok, t.entries.current.key())
	consider(t.transactions.ok, t.transactions.current.key())
	consider(t.coupons.ok, t.coupons.current.key())
	consider(t.withdrawn.ok, t.withdrawn.current.key())
	return least, ok
}

// full tells that enough of Nobody's events were read for one piece.
func full(key timelineKey, events int) bool {
	return key.person == sevenday.Nobody && events >= pieceSize
}

func (t *timelines) readEntries(key timelineKey) error {
	line := &t.timeline
	for t.entries.ok && t.entries.current.key() == key && !full(key, len(line.Entries)) {
		e := &t.entries.current
		line.Entries = append(line.Entries, metrics.Entry{
			Time: e.EventTime, Action: e.Action, Portal: e.Portal, Terminal: e.Terminal,
			Session: e.Session, StoreID: e.StoreID, CampaignID: e.CampaignID,
		})
		if err := t.entries.advance(); err != nil {
			return err
		}
	}
	return nil
}

// readOrders adds up the transactions of one order, which are neighbors: all
// have its earliest payment's place.
func (t *timelines) readOrders(key timelineKey) error {
	line := &t.timeline
	for t.transactions.ok && t.transactions.current.key() == key && !full(key, len(line.Orders)) {
		builder := orderBuilder{currency: line.Merchant.Currency}
		placedAt, id := t.transactions.current.PlacedAt, t.transactions.current.TransactionID
		for t.transactions.ok && t.transactions.current.key() == key &&
			t.transactions.current.PlacedAt == placedAt && t.transactions.current.TransactionID == id {
			builder.add(&t.transactions.current)
			if err := t.transactions.advance(); err != nil {
				return err
			}
		}
		if order, ok := builder.order(); ok {
			line.Orders = append(line.Orders, order)
		}
	}
	return nil
}

func (t *timelines) readCoupons(key timelineKey) error {
	line := &t.timeline
	for t.coupons.ok && t.coupons.current.key() == key && !full(key, len(line.Coupons)) {
		c := &t.coupons.current
		line.Coupons = append(line.Coupons, metrics.Coupon{
			Time: c.EventTime, Coupon: c.Coupon, CampaignID: c.CampaignID, Kind: c.Kind, Stage: c.Stage,
			Placement: c.Placement, ValidUntil: c.ValidUntil,
		})
		if err := t.coupons.advance(); err != nil {
			return err
		}
	}
	return nil
}

// orderBuilder adds up one order's payments and refunds, which come by event time.
type orderBuilder struct {
	currency string // the merchant's
	result   metrics.Order
	paid     bool
	refunds  []placedTransaction
}

func (b *orderBuilder) add(t *placedTransaction) {
	currency := t.Currency
	if currency == "" {
		currency = b.currency
	}
	if t.Kind == sevenday.Refund {
		refund := *t
		refund.Currency = currency
		b.refunds = append(b.refunds, refund)
		return
	}
	if !b.paid {
		b.paid = true
		b.result = metrics.Order{
			TransactionID: t.TransactionID, PaidAt: t.EventTime, DecidedAt: t.EventTime, Currency: currency,
			Method: t.Method, Installments: t.Installments, Lever: t.Lever, Coupon: t.Coupon, StoreID: t.StoreID,
		}
		if t.OrderedAt != 0 {
			b.result.DecidedAt = t.OrderedAt
		}
	}
	if currency == b.result.Currency {
		b.result.Amount += t.Amount
		b.result.Discount += t.Discount
		b.result.StoredValue += t.StoredValue
		b.result.MerchantFee += t.MerchantFee
	}
}

// order folds the refunds in; ok is false where no payment came yet.
func (b *orderBuilder) order() (metrics.Order, bool) {
	for i := range b.refunds {
		if b.refunds[i].Currency != b.result.Currency {
			continue
		}
		refunded := min(b.refunds[i].Amount, b.result.Amount-b.result.Refunded)
		b.result.Refunded += refunded
		b.result.Excess += b.refunds[i].Amount - refunded
		if refunded > 0 {
			b.result.Refunds = append(b.result.Refunds, metrics.Refunded{Time: b.refunds[i].EventTime, Amount: refunded})
		}
		if b.result.Refunded == b.result.Amount && b.result.RefundedAt == 0 {
			b.result.RefundedAt = b.refunds[i].EventTime
		}
	}
	return b.result, b.paid
}
