package metrics

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
)

func TestACellOfSeveralGroupsIsFinalWhenItIsForAllOfThem(t *testing.T) {
	east := Group{TimeZone: "Asia/Shanghai", Currency: "CNY", LastDays: LastDays{Closed: 10, Begun: 11}}
	west := Group{TimeZone: "America/New_York", Currency: "USD", SettlementDays: 2, LastDays: LastDays{Closed: 9, Begun: 10}}
	both := Groups{east, west}
	for _, test := range []struct {
		groups      Groups
		first, last int32
		want        State
	}{
		{both, 8, 9, Final},
		{both, 9, 10, Open},
		{both, 11, 11, Open},
		{both, 12, 12, NotDue},
		{nil, 1, 1, NotDue},
		{Groups{east}, 10, 10, Final},
		{Groups{west}, 11, 11, NotDue},
	} {
		if got := test.groups.State(sevenday.Day(test.first), sevenday.Day(test.last)); got != test.want {
			t.Errorf("days %d..%d of %d groups: %s, want %s", test.first, test.last, len(test.groups), got, test.want)
		}
	}
	if got := both.SettledState(8, 9); got != Open {
		t.Errorf("with a settlement of two days: %s, want open", got)
	}
	if got := both.SettledState(6, 7); got != Final {
		t.Errorf("after the settlement: %s, want final", got)
	}
	if diff := cmp.Diff([]string{"CNY", "USD"}, append(both, east).Currencies()); diff != "" {
		t.Errorf("currencies (-want +got):\n%s", diff)
	}
	if got := both.In("USD"); len(got) != 1 || got[0].TimeZone != "America/New_York" {
		t.Errorf("groups in USD: %v", got)
	}
}
