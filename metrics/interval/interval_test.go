package interval_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"sevenday/metrics/interval"
)

// reference is testdata/reference/interval/basic_stats.json.
type reference struct {
	Tolerance struct {
		Absolute float64 `json:"default_abs"`
	} `json:"tolerance"`
	OneProportion []struct {
		K, N   int64
		Level  float64
		Wilson [2]float64
	} `json:"one_proportion"`
	TwoProportions []struct {
		K1, N1, K2, N2 int64
		Newcomb        [2]float64
	} `json:"two_proportions"`
	ClusteredRatio struct {
		Visits, Orders []float64
		Estimate       float64 `json:"est"`
		SE             float64 `json:"se_delta_n_minus_1"`
	} `json:"clustered_ratio"`
}

func readReference(t *testing.T) reference {
	t.Helper()
	content, err := os.ReadFile("../../testdata/reference/interval/basic_stats.json")
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.Unmarshal(content, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWilsonEqualsStatsmodels(t *testing.T) {
	r := readReference(t)
	for _, c := range r.OneProportion {
		got, ok := interval.Wilson(c.K, c.N, c.Level)
		if !ok || got.Method != interval.MethodWilson {
			t.Fatalf("Wilson(%d, %d, %v) = %v, %v", c.K, c.N, c.Level, got, ok)
		}
		if !near(got, c.Wilson, r.Tolerance.Absolute) {
			t.Errorf("Wilson(%d, %d, %v) = %v, want %v", c.K, c.N, c.Level, got, c.Wilson)
		}
	}
}

func TestNewcombeDifferenceEqualsStatsmodels(t *testing.T) {
	r := readReference(t)
	for _, c := range r.TwoProportions {
		got, ok := interval.NewcombeDifference(c.K1, c.N1, c.K2, c.N2, interval.Level)
		if !ok || !near(got, c.Newcomb, r.Tolerance.Absolute) {
			t.Errorf("NewcombeDifference(%d/%d, %d/%d) = %v, %v, want %v", c.K1, c.N1, c.K2, c.N2, got, ok, c.Newcomb)
		}
	}
}

func TestClusteredEqualsTheDeltaMethodWithStudentsQuantile(t *testing.T) {
	r := readReference(t)
	var sums interval.ClusterSums
	for i, visits := range r.ClusteredRatio.Visits {
		sums.Add(interval.OneCluster(visits, r.ClusteredRatio.Orders[i]))
	}
	const t39 = 2.0226909200367604
	want := [2]float64{
		r.ClusteredRatio.Estimate - t39*r.ClusteredRatio.SE,
		r.ClusteredRatio.Estimate + t39*r.ClusteredRatio.SE,
	}
	got, ok := interval.Clustered(sums, interval.Level)
	if !ok || got.Method != interval.MethodClustered || !near(got, want, r.Tolerance.Absolute) {
		t.Errorf("Clustered(%+v) = %v, %v, want %v", sums, got, ok, want)
	}
}

func TestMeanTEqualsAWorkedExample(t *testing.T) {
	var sums interval.MeanSums
	for _, rate := range []float64{0.25, 0.30, 0.35, 0.20, 0.40} {
		sums.Add(interval.OneRate(rate))
	}
	// mean 0.3, variance 0.025/4, t(4; 0.975) = 2.7764451051977987
	half := 2.7764451051977987 * math.Sqrt(0.025/4/5)
	got, ok := interval.MeanT(sums, interval.Level)
	if !ok || !near(got, [2]float64{0.3 - half, 0.3 + half}, 1e-12) {
		t.Errorf("MeanT(%+v) = %v, %v, want 0.3 ± %v", sums, got, ok, half)
	}
}

func TestClusteredFallsBackOnWilsonAndSaysSo(t *testing.T) {
	alike, few := interval.ClusterSums{}, interval.ClusterSums{}
	for i := range 12 {
		size := float64(3 * (i + 1))
		alike.Add(interval.OneCluster(size, size/3))
		if i < interval.FewClusters-1 {
			few.Add(interval.OneCluster(10, float64(i)))
		}
	}
	for name, sums := range map[string]interval.ClusterSums{"alike": alike, "few": few} {
		want, _ := interval.Wilson(int64(sums.C), int64(sums.V), interval.Level)
		got, ok := interval.Clustered(sums, interval.Level)
		if !ok || got != want {
			t.Errorf("%s: Clustered(%+v) = %v, %v, want %v", name, sums, got, ok, want)
		}
	}
}

func TestWhereTheDataAllowNoIntervalThereIsNone(t *testing.T) {
	type result struct {
		interval.Interval
		ok bool
	}
	of := func(i interval.Interval, ok bool) result { return result{i, ok} }
	for name, got := range map[string]result{
		"no trials":                 of(interval.Wilson(0, 0, interval.Level)),
		"more successes than tries": of(interval.Wilson(4, 3, interval.Level)),
		"one empty side":            of(interval.NewcombeDifference(1, 2, 0, 0, interval.Level)),
		"no cluster":                of(interval.Clustered(interval.ClusterSums{}, interval.Level)),
		"clusters without trials":   of(interval.Clustered(interval.ClusterSums{Clusters: 40}, interval.Level)),
		"one merchant":              of(interval.MeanT(interval.OneRate(0.3), interval.Level)),
	} {
		if got.ok || got.Interval != (interval.Interval{}) {
			t.Errorf("%s: got %v, want none", name, got)
		}
	}
}

func TestALevelOutsideZeroToOneIsTheCallersMistake(t *testing.T) {
	for _, level := range []float64{0, 1, -1, 95, math.NaN()} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("level %v: no panic", level)
				}
			}()
			interval.Wilson(1, 2, level)
		}()
	}
}

func TestWilsonHoldsTheRateAndLiesInTheUnitInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1e12).Draw(t, "n")
		k := rapid.Int64Range(0, n).Draw(t, "k")
		i, ok := interval.Wilson(k, n, interval.Level)
		p := float64(k) / float64(n)
		if !ok || i.Low < 0 || i.Low > p+1e-15 || i.High < p-1e-15 || i.High > 1 {
			t.Fatalf("Wilson(%d, %d) = %v, %v", k, n, i, ok)
		}
	})
}

func TestMergingSumsEqualsSummingTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.IntRange(0, 1000), 0, 60).Draw(t, "v")
		split := rapid.IntRange(0, len(v)).Draw(t, "split")
		var whole, left, right interval.ClusterSums
		for i, visits := range v {
			one := interval.OneCluster(float64(visits), float64(rapid.IntRange(0, visits).Draw(t, "c")))
			whole.Add(one)
			if i < split {
				left.Add(one)
			} else {
				right.Add(one)
			}
		}
		left.Add(right)
		if left != whole {
			t.Fatalf("merged %+v, whole %+v", left, whole)
		}
		i, ok := interval.Clustered(whole, interval.Level)
		if ok != (whole.V > 0) || math.IsNaN(i.Low+i.High) || i.Low > i.High || i.Low < 0 || i.High > 1 {
			t.Fatalf("Clustered(%+v) = %v, %v", whole, i, ok)
		}
	})
}

func near(got interval.Interval, want [2]float64, tolerance float64) bool {
	return math.Abs(got.Low-want[0]) <= tolerance && math.Abs(got.High-want[1]) <= tolerance
}
