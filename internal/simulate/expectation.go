package simulate

import (
	"math"

	"sevenday"
)

// expectation is how many people come on average, day by day.
type expectation struct {
	from     sevenday.Day // of active; arrivals begin maxLag days earlier
	arrivals []float64    // new users
	active   []float64    // users with a visit, the new ones included
}

func (e *expectation) multiply(factor float64) {
	for i := range e.arrivals {
		e.arrivals[i] *= factor
	}
	for i := range e.active {
		e.active[i] *= factor
	}
}

// arrivalsOn is the mean number of new users of a day, before the history too:
// who came then is a member now.
func (p *program) arrivalsOn(day sevenday.Day) float64 {
	mean := p.arrivals * p.weekday[weekdayIndex(day)]
	if p.growing() {
		mean *= math.Exp(p.growth / 7 * float64(min(day, p.peak)-p.middle))
	}
	if p.credit.on && day >= p.credit.day {
		mean *= 1 + creditMembers
	}
	return mean
}

// expect sums arrivals and returns over [from, until], both ends in.
//
//	active(t) = arrivals(t) + sum over lags k of arrivals(t-k) * P(active k days after the first)
//
// It is exact, because returns on different days are independent draws.
func (p *program) expect(from, until sevenday.Day) expectation {
	if p.middle == 0 {
		p.middle, p.peak = from+(until-from)/2, until
	}
	e := expectation{from: from}
	for day := from - maxLag; day <= until; day++ {
		e.arrivals = append(e.arrivals, p.arrivalsOn(day))
	}
	chances := p.returnTable()
	for day := from; day <= until; day++ {
		today := int(day-from) + maxLag
		sum := e.arrivals[today]
		for lag, chance := range chances[weekdayIndex(day)] {
			sum += e.arrivals[today-lag] * chance
		}
		e.active = append(e.active, sum)
	}
	return e
}

// returnTable is the retention by weekday and lag; 0 for lag 0.
func (p *program) returnTable() (table [7][maxLag + 1]float64) {
	for weekday := range table {
		for lag := 1; lag <= maxLag; lag++ {
			table[weekday][lag] = p.retention(lag, weekday)
		}
	}
	return table
}

// activeOn is the expected number of active users of a day of the history.
func (p *program) activeOn(day sevenday.Day) float64 {
	return p.expectation.active[day-p.expectation.from]
}

// newOn is the expected number of new users of a day, from maxLag days before the history.
func (p *program) newOn(day sevenday.Day) float64 {
	return p.expectation.arrivals[int(day-p.expectation.from)+maxLag]
}

// ordersOn is the expected number of orders of a day.
func (p *program) ordersOn(day sevenday.Day) float64 {
	return p.activeOn(day) * visitsPerDay * p.conversionOn(day)
}

// expectedRecords is about how many records the program sends. It only sets
// the size of the world: no figure depends on it.
func (p *program) expectedRecords(from, until sevenday.Day) float64 {
	visits, members := 0.0, 0.0
	for day := from; day <= until; day++ {
		visits += p.activeOn(day) * visitsPerDay
	}
	for day := from - maxLag; day < from; day++ {
		members += p.newOn(day)
	}
	orders := visits * p.conversion * (1 + fullRefund + partialRefund)
	if !p.visits() {
		return orders
	}
	fresh := visits / visitsPerDay / p.activeDaysPerUser()
	aware := 1 - p.conversion
	coupons := visits * (p.conversion*offerOnPaid*(1+claimOnPaid) + aware*offerOnVisit*(1+claimOnVisit))
	return (visits*(1+secondPage) + orders + couponsPerOffer*coupons + followUps*visits*p.conversion + fresh*p.register + members) * (1 + duplicate)
}

// Of what is offered, what becomes of it: fitted to counts of made worlds.
const (
	couponsPerOffer = 1.10
	followUps       = 0.19
)

// outcome is a sum over a span of days that users' orders make up.
type outcome struct {
	mean, variance float64
}

// orders returns mean and variance of the orders decided in [from, to], both
// ends in, each order weighted with an independent amount of mean 1 and the
// given mean square (1 for counts). Users arrive as a Poisson process, so
//
//	variance = sum over users of E[(sum of the user's weights)^2]
//
// with the orders of one user taken as Poisson given the user's kind.
func (p *program) orders(from, to sevenday.Day, square float64) outcome {
	var o outcome
	shares := p.kindShares()
	for first := from - maxLag; first <= to; first++ {
		arrivals := p.arrivalsOn(first)
		for kind, share := range shares {
			mean := p.ordersOf(uint8(kind), first, from, to)
			o.mean += arrivals * share * mean
			o.variance += arrivals * share * (mean*square + mean*mean)
		}
	}
	return o
}

// ordersOf is the expected orders in [from, to] of a user of the kind who came first on the day.
func (p *program) ordersOf(kind uint8, first, from, to sevenday.Day) float64 {
	sum := 0.0
	for day := max(first, from); day <= min(to, first+maxLag); day++ {
		chance := 1.0
		if day > first {
			chance = p.returns(kind, int(day-first), weekdayIndex(day))
		}
		sum += chance * visitsPerDay * p.conversionOn(day)
	}
	return sum
}

// growthOver is the ratio of two expected outcomes less one, and the ratio's
// standard error to first order.
func (o outcome) growthOver(before outcome) (growth, deviation float64) {
	ratio := o.mean / before.mean
	relative := o.variance/(o.mean*o.mean) + before.variance/(before.mean*before.mean)
	return ratio - 1, ratio * math.Sqrt(relative)
}

// amountSquare is the mean square of an order's net amount relative to its mean, without installments.
func (p *program) amountSquare() float64 {
	kept := 1 - refundMean
	return math.Exp(p.sigma*p.sigma) * keptSquare / (kept * kept)
}
