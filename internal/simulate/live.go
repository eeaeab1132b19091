package simulate

import (
	"cmp"
	"container/heap"
	"context"
	"time"

	"sevenday"
)

// queue holds what has been made and is not yet due, the earliest first. Of
// equal instants the one made first goes first, so that a seed has one order.
type queue struct {
	waiting []queued
	made    uint64
}

type queued struct {
	shipment
	number uint64
}

func (q *queue) Len() int { return len(q.waiting) }

func (q *queue) Less(i, j int) bool {
	a, b := &q.waiting[i], &q.waiting[j]
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.number, b.number)) < 0
}

func (q *queue) Swap(i, j int) { q.waiting[i], q.waiting[j] = q.waiting[j], q.waiting[i] }

// Push and Pop are for container/heap alone.
func (q *queue) Push(x any) { q.waiting = append(q.waiting, x.(queued)) }

// Pop removes the last place.
func (q *queue) Pop() any {
	last := len(q.waiting) - 1
	x := q.waiting[last]
	q.waiting = q.waiting[:last]
	return x
}

// add copies the shipment, whose bytes the maker writes over.
func (q *queue) add(s shipment) {
	s.Value = append([]byte(nil), s.Value...)
	q.made++
	heap.Push(q, queued{s, q.made})
}

// Live goes on after the history, in the same world: each record is handed to
// each when the clock Now reaches its delivery. What was due before from is
// taken as sent already, what is due between from and the first look at the
// clock is sent at once. It blocks until the context ends, whose error it
// returns, or until each fails.
//
// It goes on from the last finished Stream; without one, or when called again,
// it lives through the history first, silently. It holds the records of the
// day that is being lived, and no more.
func (w *World) Live(ctx context.Context, from time.Time, each func(Record) error) error {
	r, err := w.takeEnd(ctx)
	if err != nil {
		return err
	}
	r.each = each
	r.queue = &queue{}
	for _, due := range r.parkedDays() {
		for _, s := range r.parked[due] {
			r.queue.add(s)
		}
		delete(r.parked, due)
	}
	return r.trickle(ctx, sevenday.Millis(from.UnixMilli()))
}

// takeEnd returns the world as it was at the end of its history.
func (w *World) takeEnd(ctx context.Context) (*run, error) {
	w.mu.Lock()
	r := w.end
	w.end = nil
	w.mu.Unlock()
	if r != nil {
		return r, nil
	}
	r = newRun(w, func(Record) error { return nil })
	return r, r.history(ctx)
}

// trickle makes each day when it dawns somewhere, and sends what is due.
func (r *run) trickle(ctx context.Context, from sevenday.Millis) error {
	next := r.world.config.Until + 1
	for {
		now := sevenday.Millis(r.world.config.Now().UnixMilli())
		for ; r.world.dawn(next) <= now; next++ {
			if err := r.liveDay(ctx, next); err != nil {
				return err
			}
			r.sendDue(from, now)
		}
		r.sendDue(from, now)
		if r.err != nil {
			return r.err
		}
		if err := r.sleep(ctx, min(r.nextDue(), r.world.dawn(next))-now); err != nil {
			return err
		}
	}
}

// dawn is when the day begins for the easternmost merchant.
func (w *World) dawn(day sevenday.Day) sevenday.Millis {
	first := w.programs[0].calendar.Start(day)
	for _, p := range w.programs {
		if p.TimeZone != sevenday.DefaultTimeZone {
			first = min(first, p.calendar.Start(day))
		}
	}
	return first
}

// sendDue sends what is due by now, and drops what was due before from.
func (r *run) sendDue(from, now sevenday.Millis) {
	for r.queue.Len() > 0 && r.nextDue() <= now && r.err == nil {
		s := heap.Pop(r.queue).(queued)
		if s.at >= from {
			r.deliver(s.shipment)
		}
	}
}

// never is later than any record.
const never = sevenday.Millis(1) << 62

func (r *run) nextDue() sevenday.Millis {
	if r.queue.Len() == 0 {
		return never
	}
	return r.queue.waiting[0].at
}

func (r *run) sleep(ctx context.Context, wait sevenday.Millis) error {
	timer := time.NewTimer(time.Duration(wait) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
