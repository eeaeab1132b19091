package archtest

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
)

// A ban forbids packages to import others. Patterns are import paths, with
// "/..." for the paths below too; ours are written without the module's name
// ("." is its root). Tests may import what they like.
type ban struct {
	of      []string // the packages that the ban is about
	except  []string // of them, those that may
	imports []string // what they must not import
	besides []string // of those, what they may
	reason  string
}

// ours and everything stand for all packages of the module and for any package.
const (
	ours       = "./..."
	everything = "..."
	standard   = "std"
)

var bans = []ban{
	{
		of: []string{"."}, imports: []string{everything}, besides: []string{standard},
		reason: "the vocabulary is spoken by every stage, so it depends on nothing but the language",
	},
	{
		of: []string{"."}, imports: []string{"os", "net/...", "io/fs", "database/sql/..."},
		reason: "the vocabulary does no I/O",
	},
	{
		of: []string{"./metrics/..."}, imports: []string{everything},
		besides: []string{standard, ".", "./metrics/...", "gonum.org/v1/gonum/..."},
		reason:  "a figure is a pure function of events: anybody can read it and test it on three of them",
	},
	{
		of: []string{"./metrics/..."}, imports: []string{"os", "os/...", "net/...", "database/sql/...", "log/slog"},
		reason: "metrics do no I/O",
	},
	{
		of: []string{"./ingest/decode/...", "./ingest/scene/..."}, imports: []string{"os", "os/...", "net/...", "./internal/...", "database/sql/..."},
		reason: "decoding is pure, so that it can be fuzzed and run anywhere",
	},
	{
		of: []string{"./ingest/..."}, imports: []string{"./transform/...", "./queries/...", "./dashboards/..."},
		reason: "stages meet in tables only: each can be stopped, rerun and replaced",
	},
	{
		of: []string{"./transform/..."}, imports: []string{"./ingest/...", "./queries/...", "./dashboards/..."},
		reason: "stages meet in tables only: each can be stopped, rerun and replaced",
	},
	{
		of: []string{"./queries/..."}, imports: []string{"./ingest/...", "./transform/...", "./dashboards/..."},
		reason: "stages meet in tables only: each can be stopped, rerun and replaced",
	},
	{
		of: []string{"./dashboards/..."}, imports: []string{"./ingest/...", "./transform/..."},
		reason: "pages read what was published, through queries, and nothing else",
	},
	{
		of: []string{"./dashboards/..."}, imports: []string{"./internal/warehouse/..."},
		reason: "pages ask package queries, which knows who may see what",
	},
	{
		of: []string{"./internal/..."}, imports: []string{"./ingest/...", "./transform/...", "./queries/...", "./dashboards/..."},
		reason: "the stages stand on internal packages, not the other way round",
	},
	{
		of: []string{ours}, imports: []string{"./cmd/..."},
		reason: "commands wire the parts together; no part knows of them",
	},
	{
		of: []string{ours}, except: []string{"./cmd/..."}, imports: []string{"./internal/simulate/..."},
		reason: "made-up data reach the pipeline through Kafka, as everybody's do",
	},
	{
		of: []string{"./internal/simulate/..."}, imports: []string{"./..."}, besides: []string{".", "./internal/columnar", "./internal/simulate/..."},
		reason: "the simulated world must not share code with the figures that are checked against it",
	},
	{
		of: []string{ours}, except: []string{"./internal/warehouse/..."}, imports: []string{"github.com/ClickHouse/...", "github.com/pressly/goose/..."},
		reason: "one package knows ClickHouse's protocol, so that its traps are dealt with once",
	},
	{
		of: []string{ours}, except: []string{"./internal/broker/..."}, imports: []string{"github.com/twmb/franz-go/..."},
		reason: "franz-go is the embedded broker; ingest must work with a client that shares no code with it",
	},
	{
		of: []string{ours}, except: []string{"./ingest", "./internal/broker/..."}, imports: []string{"github.com/segmentio/kafka-go/..."},
		reason: "who reads and writes Kafka stands in two places",
	},
	{
		of: []string{ours}, except: []string{"./internal/columnar/..."}, imports: []string{"github.com/parquet-go/...", "github.com/apache/arrow/..."},
		reason: "either library can be changed in one place",
	},
	{
		of: []string{ours}, except: []string{"./cmd/..."}, imports: []string{"github.com/spf13/...", "github.com/knadh/koanf/..."},
		reason: "flags, environment and configuration files are read in one place; packages take a Config",
	},
	{
		of: []string{ours}, except: []string{"./dashboards/..."}, imports: []string{"github.com/danielgtaylor/huma/..."},
		reason: "only the API speaks HTTP to people",
	},
	{
		of: []string{ours}, except: []string{"./internal/testservers", "./internal/broker/brokertest"},
		imports: []string{"./internal/testservers", "./internal/broker/brokertest", "testing", "pgregory.net/rapid", "github.com/google/go-cmp/..."},
		reason:  "what helps tests stays out of the program",
	},
	{
		of: []string{ours}, imports: []string{"C"},
		reason: "the program is built without a C compiler",
	},
}

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	standards := standardPaths(t)
	for _, p := range loadPackages(t) {
		for _, b := range bans {
			for _, broken := range b.broken(p, standards) {
				t.Errorf("%s imports %s: %s", p.ImportPath, broken, b.reason)
			}
		}
	}
}

