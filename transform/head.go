package transform

import (
	"cmp"

	"sevenday"
)

// identity names an event for ever: deliveries with the same identity are the same event.
type identity struct {
	Kind       sevenday.RecordKind `ch:"kind"`
	MerchantID string              `ch:"merchant_id"`
	EventID    string              `ch:"event_id"`
}

// head is what deciding needs to know of one delivery; its body stays in the
// log, at its coordinates.
type head struct {
	MerchantID      string                   `ch:"merchant_id"`
	EventID         string                   `ch:"event_id"`
	Revision        uint32                   `ch:"revision"`
	KafkaTime       sevenday.Millis          `ch:"kafka_time"`
	TopicEpoch      uint32                   `ch:"topic_epoch"`
	Part            uint32                   `ch:"part"`
	Off             int64                    `ch:"off"`
	Deleted         bool                     `ch:"deleted"`
	EventTime       sevenday.Millis          `ch:"event_time"`
	User            sevenday.Person          `ch:"user"`
	Anonymous       sevenday.Person          `ch:"anonymous"`
	TransactionID   string                   `ch:"transaction_id"`
	TransactionKind sevenday.TransactionKind `ch:"transaction_kind"`
	Stage           sevenday.Stage           `ch:"stage"`
	ToUser          sevenday.Person          `ch:"to_user"`
	OrderedAt       sevenday.Millis          `ch:"ordered_at"` // of a payment, 0 where the record has none
}

// beats tells whether h replaces other as the record of their identity: the
// higher revision does and, between equal ones, the one that came first.
func (h *head) beats(other *head) bool {
	return cmp.Or(
		cmp.Compare(h.Revision, other.Revision),
		cmp.Compare(other.KafkaTime, h.KafkaTime),
		cmp.Compare(other.TopicEpoch, h.TopicEpoch),
		cmp.Compare(other.Part, h.Part),
		cmp.Compare(other.Off, h.Off),
	) > 0
}

// links tells that the record ties its anonymous id to its user.
func (h *head) links() bool { return !h.Deleted && h.User != 0 && h.Anonymous != 0 }

// alone tells that the record names its person by an anonymous id only.
func (h *head) alone() bool { return h.User == 0 && h.Anonymous != 0 }

// place is where an event stands: whose it is and when. Transactions of one
// order share the place of its earliest payment.
type place struct {
	Person   sevenday.Person `ch:"person"`
	PlacedAt sevenday.Millis `ch:"placed_at"`
}

// settledHead is a row of event_ids: the winning record of an identity and its place.
type settledHead struct {
	Kind    sevenday.RecordKind `ch:"kind"`
	Version uint64              `ch:"version"`
	head
	place
	// DecidedAt is the instant from which figures depend on the event: for
	// transactions when the order was decided, which may be before it was paid.
	DecidedAt sevenday.Millis `ch:"decided_at"`
}

// event is one identity as a pass finds it and leaves it.
type event struct {
	identity
	before *settledHead // nil: never settled
	after  settledHead  // equal to *before where the pass brings nothing new
}

// changed tells whether the pass brings another record of the event.
func (e *event) changed() bool {
	return e.before == nil || e.before.TopicEpoch != e.after.TopicEpoch || e.before.Part != e.after.Part || e.before.Off != e.after.Off
}

// moved tells whether the event stands elsewhere after the pass, or nowhere.
func (e *event) moved() bool {
	return e.before == nil || e.before.place != e.after.place || e.before.DecidedAt != e.after.DecidedAt || e.before.Deleted != e.after.Deleted ||
		e.before.EventTime != e.after.EventTime || e.before.TransactionID != e.after.TransactionID ||
		e.before.Stage != e.after.Stage || e.before.ToUser != e.after.ToUser
}
