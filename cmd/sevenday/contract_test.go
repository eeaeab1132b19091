package main

import (
	"encoding/json"
	"strings"
	"testing"

	"sevenday/internal/simulate"
)

var (
	retentionKeys = strings.Fields(`merchant_id industry aggregation by value cohort activity period cohort_day n
		measure merchants cohort_users returned_users rate low high state history_days`)
	conversionKeys = strings.Fields(`merchant_id industry day value visits converted_visits rate low high currency gross net state`)
)

// rawRows asks for JSON and returns the array's objects.
func rawRows(t *testing.T, dir, question string) []json.RawMessage {
	t.Helper()
	printed := must(t, append(append([]string{"query"}, strings.Fields(question)...), "--dir", dir, "--format", "json")...)
	var rows []json.RawMessage
	if err := json.Unmarshal([]byte(printed), &rows); err != nil {
		t.Fatalf("query %s printed no array: %v\n%s", question, err, printed)
	}
	if len(rows) == 0 {
		t.Fatalf("query %s printed no row", question)
	}
	return rows
}

// checkRetentionRows compares rows with the published contract: keys, which
// measures there are, and when a value is null.
func checkRetentionRows(t *testing.T, dir string) {
	for _, row := range rawRows(t, dir, "conversion") {
		wantKeys(t, row, conversionKeys...)
	}
	for _, row := range rawRows(t, dir, "portals --merchant "+simulate.FruitShop) {
		wantKeys(t, row, conversionKeys...)
	}
	one, pooled := rawRows(t, dir, "retention --n 0..7 --merchant "+simulate.FruitShop), 0
	for _, raw := range one {
		wantKeys(t, raw, retentionKeys...)
		row := object(t, raw)
		if row["aggregation"] != nil || row["merchant_id"] != simulate.FruitShop {
			t.Errorf("a row of one merchant is %s", raw)
		}
		if row["n"] == 0.0 && row["measure"] == "within_n" {
			t.Errorf("within_n of n = 0: %s", raw)
		}
		if row["cohort_day"] == nil {
			pooled++
		}
		wantNulls(t, raw)
	}
	if want := 8*3 - 1; pooled != want {
		t.Errorf("%d rows pool the cohorts, want one for each n and measure: %d", pooled, want)
	}
	aggregations := map[any]bool{}
	for _, raw := range rawRows(t, dir, "retention") {
		wantKeys(t, raw, retentionKeys...)
		wantNulls(t, raw)
		row := object(t, raw)
		aggregations[row["aggregation"]] = true
		if row["aggregation"] == "merchant_mean" && (row["cohort_users"] != nil || row["returned_users"] != nil) {
			t.Errorf("a mean of merchants has counts: %s", raw)
		}
		if row["cohort"] != "new" || row["activity"] != "visit" || row["period"] != "day" || row["n"] != 7.0 {
			t.Errorf("the defaults are %s", raw)
		}
	}
	if len(aggregations) != 3 || !aggregations["pooled"] || !aggregations["distinct"] || !aggregations["merchant_mean"] {
		t.Errorf("the platform's aggregations are %v", aggregations)
	}
}

func object(t *testing.T, raw json.RawMessage) map[string]any {
	t.Helper()
	var row map[string]any
	if err := json.Unmarshal(raw, &row); err != nil {
		t.Fatal(err)
	}
	return row
}

// wantNulls wants no number in what is not due, and rates between 0 and 1 elsewhere.
func wantNulls(t *testing.T, raw json.RawMessage) {
	t.Helper()
	row := object(t, raw)
	for _, key := range []string{"returned_users", "rate", "low", "high"} {
		if row["state"] == "not_due" && row[key] != nil {
			t.Errorf("%s of what is not due: %s", key, raw)
		}
	}
	if rate, ok := row["rate"].(float64); ok && (rate < 0 || rate > 1) {
		t.Errorf("rate %g: %s", rate, raw)
	}
	if row["state"] != "final" && row["state"] != "open" && row["state"] != "not_due" {
		t.Errorf("state of %s", raw)
	}
}

// checkUses wants code 2 for a wrong use, 1 for an unknown name, 0 for what has
// no rows of its own, and errors in the one form that scripts know.
func checkUses(t *testing.T, dir string) {
	for arguments, code := range map[string]int{
		"query":                                         exitUsage,
		"query loyalty":                                 exitUsage,
		"query sales retention":                         exitUsage,
		"query sales --day 2026-01-01":                  exitUsage,
		"query sales --format xml":                      exitUsage,
		"query sales --from yesterday":                  exitUsage,
		"query sales --from 2026-01-02 --to 2026-01-02": exitUsage,
		"query sales --merchant a --industry retail":    exitUsage,
		"query retention --n 31":                        exitUsage,
		"query retention --n 7..0":                      exitUsage,
		"query retention --n seven":                     exitUsage,
		"query retention --cohort old":                  exitUsage,
		"query retention --activity sleep":              exitUsage,
		"query retention --period year":                 exitUsage,
		"query retention --by weather":                  exitUsage,
		"report --format csv":                           exitUsage,
		"run --format xml":                              exitUsage,
		"run now":                                       exitUsage,
		"schema receipt":                                exitUsage,
		"schema":                                        exitUsage,
		"retention":                                     exitUsage,
		"--loud":                                        exitUsage,
		"simulate --merchants 1 --out /nowhere/at/all":  exitUsage,
		"query sales --merchant nobody":                 exitFailed,
		"query retention --merchant nobody":             exitFailed,
		"query portals --merchant nobody":               exitFailed,
		"query retention --from 2030-01-01":             exitDone,
		"report":                                        exitDone,
		"version":                                       exitDone,
		"schema entry":                                  exitDone,
		"query sales --merchant " + simulate.FruitShop:  exitDone,
	} {
		got := call(t, "", append(strings.Fields(arguments), "--dir", dir)...)
		if got.code != code {
			t.Errorf("%s ended with %d, want %d: %s", arguments, got.code, code, got.stderr)
		}
		if code == exitDone {
			if got.stdout == "" {
				t.Errorf("%s printed nothing", arguments)
			}
			continue
		}
		if got.stdout != "" || !strings.HasPrefix(got.stderr, "sevenday: ") || strings.Count(got.stderr, "\n") != 1 {
			t.Errorf("%s printed %q and complained %q, want one line on stderr alone", arguments, got.stdout, got.stderr)
		}
	}
}
