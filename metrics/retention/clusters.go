package retention

import "sevenday/metrics/interval"

// UserClusters are the sums over users that the interval of one merchant's
// pooled cohorts of everybody needs, in which a user counts once for each period
// it was active in.
type UserClusters struct {
	table     *table
	zone      Zone
	all       map[string][]tally // by value and slot of the table
	own       map[string][]tally // of the person at hand; only V and C count
	crossings crossings
}

func newUserClusters(t *table, zone Zone) *UserClusters {
	return &UserClusters{table: t, zone: zone, all: make(map[string][]tally), own: make(map[string][]tally)}
}

// member counts the person at hand in one more cohort.
func (u *UserClusters) member(m *member) {
	q := u.table.query
	own := fetch(u.own, m.value, u.table.slots())
	for place, measure := range u.table.measures {
		for n := q.firstN(measure); n <= q.ToN && q.pooled(m.cohort, measure, n, &u.zone); n++ {
			share := &own[u.table.slot(place, n)]
			share.V++
			if m.returned(measure, n, q) {
				share.C++
			}
		}
	}
}

// returned tells whether the member came back in the way of a measure.
func (m *member) returned(measure Measure, n int, q *Query) bool {
	if measure == UnboundedN {
		return m.last >= int32(n)
	}
	from, to := q.periods(measure, n)
	return m.mask>>from&(1<<(to-from+1)-1) != 0
}

// endPerson adds the person at hand.
func (u *UserClusters) endPerson() {
	for value, own := range u.own {
		all := fetch(u.all, value, u.table.slots())
		for slot := range own {
			if own[slot].V > 0 {
				all[slot].ClusterSums.Add(interval.OneCluster(own[slot].V, own[slot].C))
			}
		}
	}
	u.crossings.add(u.own)
	clear(u.own)
}

// sums returns the sums of a pooled cell; it has none without members.
func (u *UserClusters) sums(value string, c *cellSums) interval.ClusterSums {
	all := u.all[value]
	if all == nil {
		return interval.ClusterSums{}
	}
	return all[u.table.slotOf(c.measure, c.n)].ClusterSums
}
