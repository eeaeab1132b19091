package coupon

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"sevenday/metrics"
)

const reference = "../../testdata/reference/coupon"

// referenceCells takes the reference's users for coupons, and their returns for
// redemptions.
func referenceCells(t *testing.T) []CurveSums {
	t.Helper()
	text, err := os.Open(filepath.Join(reference, "censored.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(text).ReadAll()
	if closed := text.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	var cells []CurveSums
	for _, record := range records[1:] {
		days, err := strconv.ParseInt(record[2], 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		redeemed := one(record[3] == "1")
		cells = append(cells, CurveSums{Value: record[4], Age: int32(days), Redeemed: redeemed, Censored: 1 - redeemed})
	}
	return cells
}

func TestTheCurveReachesTheReference(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(reference, "kaplan_meier.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected struct {
		Steps []struct {
			Day      int64   `json:"day"`
			Returned float64 `json:"returned_by"`
			Low      float64 `json:"S_lo_loglog"`
			High     float64 `json:"S_hi_loglog"`
		} `json:"kaplan_meier"`
	}
	if err := json.Unmarshal(text, &expected); err != nil {
		t.Fatal(err)
	}
	a := CurveAnswer{Groups: inScope, Cells: referenceCells(t)}
	rows := map[int64]CurveRow{}
	for _, row := range a.Rows() {
		rows[row.N] = row
	}
	for _, want := range expected.Steps[1:] { // nobody's time ended on day 0
		row, ok := rows[want.Day]
		if !ok || math.Abs(*row.Rate-want.Returned) > 1e-9 || math.Abs(*row.Low-(1-want.High)) > 1e-9 || math.Abs(*row.High-(1-want.Low)) > 1e-9 {
			t.Errorf("day %d: %+v, want %+v", want.Day, row, want)
		}
	}
}

func TestCurvesStandByValueAndStepsByDayWithAStateOfTheirOwn(t *testing.T) {
	a := CurveAnswer{
		CurveQuery: CurveQuery{Range: metrics.Range{From: 90, To: 99}, By: ByPlacement}, Groups: inScope,
		Cells: []CurveSums{
			{Value: "scan", Age: 3, Censored: 1},
			{Value: "scan", Age: 2, Redeemed: 1},
			{Value: "other", Age: 2, Redeemed: 1, Censored: 1},
			{Value: "other", Age: 4},
		},
	}
	type step struct {
		value    string
		n        int64
		atRisk   int64
		rate     float64
		state    metrics.State
		interval bool
	}
	want := []step{
		{"", 2, 4, 0.5, metrics.Final, true},
		{"", 3, 1, 0.5, metrics.Open, true},
		{"scan", 2, 2, 0.5, metrics.Final, true},
		{"scan", 3, 1, 0.5, metrics.Open, true},
		{"other", 2, 2, 0.5, metrics.Final, true},
	}
	rows := a.Rows()
	for i, row := range rows {
		got := step{n: row.N, atRisk: row.AtRisk, rate: *row.Rate, state: row.State, interval: row.Low != nil}
		if row.Value != nil {
			got.value = *row.Value
		}
		if i >= len(want) || got != want[i] {
			t.Errorf("step %d: %+v", i, got)
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d steps, want %d", len(rows), len(want))
	}
	a.By, a.To = "", 0
	if rows := a.Rows(); len(rows) != 2 || rows[0].State != metrics.Open || rows[0].Value != nil {
		t.Errorf("one curve of a range without an end: %+v", rows)
	}
	if rows := (&CurveAnswer{}).Rows(); rows == nil || len(rows) > 0 {
		t.Errorf("without coupons: %v", rows)
	}
}
