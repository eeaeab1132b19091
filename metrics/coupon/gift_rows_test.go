package coupon

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

func TestGiftsAreFinalWhenTheirReceiversCanNoLongerCome(t *testing.T) {
	a := GiftAnswer{
		Groups: inScope,
		Cells:  []GiftSums{{Day: 70, Gifts: 5, Receivers: 4, New: 2, Came: 1}, {Day: 71, Gifts: 1, Receivers: 1}},
		Pooled: []GiftSums{{Gifts: 5, Receivers: 4, New: 2, Came: 1}},
	}
	want := []GiftRow{
		{Day: metrics.Optional(sevenday.Day(70)), Gifts: 5, Receivers: 4, NewReceivers: 2, NewShare: metrics.Optional(0.5), Came: 1, CameShare: metrics.Optional(0.5), State: metrics.Final},
		{Day: metrics.Optional(sevenday.Day(71)), Gifts: 1, Receivers: 1, NewShare: metrics.Optional(0.0), State: metrics.Open},
		{Gifts: 5, Receivers: 4, NewReceivers: 2, NewShare: metrics.Optional(0.5), Came: 1, CameShare: metrics.Optional(0.5), State: metrics.Final},
	}
	if diff := cmp.Diff(want, a.Rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rows := (&GiftAnswer{}).Rows(); len(rows) != 1 || rows[0].State != metrics.Open {
		t.Errorf("without gifts: %+v", rows)
	}
}

func TestNewUsersWithAndWithoutAGiftStandBesideEachOther(t *testing.T) {
	sums := GiftCohortSums{Gifted: true, Measure: MeasureDay7, Clusters: 1, V: 40, C: 10, VV: 1600, VC: 400, CC: 100, Net: 1001}
	daily := sums
	daily.Day = 93
	a := GiftCohortAnswer{GiftQuery: GiftQuery{Scope: metrics.Scope{Merchant: "m"}}, Groups: inScope, Cells: []GiftCohortSums{daily}, Pooled: []GiftCohortSums{sums}}
	rows := a.Rows()
	if len(rows) != 5 {
		t.Fatalf("%d rows, want one of the day and four of the range", len(rows))
	}
	wilson, _ := interval.Wilson(10, 40, interval.Level)
	for _, row := range rows[:2] {
		if row.Value != WithGift || row.State != metrics.Final || *row.Rate != 0.25 || *row.Low != wilson.Low || *row.Net != 1001 || *row.NetPerUser != 25 {
			t.Errorf("%+v", row)
		}
	}
	if none := rows[4]; none.Value != WithoutGift || none.Measure != MeasureWithin7 || none.Rate != nil || none.State != metrics.Open {
		t.Errorf("nobody without a gift: %+v", none)
	}
	a.Merchant, a.Groups = "", append(metrics.Groups{{Currency: "USD"}}, inScope...)
	if row := a.Rows()[1]; row.Net != nil || row.Currency != nil || row.NetPerUser != nil || row.Low == nil {
		t.Errorf("money of two currencies: %+v", row)
	}
}

func TestASharedAmountIsRoundedToTheNearest(t *testing.T) {
	for _, test := range []struct {
		net   sevenday.Money
		users int64
		want  sevenday.Money
	}{{10, 4, 3}, {9, 4, 2}, {-10, 4, -3}, {-9, 4, -2}, {0, 3, 0}} {
		if got := perUser(test.net, test.users); got != test.want {
			t.Errorf("%d shared by %d is %d, want %d", test.net, test.users, got, test.want)
		}
	}
}

func TestTransitionsStandByDayAndOnceMoreForTheRange(t *testing.T) {
	a := TransitionAnswer{TransitionQuery: TransitionQuery{Range: metrics.Range{To: 101}}, Groups: inScope, Cells: []TransitionSums{
		{Day: 100, Before: claimed, Stage: redeemed, Possible: true, Records: 2},
		{Day: 99, Stage: issued, Possible: true, Records: 3},
		{Day: 99, Before: claimed, Stage: redeemed, Records: 1},
	}}
	word := func(s string) *string { return &s }
	want := []TransitionRow{
		{Day: metrics.Optional(sevenday.Day(99)), Stage: "issued", Possible: true, Records: 3, State: metrics.Final},
		{Day: metrics.Optional(sevenday.Day(99)), Before: word("claimed"), Stage: "redeemed", Records: 1, State: metrics.Final},
		{Day: metrics.Optional(sevenday.Day(100)), Before: word("claimed"), Stage: "redeemed", Possible: true, Records: 2, State: metrics.Final},
		{Stage: "issued", Possible: true, Records: 3, State: metrics.Final},
		{Before: word("claimed"), Stage: "redeemed", Possible: true, Records: 2, State: metrics.Final},
		{Before: word("claimed"), Stage: "redeemed", Records: 1, State: metrics.Final},
	}
	if diff := cmp.Diff(want, a.Rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
