package simulate

import (
	"sevenday"
)

// Record is one message for the topic of its kind.
type Record struct {
	Kind sevenday.RecordKind
	// Key is the merchant's id, the topic's key by custom.
	Key string
	// Value is the message. It is valid until the callback returns: copy it to keep it.
	Value []byte
	// Time is when the event happened, by the record; of a tombstone when it
	// was sent, of a merchant its updated_at.
	Time sevenday.Millis
}

// Faults of delivery and of producers: probabilities of a record.
const (
	lateDelivery   = 0.010
	duplicate      = 0.005
	unknownField   = 0.0005
	nullField      = 0.0005
	revised        = 0.0010
	phantom        = 0.0004
	conflicting    = 0.0001
	malformed      = 0.0005 // of a visit
	longestLate    = float64(3 * dayMillis)
	shortestLate   = float64(hourMillis)
	tombstoneDelay = float64(2 * dayMillis)
)

// shipment is a record on its way.
type shipment struct {
	Record
	day   sevenday.Day    // the merchant's day on which the event happens
	due   sevenday.Day    // the day at whose end it is delivered, where it is not at once
	at    sevenday.Millis // the instant of delivery
	notes notes
}

// notes say what a message is, for the count that is kept of what was
// delivered: a refund of next week is counted next week.
type notes uint16

const (
	noteEvent notes = 1 << iota // the first delivery of an event that happened
	noteRefused
	noteLate
	noteDuplicate
	noteRevision
	noteTombstone
	noteConflict
	noteUnknownField
	noteNullField
	noteUnmappedScene
	noteWithoutConsent
	noteExcess
	noteForeign
)

// count adds a delivered message's notes.
func (p *Planted) count(n notes) {
	for i, counter := range [...]*int{
		&p.Late, &p.Duplicates, &p.Revisions, &p.Tombstones, &p.Conflicts, &p.UnknownFields, &p.NullFields,
		&p.UnmappedScenes, &p.WithoutConsent, &p.ExcessRefunds, &p.ForeignCurrency,
	} {
		if n&(noteLate<<i) != 0 {
			*counter++
		}
	}
}

// ship hands a finished event's record over, and adds what goes wrong on the
// way: lateness, a second delivery, a field nobody knows.
func (d *today) ship(kind sevenday.RecordKind, b []byte, h header) {
	n := h.notes | noteEvent
	if h.sender.refused {
		n |= noteWithoutConsent
	}
	u := d.noise.Float64()
	switch {
	case u < lateDelivery:
		d.forward(kind, append(b, '}'), h.time, sevenday.Millis(d.noise.between(shortestLate, longestLate)), n|noteLate)
	case u < lateDelivery+duplicate:
		b = append(b, '}')
		d.forward(kind, b, h.time, 0, n)
		d.forward(kind, b, h.time, d.secondDelivery(), noteDuplicate)
	case u < lateDelivery+duplicate+unknownField:
		d.forward(kind, append(b, `,"demo_extra":{"note":"not in the contract"}}`...), h.time, 0, n|noteUnknownField)
	case u < lateDelivery+duplicate+unknownField+nullField:
		d.forward(kind, append(b, `,"schema":null}`...), h.time, 0, n|noteNullField)
	default:
		d.forward(kind, append(b, '}'), h.time, 0, n)
	}
}

// secondDelivery draws how long after the first a duplicate comes: at once, or days later.
func (d *today) secondDelivery() sevenday.Millis {
	if d.noise.chance(0.5) {
		return 0
	}
	return sevenday.Millis(d.noise.between(shortestLate, longestLate))
}

// forward delivers a message now, or later when it is late or its event has
// not happened yet. The buffer stays the caller's.
func (d *today) forward(kind sevenday.RecordKind, b []byte, time, delay sevenday.Millis, n notes) {
	d.buffer = b
	day := d.day + sevenday.Day((time-d.start)/dayMillis)
	s := shipment{
		Record: Record{Kind: kind, Key: d.p.MerchantID, Value: b, Time: time},
		day:    day, due: day + sevenday.Day(delay/dayMillis), at: time + delay, notes: n,
	}
	d.carry(s, delay > 0 || day > d.day)
}

