package warehouse

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"

	"sevenday"
)

// migrationName is the form of a migration's file name.
var migrationName = regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.sql$`)

// gatherMigrations puts the migrations of all sources into one folder, the one
// that goose takes. A source's other files are none of its business. The
// folder is the standard library's in-memory one, which is good for more than tests.
func gatherMigrations(sources []fs.FS) (fstest.MapFS, error) {
	gathered := fstest.MapFS{}
	names := map[string]string{} // number to file name
	for _, source := range sources {
		found, err := fs.Glob(source, "*.sql")
		if err != nil {
			return nil, migrationError("", err)
		}
		for _, name := range found {
			match := migrationName.FindStringSubmatch(name)
			if match == nil {
				continue
			}
			if other, taken := names[match[1]]; taken {
				return nil, twice(match[1], other, name)
			}
			names[match[1]] = name
			text, err := readStatement(source, name)
			if err != nil {
				return nil, err
			}
			gathered[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return gathered, nil
}

func twice(number, one, other string) error {
	return &sevenday.Error{
		Kind: sevenday.Invalid, Op: "migrate", Err: fmt.Errorf("%s and %s have the number %s", one, other, number),
		Fix: "give one of them the next free number",
	}
}

// readStatement returns a file that holds one statement, ended by a semicolon.
func readStatement(source fs.FS, name string) (string, error) {
	text, err := fs.ReadFile(source, name)
	if err != nil {
		return "", migrationError(name, err)
	}
	return strings.TrimRight(string(text), "; \t\r\n") + ";\n", nil
}
