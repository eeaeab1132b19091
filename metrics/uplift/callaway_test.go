package uplift_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sevenday/metrics/uplift"
)

// randomRows has groups of the given sizes, the first never treated, the others
// treated from period 3, 4, ... on, over eight periods, with a covariate x.
func randomRows(seed uint64, sizes ...int) uplift.Rows {
	random := rand.New(rand.NewPCG(seed, 3))
	var rows uplift.Rows
	x := uplift.Covariate{Name: "x"}
	for g, size := range sizes {
		group := uplift.Never
		if g > 0 {
			group = g + 2
		}
		for range size {
			name := string(rune('a'+g)) + string(rune('A'+len(rows.Unit)/8))
			kind := random.NormFloat64()
			for period := 1; period <= 8; period++ {
				rows.Unit = append(rows.Unit, name)
				rows.Time = append(rows.Time, period)
				rows.Group = append(rows.Group, group)
				rows.Outcome = append(rows.Outcome, 0.2*kind*float64(period)+random.NormFloat64())
				x.Values = append(x.Values, kind+0.1*random.NormFloat64())
			}
		}
	}
	rows.Covariates = []uplift.Covariate{x}
	return rows
}

// twice holds every unit twice, both in the cluster of the original.
func twice(rows uplift.Rows) uplift.Rows {
	double := uplift.Rows{
		Unit: slices.Clone(rows.Unit), Time: slices.Repeat(rows.Time, 2), Group: slices.Repeat(rows.Group, 2),
		Outcome: slices.Repeat(rows.Outcome, 2), Cluster: slices.Repeat(rows.Unit, 2),
	}
	for _, unit := range rows.Unit {
		double.Unit = append(double.Unit, unit+"'")
	}
	for _, covariate := range rows.Covariates {
		double.Covariates = append(double.Covariates, uplift.Covariate{Name: covariate.Name, Values: slices.Repeat(covariate.Values, 2)})
	}
	return double
}

func drawOptions(t *rapid.T) uplift.Options {
	return uplift.Options{
		Control:      rapid.SampledFrom([]uplift.Control{uplift.ControlNever, uplift.ControlNotYet}).Draw(t, "control"),
		Method:       rapid.SampledFrom([]uplift.Method{uplift.MethodDR, uplift.MethodIPW, uplift.MethodReg}).Draw(t, "method"),
		Base:         rapid.SampledFrom([]uplift.Base{uplift.BaseVarying, uplift.BaseUniversal}).Draw(t, "base"),
		Anticipation: rapid.IntRange(0, 2).Draw(t, "anticipation"),
	}
}

func TestEveryUnitTwiceInOneClusterIsTheSameAsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := randomRows(rapid.Uint64().Draw(t, "seed"), 30, 8, 9, 7)
		options := drawOptions(t)
		sameAverages(t, estimateRapid(t, rows, options), estimateRapid(t, twice(rows), options))
	})
}

func TestAWeightOfTwoIsTheSameAsTheUnitTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := randomRows(rapid.Uint64().Draw(t, "seed"), 30, 8, 9, 7)
		options := drawOptions(t)
		heavy := map[string]bool{}
		for _, unit := range rows.Unit {
			if _, known := heavy[unit]; !known {
				heavy[unit] = rapid.Bool().Draw(t, "heavy")
			}
		}
		weighted, repeated := rows, twice(rows)
		for i, unit := range rows.Unit {
			weight := 1.0
			if heavy[unit] {
				weight = 2
			} else {
				repeated.Outcome[len(rows.Unit)+i] = math.NaN() // left out
			}
			weighted.Weight = append(weighted.Weight, weight)
		}
		sameAverages(t, estimateRapid(t, weighted, options), estimateRapid(t, repeated, options))
	})
}

func TestTheThreeMethodsAgreeOnIndustriesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := randomRows(rapid.Uint64().Draw(t, "seed"), 40, 10, 10)
		industry := map[string]float64{}
		for i, unit := range rows.Unit {
			if _, known := industry[unit]; !known {
				industry[unit] = float64(len(industry) % 2)
			}
			rows.Covariates[0].Values[i] = industry[unit]
		}
		robust := estimateRapid(t, rows, uplift.Options{})
		for _, method := range []uplift.Method{uplift.MethodIPW, uplift.MethodReg} {
			sameAverages(t, robust, estimateRapid(t, rows, uplift.Options{Method: method}))
		}
	})
}

