package uplift_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"sevenday/metrics/uplift"
)

const referenceFolder = "../../testdata/reference/uplift"

// referenceFile is what another program made of one panel.
type referenceFile struct {
	Tolerance struct {
		Estimate float64 `json:"att_abs"`
		Error    float64 `json:"se_rel"`
	}
	Runs map[string]referenceRun
}

// referenceRun is one run: its cells by group and then by time, and averages.
type referenceRun struct {
	Control      uplift.Control
	Method       uplift.Method
	Base         uplift.Base
	Covariate    string
	Anticipation int
	Outcome      string
	Units        int
	Groups       []int
	Times        []int
	ATT          []float64
	SE           []*float64
	Wald         *float64
	Simple       referenceAverage
	Group        referenceAverage
	Dynamic      referenceAverage
	Calendar     referenceAverage
	Balanced     *referenceAverage `json:"dynamic_balance_e1"`
}

type referenceAverage struct {
	Overall   float64  `json:"overall_att"`
	OverallSE *float64 `json:"overall_se"`
	Keys      []int    `json:"egt"`
	ATT       []float64
	SE        []*float64
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(referenceFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatal(err)
	}
}

// table is a CSV file by column.
type table map[string][]string

// readTable reads one of our own panels, or one of somebody else's from the
// folder that SEVENDAY_REFERENCE names; without it the test is skipped.
func readTable(t *testing.T, name string) table {
	t.Helper()
	file, err := os.Open(filepath.Join(referenceFolder, name))
	if errors.Is(err, fs.ErrNotExist) {
		folder := os.Getenv("SEVENDAY_REFERENCE")
		if folder == "" {
			t.Skipf("%s is not ours to ship: set SEVENDAY_REFERENCE to a folder that holds it", name)
		}
		file, err = os.Open(filepath.Join(folder, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(file).ReadAll()
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	columns := table{}
	for c, heading := range records[0] {
		for _, record := range records[1:] {
			columns[heading] = append(columns[heading], record[c])
		}
	}
	return columns
}

func (c table) numbers(t *testing.T, column string) []float64 {
	t.Helper()
	numbers := make([]float64, len(c[column]))
	for i, text := range c[column] {
		number, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		numbers[i] = number
	}
	return numbers
}

func (c table) integers(t *testing.T, column string) []int {
	t.Helper()
	numbers := make([]int, len(c[column]))
	for i, number := range c.numbers(t, column) {
		numbers[i] = int(number)
	}
	return numbers
}

func TestEveryFigureEqualsThatOfDidOnCountyEmployment(t *testing.T) {
	columns := readTable(t, "mpdta.csv")
	compareRuns(t, "did_mpdta.json", func(_ string, run referenceRun) uplift.Rows {
		return withCovariate(t, columns, run.Covariate, uplift.Rows{
			Unit: columns["countyreal"], Time: columns.integers(t, "year"),
			Group: columns.integers(t, "first_treat"), Outcome: columns.numbers(t, run.Outcome),
		})
	})
}

func TestEveryFigureEqualsThatOfDidOnSmallStaggeredGroups(t *testing.T) {
	columns := readTable(t, "base_stagg.csv")
	groups := columns.integers(t, "year_treated")
	compareRuns(t, "did_base_stagg.json", func(_ string, run referenceRun) uplift.Rows {
		return withCovariate(t, columns, run.Covariate, uplift.Rows{
			Unit: columns["id"], Time: columns.integers(t, "year"), Group: groups, Outcome: columns.numbers(t, run.Outcome),
		})
	})
}

func TestEveryFigureEqualsThatOfDidOnMerchants(t *testing.T) {
	columns := readTable(t, "merchants.csv")
	compareRuns(t, "did_merchants.json", func(name string, run referenceRun) uplift.Rows {
		return merchantRows(t, columns, run.Outcome, industryOf(name))
	})
}

// industryOf returns the industry in a name like "a|industry|food", "" if none.
func industryOf(name string) string {
	const prefix = "a|industry|"
	if len(name) > len(prefix) && name[:len(prefix)] == prefix {
		return name[len(prefix):]
	}
	return ""
}

// merchantRows takes the rows of one industry, or all; outcome is "log_a",
// "log_c" or "sales_a".
func merchantRows(t *testing.T, columns table, outcome, industry string) uplift.Rows {
	t.Helper()
	column := "sales_" + outcome[len(outcome)-1:]
	sales, days, groups := columns.numbers(t, column), columns.integers(t, "day"), columns.integers(t, "first_treat")
	var rows uplift.Rows
	for i, value := range sales {
		if industry != "" && columns["industry"][i] != industry {
			continue
		}
		if outcome[:3] == "log" {
			value = math.Log(value)
		}
		rows.Unit = append(rows.Unit, columns["merchant"][i])
		rows.Time = append(rows.Time, days[i])
		rows.Group = append(rows.Group, groups[i])
		rows.Outcome = append(rows.Outcome, value)
	}
	return rows
}

func withCovariate(t *testing.T, columns table, name string, rows uplift.Rows) uplift.Rows {
	t.Helper()
	if name != "" {
		rows.Covariates = []uplift.Covariate{{Name: name, Values: columns.numbers(t, name)}}
	}
	return rows
}

func compareRuns(t *testing.T, file string, rows func(name string, run referenceRun) uplift.Rows) {
	t.Helper()
	var reference referenceFile
	readJSON(t, file, &reference)
	for name, run := range reference.Runs {
		t.Run(name, func(t *testing.T) {
			panel, err := uplift.NewPanel(rows(name, run))
			if err != nil {
				t.Fatal(err)
			}
			effects, err := uplift.CallawaySantAnna(panel, uplift.Options{
				Control: run.Control, Method: run.Method, Base: run.Base, Anticipation: run.Anticipation,
			})
			if err != nil {
				t.Fatal(err)
			}
			c := comparison{t, reference.Tolerance.Estimate, reference.Tolerance.Error}
			c.run(run, panel, effects)
		})
	}
}

type comparison struct {
	*testing.T
	estimate, error float64 // absolute, relative
}

func (c comparison) run(run referenceRun, panel *uplift.Panel, effects *uplift.GroupTime) {
	if panel.Units() != run.Units {
		c.Fatalf("%d units, want %d", panel.Units(), run.Units)
	}
	if len(effects.Cells) != len(run.ATT) {
		c.Fatalf("%d cells, want %d", len(effects.Cells), len(run.ATT))
	}
	for i, cell := range effects.Cells {
		if cell.Group != run.Groups[i/len(run.Times)] || cell.Time != run.Times[i%len(run.Times)] {
			c.Fatalf("cell %d is (%d,%d)", i, cell.Group, cell.Time)
		}
		c.effect("cell", i, cell.Effect, run.ATT[i], run.SE[i])
	}
	c.average("simple", run.Simple)(effects.Simple())
	c.average("group", run.Group)(effects.ByGroup())
	c.average("event", run.Dynamic)(effects.EventStudy())
	c.average("calendar", run.Calendar)(effects.ByPeriod())
	if run.Balanced != nil {
		c.average("balanced", *run.Balanced)(effects.BalancedEventStudy(1))
	}
	c.wald(run, effects)
}

func (c comparison) average(name string, want referenceAverage) func(uplift.Aggregate, bool) {
	return func(got uplift.Aggregate, ok bool) {
		c.Helper()
		if !ok || len(got.Rows) != len(want.Keys) {
			c.Fatalf("%s: %d rows (%v), want %d", name, len(got.Rows), ok, len(want.Keys))
		}
		c.effect(name, -1, got.Overall, want.Overall, want.OverallSE)
		for i, row := range got.Rows {
			if row.Key != want.Keys[i] {
				c.Fatalf("%s: row %d has key %d, want %d", name, i, row.Key, want.Keys[i])
			}
			c.effect(name, row.Key, row.Effect, want.ATT[i], want.SE[i])
		}
	}
}

func (c comparison) effect(what string, key int, got uplift.Effect, estimate float64, se *float64) {
	c.Helper()
	if math.Abs(got.Estimate-estimate) > c.estimate {
		c.Errorf("%s %d: estimate %.12g, want %.12g", what, key, got.Estimate, estimate)
	}
	want := 0.0
	if se != nil {
		want = *se
	}
	if math.Abs(got.SE-want) > c.error*want {
		c.Errorf("%s %d: error %.12g, want %.12g", what, key, got.SE, want)
	}
}

// wald compares the joint test, which did prints however many cells there are.
func (c comparison) wald(run referenceRun, effects *uplift.GroupTime) {
	c.Helper()
	if run.Wald == nil {
		return
	}
	got, ok := effects.WaldAnyway()
	if !ok || math.Abs(got.Statistic-*run.Wald) > 1e-6**run.Wald {
		c.Errorf("Wald: %v, %v, want %v", got, ok, *run.Wald)
	}
}
