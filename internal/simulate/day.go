package simulate

import (
	"time"

	"sevenday"
)

// today is one merchant's day as it is being lived.
type today struct {
	*run
	p           *program
	people      *population
	observation *observation
	day         sevenday.Day
	weekday     int
	start       sevenday.Millis // midnight in the merchant's zone
	stamp       stamp
	rng         *dice  // what people do
	noise       *dice  // what goes wrong with records; apart, so that it never changes what people do
	buffer      []byte // of the record being written
}

// enter moves to a program's day.
func (d *today) enter(p *program, people *population, o *observation, day sevenday.Day) {
	d.p, d.people, d.observation, d.day, d.weekday = p, people, o, day, weekdayIndex(day)
	d.start = p.calendar.Start(day)
	_, offset := time.UnixMilli(int64(d.start + 12*hourMillis)).In(p.location).Zone()
	d.stamp.offset, d.stamp.day = int64(offset), -1
	d.noise.reseed(p.seed, partNoise, uint64(day))
}

// live lets the merchant's known users return or stay away, and new ones come.
func (d *today) live() {
	d.rng.reseed(d.p.seed, partDay, uint64(d.day))
	d.people.forget(d.day)
	for i := range d.people.users {
		u := &d.people.users[i]
		d.wakeUp(u)
		if d.rng.chance(d.p.returns(u.kind, int(d.day)-int(u.first), d.weekday)) {
			d.active(u, false)
		}
	}
	for range d.rng.poisson(d.p.arrivalsOn(d.day)) {
		d.arrive()
	}
}

// wakeUp is what happens to a user without any visit: the coupon in hand
// expires, a message of the life account is answered.
func (d *today) wakeUp(u *user) {
	if u.coupon != 0 && int32(d.day) > u.couponDay+couponDays {
		d.expire(u)
	}
	if u.is(followed) && u.coupon == 0 && d.rng.chance(messageClaim) {
		d.answerMessage(u)
	}
}

// arrive is a new user's first day. One-timers are not remembered.
func (d *today) arrive() {
	u := d.newUser()
	if d.rng.chance(startUnknown) && !u.is(assentRefused) {
		u.flags |= anonymous
	}
	d.observeArrival(&u)
	d.active(&u, true)
	if u.kind != oneTimer {
		d.people.users = append(d.people.users, u)
	}
}

func (d *today) newUser() user {
	shares := d.p.kindShares()
	u := user{number: d.people.next, first: int32(d.day), kind: uint8(d.rng.pick(shares[:]))}
	d.people.next++
	if d.rng.chance(withoutAssent) {
		u.flags |= assentRefused
	}
	return u
}

// Hours of the merchant's day. Every visit, with all that belongs to it, stays
// on the day it starts on, and two visits of a day stay apart.
const (
	opening    = 7 * hourMillis
	noon       = 13*hourMillis + 30*minuteMillis
	afternoon  = 15 * hourMillis
	lastVisit  = 22 * hourMillis
	firstOrder = 5 * minuteMillis // after the visit's start
	lastOrder  = 18 * minuteMillis
)

// active is a day on which the user comes, once or twice.
func (d *today) active(u *user, first bool) {
	if d.rng.chance(secondVisit) {
		d.visit(u, first, d.moment(opening, noon))
		d.visit(u, false, d.moment(afternoon, lastVisit))
		return
	}
	middle := (d.rng.Float64() + d.rng.Float64()) / 2
	d.visit(u, first, d.start+opening+sevenday.Millis(middle*float64(lastVisit-opening)))
}

// moment draws an instant of the day from [from, to) after midnight.
func (d *today) moment(from, to sevenday.Millis) sevenday.Millis {
	return d.start + d.after(from, to)
}

// after draws a duration from [from, to).
func (d *today) after(from, to sevenday.Millis) sevenday.Millis {
	return from + sevenday.Millis(d.rng.Float64()*float64(to-from))
}

// enroll makes the members of a day before the history: they are registered,
// so that they never look new.
func (d *today) enroll(keep bool, count int) {
	for range count {
		u := d.newUser()
		u.flags |= registered
		if d.p.visits() {
			d.emitEntry(d.sender(&u), d.moment(opening, lastVisit), entryFields{action: sevenday.ActionRegister, terminal: sevenday.TerminalAlipay})
		}
		if keep && u.kind != oneTimer {
			d.people.users = append(d.people.users, u)
		}
	}
}