func TestAControlWithoutNoiseLeavesTheEffectsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := randomRows(rapid.Uint64().Draw(t, "seed"), 20, 6, 5)
		rows.Covariates = nil
		want := estimateRapid(t, rows, uplift.Options{})
		for period := 1; period <= 8; period++ {
			sum := 0.0
			for i, group := range rows.Group {
				if group == uplift.Never && rows.Time[i] == period && rows.Unit[i] != "mean" {
					sum += rows.Outcome[i]
				}
			}
			rows.Unit = append(rows.Unit, "mean")
			rows.Time = append(rows.Time, period)
			rows.Group = append(rows.Group, uplift.Never)
			rows.Outcome = append(rows.Outcome, sum/20)
		}
		got := estimateRapid(t, rows, uplift.Options{})
		for i, cell := range want.Cells {
			if math.Abs(cell.Estimate-got.Cells[i].Estimate) > 1e-10 {
				t.Fatalf("cell (%d,%d): %v, want %v", cell.Group, cell.Time, got.Cells[i].Estimate, cell.Estimate)
			}
		}
	})
}

func TestAnticipatedWeeksAreComparedWithTheLastUntouchedOneAndNotTested(t *testing.T) {
	rows := randomRows(1, 30, 10, 10, 10)
	rows.Covariates = nil
	effects := mustEstimate(t, rows, uplift.Options{Anticipation: 2})
	if effects.Dropped[0] != (uplift.Drop{Reason: uplift.ReasonNoPrePeriod, Units: 10}) {
		t.Errorf("dropped %v, want the group of period 3, which may react in the first", effects.Dropped)
	}
	for _, cell := range effects.Cells {
		want := min(cell.Group-3, cell.Time-1)
		if cell.Base != want {
			t.Errorf("cell (%d,%d) is compared with %d, want %d", cell.Group, cell.Time, cell.Base, want)
		}
	}
	if _, err := effects.Wald(); err != nil {
		// Only (5,2) lies before period g-2 and after the first.
		t.Error(err)
	}
}

// A lead of the universal base looks back from its base: it is the change from
// the lead to the base with the sign turned, given the covariates of the lead.
func TestALeadTakesItsCovariatesFromTheEarlierPeriod(t *testing.T) {
	rows := randomRows(8, 40, 15)
	for i := range rows.Covariates[0].Values {
		rows.Covariates[0].Values[i] += 0.5 * math.Sin(float64(i*i)) // varies over time
	}
	full := rows
	full.Group = make([]int, len(rows.Group))
	var two uplift.Rows
	two.Covariates = []uplift.Covariate{{Name: "x"}}
	for i, group := range rows.Group {
		if group != uplift.Never {
			group = 7
		}
		full.Group[i] = group
		if rows.Time[i] != 2 && rows.Time[i] != 6 {
			continue
		}
		two.Unit = append(two.Unit, rows.Unit[i])
		two.Time = append(two.Time, rows.Time[i])
		two.Group = append(two.Group, min(group, 6))
		two.Outcome = append(two.Outcome, rows.Outcome[i])
		two.Covariates[0].Values = append(two.Covariates[0].Values, rows.Covariates[0].Values[i])
	}
	lead := mustEstimate(t, full, uplift.Options{Base: uplift.BaseUniversal}).Cells[1]
	change := mustEstimate(t, two, uplift.Options{}).Cells[0]
	if lead.Time != 2 || lead.Base != 6 || math.Abs(lead.Estimate+change.Estimate) > 1e-12 || math.Abs(lead.SE-change.SE) > 1e-12 {
		t.Errorf("lead %+v, change %+v", lead, change)
	}
}

func TestTheLastGroupServesWhereNobodyIsNeverTreated(t *testing.T) {
	rows := randomRows(2, 0, 10, 12, 14)
	effects := mustEstimate(t, rows, uplift.Options{Control: uplift.ControlNotYet})
	for _, cell := range effects.Cells {
		if cell.Group == 5 || cell.Time >= 5 || cell.Controls == 0 {
			t.Errorf("cell (%d,%d) with %d controls", cell.Group, cell.Time, cell.Controls)
		}
	}
	wantWarning(t, effects, uplift.CodeLastGroup)
}

func TestAGroupOfOneUnitIsWarnedOf(t *testing.T) {
	rows := randomRows(3, 20, 5, 1)
	rows.Covariates = nil
	wantWarning(t, mustEstimate(t, rows, uplift.Options{}), uplift.CodeSingleUnitGroup)
}

