package simulate

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/zeebo/xxh3"

	"sevenday"
)

// run is one pass through a world: what its people have become, and what was
// sent so far.
type run struct {
	world    *World
	each     func(Record) error
	err      error // the first that each returned
	people   []population
	observed []observation
	parked   map[sevenday.Day][]shipment // deliveries of the days to come
	queue    *queue                      // in live operation: everything not yet sent
	tally    [sevenday.KindMerchant + 1]KindTally
	planted  Planted
	today    *today
}

func newRun(w *World, each func(Record) error) *run {
	r := &run{
		world: w, each: each,
		people: make([]population, len(w.programs)), observed: make([]observation, len(w.programs)),
		parked:  map[sevenday.Day][]shipment{},
		planted: Planted{Malformed: map[string]int{}},
	}
	r.today = &today{run: r, rng: newDice(), noise: newDice()}
	return r
}

// KindTally counts what was sent of one kind of record.
type KindTally struct {
	// Produced is the number of messages, duplicates and refused ones included.
	Produced int64 `json:"produced"`
	// Hash is the sum modulo 2^64 of the xxh3 of every message: the same in
	// whatever order they arrive. A JSON string, because readers make floats of numbers.
	Hash uint64 `json:"hash,string"`
	// Events is the number of different events that happened: what is left once
	// duplicates, corrections, conflicts and withdrawn events are settled.
	Events int64 `json:"events"`
	// Refused is the number of messages that break the contract.
	Refused int64 `json:"refused"`
}

func (t *KindTally) count(s shipment) {
	t.Produced++
	t.Hash += xxh3.Hash(s.Value)
	if s.notes&noteEvent != 0 {
		t.Events++
	}
	if s.notes&noteRefused != 0 {
		t.Refused++
	}
}

// Stream lives through the whole history and hands every record to each, on
// the caller's goroutine: first the merchants, then the members from before
// the history, then day by day one merchant after the other. Records of a day
// are in no order of time within a merchant; late ones come at the end of the
// day they are due on, up to three days after their event.
//
// It stops at the first error of each or of the context and returns it. The
// returned Truth says what the figures of these records must be.
func (w *World) Stream(ctx context.Context, each func(Record) error) (Truth, error) {
	r := newRun(w, each)
	if err := r.history(ctx); err != nil {
		return Truth{}, err
	}
	truth := r.truth()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.end = r
	return truth, nil
}

// history runs everything up to the last day.
func (r *run) history(ctx context.Context) error {
	if err := r.sendMerchants(); err != nil {
		return err
	}
	if err := r.yearAgo(ctx); err != nil {
		return err
	}
	if err := r.enrollAll(ctx); err != nil {
		return err
	}
	for day := r.world.from; day <= r.world.config.Until; day++ {
		if err := r.liveDay(ctx, day); err != nil {
			return err
		}
	}
	r.flush()
	return r.err
}

func (r *run) sendMerchants() error {
	for _, p := range r.world.programs {
		b, err := encodeMerchant(p.Merchant)
		if err != nil {
			return err
		}
		record := Record{Kind: sevenday.KindMerchant, Key: p.MerchantID, Value: b, Time: p.UpdatedAt}
		r.deliver(shipment{Record: record, notes: noteEvent})
	}
	return r.err
}

// liveDay is a day of all merchants in turn, and then what is due that day.
func (r *run) liveDay(ctx context.Context, day sevenday.Day) error {
	for i, p := range r.world.programs {
		if err := cmp.Or(ctx.Err(), r.err); err != nil {
			return err
		}
		r.today.enter(p, &r.people[i], &r.observed[i], day)
		r.today.live()
	}
	r.release(day)
	return r.err
}

// yearAgo lives through the weeks of a year ago, of those merchants whose
// story needs them. Their people of then are not those of now.
func (r *run) yearAgo(ctx context.Context) error {
	for _, p := range r.world.ago {
		people := &population{next: uint32(3 * r.world.pool), events: 1 << 40, coupons: 1 << 30}
		from, until := r.world.span(p)
		r.enroll(p, people, from)
		for day := from; day <= until && r.err == nil; day++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			r.today.enter(p, people, &observation{}, day)
			r.today.live()
		}
	}
	r.flush()
	return r.err
}

// enrollAll sends the members from before the history.
func (r *run) enrollAll(ctx context.Context) error {
	for i, p := range r.world.programs {
		if err := cmp.Or(ctx.Err(), r.err); err != nil {
			return err
		}
		r.enrollOld(p, &r.people[i])
		r.enroll(p, &r.people[i], r.world.from)
	}
	r.flush()
	return r.err
}

// enroll makes the members of the maxLag days before the first: who came then may still return.
func (r *run) enroll(p *program, people *population, first sevenday.Day) {
	d := r.today
	for day := first - maxLag; day < first; day++ {
		d.enter(p, people, &observation{}, day)
		d.rng.reseed(p.seed, partMembers, uint64(day))
		d.enroll(true, d.rng.poisson(p.arrivalsOn(day)))
	}
}

// yearsBack is over how many days before the history old members registered.
const yearsBack = 365

// enrollOld makes members of long ago, who never return.
func (r *run) enrollOld(p *program, people *population) {
	d, sent := r.today, 0
	for i := range yearsBack {
		upTo := p.credit.oldMembers * (i + 1) / yearsBack
		if upTo == sent {
			continue
		}
		d.enter(p, people, &observation{}, r.world.from-maxLag-yearsBack+sevenday.Day(i))
		d.rng.reseed(p.seed, partMembers, uint64(d.day))
		d.enroll(false, upTo-sent)
		sent = upTo
	}
}

// flush delivers at once all that has happened by the end of the history; what
// has not happened yet stays parked.
func (r *run) flush() {
	for _, due := range r.parkedDays() {
		r.release(due)
	}
}

// release delivers what is due on the day, but for events that are still to come.
func (r *run) release(due sevenday.Day) {
	var rest []shipment
	for _, s := range r.parked[due] {
		if s.day > r.world.config.Until || s.Time > r.world.now {
			rest = append(rest, s)
			continue
		}
		r.deliver(s)
	}
	if rest == nil {
		delete(r.parked, due)
		return
	}
	r.parked[due] = rest
}

// parkedDays lists the days on which something is due, in order.
func (r *run) parkedDays() []sevenday.Day { return slices.Sorted(maps.Keys(r.parked)) }