// carry passes a shipment on: to the callback, to the days to come, or in live
// operation to the queue.
func (r *run) carry(s shipment, later bool) {
	switch {
	case r.queue != nil:
		r.queue.add(s)
	case later || s.Time > r.world.now:
		s.Value = append([]byte(nil), s.Value...)
		r.parked[s.due] = append(r.parked[s.due], s)
	default:
		r.deliver(s)
	}
}

// deliver hands a record to the callback and counts it. After an error nothing
// is delivered any more.
func (r *run) deliver(s shipment) {
	if r.err != nil {
		return
	}
	r.tally[s.Kind].count(s)
	r.planted.count(s.notes)
	r.err = r.each(s.Record)
}

// emitEntry sends an entry: now and then first a wrong version and its
// correction, a phantom that is withdrawn, or a conflicting copy.
func (d *today) emitEntry(s sender, time sevenday.Millis, f entryFields) {
	h := header{event: d.nextEvent(), time: time, sender: s}
	if f.scene {
		h.notes = noteUnmappedScene
	}
	other := f
	other.terminal = sevenday.TerminalOther
	u := d.noise.Float64()
	switch {
	case u < revised:
		d.forward(sevenday.KindEntry, append(d.encodeEntry(h, other), '}'), time, 0, 0)
		h.revision, h.notes = 1, h.notes|noteRevision
	case u < revised+phantom:
		ghost := header{event: d.nextEvent(), time: time, sender: s}
		d.forward(sevenday.KindEntry, append(d.encodeEntry(ghost, f), '}'), time, 0, 0)
		d.bury(sevenday.KindEntry, ghost)
	case u < revised+phantom+conflicting && f.terminal != other.terminal:
		defer d.contradict(h, other)
	}
	d.ship(sevenday.KindEntry, d.encodeEntry(h, f), h)
}

// contradict sends the same event with another terminal.
func (d *today) contradict(h header, other entryFields) {
	d.forward(sevenday.KindEntry, append(d.encodeEntry(h, other), '}'), h.time, 0, noteConflict)
}

// bury sends the tombstone of an event that never happened, up to two days later.
func (d *today) bury(kind sevenday.RecordKind, h header) {
	delay := sevenday.Millis(d.noise.between(float64(minuteMillis), tombstoneDelay))
	d.forward(kind, append(d.encodeTombstone(h.event), '}'), h.time, delay, noteTombstone)
}

// emitOrder sends a payment or a refund, with the same accidents.
func (d *today) emitOrder(s sender, time sevenday.Millis, f orderFields, n notes) {
	if f.foreign && f.kind == sevenday.Payment {
		n |= noteForeign
	}
	h := header{event: d.nextEvent(), time: time, sender: s, notes: n}
	u := d.noise.Float64()
	switch {
	case u < revised:
		wrong := f
		wrong.amount = f.amount*10 + 100
		d.forward(sevenday.KindTransaction, append(d.encodeOrder(h, wrong), '}'), time, 0, 0)
		h.revision, h.notes = 1, h.notes|noteRevision
	case u < revised+phantom:
		ghost := header{event: d.nextEvent(), time: time, sender: s}
		never := f
		never.id, never.amount = mix(ghost.event), f.amount*3+100
		d.forward(sevenday.KindTransaction, append(d.encodeOrder(ghost, never), '}'), time, 0, 0)
		d.bury(sevenday.KindTransaction, ghost)
	}
	d.ship(sevenday.KindTransaction, d.encodeOrder(h, f), h)
}

// emitCoupon sends one step of a coupon's life.
func (d *today) emitCoupon(s sender, time sevenday.Millis, f couponFields) {
	h := header{event: d.nextEvent(), time: time, sender: s}
	d.ship(sevenday.KindCoupon, d.encodeCoupon(h, f), h)
}

// nextEvent names an event; no two of a merchant's have the same id.
func (d *today) nextEvent() uint64 {
	d.people.events++
	return mix(derive(d.p.seed, partEvent) + d.people.events*golden)
}
