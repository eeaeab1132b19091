package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestEveryPackageHasOnePackageComment(t *testing.T) {
	for _, p := range loadPackages(t) {
		commented := 0
		for _, file := range p.files() {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Error(err)
				continue
			}
			if parsed.Doc != nil && !isDirective(parsed.Doc) {
				commented++
			}
		}
		if len(p.files()) > 0 && commented != 1 {
			t.Errorf("%s has %d package comments: one tells what it is for", p.ImportPath, commented)
		}
	}
}

// isDirective tells a comment that speaks to a tool from one for people.
func isDirective(group *ast.CommentGroup) bool { return strings.TrimSpace(group.Text()) == "" }

// statement is the beginning of a SQL statement, as somebody would write it
// into a string. What begins a sentence ("select the merchants") is none.
var statement = regexp.MustCompile(`(?s)^\s*(--[^\n]*\n\s*)*(` + strings.Join([]string{
	`SELECT\s`, `WITH\s+\w+\s+AS\b`, `INSERT\s+INTO\b`, `DELETE\s+FROM\b`, `UPDATE\s+\w+\s+SET\b`, `TRUNCATE\b`, `OPTIMIZE\s+TABLE\b`,
	`(CREATE|ALTER|DROP|RENAME|EXCHANGE|ATTACH|DETACH)\s+(OR\s+REPLACE\s+)?(TABLE|VIEW|MATERIALIZED|DATABASE|USER|ROLE|ROW|QUOTA|FUNCTION|DICTIONARY|TABLES)\b`,
	`GRANT\s`, `REVOKE\s`, `SYSTEM\s+[A-Z]+`, `EXPLAIN\s`, `SHOW\s+[A-Z]+`, `KILL\s+QUERY\b`,
	`(?i:select\s.+\sfrom\s+\w+|insert\s+into\s+\w+|delete\s+from\s+\w+|alter\s+table\s+\w+|create\s+table\s+\w+|drop\s+table\s+\w+)`,
}, "|") + `)`)

func TestSQLLivesInItsOwnFiles(t *testing.T) {
	for _, p := range loadPackages(t) {
		for _, file := range p.files() {
			for _, found := range sqlIn(t, file) {
				t.Errorf("%s: %.60q is SQL: put it into a .sql file and embed it, so that it can be read, explained and formatted as SQL",
					found.at, found.text)
			}
		}
	}
}

func TestSQLIsRecognized(t *testing.T) {
	for text, want := range map[string]bool{
		"SELECT 1": true,
		"\n-- why\nWITH days AS (SELECT 1) SELECT": true,
		"insert into marks values (1)":             true,
		"ALTER TABLE marks DELETE WHERE 1":         true,
		"CREATE OR REPLACE VIEW entries AS":        true,
		"select one of the merchants":              false,
		"SELECTED":                                 false,
		"create a key":                             false,
		"(topic_epoch = 1 AND part = 2)":           false,
	} {
		if got := statement.MatchString(text); got != want {
			t.Errorf("%q: SQL = %t, want %t", text, got, want)
		}
	}
}

type literal struct {
	at   token.Position
	text string
}

// sqlIn finds the string literals of a file that begin a statement.
func sqlIn(t *testing.T, file string) []literal {
	t.Helper()
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%s: %v", filepath.Base(file), err)
		return nil
	}
	var found []literal
	ast.Inspect(parsed, func(node ast.Node) bool {
		basic, ok := node.(*ast.BasicLit)
		if !ok || basic.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(basic.Value)
		if err == nil && statement.MatchString(text) {
			found = append(found, literal{files.Position(basic.Pos()), text})
		}
		return true
	})
	return found
}
