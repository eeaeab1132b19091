package simulate

import "sevenday"

// observation is what is noted about one merchant while its people live: who
// is in the cohorts and which visits there are, each with the probability of
// what happens next, never what then happened.
type observation struct {
	cohort chances // users of the report's cohorts, and their return on day 7
	portal [sevenday.Portals]chances
}

// chances sums independent draws: how many, how many are expected to succeed,
// and the variance of that number.
type chances struct {
	trials   int64
	expected float64
	variance float64
}

func (c *chances) add(p float64) {
	c.trials++
	c.expected += p
	c.variance += p * (1 - p)
}

func (c *chances) merge(other chances) {
	c.trials += other.trials
	c.expected += other.expected
	c.variance += other.variance
}

// visits sums over all portals.
func (o *observation) visits() (sum chances) {
	for _, c := range o.portal {
		sum.merge(c)
	}
	return sum
}

// observeArrival notes a new user of the report's cohorts, with the
// probability of being active on day 7.
func (d *today) observeArrival(u *user) {
	w := d.world.windows
	if u.is(assentRefused) || d.day < w.cohortFrom || d.day > w.cohortTo {
		return
	}
	d.observation.cohort.add(d.p.returns(u.kind, 7, d.weekday))
}

// observeVisit notes a visit of the report's days, with the probability of an order.
func (d *today) observeVisit(u *user, portal sevenday.Portal, p float64) {
	w := d.world.windows
	if u.is(assentRefused) || d.day < w.visitFrom || d.day > w.visitTo {
		return
	}
	d.observation.portal[portal].add(p)
}
