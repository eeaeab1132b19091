package conversion

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

func group(currency string, settlement, closed sevenday.Day) metrics.Group {
	return metrics.Group{Currency: currency, SettlementDays: settlement, LastDays: metrics.LastDays{Closed: closed, Begun: closed + 1}}
}

func closing(t *testing.T, reach Reach, groups ...metrics.Group) *Closing {
	t.Helper()
	c, err := NewClosing(reach, groups)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryCurrencyHasTheWholeScopesRateAndItsOwnMoney(t *testing.T) {
	a := Answer{
		Closing: closing(t, Reach{Window: Window}, group("CNY", 0, 100), group("USD", 0, 100)),
		Cells: []GroupSums{
			{Currency: "USD", Day: 99, Clusters: 1, V: 10, C: 5, VV: 100, VC: 50, CC: 25, Gross: 900, Net: 800},
			{Currency: "CNY", Day: 99, Clusters: 1, V: 30, C: 5, VV: 900, VC: 150, CC: 25, Gross: 70, Net: 60},
		},
	}
	i, _ := interval.Clustered(interval.ClusterSums{Clusters: 2, V: 40, C: 10, VV: 1000, VC: 200, CC: 50}, interval.Level)
	row := func(currency string, gross, net sevenday.Money) Row {
		return Row{
			Day: metrics.Optional[sevenday.Day](99), Visits: 40, ConvertedVisits: 10, Rate: metrics.Optional(0.25), Low: &i.Low, High: &i.High,
			Currency: &currency, Gross: &gross, Net: &net, State: metrics.Final,
		}
	}
	rows := a.Rows()
	if diff := cmp.Diff([]Row{row("CNY", 70, 60), row("USD", 900, 800)}, rows[:2]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(rows) != 4 || rows[2].Day != nil || rows[2].State != metrics.Open || rows[2].Rate != nil || rows[2].Visits != 0 || *rows[2].Gross != 0 {
		t.Errorf("without a final day the rows of the range are %+v", rows[2:])
	}
}

func TestADayWaitsForItsWindowAndForEverySettlement(t *testing.T) {
	for _, test := range []struct {
		groups metrics.Groups
		want   metrics.State
	}{
		{metrics.Groups{group("CNY", 0, 100)}, metrics.Final},
		{metrics.Groups{group("CNY", 0, 99)}, metrics.Open},
		{metrics.Groups{group("CNY", 1, 100)}, metrics.Open},
		{metrics.Groups{group("CNY", 1, 101)}, metrics.Final},
		{metrics.Groups{group("CNY", 0, 100), group("CNY", 0, 99)}, metrics.Open},
	} {
		a := Answer{Closing: closing(t, Reach{Window: Window}, test.groups...), Cells: []GroupSums{{Currency: "CNY", Day: 99, V: 1}}}
		if got := a.Rows()[0].State; got != test.want {
			t.Errorf("%+v: %s, want %s", test.groups, got, test.want)
		}
	}
}

func TestPortalsFollowAllVisitsInTheirOwnOrder(t *testing.T) {
	cell := func(day sevenday.Day, value string) GroupSums {
		return GroupSums{Currency: "CNY", Day: day, Value: value, V: 1}
	}
	a := Answer{
		Closing: closing(t, Reach{Window: Window}, group("CNY", 0, 98)),
		Cells:   []GroupSums{cell(98, "collection"), cell(98, "scan"), cell(97, "search"), cell(98, ""), cell(97, "")},
		Pooled:  []GroupSums{cell(0, ""), cell(0, "search")},
	}
	type line struct {
		day    sevenday.Day
		value  string
		visits int64
		state  metrics.State
	}
	var got []line
	for _, r := range a.Rows() {
		l := line{visits: r.Visits, state: r.State}
		if r.Day != nil {
			l.day = *r.Day
		}
		if r.Value != nil {
			l.value = *r.Value
		}
		got = append(got, l)
	}
	want := []line{
		{97, "", 1, metrics.Final},
		{97, "search", 1, metrics.Final},
		{98, "", 1, metrics.Open},
		{98, "scan", 1, metrics.Open},
		{98, "collection", 1, metrics.Open},
		{0, "", 1, metrics.Final},
		{0, "scan", 0, metrics.Open},
		{0, "search", 1, metrics.Final},
		{0, "collection", 0, metrics.Open},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(line{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