func TestCovariatesThatSayNothingNewAreLeftOut(t *testing.T) {
	rows := randomRows(4, 30, 10)
	want := mustEstimate(t, rows, uplift.Options{})
	double, constant := uplift.Covariate{Name: "double"}, uplift.Covariate{Name: "constant"}
	for _, x := range rows.Covariates[0].Values {
		double.Values = append(double.Values, 2*x+3)
		constant.Values = append(constant.Values, 0.1)
	}
	rows.Covariates = append([]uplift.Covariate{constant}, append(rows.Covariates, double)...)
	got := mustEstimate(t, rows, uplift.Options{})
	wantWarning(t, got, uplift.CodeCollinear)
	for i, cell := range want.Cells {
		if cell != got.Cells[i] {
			t.Errorf("cell %+v, want %+v", got.Cells[i], cell)
		}
	}
}

func TestTreatedUnlikeAnyControlLeaveTheCellWithoutAnEstimate(t *testing.T) {
	rows := randomRows(5, 30, 10, 10)
	for i, group := range rows.Group {
		if group == 4 {
			rows.Covariates[0].Values[i] += 100
		}
	}
	for _, method := range []uplift.Method{uplift.MethodDR, uplift.MethodIPW} {
		effects := mustEstimate(t, rows, uplift.Options{Method: method})
		wantWarning(t, effects, uplift.CodeOverlap)
		for _, cell := range effects.Cells {
			if missing := cell.Group == 4; missing != (cell.Missing == uplift.CodeOverlap) {
				t.Errorf("%s, cell (%d,%d): missing %q", method, cell.Group, cell.Time, cell.Missing)
			}
		}
		if groups, ok := effects.ByGroup(); !ok || len(groups.Rows) != 1 {
			t.Errorf("%s: rows %v", method, groups.Rows)
		}
	}
}

func TestFewerControlsThanCovariatesLeaveTheCellWithoutAnEstimate(t *testing.T) {
	rows := randomRows(6, 2, 10)
	rows.Covariates = append(rows.Covariates, uplift.Covariate{Name: "square"})
	for _, x := range rows.Covariates[0].Values {
		rows.Covariates[1].Values = append(rows.Covariates[1].Values, x*x)
	}
	effects := mustEstimate(t, rows, uplift.Options{Method: uplift.MethodReg})
	wantWarning(t, effects, uplift.CodeFewControls)
	if _, ok := effects.Simple(); ok {
		t.Error("an average of no cell")
	}
}

func TestTheJointTestRefusesMoreCellsThanItCanTell(t *testing.T) {
	rows := randomRows(7, 30, 10, 10, 10) // 60 units, 1+2+3 cells before treatment
	rows.Covariates = nil
	_, err := mustEstimate(t, rows, uplift.Options{}).Wald()
	wantRefusal(t, "60 units", err, uplift.CodeTooFew)
}

func wantWarning(t *testing.T, effects *uplift.GroupTime, code uplift.Code) {
	t.Helper()
	has := slices.ContainsFunc(effects.Warnings, func(w uplift.Warning) bool { return w.Code == code && w.Message != "" })
	if !has {
		t.Errorf("warnings %v, want %s", effects.Warnings, code)
	}
}

func estimateRapid(t *rapid.T, rows uplift.Rows, options uplift.Options) *uplift.GroupTime {
	panel, err := uplift.NewPanel(rows)
	if err != nil {
		t.Fatal(err)
	}
	effects, err := uplift.CallawaySantAnna(panel, options)
	if err != nil {
		t.Fatal(err)
	}
	return effects
}

// sameAverages compares all cells and all averages with their errors.
func sameAverages(t *rapid.T, want, got *uplift.GroupTime) {
	for i, cell := range want.Cells {
		sameEffect(t, "cell", cell.Effect, got.Cells[i].Effect)
	}
	for name, average := range map[string]func(*uplift.GroupTime) (uplift.Aggregate, bool){
		"simple": (*uplift.GroupTime).Simple, "event": (*uplift.GroupTime).EventStudy,
		"group": (*uplift.GroupTime).ByGroup, "calendar": (*uplift.GroupTime).ByPeriod,
	} {
		w, _ := average(want)
		g, _ := average(got)
		sameEffect(t, name, w.Overall, g.Overall)
		for i, row := range w.Rows {
			sameEffect(t, name, row.Effect, g.Rows[i].Effect)
		}
	}
}

func sameEffect(t *rapid.T, what string, want, got uplift.Effect) {
	if math.Abs(want.Estimate-got.Estimate) > 1e-7 || math.Abs(want.SE-got.SE) > 1e-7 {
		t.Fatalf("%s: %+v, want %+v", what, got, want)
	}
}
