package simulate

import (
	"math"

	"sevenday"
)

// adoption is when a merchant switched installments on and what it changes: a
// share of the buyers, growing over weeks, pays by installments and buys
// multiple times as much; the plan's fee is the merchant's.
type adoption struct {
	on       bool
	day      sevenday.Day // installments are on from its midnight
	pull     float64      // the merchant's share of such buyers relative to others
	multiple float64      // what they spend relative to what they would have spent
	ceiling  float64      // the share once everybody knows
	idle     bool         // installments change nothing: the counterfactual of a test
}

const (
	learning     = 14.0 // days until all but a third have learnt of it
	headStart    = 7.0  // days of learning done before the first
	maxTakeUp    = 0.85
	longAgo      = 700 // days before the history when merchants apart switched it on: before the weeks of a year ago, too
	apartCeiling = 0.25
)

// takeUp is the share of orders on the day that are paid by installments.
func (a *adoption) takeUp(day sevenday.Day) float64 {
	if !a.on || day < a.day {
		return 0
	}
	return a.ceiling * (1 - math.Exp(-(float64(day-a.day)+headStart)/learning))
}

// spread is what the take-up makes of an order's net amount, relative to the
// same order without installments: the factor on its mean and on its mean square.
func (a *adoption) spread(day sevenday.Day) (mean, square float64) {
	q := a.takeUp(day)
	if a.idle {
		return 1, 1
	}
	fee, feeSquare := feeMoments()
	kept := 1 - refundMean
	mean = 1 - q + q*a.multiple*(kept-fee)/kept
	with := keptSquare - 2*kept*fee + feeSquare
	square = 1 - q + q*a.multiple*a.multiple*with/keptSquare
	return mean, square
}

// Weeks that the panel must have before the first and after the last adoption.
const (
	weeksBefore  = 3
	weeksAfter   = 4 // the week of the adoption included
	mostWaves    = 5
	lastStartDay = 3 // adoptions fall on Monday to Wednesday
	refundWeek   = 7 // days after a week until its refunds are in
)

// panelWeeks lists the Mondays of the history's whole weeks whose refund
// horizon is over when the history ends.
func panelWeeks(from, until sevenday.Day) []sevenday.Day {
	var weeks []sevenday.Day
	for monday := (from + 6).Monday(); monday+6+refundWeek <= until; monday += 7 {
		weeks = append(weeks, monday)
	}
	return weeks
}

// waves lists the weeks in which merchants adopt installments; none where the panel is too short.
func waves(panel []sevenday.Day) []sevenday.Day {
	if len(panel) <= weeksBefore+weeksAfter-1 {
		return nil
	}
	list := panel[weeksBefore : len(panel)-weeksAfter+1]
	return list[:min(len(list), mostWaves)]
}

// spreadAdoption chooses each industry's adopters by lot and their weeks in
// turn, so that no wave is one merchant alone where there are enough.
func spreadAdoption(c Config, programs []*program, panel []sevenday.Day) {
	weeks := waves(panel)
	for _, in := range industries {
		candidates := candidatesOf(in, programs, c)
		d := newDice().reseed(c.Seed, partAdoption, hashName(in.name))
		d.Shuffle(len(candidates), func(i, j int) { candidates[i], candidates[j] = candidates[j], candidates[i] })
		treated := int(math.Round(in.treated * float64(len(candidates))))
		groups := min(len(weeks), max(1, treated/3))
		for i, p := range candidates[:treated] {
			day := sevenday.Day(d.IntN(lastStartDay))
			if len(weeks) == 0 {
				continue
			}
			p.adopt(weeks[i%groups] + day)
		}
	}
}

// candidatesOf lists the industry's merchants that may adopt within the
// history, and gives installments to those that have long had them.
func candidatesOf(in *industry, programs []*program, c Config) []*program {
	var candidates []*program
	for _, p := range programs {
		if p.industry != in {
			continue
		}
		switch {
		case p.role != nil && p.role.apart:
			p.adopt(c.Until - sevenday.Day(c.Days) - longAgo)
			p.adoption.ceiling = apartCeiling
		case p.role == nil || !p.role.control:
			candidates = append(candidates, p)
		}
	}
	return candidates
}

func (p *program) adopt(day sevenday.Day) {
	p.adoption.on, p.adoption.day = true, day
	p.Capabilities = append(p.Capabilities, sevenday.Capability{Name: "installments", EnabledAt: p.calendar.Start(day)})
}

// inPanel tells whether the merchant stands in the panel of installments: a
// control, or an adopter within the history.
func (p *program) inPanel() bool { return p.role == nil || !p.role.apart }

// treated tells whether the merchant adopts within the history.
func (p *program) treated() bool { return p.inPanel() && p.adoption.on }
