package retention

import (
	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// UserDay is an active day of a person, as the clusters read it.
type UserDay struct {
	Person sevenday.Person `ch:"person"`
	Day    sevenday.Day    `ch:"day"`
	Portal sevenday.Portal `ch:"portal"`
}

// UserClusters are the sums over users that the interval of one merchant's
// pooled cohorts of everybody needs, in which a user counts once for each day
// it was active.
type UserClusters struct {
	query Query
	zone  metrics.LastDays
	sums  map[clusterKey]interval.ClusterSums

	person  sevenday.Person
	days    []activeDay
	counter counter
	gaps    []int32
}

type clusterKey struct {
	value   string
	n       int
	measure Measure
}

// NewUserClusters returns empty sums for the cohorts that a query asks for, in
// a merchant's time zone.
func NewUserClusters(q Query, zone metrics.LastDays) *UserClusters {
	return &UserClusters{query: q, zone: zone, sums: make(map[clusterKey]interval.ClusterSums), counter: newCounter()}
}

// Day takes the next active day; days must come ordered by (person, day).
func (u *UserClusters) Day(d UserDay) {
	if d.Person != u.person {
		u.Finish()
		u.person = d.Person
	}
	u.days = append(u.days, activeDay{d.Day, d.Portal})
}

// Finish adds the last person.
func (u *UserClusters) Finish() {
	if len(u.days) == 0 {
		return
	}
	own := make(map[clusterKey][2]float64) // the person's v and c
	u.counter.distinct(u.query.Period, u.days)
	for i, index := range u.counter.periods {
		cohortDay := u.query.Period.First(index)
		if (u.query.From != 0 && cohortDay < u.query.From) || (u.query.To != 0 && cohortDay >= u.query.To) {
			continue
		}
		value := ""
		if u.query.By != "" {
			value = u.counter.portals[i].String()
		}
		r := returnsFrom(u.counter.periods, i, u.gaps)
		u.gaps = r.gaps
		for n := u.query.FromN; n <= u.query.ToN; n++ {
			if u.query.state(cohortDay, DayN, n, u.zone) != metrics.Final {
				break
			}
			u.count(own, value, n, &r)
		}
	}
	for key, vc := range own {
		sums := u.sums[key]
		sums.Add(interval.OneCluster(vc[0], vc[1]))
		u.sums[key] = sums
	}
	u.days = u.days[:0]
}

func (u *UserClusters) count(own map[clusterKey][2]float64, value string, n int, r *returns) {
	for _, measure := range [...]Measure{DayN, WithinN, UnboundedN} {
		key := clusterKey{value, n, measure}
		vc := own[key]
		vc[0]++
		if r.in(measure, int32(n)) {
			vc[1]++
		}
		own[key] = vc
	}
}

// in tells whether the member came back in the way of a measure.
func (r *returns) in(measure Measure, n int32) bool {
	switch measure {
	case WithinN:
		return r.first > 0 && r.first <= n
	case UnboundedN:
		return r.last >= n
	default:
		if n == 0 {
			return true
		}
		for _, gap := range r.gaps {
			if gap == n {
				return true
			}
		}
		return false
	}
}

// Sums returns the cluster sums of a cell, or fallback where there are none.
func (u *UserClusters) Sums(value string, n int, measure Measure, fallback interval.ClusterSums) interval.ClusterSums {
	if sums, ok := u.sums[clusterKey{value, n, measure}]; ok {
		return sums
	}
	return fallback
}
