package simulate

import "sevenday"

// What the merchants with a story are to show.
const (
	creditOrders  = 1.0 // daily orders double
	creditMembers = 0.7 // registered users grow by 70 %
	yearGrowth    = 3.0 // sales year on year, +300 %
	yearDays      = 364 // 52 weeks: the same weeks a year before
)

// creditCase is a merchant that switches the credit exemption on: more people
// come from that day, and each visit buys more often, because nobody has to
// leave a deposit any more.
type creditCase struct {
	on         bool
	day        sevenday.Day
	lift       float64 // factor on the conversion from the day on
	oldMembers int     // registered long before, never to return
}

// conversionOn is the probability that a visit of the day ends in an order.
func (p *program) conversionOn(day sevenday.Day) float64 {
	if p.credit.on && day >= p.credit.day {
		return p.conversion * p.credit.lift
	}
	return p.conversion
}

// creditSpan is how the case is read: the mean of days 29 to 56 after the
// switch against the 28 days before it.
type creditSpan struct {
	day              sevenday.Day
	before, beforeTo sevenday.Day // both ends in
	after, afterTo   sevenday.Day
}

const (
	firstReading = 29
	lastReading  = 56
	daysBefore   = 28
)

// newCreditSpan places the switch so that its last reading is the day before the history's last.
func newCreditSpan(until sevenday.Day) creditSpan {
	day := until - lastReading - 1
	return creditSpan{
		day: day, before: day - daysBefore, beforeTo: day - 1,
		after: day + firstReading, afterTo: day + lastReading,
	}
}

func (s creditSpan) fits(from sevenday.Day) bool { return s.before >= from }

// calibrateCredit sets the lift under which the expected orders double, and
// how many members there were before: as many as make the stock of registered
// users grow by the same share as the flow of new ones, so that both readings
// of "registered users grew by 70 %" are planted.
func (p *program) calibrateCredit(s creditSpan) {
	if !p.credit.on {
		return
	}
	p.credit.lift = (1 + creditOrders) * p.sumActive(s.before, s.beforeTo) / p.sumActive(s.after, s.afterTo)
	before, after := p.meanStock(s.before, s.beforeTo), p.meanStock(s.after, s.afterTo)
	p.credit.oldMembers = max(0, int((after-(1+creditMembers)*before)/creditMembers+0.5))
}

func (p *program) sumActive(from, to sevenday.Day) float64 {
	sum := 0.0
	for day := from; day <= to; day++ {
		sum += p.activeOn(day)
	}
	return sum
}

// meanStock is the mean over [from, to] of the users who have arrived since
// the first member who is remembered.
func (p *program) meanStock(from, to sevenday.Day) float64 {
	stock, sum := 0.0, 0.0
	for day := p.expectation.from - maxLag; day <= to; day++ {
		stock += p.newOn(day)
		if day >= from {
			sum += stock
		}
	}
	return sum / float64(to-from+1)
}

// weekSpan is the last whole weeks of the history, read against the same weeks
// a year before.
type weekSpan struct {
	from, to sevenday.Day // both ends in
}

const wholeWeeks = 4

// lastWeeks returns nil where the history has fewer whole weeks.
func lastWeeks(from, until sevenday.Day) *weekSpan {
	to := (until + 1).Monday() - 1
	s := &weekSpan{from: to - 7*wholeWeeks + 1, to: to}
	if s.from < from {
		return nil
	}
	return s
}

// windows are the days that the built-in claims are read over, both ends in.
type windows struct {
	cohortFrom, cohortTo sevenday.Day // the last 28 cohorts whose day 7 is over
	visitFrom, visitTo   sevenday.Day // the last 28 days whose conversion window is over
	credit               creditSpan
	weeks                *weekSpan
}

const reportDays = 28

func newWindows(from, until sevenday.Day) windows {
	return windows{
		cohortFrom: max(from, until-7-reportDays+1), cohortTo: until - 7,
		visitFrom: max(from, until-reportDays), visitTo: until - 1,
		credit: newCreditSpan(until), weeks: lastWeeks(from, until),
	}
}
