package retention

import (
	"testing"

	"pgregory.net/rapid"

	"sevenday/metrics"
	"sevenday/metrics/interval"
)

func TestTwoPortalsDifferAsTheirClustersDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shops, q, zones := drawShops(t, 3), drawQuery(t), drawZones(t)
		if rapid.Bool().Draw(t, "enough clusters") {
			shops = manyShops(t, shops)
		}
		q.By, q.Measure, q.AtLeast, q.Range = ByTerminal, DayN, 0, metrics.Range{}
		q.Period = rapid.SampledFrom([]Period{PeriodWeek, PeriodMonth}).Draw(t, "long period") // so that many share a cohort
		q.FromN, q.ToN = 1, 1
		if len(shops) == 1 {
			q.Merchant = "a"
		}
		a := NewDifferences(q, places(shops), zones)
		walkAll(t, a, shops)
		for _, row := range a.Differences() {
			first, second, both, newcombe := naiveDifference(&q, shops, zones, row.Value, row.Against)
			want, ok := interval.ClusteredDifference(first, second, both, interval.Level)
			if q.Merchant != "" && q.Cohort == CohortNew {
				want, ok = newcombe()
			}
			if !ok || want.Method != row.Method || !near(want.Low, row.Low) || !near(want.High, row.High) || !near(first.C/first.V-second.C/second.V, row.Difference) {
				t.Fatalf("%+v, want %+v of %+v and %+v", row, want, first, second)
			}
		}
	})
}

// manyShops has as many merchants, or people at the only one, as clusters need.
func manyShops(t *rapid.T, shops []shop) []shop {
	if len(shops) == 1 {
		shops[0].people = rapid.SliceOfN(rapid.Custom(drawPerson), 15, 15).Draw(t, "more people")
		return shops
	}
	for len(shops) < 15 {
		more := shop{Place: shops[0].Place, people: rapid.SliceOfN(rapid.Custom(drawPerson), 1, 3).Draw(t, "people")}
		more.MerchantID = string(rune('a' + len(shops)))
		shops = append(shops, more)
	}
	return shops
}

// naiveDifference adds up the clusters of two values: the people of one merchant,
// or the merchants.
func naiveDifference(q *Query, shops []shop, zones map[string]Zone, one, other *string) (first, second interval.ClusterSums, both interval.CrossSums, newcombe func() (interval.Interval, bool)) {
	value := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	cluster := func(s *shop) {
		var a, b share
		zone := zones[s.TimeZone]
		for key, cell := range s.naiveCells(q) {
			if q.state(key.cohort, key.measure, key.n, &zone) != metrics.Final {
				continue
			}
			switch key.value {
			case value(one):
				a.v, a.c = a.v+cell.v, a.c+cell.c
			case value(other):
				b.v, b.c = b.v+cell.v, b.c+cell.c
			}
		}
		if a.v > 0 {
			first.Add(interval.OneCluster(a.v, a.c))
		}
		if b.v > 0 {
			second.Add(interval.OneCluster(b.v, b.c))
		}
		if a.v > 0 && b.v > 0 {
			both.Add(interval.OneCross(a.v, a.c, b.v, b.c))
		}
	}
	for i := range shops {
		if q.Merchant == "" {
			cluster(&shops[i])
			continue
		}
		for _, p := range shops[i].people {
			alone := shops[i]
			alone.people = []someone{p}
			cluster(&alone)
		}
	}
	return first, second, both, func() (interval.Interval, bool) {
		return interval.NewcombeDifference(int64(first.C), int64(first.V), int64(second.C), int64(second.V), interval.Level)
	}
}
