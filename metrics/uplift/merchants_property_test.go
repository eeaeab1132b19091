package uplift_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics/uplift"
)

var twoIndustries = worldOptions{industries: 2, treated: 22, control: 21, effect: 0.2, trend: true}

func TestTheOrderOfTheRowsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := simulate(rapid.Uint64().Draw(t, "seed"), twoIndustries).rows
		want := mustRapid(t, rows)
		got := mustRapid(t, rapid.Permutation(rows).Draw(t, "rows"))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestRenamingMerchantsLeavesTheEffectAndItsErrorAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := simulate(rapid.Uint64().Draw(t, "seed"), twoIndustries).rows
		want := mustRapid(t, rows)
		for i := range rows {
			id := []byte(rows[i].MerchantID)
			for a, b := 0, len(id)-1; a < b; a, b = a+1, b-1 {
				id[a], id[b] = id[b], id[a]
			}
			rows[i].MerchantID = string(id)
		}
		sameEffects(t, want, mustRapid(t, rows), 1e-9)
	})
}

func TestTheScaleOfAMerchantsSalesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := simulate(rapid.Uint64().Draw(t, "seed"), twoIndustries).rows
		want := mustRapid(t, rows)
		factors := map[string]sevenday.Money{}
		for i := range rows {
			id := rows[i].MerchantID
			if factors[id] == 0 {
				factors[id] = sevenday.Money(rapid.IntRange(1, 1000).Draw(t, "factor"))
			}
			rows[i].Net *= factors[id]
		}
		sameEffects(t, want, mustRapid(t, rows), 1e-9)
	})
}

func TestASeasonSharedByAllMerchantsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := simulate(rapid.Uint64().Draw(t, "seed"), twoIndustries).rows
		want := mustRapid(t, rows)
		season := rapid.SliceOfN(rapid.IntRange(1, 50), worldWeeks, worldWeeks).Draw(t, "season")
		for i := range rows {
			rows[i].Net *= sevenday.Money(season[int(rows[i].Week-worldStart)/7])
		}
		sameEffects(t, want, mustRapid(t, rows), 1e-9)
	})
}

// Whatever the shape of the panel, a figure is a number with its error, or it
// is refused with a message; JSON can't carry anything else.
func TestEveryShapeOfPanelGivesNumbersOrARefusal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := simulate(rapid.Uint64().Draw(t, "seed"), worldOptions{
			industries: rapid.IntRange(0, 5).Draw(t, "industries"),
			treated:    rapid.IntRange(0, 30).Draw(t, "treated"),
			control:    rapid.IntRange(0, 12).Draw(t, "control"),
			noise:      rapid.Float64Range(1e-9, 3).Draw(t, "noise"),
		})
		kept := rapid.IntRange(0, len(w.rows)).Draw(t, "kept")
		results := mustRapid(t, w.rows[:kept])
		if _, err := json.Marshal(results); err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if (r.Estimate == nil) != (r.Refused != nil) || (r.Refused != nil && r.Refused.Message == "") {
				t.Fatalf("estimate %v, refused %v", r.Estimate, r.Refused)
			}
		}
	})
}

func mustRapid(t *rapid.T, rows []uplift.MerchantWeek) []uplift.Result {
	results, err := uplift.Merchants(rows, uplift.MerchantOptions{Draws: 19, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func sameEffects(t *rapid.T, want, got []uplift.Result, tolerance float64) {
	for i := range want {
		if want[i].Refused != nil || got[i].Refused != nil {
			t.Fatalf("refused: %v, %v", want[i].Refused, got[i].Refused)
		}
		near := math.Abs(*want[i].LogEffect-*got[i].LogEffect) < tolerance && math.Abs(*want[i].LogSE-*got[i].LogSE) < tolerance
		if !near || len(want[i].EventStudy) != len(got[i].EventStudy) {
			t.Fatalf("%s %v: %v ± %v, want %v ± %v", want[i].Scope, want[i].Industry, *got[i].LogEffect, *got[i].LogSE, *want[i].LogEffect, *want[i].LogSE)
		}
		for j, week := range want[i].EventStudy {
			if math.Abs(week.Estimate-got[i].EventStudy[j].Estimate) > tolerance*10 {
				t.Fatalf("relative week %d: %v, want %v", week.RelativeWeek, got[i].EventStudy[j].Estimate, week.Estimate)
			}
		}
	}
}
