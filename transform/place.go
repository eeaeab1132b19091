package transform

import (
	"cmp"
	"context"
	"slices"

	"sevenday"
)

// anonymousID is an anonymous id at a merchant.
type anonymousID struct {
	merchantID string
	anonymous  sevenday.Person
}

// order is a transaction id at a merchant.
type order struct{ merchantID, transactionID string }

// place decides where each event of the pass stands.
func (p *pass) place(context.Context) error {
	links := p.links()
	person := func(h *settledHead) sevenday.Person {
		if !h.alone() {
			return h.User
		}
		if link := links[anonymousID{h.MerchantID, h.Anonymous}]; link != nil {
			return link.User
		}
		return h.Anonymous
	}
	leading := p.leadingPayments()
	for _, e := range p.events {
		h := &e.after
		switch {
		case h.Deleted:
			h.place, h.DecidedAt = place{}, 0
		case h.Kind != sevenday.KindTransaction:
			h.place, h.DecidedAt = place{person(h), h.EventTime}, h.EventTime
		default:
			payment := leading[order{h.MerchantID, h.TransactionID}]
			h.place = placeOfOrder(h, payment, person)
			h.DecidedAt = h.PlacedAt
			if payment != nil && payment.OrderedAt != 0 {
				h.DecidedAt = payment.OrderedAt
			}
		}
	}
	return nil
}

// placeOfOrder puts a transaction beside its order's earliest payment. A refund
// whose payment has not come is nobody's until it does.
func placeOfOrder(h, payment *settledHead, person func(*settledHead) sevenday.Person) place {
	if payment == nil {
		return place{sevenday.Nobody, h.EventTime}
	}
	return place{person(payment), payment.EventTime}
}

// links finds, for each anonymous id, the record that ties it to its user: the
// one with the least (event time, event id).
func (p *pass) links() map[anonymousID]*settledHead {
	links := make(map[anonymousID]*settledHead)
	for _, e := range p.events {
		if !e.after.links() {
			continue
		}
		key := anonymousID{e.MerchantID, e.after.Anonymous}
		if best := links[key]; best == nil || earlier(&e.after, best) {
			links[key] = &e.after
		}
	}
	return links
}

// leadingPayments finds each order's earliest payment.
func (p *pass) leadingPayments() map[order]*settledHead {
	leading := make(map[order]*settledHead)
	for _, e := range p.events {
		h := &e.after
		if h.Kind != sevenday.KindTransaction || h.Deleted || h.TransactionKind != sevenday.Payment {
			continue
		}
		key := order{h.MerchantID, h.TransactionID}
		if best := leading[key]; best == nil || earlier(h, best) {
			leading[key] = h
		}
	}
	return leading
}

func earlier(a, b *settledHead) bool {
	return cmp.Or(
		cmp.Compare(a.EventTime, b.EventTime),
		cmp.Compare(a.EventID, b.EventID),
		cmp.Compare(a.Kind, b.Kind),
	) < 0
}

// spot is one row of a table of placed events, as far as its key goes: whose
// timeline, and where in it.
type spot struct {
	place
	EventTime     sevenday.Millis `ch:"event_time"`
	TransactionID string          `ch:"transaction_id"`
	Stage         sevenday.Stage  `ch:"stage"`
}

// spots returns where a record stands: nowhere when it is deleted, in two
// timelines when it is a gift.
func (h *settledHead) spots() []spot {
	if h.Deleted {
		return nil
	}
	own := spot{h.place, h.EventTime, h.TransactionID, h.Stage}
	if h.Stage != sevenday.StageGifted || h.ToUser == sevenday.Nobody {
		return []spot{own}
	}
	received := own
	received.Person, received.Stage = h.ToUser, sevenday.StageReceived
	return []spot{own, received}
}

// change is what a pass does to one event.
type change struct {
	event   *event
	placed  []spot // where it stands now
	removed []spot // where it stood and no longer does
}

// changesOf compares the event before and after the pass; ok is false where nothing changed.
func changesOf(e *event) (c change, ok bool) {
	if !e.changed() && !e.moved() {
		return change{}, false
	}
	c = change{event: e, placed: e.after.spots()}
	if e.before == nil {
		return c, true
	}
	for _, s := range e.before.spots() {
		if !slices.Contains(c.placed, s) {
			c.removed = append(c.removed, s)
		}
	}
	return c, true
}
