package interval_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sevenday/metrics/interval"
)

// A cluster has trials and successes of two rates.
type pair struct{ v1, c1, v2, c2 float64 }

func drawPairs(t *rapid.T) []pair {
	pairs := make([]pair, rapid.IntRange(1, 40).Draw(t, "clusters"))
	for i := range pairs {
		v1, v2 := rapid.IntRange(0, 9).Draw(t, "v1"), rapid.IntRange(0, 9).Draw(t, "v2")
		pairs[i] = pair{
			float64(v1), float64(rapid.IntRange(0, v1).Draw(t, "c1")),
			float64(v2), float64(rapid.IntRange(0, v2).Draw(t, "c2")),
		}
	}
	return pairs
}

func sumsOf(pairs []pair) (first, second interval.ClusterSums, both interval.CrossSums) {
	for _, p := range pairs {
		if p.v1 > 0 {
			first.Add(interval.OneCluster(p.v1, p.c1))
		}
		if p.v2 > 0 {
			second.Add(interval.OneCluster(p.v2, p.c2))
		}
		if p.v1 > 0 && p.v2 > 0 {
			both.Add(interval.OneCross(p.v1, p.c1, p.v2, p.c2))
		}
	}
	return first, second, both
}

func TestClusteredDifferenceEqualsItsResidualsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := drawPairs(t)
		first, second, both := sumsOf(pairs)
		got, ok := interval.ClusteredDifference(first, second, both, interval.Level)
		if ok != (first.V > 0 && second.V > 0) {
			t.Fatalf("%v, %v of %+v, %+v", got, ok, first, second)
		}
		if !ok || got.Method != interval.MethodClustered {
			return
		}
		r1, r2, squares, clusters := first.C/first.V, second.C/second.V, 0.0, 0.0
		for _, p := range pairs {
			e := (p.c1-r1*p.v1)/first.V - (p.c2-r2*p.v2)/second.V
			squares += e * e
			if p.v1+p.v2 > 0 {
				clusters++
			}
		}
		// The interval is cut to [-1,1]; where it is not, its half width tells the error.
		if got.Low > -1 && got.High < 1 {
			half := (got.High - got.Low) / 2
			center := (got.High + got.Low) / 2
			error1 := math.Sqrt(clusters / (clusters - 1) * squares)
			if math.Abs(center-(r1-r2)) > 1e-12 || half/error1 < 1.96 || half/error1 > 2.27 { // t(9) to t(infinity)
				t.Fatalf("%v: center %v, half %v of an error of %v", got, center, half, error1)
			}
		}
	})
}

func TestTheSameTrialsTwiceHaveNoDifference(t *testing.T) {
	var pairs []pair
	for i := range 20 {
		pairs = append(pairs, pair{10, float64(i % 7), 10, float64(i % 7)})
	}
	first, second, both := sumsOf(pairs)
	got, ok := interval.ClusteredDifference(first, second, both, interval.Level)
	if !ok || got.Method != interval.MethodNewcombe || got.Low > 0 || got.High < 0 {
		t.Errorf("of two equal rates: %v, %v, want Newcombe's interval around 0", got, ok)
	}
}

func TestFewClustersTakeNewcombesDifference(t *testing.T) {
	first, second, both := sumsOf([]pair{{10, 3, 10, 5}, {8, 1, 2, 2}})
	want, _ := interval.NewcombeDifference(4, 18, 7, 12, interval.Level)
	if got, ok := interval.ClusteredDifference(first, second, both, interval.Level); !ok || got != want {
		t.Errorf("got %v, %v, want %v", got, ok, want)
	}
}
