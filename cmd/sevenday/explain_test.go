package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"

	"sevenday/metrics/registry"
)

// explaining runs the command and returns what it printed and its exit code.
func explaining(t *testing.T, arguments ...string) (out, notes string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = execute(context.Background(), append([]string{"explain"}, arguments...), strings.NewReader(""), &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

func TestExplainWithoutNameListsEveryFigureAndTable(t *testing.T) {
	out, _, code := explaining(t)
	if code != exitDone {
		t.Fatalf("exit code %d", code)
	}
	for _, name := range explainable() {
		if !strings.Contains("\n"+out, "\n"+name+" ") {
			t.Errorf("%s is not listed in\n%s", name, out)
		}
	}
}

func TestExplainFitsATerminalInBothLanguages(t *testing.T) {
	for _, language := range registry.Languages {
		for _, name := range explainable() {
			out, notes, code := explaining(t, name, "--lang", string(language))
			if code != exitDone || notes != "" {
				t.Fatalf("explain %s: exit code %d, %s", name, code, notes)
			}
			prose, _, _ := strings.Cut(out, "\n"+labels[language].columns+"\n")
			for _, line := range strings.Split(prose, "\n") {
				if width := text.StringWidthWithoutEscSequences(line); width > explainWidth {
					t.Errorf("explain %s --lang %s: a line is %d wide: %s", name, language, width, line)
				}
			}
		}
	}
}

func TestExplainKnowsAliases(t *testing.T) {
	out, _, code := explaining(t, "day_7", "--format", "json")
	var got explained
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
		t.Fatalf("exit code %d, %v: %s", code, err, out)
	}
	if got.Name != "day_n" || !slices.Contains(got.Aliases, "day_7") || got.Query == nil || *got.Query != "retention" {
		t.Errorf("day_7 is explained as %+v", got)
	}
}

func TestExplainPrintsTablesForSQL(t *testing.T) {
	out, _, code := explaining(t, "user_days", "--format", "json")
	var got explainedView
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
		t.Fatalf("exit code %d, %v: %s", code, err, out)
	}
	if got.Name != "user_days" || got.Grain == "" || !slices.Equal(got.Key, []string{"merchant_id", "person", "day"}) || len(got.Columns) == 0 {
		t.Errorf("user_days is explained as %+v", got)
	}
	if out, _, code = explaining(t, "current_spans"); code != exitUsage {
		t.Errorf("an internal view is explained with exit code %d: %s", code, out)
	}
}

func TestExplainPrintsTheTableThatBearsAFiguresNameToo(t *testing.T) {
	out, _, code := explaining(t, "visits", "--format", "json")
	var got explained
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
		t.Fatalf("exit code %d, %v: %s", code, err, out)
	}
	if got.Question == "" || !slices.Contains(got.Views, "user_days") || got.View == nil || got.View.Name != "visits" {
		t.Errorf("visits is explained as %+v", got)
	}
	if out, _, _ = explaining(t, "visits"); !strings.Contains(out, got.Question) || !strings.Contains(out, got.View.Use) {
		t.Errorf("visits is explained without its figure or table:\n%s", out)
	}
}

func TestExplainRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, arguments := range [][]string{{"nothing"}, {"day_n", "--lang", "fr"}, {"day_n", "--format", "yaml"}, {"day_n", "retention"}} {
		out, notes, code := explaining(t, arguments...)
		if code != exitUsage || out != "" || notes == "" {
			t.Errorf("explain %s: exit code %d, stdout %q, stderr %q; want 2 and a message", arguments, code, out, notes)
		}
	}
}
