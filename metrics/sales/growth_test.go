package sales

import (
	"math"
	"testing"
)

func TestWeeklyGrowthIsARatioOfMeansWithWelchsInterval(t *testing.T) {
	growth, ok := WeeklyGrowth([]float64{10, 12, 8, 10}, []float64{22, 18, 20, 20})
	if !ok || growth.Value != 1 {
		t.Fatalf("%+v, %v; want 1", growth, ok)
	}
	// By Simpson's rule over Student's density with 75/17 degrees of freedom: t = 2.677173578.
	const low, high = 0.5663620850, 1.5536879615
	if math.Abs(*growth.Low-low) > 1e-9 || math.Abs(*growth.High-high) > 1e-9 {
		t.Errorf("interval %.10f to %.10f, want %.10f to %.10f", *growth.Low, *growth.High, low, high)
	}
}

func TestGrowthWithoutNoiseOrWeeksHasNoInterval(t *testing.T) {
	for _, test := range []struct {
		name          string
		before, after []float64
		want          float64
		ok            bool
	}{
		{"no week differs", []float64{1, 1}, []float64{4, 4}, 3, true},
		{"one week each", []float64{1}, []float64{2}, 1, true},
		{"nothing after", []float64{1, 2}, []float64{0, 0}, -1, true},
		{"nothing before", []float64{0, 0}, []float64{1, 2}, 0, false},
		{"no weeks after", []float64{1, 2}, nil, 0, false},
		{"no weeks", nil, nil, 0, false},
	} {
		growth, ok := WeeklyGrowth(test.before, test.after)
		if ok != test.ok || growth.Value != test.want || growth.Low != nil || growth.High != nil {
			t.Errorf("%s: %+v, %v; want %v, %v without an interval", test.name, growth, ok, test.want, test.ok)
		}
	}
}
