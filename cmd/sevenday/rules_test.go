package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// ruleGroups are the parts of the definitions, in the order of rules.txt.
var ruleGroups = []string{
	"time", "visits", "retention", "conversion", "funnels", "attribution", "coupons",
	"sales", "loop", "lifecycle", "benchmarks", "report", "ledger",
}

// ruleLine is a line of rules.txt: the rule's name, what it says, and the Go
// tests that show it where no scenario can.
var ruleLine = regexp.MustCompile(`^([a-z]+)\.([a-z0-9_]+)  (\S.*?\.)(?:  tests: (Test\w+(?:, Test\w+)*))?$`)

// testFunction is the beginning of a Go test.
var testFunction = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// Each rule of the definitions is shown by a scenario in text or, where that can
// hardly be, by the Go tests that rules.txt names.
func TestEveryRuleIsShownByAScenario(t *testing.T) {
	rules, shown := readRules(t), rulesOfScenarios(t)
	for _, name := range slices.Sorted(maps.Keys(shown)) {
		if _, known := rules[name]; !known {
			t.Errorf("%s names %q, which is no rule of rules.txt", strings.Join(shown[name], " and "), name)
		}
	}
	var bare []string
	for name, tests := range rules {
		if len(tests) == 0 && len(shown[name]) == 0 {
			bare = append(bare, name)
		}
	}
	if slices.Sort(bare); len(bare) > 0 {
		t.Errorf("%d of %d rules are named by no scenario and no test:\n%s", len(bare), len(rules), strings.Join(bare, "\n"))
	}
}

// A rule that names Go tests names those that are there.
func TestTheTestsThatRulesNameExist(t *testing.T) {
	known := goTests(t, "../..")
	for name, tests := range readRules(t) {
		for _, test := range tests {
			if !known[test] {
				t.Errorf("%s names %s, and there is no such test", name, test)
			}
		}
	}
}

// readRules returns the Go tests that each rule of rules.txt names. It fails on
// lines that are no rule, on names that stand twice, and on groups out of order.
func readRules(t *testing.T) map[string][]string {
	t.Helper()
	rules, last := make(map[string][]string), 0
	for number, line := range strings.Split(readText(t, filepath.Join(scenarios, "rules.txt")), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := ruleLine.FindStringSubmatch(line)
		if parts == nil {
			t.Errorf("rules.txt:%d is no rule: %s", number+1, line)
			continue
		}
		name, group := parts[1]+"."+parts[2], slices.Index(ruleGroups, parts[1])
		if _, twice := rules[name]; twice || group < last {
			t.Errorf("rules.txt:%d: %s stands twice, or in no group, or behind a later group", number+1, name)
		}
		last = max(last, group)
		rules[name] = nil
		if parts[4] != "" {
			rules[name] = strings.Split(parts[4], ", ")
		}
	}
	return rules
}

// rulesOfScenarios returns the folders whose README names a rule, by the rule. A
// README names them in lines that begin with "Rules:", and every scenario must.
func rulesOfScenarios(t *testing.T) map[string][]string {
	t.Helper()
	shown := make(map[string][]string)
	for _, folder := range append(scenarioFolders(t, "*"), scenarioFolders(t, "*/later")...) {
		some := false
		for line := range strings.Lines(readText(t, filepath.Join(folder, "README.md"))) {
			list, found := strings.CutPrefix(strings.TrimSpace(line), "Rules: ")
			if !found {
				continue
			}
			some = true
			for _, name := range strings.Split(list, ", ") {
				shown[name] = append(shown[name], folder)
			}
		}
		if !some {
			t.Errorf("%s names no rule", folder)
		}
	}
	return shown
}

// goTests returns the names of the Go tests in the folders below one.
func goTests(t *testing.T, root string) map[string]bool {
	t.Helper()
	known := make(map[string]bool)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Name() == "node_modules" || entry.Name() == ".git" {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, "_test.go") {
			for _, match := range testFunction.FindAllStringSubmatch(readText(t, path), -1) {
				known[match[1]] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// readText returns a file's text.
func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
