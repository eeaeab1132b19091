package loop

import (
	"testing"

	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// answer is that of a scope whose days are closed up to 100, with one day's and the range's sums.
func answer(merchant string) *Answer {
	day := GroupSums{Day: 95, Step: string(Claimed), Clusters: 1, V: 40, C: 10, VV: 1600, VC: 400, CC: 100}
	kept, pooled := day, day
	kept.Step, pooled.Day = string(Kept), 0
	return &Answer{
		Query:  Query{Scope: metrics.Scope{Merchant: merchant}},
		Groups: metrics.Groups{{Currency: "CNY", LastDays: metrics.LastDays{Closed: 100, Begun: 101}}},
		Cells:  []GroupSums{kept, day}, Pooled: []GroupSums{pooled},
	}
}

func TestEveryStepHasAStateOfItsOwnAndARowOfTheRange(t *testing.T) {
	rows := answer("m").Rows()
	if len(rows) != 2+len(Steps) {
		t.Fatalf("%d rows, want 2 of the day and %d of the range", len(rows), len(Steps))
	}
	if rows[0].Step != Claimed || rows[0].State != metrics.Final || rows[1].Step != Kept || rows[1].State != metrics.Open {
		t.Errorf("a claim of five days ago is %s, a collection %s; want final, open", rows[0].State, rows[1].State)
	}
	for i, step := range Steps {
		row := rows[2+i]
		want := metrics.Open
		if step == Claimed {
			want = metrics.Final
		}
		if row.Step != step || row.Day != nil || row.State != want || (row.Share == nil) != (step != Claimed) {
			t.Errorf("row %d of the range: %+v", i, row)
		}
	}
}

func TestIntervalsKnowWhoseUsersCountOnce(t *testing.T) {
	wilson, _ := interval.Wilson(10, 40, interval.Level)
	rows := answer("m").Rows()
	if rows[0].Low == nil || *rows[0].Low != wilson.Low || *rows[0].High != wilson.High {
		t.Errorf("one merchant's day: %v to %v, want the Wilson interval %v", rows[0].Low, rows[0].High, wilson)
	}
	if pooled := rows[3]; pooled.Low != nil || pooled.High != nil {
		t.Errorf("one merchant's range has an interval, though its users repeat: %+v", pooled)
	}
	if pooled := answer("").Rows()[3]; pooled.Low == nil {
		t.Error("the platform's range has no interval")
	}
	many := answer("")
	many.Pooled = []GroupSums{{Step: string(Claimed), Clusters: 20, V: 400, C: 100, VV: 8100, VC: 2100, CC: 600}}
	clustered, _ := interval.Clustered(many.Pooled[0].sums(), interval.Level)
	if row := many.Rows()[3]; *row.Low != clustered.Low || clustered.Method != interval.MethodClustered {
		t.Errorf("the platform's interval %v is not that of merchants as clusters %v", *row.Low, clustered)
	}
	cohort := answer("")
	cohort.Pooled[0].Step, cohort.Pooled[0].C = string(Paid), 40
	if row := cohort.Rows()[2]; *row.Share != 1 || row.Low != nil {
		t.Errorf("the cohort's own share: %+v, want 1 without an interval", row)
	}
}
