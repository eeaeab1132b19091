package attribution

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Fold gives each payment's net amount to the portals of its path under every
// rule, and counts the transitions of which the Markov model is made.
//
// A payment stands on the day on which it was paid, so that the credits of a day
// add up to its net sales; its path is what lies before the instant at which it
// was decided. Payments of nobody have no path: their credit is Direct's, like
// that of any payment without a touch.
type Fold struct {
	Touches     []TouchRow
	Sums        []SumRow
	Paths       []PathRow
	Transitions []TransitionRow

	days     map[sevenday.Day]int // index in daySums
	daySums  [][Channels]SumRow
	paths    map[pathKey]int // index in pathSums
	pathSums []pathSums
	months   months
	path     Path
	credits  Credits
	decided  []sevenday.Millis // of the person at hand, ascending
}

type pathKey struct {
	day  sevenday.Day
	path uint32
	last Channel
}

type pathSums struct {
	orders uint64
	net    sevenday.Money
}

// decisionReach is how many days before its payment an order can have been
// decided: 30 times 24 hours, and a change of clocks.
const decisionReach sevenday.Day = 31

// Reads is the first touch of the first payment that can change, or of the first
// month whose transitions can, and what cutting its visits takes.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day {
	payments := from - decisionReach
	months := (from - lookbackReach).FirstOfMonth()
	return min(payments, months) - lookbackReach - metrics.VisitReach
}

// NewFold returns an empty fold.
func NewFold() *Fold {
	return &Fold{
		days: make(map[sevenday.Day]int), paths: make(map[pathKey]int), months: newMonths(),
	}
}

// Person credits one person's payments and follows its paths.
func (f *Fold) Person(t *metrics.Timeline) {
	f.credit(t)
	if len(t.Visits) > 0 {
		f.follow(t)
	}
}

// credit gives each payment to the visits in its lookback. Payments of days that
// are not made anew are passed over.
func (f *Fold) credit(t *metrics.Timeline) {
	first, after := 0, 0 // the visits of the lookback; payments mostly come in order
	for i := range t.Orders {
		order := &t.Orders[i]
		paidOn := t.Merchant.Calendar.Day(order.PaidAt)
		if paidOn < t.Merchant.From {
			continue
		}
		first = seek(t.Visits, first, order.DecidedAt-Lookback)
		after = seek(t.Visits, after, order.DecidedAt+1)
		f.path.read(t.Visits[first:after], order.DecidedAt)
		f.credits.credit(&f.path, order.Net())
		f.add(t, order, paidOn)
	}
}

// seek returns the index of the first visit that starts at or after an instant,
// looking from a guess on.
func seek(visits []metrics.Visit, guess int, instant sevenday.Millis) int {
	for guess > 0 && visits[guess-1].Start >= instant {
		guess--
	}
	for guess < len(visits) && visits[guess].Start < instant {
		guess++
	}
	return guess
}

// add turns the payment at hand into rows and sums.
func (f *Fold) add(t *metrics.Timeline, order *metrics.Order, paidOn sevenday.Day) {
	domestic := order.Currency == t.Merchant.Currency
	code := f.path.Code()
	day := f.day(paidOn)
	for slot, channel := range f.path.Portals() {
		given := f.credits.given(slot)
		day[channel].Touched++
		day[channel].add(&given, domestic)
		f.Touches = append(f.Touches, TouchRow{
			Key: t.Merchant.Row(paidOn), Day: paidOn, Person: t.Person, TransactionID: order.TransactionID,
			PaidAt: order.PaidAt, Currency: order.Currency, Net: order.Net(), Path: code,
			Place: uint8(slot + 1), Channel: channel, Touches: f.path.touches[slot], Given: given,
		})
	}
	sums := f.of(pathKey{paidOn, code, f.path.Last()})
	sums.orders++
	if domestic {
		sums.net += order.Net()
	}
}

// day returns the sums of a day, until the next day is asked for.
func (f *Fold) day(day sevenday.Day) *[Channels]SumRow {
	at, found := f.days[day]
	if !found {
		at = len(f.daySums)
		f.days[day] = at
		f.daySums = append(f.daySums, [Channels]SumRow{})
	}
	return &f.daySums[at]
}

// of returns the sums of a path, until the next path is asked for.
func (f *Fold) of(key pathKey) *pathSums {
	at, found := f.paths[key]
	if !found {
		at = len(f.pathSums)
		f.paths[key] = at
		f.pathSums = append(f.pathSums, pathSums{})
	}
	return &f.pathSums[at]
}

// Merchant turns the sums into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	for day, at := range f.days {
		for channel := range f.daySums[at] {
			if sums := &f.daySums[at][channel]; sums.Touched > 0 {
				sums.Key, sums.Day, sums.Channel = m.Row(day), day, Channel(channel)
				f.Sums = append(f.Sums, *sums)
			}
		}
	}
	for key, at := range f.paths {
		f.Paths = append(f.Paths, PathRow{
			Key: m.Row(key.day), Day: key.day, Path: key.path, Last: key.last,
			Orders: f.pathSums[at].orders, Net: f.pathSums[at].net,
		})
	}
	for _, month := range f.months.all {
		f.Transitions = month.rows(f.Transitions, m)
	}
	clear(f.days)
	clear(f.paths)
	f.daySums, f.pathSums = f.daySums[:0], f.pathSums[:0]
	f.months.clear()
}

// follow counts where the person's paths went from each touch. An instant's
// visit comes before its payment.
func (f *Fold) follow(t *metrics.Timeline) {
	f.decided = f.decided[:0]
	for i := range t.Orders {
		f.decided = append(f.decided, t.Orders[i].DecidedAt)
	}
	slices.Sort(f.decided)
	payment, underWay := 0, false
	for i := range t.Visits {
		v := &t.Visits[i]
		month := f.months.of(v.Day)
		from := channelOf(v.Portal)
		if !underWay {
			month.chain[Start][from]++
		}
		for payment < len(f.decided) && f.decided[payment] < v.Start {
			payment++
		}
		to := next(t.Visits[i:], f.decided[payment:])
		underWay = to != Null && to != Conversion
		month.chain[from][to]++
	}
}

// next returns the state that a path reaches from the first of the visits, given
// the payments from its start on.
func next(visits []metrics.Visit, payments []sevenday.Millis) int {
	end := visits[0].Start + Lookback
	then := Null
	if len(visits) > 1 && visits[1].Start <= end {
		end, then = visits[1].Start-1, int(channelOf(visits[1].Portal))
	}
	if len(payments) > 0 && payments[0] <= end {
		return Conversion
	}
	return then
}
