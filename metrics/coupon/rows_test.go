package coupon

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
)

// inScope is one group of merchants whose days are closed up to 100.
var inScope = metrics.Groups{{Currency: "CNY", LastDays: metrics.LastDays{Closed: 100, Begun: 101}}}

func TestPlacementsAddUpToAllAndDaysToTheRange(t *testing.T) {
	a := Answer{Query: Query{Range: metrics.Range{To: 100}}, Groups: inScope, Cells: []GroupSums{
		{Day: 99, Placement: "scan", Issued: 4, Claimed: 2, Redeemed: 1},
		{Day: 98, Placement: "payment_success", Issued: 6, Claimed: 3, Expired: 2, Live: 1},
		{Day: 98, Placement: "scan", Issued: 1},
	}}
	row := func(day sevenday.Day, value string, issued, claimed, redeemed, expired int64, state metrics.State) Row {
		r := Row{Day: metrics.NonZero(day), Value: metrics.NonZero(value), Issued: issued, Claimed: claimed, Redeemed: redeemed, Expired: expired, State: state}
		r.ClaimRate, r.RedemptionRate = rate(uint64(claimed), uint64(issued)), rate(uint64(redeemed), uint64(claimed))
		return r
	}
	want := []Row{
		row(98, "", 7, 3, 0, 2, metrics.Open), row(98, "scan", 1, 0, 0, 0, metrics.Final), row(98, "payment_success", 6, 3, 0, 2, metrics.Open),
		row(99, "", 4, 2, 1, 0, metrics.Final), row(99, "scan", 4, 2, 1, 0, metrics.Final),
		row(0, "", 11, 5, 1, 2, metrics.Open), row(0, "scan", 5, 2, 1, 0, metrics.Final), row(0, "payment_success", 6, 3, 0, 2, metrics.Open),
	}
	if diff := cmp.Diff(want, a.Rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestARateThatCannotBeToldIsNull(t *testing.T) {
	for _, test := range []struct {
		part, whole uint64
		want        *float64
	}{
		{0, 0, nil},
		{0, 2, metrics.Optional(0.0)},
		{2, 2, metrics.Optional(1.0)},
		{1, 4, metrics.Optional(0.25)},
		{3, 2, nil}, // redeemed more than were claimed: claims are missing
	} {
		if diff := cmp.Diff(test.want, rate(test.part, test.whole)); diff != "" {
			t.Errorf("%d of %d (-want +got):\n%s", test.part, test.whole, diff)
		}
	}
}

func TestARangeIsFinalWhenNothingInItCanChange(t *testing.T) {
	for _, test := range []struct {
		to   sevenday.Day
		live uint64
		want metrics.State
	}{{101, 0, metrics.Final}, {102, 0, metrics.Open}, {101, 1, metrics.Open}, {0, 0, metrics.Open}} {
		a := Answer{Query: Query{Range: metrics.Range{To: test.to}}, Groups: inScope, Cells: []GroupSums{{Day: 90, Placement: "scan", Issued: 1, Live: test.live}}}
		rows := a.Rows()
		if last := rows[len(rows)-2]; last.Day != nil || last.State != test.want {
			t.Errorf("to %d with %d live: %+v, want %s", test.to, test.live, last, test.want)
		}
	}
	empty := Answer{Groups: inScope}
	if diff := cmp.Diff([]Row{{State: metrics.Open}}, empty.Rows()); diff != "" {
		t.Errorf("without coupons (-want +got):\n%s", diff)
	}
}
