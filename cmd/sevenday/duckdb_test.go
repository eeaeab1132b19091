package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sevenday"
	"sevenday/metrics"
)

const duckDB = "../../testdata/duckdb"

// TestFiguresAreThoseOfDuckDB compares the published figures of a simulated world
// with those that DuckDB makes from the same files by other rules than ours: SQL
// that was written from the definitions. Counts and money are equal to the last
// unit. The world is new each time; SEVENDAY_SEED says which to see again.
func TestFiguresAreThoseOfDuckDB(t *testing.T) {
	if _, err := os.Stat(filepath.Join(duckDB, "node_modules")); errors.Is(err, fs.ErrNotExist) {
		t.Skip("DuckDB is not installed: `make setup-test` installs it")
	}
	seed := rand.Uint64()
	if text := os.Getenv("SEVENDAY_SEED"); text != "" {
		seed = parsed(t, text, func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) })
	}
	world, out, dir := t.TempDir(), t.TempDir(), t.TempDir()
	simulateFor(t, seed, world)
	addEdges(t, seed, world)
	up(t, dir, "--every", "1h")
	// The world holds bad records.
	if result := call(t, "", loadOf(t, dir, world, "--complete")...); result.code != exitPartial {
		t.Fatalf("load ended with %d, want %d:\n%s", result.code, exitPartial, result.stderr)
	}
	must(t, "run", "--dir", dir)
	if output, err := exec.CommandContext(t.Context(), "node", filepath.Join(duckDB, "run.mjs"), world, out).CombinedOutput(); err != nil {
		t.Fatalf("DuckDB: %v\n%s", err, output)
	}
	scopes := scopesOf(t, dir)
	for _, figure := range duckFigures {
		t.Run(figure.name, func(t *testing.T) {
			t.Parallel()
			figure.check(t, dir, out, scopes)
		})
	}
}

// lastDays end worlds whose days hold a change of the clocks in New York and in
// Paris: to winter time, and to summer time.
var lastDays = [2]sevenday.Day{sevenday.Date(2025, time.November, 30), sevenday.Date(2026, time.April, 20)}

func simulateFor(t *testing.T, seed uint64, folder string) {
	t.Helper()
	until := lastDays[seed%2].String()
	t.Logf("the world of seed %d, until %s", seed, until)
	must(t, "simulate", "--out", folder, "--seed", fmt.Sprint(seed), "--merchants", "16", "--days", "60", "--events", "80000", "--until", until)
}

// scopesOf are the flags of every scope: the platform, industries, merchants.
func scopesOf(t *testing.T, dir string) []string {
	t.Helper()
	var merchants []struct {
		Merchant string `json:"merchant_id"`
		Industry string
	}
	if err := json.Unmarshal([]byte(must(t, "query", "merchants", "--dir", dir, "--format", "json")), &merchants); err != nil {
		t.Fatal(err)
	}
	scopes := map[string]bool{"": true}
	for _, m := range merchants {
		scopes["--merchant "+m.Merchant], scopes["--industry "+m.Industry] = true, true
	}
	return slices.Sorted(maps.Keys(scopes))
}

// duckCells are a figure's rows by their keys, each with the values of the columns.
type duckCells struct {
	columns []string
	rows    map[string][]string
}

// shownDifferences is how many of a figure's differences are printed.
const shownDifferences = 12

func (f *duckFigure) check(t *testing.T, dir, out string, scopes []string) {
	want := f.fromDuckDB(t, out)
	got := f.fromProgram(t, dir, scopes, want.columns)
	var differences []string
	for key, row := range got.rows {
		if want.rows[key] == nil && !saysNothing(got.columns, row) {
			differences = append(differences, fmt.Sprintf("%s: only the program has %v", key, row))
		}
	}
	compared := 0
	for key, row := range want.rows {
		compared += len(row)
		differences = append(differences, compareCells(key, want.columns, row, got.rows[key])...)
	}
	t.Logf("%d cells in %d rows are compared", compared, len(want.rows))
	if len(differences) == 0 {
		return
	}
	slices.Sort(differences)
	t.Errorf("%d differences; columns %v, the first are:\n%s", len(differences), f.keys,
		strings.Join(differences[:min(len(differences), shownDifferences)], "\n"))
}

