package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the scenarios' figures with what came out, and fail, so that somebody checks them by hand")

const scenarios = "../../testdata/scenarios"

// All scenarios are merchants of one pipeline: their events are loaded together
// and folded in one run, then what comes later, and a second run.
func TestScenarios(t *testing.T) {
	dir := t.TempDir()
	up(t, dir, "--every", "1h")
	first := ""
	for _, stage := range [][]string{scenarioFolders(t, "*"), scenarioFolders(t, "*/later")} {
		loadScenarios(t, dir, stage)
		run := runOnce(t, dir)
		if first == "" {
			first = run
		}
		for _, folder := range stage {
			t.Run(strings.TrimPrefix(folder, scenarios+"/"), func(t *testing.T) { checkFigures(t, dir, first, folder) })
		}
	}
	t.Run("bad records are refused for their reasons, and no other", func(t *testing.T) { checkRefused(t, dir) })
}

// scenarioFolders lists the folders that match and hold figures.
func scenarioFolders(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(scenarios, pattern, "figures.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenario matches %s: %v", pattern, err)
	}
	for i, file := range files {
		files[i] = filepath.Dir(file)
	}
	return files
}

// runOnce makes and publishes figures, and returns the run's number.
func runOnce(t *testing.T, dir string) string {
	t.Helper()
	var published struct{ Run uint64 }
	if err := json.Unmarshal([]byte(must(t, "run", "--dir", dir, "--format", "json")), &published); err != nil {
		t.Fatal(err)
	}
	return strconv.FormatUint(published.Run, 10)
}

// must runs the program, which must end well, and returns its result.
func must(t testing.TB, arguments ...string) string {
	t.Helper()
	result := call(t, "", arguments...)
	if result.code != exitDone {
		t.Fatalf("%v ended with %d:\n%s", arguments, result.code, result.stderr)
	}
	return result.stdout
}

// loadScenarios sends the folders' records, in one call for each kind.
func loadScenarios(t *testing.T, dir string, folders []string) {
	t.Helper()
	for _, kind := range []string{"merchants", "entries", "transactions", "coupons"} {
		var files []string
		for _, folder := range folders {
			file := filepath.Join(folder, kind+".ndjson")
			if _, err := os.Stat(file); err == nil {
				files = append(files, file)
			} else if !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
		}
		if len(files) == 0 {
			continue
		}
		result := call(t, "", append([]string{"load", "--dir", dir, "--wait"}, files...)...)
		if result.code != exitDone && result.code != exitPartial {
			t.Fatalf("load of %s ended with %d:\n%s", kind, result.code, result.stderr)
		}
	}
}

// checkFigures asks each question of a scenario's figures.txt and compares the
// columns that it names. In questions FIRST_RUN stands for the first run's number.
func checkFigures(t *testing.T, dir, first, folder string) {
	path := filepath.Join(folder, "figures.txt")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(string(text)), "\n\n")
	answers := make([]string, len(blocks))
	for i, block := range blocks {
		answers[i] = answerBlock(t, dir, first, block)
		if diff := cmp.Diff(strings.Split(block, "\n"), strings.Split(answers[i], "\n")); diff != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	if got := strings.Join(answers, "\n\n") + "\n"; *update && got != string(text) {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s was rewritten: derive its figures by hand before they are kept", path)
	}
}

// answerBlock returns the block with the rows that the program prints now, asked
// in this process: hundreds of questions would mostly be starts of programs. A
// block is a command, the rows it is about where not all ("only COLUMN=VALUE
// COLUMN!=VALUE ..."), the columns, and the rows.
func answerBlock(t *testing.T, dir, first, block string) string {
	t.Helper()
	lines := strings.Split(block, "\n")
	head, conditions := 1, []string(nil)
	if rest, ok := strings.CutPrefix(lines[head], "only "); ok {
		head, conditions = head+1, strings.Fields(rest)
	}
	if len(lines) <= head+1 {
		t.Fatalf("%q expects no row: a missing expectation is no expectation", lines[0])
	}
	question := strings.ReplaceAll(lines[0], "FIRST_RUN", first)
	var printed, notes strings.Builder
	arguments := append(strings.Fields(question), "--dir", dir, "--format", "csv")
	if code := execute(t.Context(), arguments, strings.NewReader(""), &printed, &notes); code != exitDone {
		t.Fatalf("%s ended with %d:\n%s", question, code, &notes)
	}
	return strings.Join(append(lines[:head+1:head+1], project(t, printed.String(), strings.Split(lines[head], ","), conditions)...), "\n")
}

// project keeps of printed CSV the rows that meet all conditions and, of these,
// the columns asked for.
func project(t *testing.T, printed string, columns, conditions []string) []string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(printed)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(column string) int {
		index := slices.Index(rows[0], column)
		if index < 0 {
			t.Fatalf("no column %q among %v", column, rows[0])
		}
		return index
	}
	var kept []string
	for _, row := range rows[1:] {
		if slices.ContainsFunc(conditions, func(condition string) bool {
			column, value, _ := strings.Cut(condition, "=")
			column, not := strings.CutSuffix(column, "!")
			return (row[at(column)] == value) == not
		}) {
			continue
		}
		cells := make([]string, len(columns))
		for i, column := range columns {
			cells[i] = short(row[at(column)])
		}
		kept = append(kept, strings.Join(cells, ","))
	}
	return kept
}

// short rounds a fraction with many digits to four; all else stays.
func short(cell string) string {
	_, decimals, _ := strings.Cut(cell, ".")
	value, err := strconv.ParseFloat(cell, 64)
	if err != nil || len(decimals) <= 4 {
		return cell
	}
	return strconv.FormatFloat(value, 'f', 4, 64)
}

// checkRefused compares the dead letters with the scenario about bad records.
func checkRefused(t *testing.T, dir string) {
	want, err := os.ReadFile(filepath.Join(scenarios, "malformed", "refused.csv"))
	if err != nil {
		t.Fatal(err)
	}
	got := ask(t, dir, "testdata/refused.sql")
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("dead letters (-want +got):\n%s", diff)
	}
}
