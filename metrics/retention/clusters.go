package retention

import "sevenday/metrics/interval"

// UserClusters are the sums over users that the interval of one merchant's
// pooled cohorts of everybody needs, in which a user counts once for each period
// it was active in.
type UserClusters struct {
	query    *Query
	zone     Zone
	measures []Measure
	all      map[clusterKey]interval.ClusterSums
	own      map[clusterKey]share // of the person at hand
}

type clusterKey struct {
	value   string
	measure Measure
	n       int
}

// share is how many of the cohorts that a person is in it returned after.
type share struct{ v, c float64 }

func newUserClusters(q *Query, zone Zone) *UserClusters {
	return &UserClusters{
		query: q, zone: zone, measures: q.measures(),
		all: make(map[clusterKey]interval.ClusterSums), own: make(map[clusterKey]share),
	}
}

// member counts the person at hand in one more cohort.
func (u *UserClusters) member(m *member) {
	for _, measure := range u.measures {
		for n := u.query.firstN(measure); n <= u.query.ToN && u.query.pooled(m.cohort, measure, n, &u.zone); n++ {
			key := clusterKey{m.value, measure, n}
			own := u.own[key]
			own.v++
			if m.returned(measure, n, u.query) {
				own.c++
			}
			u.own[key] = own
		}
	}
}

// returned tells whether the member came back in the way of a measure.
func (m *member) returned(measure Measure, n int, q *Query) bool {
	switch measure {
	case WithinN:
		return m.mask&(2<<n-2) != 0
	case UnboundedN:
		return m.last >= int32(n)
	case Bracket:
		return m.mask&q.bracket() != 0
	default:
		return m.mask>>n&1 != 0
	}
}

func (u *UserClusters) endPerson() {
	for key, own := range u.own {
		sums := u.all[key]
		sums.Add(interval.OneCluster(own.v, own.c))
		u.all[key] = sums
	}
	clear(u.own)
}

// sums returns the sums of a pooled cell; it has none without members.
func (u *UserClusters) sums(value string, c *cellSums) interval.ClusterSums {
	return u.all[clusterKey{value, c.measure, c.n}]
}
