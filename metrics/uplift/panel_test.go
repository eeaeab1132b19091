package uplift_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday/metrics/uplift"
)

// rowsOf writes a panel from one line a unit: its name, its group and its
// outcomes in the periods 1, 2, ...
func rowsOf(units ...unitRows) uplift.Rows {
	var rows uplift.Rows
	for _, unit := range units {
		for period, y := range unit.outcomes {
			rows.Unit = append(rows.Unit, unit.name)
			rows.Time = append(rows.Time, period+1)
			rows.Group = append(rows.Group, unit.group)
			rows.Outcome = append(rows.Outcome, y)
		}
	}
	return rows
}

type unitRows struct {
	name     string
	group    int
	outcomes []float64
}

// smallRows has two units in group 3 and two that are never treated.
func smallRows() uplift.Rows {
	return rowsOf(
		unitRows{"a", 3, []float64{1, 2, 7}},
		unitRows{"b", 3, []float64{2, 3, 6}},
		unitRows{"c", uplift.Never, []float64{5, 5.5, 6}},
		unitRows{"d", 99, []float64{4, 5.5, 6}},
	)
}

func TestAWorkedExampleByHand(t *testing.T) {
	effects := mustEstimate(t, smallRows(), uplift.Options{})
	// (3,2): 1 and 1 against 0.5 and 1.5. (3,3): 5 and 3 against 0.5 and 0.5.
	// Influence at (3,3): 4/2 x (1, -1) and 0: error sqrt(8)/4.
	want := []uplift.Cell{
		{Effect: uplift.Effect{Estimate: 0, SE: math.Sqrt(2) / 4}, Group: 3, Time: 2, Base: 1, Treated: 2, Controls: 2},
		{Effect: uplift.Effect{Estimate: 3.5, SE: math.Sqrt(8) / 4}, Group: 3, Time: 3, Base: 2, Treated: 2, Controls: 2},
	}
	if diff := cmp.Diff(want, effects.Cells); diff != "" {
		t.Error(diff)
	}
	if len(effects.Warnings) != 0 || len(effects.Dropped) != 0 {
		t.Errorf("warnings %v, dropped %v", effects.Warnings, effects.Dropped)
	}
}

func TestWhatContradictsItselfIsRefused(t *testing.T) {
	for code, change := range map[uplift.Code]func(*uplift.Rows){
		uplift.CodeDuplicateRows: func(r *uplift.Rows) { r.Time[1] = 1 },
		uplift.CodeGroupChanges:  func(r *uplift.Rows) { r.Group[2] = uplift.Never },
		uplift.CodeClusterVaries: func(r *uplift.Rows) { r.Cluster = slices.Clone(r.Unit); r.Cluster[0] = "z" },
		uplift.CodeWeightVaries:  func(r *uplift.Rows) { r.Weight = slices.Clone(r.Outcome) },
		uplift.CodeNotIdentified: func(r *uplift.Rows) { r.Time = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12} },
	} {
		rows := smallRows()
		change(&rows)
		_, err := uplift.NewPanel(rows)
		wantRefusal(t, string(code), err, code)
	}
}

func wantRefusal(t *testing.T, what string, err error, code uplift.Code) {
	t.Helper()
	var refusal *uplift.Refusal
	if !errors.As(err, &refusal) || refusal.Code != code || refusal.Message == "" {
		t.Errorf("%s: got %v, want a refusal %s", what, err, code)
	}
}

func TestUnitsThatCannotBeComparedAreDroppedAndCounted(t *testing.T) {
	rows := smallRows()
	more := rowsOf(
		unitRows{"early", 1, []float64{1, 2, 3}},
		unitRows{"short", uplift.Never, []float64{1, 2}},
		unitRows{"unknown", 3, []float64{1, math.NaN(), 3}},
		unitRows{"endless", 3, []float64{1, math.Inf(1), 3}},
	)
	rows.Unit = append(rows.Unit, more.Unit...)
	rows.Time = append(rows.Time, more.Time...)
	rows.Group = append(rows.Group, more.Group...)
	rows.Outcome = append(rows.Outcome, more.Outcome...)
	panel, err := uplift.NewPanel(rows)
	if err != nil {
		t.Fatal(err)
	}
	want := []uplift.Drop{
		{Reason: uplift.ReasonAlreadyTreated, Units: 1},
		{Reason: uplift.ReasonMissingPeriods, Units: 1},
		{Reason: uplift.ReasonMissingValues, Units: 2},
	}
	if diff := cmp.Diff(want, panel.Dropped()); diff != "" || panel.Units() != 4 {
		t.Errorf("%d units left\n%s", panel.Units(), diff)
	}
}

func TestWithoutControlsOrAPeriodBeforeThereIsNoFigure(t *testing.T) {
	treated := func(group int) uplift.Rows {
		return rowsOf(unitRows{"a", group, []float64{1, 2, 3, 4}}, unitRows{"b", 3, []float64{1, 2, 3, 4}})
	}
	for name, c := range map[string]struct {
		rows    uplift.Rows
		options uplift.Options
	}{
		"nobody is never treated":  {treated(2), uplift.Options{}},
		"all treated at once":      {treated(3), uplift.Options{Control: uplift.ControlNotYet}},
		"nobody is treated":        {rowsOf(unitRows{"c", 0, []float64{1, 2, 3}}), uplift.Options{}},
		"anticipated from 1 on":    {smallRows(), uplift.Options{Anticipation: 2}},
		"the last group reacts at": {treated(2), uplift.Options{Control: uplift.ControlNotYet, Anticipation: 2}},
	} {
		panel, err := uplift.NewPanel(c.rows)
		if err != nil {
			t.Fatal(err)
		}
		_, err = uplift.CallawaySantAnna(panel, c.options)
		wantRefusal(t, name, err, uplift.CodeNotIdentified)
	}
}

func TestColumnsOfDifferentLengthsAreTheCallersMistake(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	rows := smallRows()
	rows.Group = rows.Group[1:]
	_, _ = uplift.NewPanel(rows)
}
