package funnel

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/interval"
)

func closing(t *testing.T, f *Funnel, closed sevenday.Day) *conversion.Closing {
	t.Helper()
	c, err := conversion.NewClosing(f.Reach(), metrics.Groups{{Currency: "CNY", LastDays: metrics.LastDays{Closed: closed, Begun: closed + 1}}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestADaysRowsTellWhoWasLostAndHowLongTheOthersTook(t *testing.T) {
	q := Query{Scope: metrics.Scope{Merchant: "m"}, Funnel: mustParse(t, "visit > pay")}
	q.Window = 24 * hour
	times := Quantiles{1000, 1500, 2000, 60_000}
	a := Answer{Query: q, Closing: closing(t, &q.Funnel, 100), Cells: []Cell{
		{Day: 99, Step: 1, Sums: interval.ClusterSums{V: 40, C: 10}, Times: &times},
		{Day: 99, Sums: interval.ClusterSums{V: 40, C: 40}},
	}}
	rows := a.Rows()
	if len(rows) != 4 {
		t.Fatalf("%d rows, want 2 of the day and 2 of the range", len(rows))
	}
	wilson, _ := interval.Wilson(10, 40, interval.Level)
	want := Row{
		MerchantID: metrics.Optional("m"), Funnel: "visit > pay", Mode: Ordered, WindowHours: 24, Day: metrics.Optional[sevenday.Day](99),
		Position: 2, Event: "pay", Entered: 40, Users: 10, Share: metrics.Optional(0.25), Low: &wilson.Low, High: &wilson.High,
		Dropped: metrics.Optional[int64](30), DropOff: metrics.Optional(0.75), State: metrics.Final,
		P25Seconds: metrics.Optional(1.0), P50Seconds: metrics.Optional(1.5), P75Seconds: metrics.Optional(2.0), P90Seconds: metrics.Optional(60.0),
	}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if first := rows[0]; first.Low != nil || first.Dropped != nil || *first.Share != 1 || first.P50Seconds != nil {
		t.Errorf("the first step is %+v", first)
	}
	if last := rows[3]; last.Day != nil || last.State != metrics.Open || last.Share != nil || *last.Dropped != 0 || last.DropOff != nil {
		t.Errorf("without a final day the range is %+v", last)
	}
}

func TestADayIsFinalWhenTheWindowOfItsLastTryIsOver(t *testing.T) {
	f := Default()
	for closed, want := range map[sevenday.Day]metrics.State{128: metrics.Open, 129: metrics.Final} {
		a := Answer{Query: Query{Funnel: f}, Closing: closing(t, &f, closed), Cells: []Cell{{Day: 99, Sums: interval.ClusterSums{V: 1, C: 1}}}}
		if got := a.Rows()[0].State; got != want {
			t.Errorf("closed through %s: %s, want %s", closed, got, want)
		}
	}
}
