package warehouse

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// CreateViews runs the statement of every *.view.sql at the sources' roots, in
// the order of the file names over all sources. Each is a CREATE OR REPLACE
// VIEW and may be run any number of times; a view that reads another must sort after it.
func CreateViews(ctx context.Context, db *DB, sources ...fs.FS) error {
	return CreateDescribedViews(ctx, db, nil, sources...)
}

// ViewDescription is what SQL clients show of a view: its comment, and its
// columns in their order with their types and comments. Without columns the view
// has those of its file, uncommented.
type ViewDescription struct {
	View, Comment string
	Columns       []ColumnDescription
}

// ColumnDescription is a column of a view. Type is the server's word for it.
type ColumnDescription struct{ Name, Type, Comment string }

// CreateDescribedViews is CreateViews for views that describe themselves in
// every SQL client. A view without a description is made as its file says.
//
// The columns must be those of the file's SELECT: one that is left out can't be
// read, one that the SELECT does not have fails its readers.
func CreateDescribedViews(ctx context.Context, db *DB, descriptions []ViewDescription, sources ...fs.FS) error {
	views, err := gatherViews(sources)
	if err != nil {
		return wrap("read", "the views", err)
	}
	for _, view := range views {
		if err := db.Exec(ctx, described(view.statement, descriptions), nil); err != nil {
			return wrap("create the view of", view.name, err)
		}
	}
	return nil
}

// viewHead is a view's statement up to where its columns and comment belong.
var viewHead = regexp.MustCompile(`(?m)^CREATE OR REPLACE VIEW (\w+)`)

// described puts the view's description into its statement. An ALTER afterwards
// would do too, if no other program replaced the view at that moment.
func described(statement string, descriptions []ViewDescription) string {
	head := viewHead.FindStringSubmatchIndex(statement)
	if head == nil {
		return statement
	}
	name := statement[head[2]:head[3]]
	at := slices.IndexFunc(descriptions, func(d ViewDescription) bool { return d.View == name })
	if at < 0 {
		return statement
	}
	d := &descriptions[at]
	return statement[:head[1]] + d.columns() + strings.TrimSpace(statement[head[1]:]) + "\nCOMMENT " + literal(d.Comment)
}

// columns is the list of columns. The server takes no parameters in such a
// statement, so the texts travel as literals.
func (d *ViewDescription) columns() string {
	if len(d.Columns) == 0 {
		return " "
	}
	columns := make([]string, len(d.Columns))
	for i, column := range d.Columns {
		columns[i] = fmt.Sprintf("%s %s COMMENT %s", identifier(column.Name), column.Type, literal(column.Comment))
	}
	return " (" + strings.Join(columns, ", ") + ") "
}

// literal writes a text as a string literal.
func literal(text string) string { return "'" + quoted.Replace(text) + "'" }

type viewFile struct{ name, statement string }

func gatherViews(sources []fs.FS) ([]viewFile, error) {
	var views []viewFile
	for _, source := range sources {
		names, err := fs.Glob(source, "*.view.sql")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(source, name)
			if err != nil {
				return nil, err
			}
			views = append(views, viewFile{name, string(text)})
		}
	}
	slices.SortFunc(views, func(a, b viewFile) int { return cmp.Compare(a.name, b.name) })
	return views, nil
}
