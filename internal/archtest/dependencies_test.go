package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// decision is the document that says why we have each dependency.
var decision = filepath.Join("..", "..", "docs", "adr", "0004-dependencies.md")

var inBackquotes = regexp.MustCompile("`([^`]+)`")

func TestEveryDependencyHasItsReason(t *testing.T) {
	text, err := os.ReadFile(decision)
	if err != nil {
		t.Fatal(err)
	}
	var explained []string
	for _, line := range strings.Split(string(text), "\n") {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			for _, module := range inBackquotes.FindAllStringSubmatch(cells[1], -1) {
				explained = append(explained, module[1])
			}
		}
	}
	missing := map[string]bool{}
	for _, p := range loadPackages(t) {
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			first, _, _ := strings.Cut(imported, "/")
			if strings.Contains(first, ".") && !slices.ContainsFunc(explained, func(module string) bool {
				return imported == module || strings.HasPrefix(imported, module+"/")
			}) {
				missing[imported] = true
			}
		}
	}
	for imported := range missing {
		t.Errorf("%s is imported, and %s does not say what for: add a line, or do without", imported, filepath.Base(decision))
	}
}