func TestEveryBanSaysWhyAndIsAboutSomePackage(t *testing.T) {
	for i, b := range bans {
		if b.reason == "" || len(b.imports) == 0 {
			t.Errorf("ban %d says not why, or bans nothing", i)
		}
	}
}

func TestBansNotice(t *testing.T) {
	fixed := map[string]bool{"fmt": true, "net/http": true, "os": true}
	tests := []struct {
		importer, imported string
		want               bool
	}{
		{"sevenday", "fmt", false},
		{"sevenday", "github.com/segmentio/kafka-go", true},
		{"sevenday", "os", true},
		{"sevenday/metrics/retention", "gonum.org/v1/gonum/stat", false},
		{"sevenday/metrics/retention", "sevenday/internal/warehouse", true},
		{"sevenday/transform", "sevenday/ingest", true},
		{"sevenday/transform", "sevenday/ingest/decode", true},
		{"sevenday/transform", "sevenday/metrics/uplift", false},
		{"sevenday/dashboards", "sevenday/queries", false},
		{"sevenday/queries", "sevenday/dashboards", true},
		{"sevenday/ingest", "github.com/segmentio/kafka-go/protocol/fetch", false},
		{"sevenday/ingest/decode", "github.com/segmentio/kafka-go", true},
		{"sevenday/ingest", "github.com/twmb/franz-go/pkg/kgo", true},
		{"sevenday/internal/broker/brokertest", "github.com/twmb/franz-go/pkg/kadm", false},
		{"sevenday/cmd/sevenday", "github.com/parquet-go/parquet-go", true},
		{"sevenday/cmd/sevenday", "sevenday/internal/testservers", true},
		{"sevenday/internal/testservers", "testing", false},
	}
	for _, test := range tests {
		p := goPackage{ImportPath: test.importer, Imports: []string{test.imported}}
		got := slices.ContainsFunc(bans, func(b ban) bool { return len(b.broken(p, fixed)) > 0 })
		if got != test.want {
			t.Errorf("%s importing %s: banned = %t, want %t", test.importer, test.imported, got, test.want)
		}
	}
}

// broken lists the imports by which a package breaks the ban.
func (b ban) broken(p goPackage, standards map[string]bool) []string {
	if !matches(b.of, p.ImportPath, standards) || matches(b.except, p.ImportPath, standards) {
		return nil
	}
	var broken []string
	for _, imported := range p.Imports {
		if matches(b.imports, imported, standards) && !matches(b.besides, imported, standards) {
			broken = append(broken, imported)
		}
	}
	return broken
}

// matches tells whether a path is one that a pattern stands for.
func matches(patterns []string, importPath string, standards map[string]bool) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		switch {
		case pattern == everything:
			return true
		case pattern == standard:
			return standards[importPath]
		case strings.HasPrefix(pattern, "."):
			pattern = path.Join(module, pattern)
		}
		prefix, below := strings.CutSuffix(pattern, "/...")
		return importPath == prefix || (below && strings.HasPrefix(importPath, prefix+"/"))
	})
}

// standardPaths lists the standard library's packages that ours import: those
// whose first element has no dot and is not the module.
func standardPaths(t *testing.T) map[string]bool {
	t.Helper()
	paths := map[string]bool{}
	for _, p := range loadPackages(t) {
		for _, imported := range p.Imports {
			first, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(first, ".") && first != module && first != "C" {
				paths[imported] = true
			}
		}
	}
	if !paths["fmt"] {
		t.Fatal(fmt.Errorf("no package imports fmt: go list told no imports"))
	}
	return paths
}