// saysNothing tells whether all numbers of a row are zero or not there. The
// program has such rows where others would miss them, DuckDB has none.
func saysNothing(columns, row []string) bool {
	for i, column := range columns {
		if column != "state" && strings.Trim(row[i], "0.") != "" {
			return false
		}
	}
	return true
}

// compareCells names the columns in which DuckDB's row and the program's differ.
func compareCells(key string, columns, want, got []string) []string {
	if got == nil {
		return []string{fmt.Sprintf("%s: only DuckDB has %v", key, want)}
	}
	var differences []string
	for i, column := range columns {
		if want[i] != got[i] && !sameFraction(want[i], got[i]) {
			differences = append(differences, fmt.Sprintf("%s: %s is %s by DuckDB, %s by the program", key, column, want[i], got[i]))
		}
	}
	return differences
}

// sameFraction tells whether two quotients differ in their last digits only.
// Counts and money are never that near without being equal.
func sameFraction(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) <= 1e-12
}

// fromDuckDB reads the file that DuckDB wrote.
func (f *duckFigure) fromDuckDB(t *testing.T, out string) duckCells {
	t.Helper()
	file, err := os.Open(filepath.Join(out, f.name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	c := duckCells{rows: make(map[string][]string)}
	if twice := c.read(t, file, f); twice > 0 {
		t.Errorf("DuckDB has %d cells twice", twice)
	}
	return c
}

// fromProgram asks the program about every scope.
func (f *duckFigure) fromProgram(t *testing.T, dir string, scopes, columns []string) duckCells {
	t.Helper()
	c := duckCells{columns: columns, rows: make(map[string][]string)}
	for _, scope := range scopes {
		questions := f.questions
		if !strings.HasPrefix(scope, "--merchant") {
			questions = slices.Concat(questions, f.wide)
		}
		for _, question := range questions {
			c.read(t, strings.NewReader(answer(t, dir, question+" "+scope)), f)
		}
	}
	return c
}

// answer asks one question in this process and returns the printed rows.
func answer(t *testing.T, dir, question string) string {
	t.Helper()
	arguments := append(strings.Fields("query "+question), "--dir", dir, "--format", "csv")
	var printed, notes strings.Builder
	if code := execute(t.Context(), arguments, strings.NewReader(""), &printed, &notes); code != exitDone {
		t.Fatalf("%v ended with %d:\n%s", arguments, code, &notes)
	}
	return printed.String()
}

// read adds the rows of a CSV file that are compared, and returns how many were
// there before. Without columns so far, all that are no keys are kept.
func (c *duckCells) read(t *testing.T, from io.Reader, f *duckFigure) (twice int) {
	t.Helper()
	reader := csv.NewReader(from)
	reader.ReuseRecord = true
	header, err := reader.Read()
	if err != nil {
		t.Fatal(err)
	}
	header = slices.Clone(header)
	if c.columns == nil {
		c.columns = slices.DeleteFunc(slices.Clone(header), func(column string) bool { return slices.Contains(f.keys, column) })
	}
	keysAt, columnsAt := places(t, header, f.keys), places(t, header, c.columns)
	stateAt, datedAt := slices.Index(header, "state"), slices.Index(header, f.dated)
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return twice
		}
		if err != nil {
			t.Fatal(err)
		}
		if stateAt >= 0 && row[stateAt] == string(metrics.NotDue) || datedAt >= 0 && row[datedAt] == "" {
			continue
		}
		key := strings.Join(pick(row, keysAt), " ")
		if c.rows[key] != nil {
			twice++
		}
		c.rows[key] = pick(row, columnsAt)
	}
}

// places returns where the columns stand in the header; all of them must.
func places(t *testing.T, header, columns []string) []int {
	t.Helper()
	at := make([]int, len(columns))
	for i, column := range columns {
		if at[i] = slices.Index(header, column); at[i] < 0 {
			t.Fatalf("no column %s among %v", column, header)
		}
	}
	return at
}

func pick(row []string, places []int) []string {
	picked := make([]string, len(places))
	for i, at := range places {
		picked[i] = row[at]
	}
	return picked
}
