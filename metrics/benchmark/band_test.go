package benchmark

import (
	"fmt"
	"testing"
)

// even are n owners of one mini program each, with the values 1..n of 100.
func even(n int) []Point {
	var points []Point
	for i := range n {
		points = append(points, Point{Owner: fmt.Sprint(i), Above: float64(i + 1), Below: 100, Support: 100, Users: 10})
	}
	return points
}

func show(p *float64) string {
	if p == nil {
		return "-"
	}
	return fmt.Sprint(*p)
}

func TestAPercentileIsTheMeanOfTheOwnersAroundIt(t *testing.T) {
	for _, test := range []struct {
		owners int
		want   string
	}{
		{10, "- 0.03 0.055 0.08 -"},     // ranks 1-3, 3-6, 6-8
		{12, "- 0.04 0.065 0.09 -"},     // the tails would share two owners with their neighbors
		{13, "0.02 0.04 0.07 0.1 0.12"}, // ranks 0-2, 2-4, 5-7, 8-10, 10-12
		{101, "0.11 0.26 0.51 0.76 0.91"},
	} {
		b := BandOf(even(test.owners))
		got := fmt.Sprint(show(b.P10), " ", show(b.P25), " ", show(b.P50), " ", show(b.P75), " ", show(b.P90))
		if got != test.want || b.Refused != "" || b.Owners != test.owners {
			t.Errorf("%d owners: %s, refused %q, of %d; want %s", test.owners, got, b.Refused, b.Owners, test.want)
		}
	}
}

func TestAGroupIsRefused(t *testing.T) {
	giant := even(20)
	giant[3].Users = 127 // of 317
	for _, test := range []struct {
		name   string
		points []Point
		want   Refusal
	}{
		{"nine owners", even(9), TooFewOwners},
		{"ten owners, one without support", append(even(9), Point{Owner: "x", Above: 1, Below: 29, Support: 29, Users: 10}), TooFewOwners},
		{"ten owners, one without a value", append(even(9), Point{Owner: "x", Support: 100, Users: 10}), TooFewOwners},
		{"twenty mini programs of nine owners", append(even(9), append(even(9), even(2)...)...), TooFewOwners},
		{"one with more than two fifths of the users", giant, DominantOwner},
	} {
		b := BandOf(test.points)
		if b.Refused != test.want || b.P10 != nil || b.P25 != nil || b.P50 != nil || b.P75 != nil || b.P90 != nil {
			t.Errorf("%s: %+v, want %s", test.name, b, test.want)
		}
	}
	giant[3].Users = 126 // of 316, just under two fifths
	if b := BandOf(giant); b.Refused != "" {
		t.Errorf("under two fifths of the users: %+v", b)
	}
	many := append(even(10), even(10)...)
	if b := BandOf(many); b.Owners != 10 || b.Merchants != 20 {
		t.Errorf("two mini programs each: %+v", b)
	}
}

func TestAGiantHidesThePercentileItIsIn(t *testing.T) {
	points := even(20)
	points[19].Above = 100_000
	if b := BandOf(points); b.P90 != nil && *b.P90 > 1 {
		t.Errorf("the percentile of a giant is shown: %v", *b.P90)
	}
	points = even(13) // the last three are the 90th percentile
	points[12].Above = 1000
	if b := BandOf(points); b.P90 != nil || b.P75 == nil {
		t.Errorf("%+v: the 90th percentile tells the giant's value, the 75th does not", b)
	}
	for i := range points {
		points[i].Above = 0
	}
	if b := BandOf(points); b.P50 != nil {
		t.Error("that all have nothing is shown")
	}
}

func TestTwoDigitsAreShown(t *testing.T) {
	for _, test := range []struct{ x, want float64 }{
		{0, 0}, {0.28449, 0.28}, {0.2851, 0.29}, {1, 1}, {9.96, 10}, {123_456, 120_000}, {0.000_104_9, 0.0001},
	} {
		if got := round(test.x); fmt.Sprintf("%g", got) != fmt.Sprintf("%g", test.want) {
			t.Errorf("round(%v) = %v, want %v", test.x, got, test.want)
		}
	}
}
