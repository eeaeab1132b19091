package warehouse

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
)

// CreateViews runs the statement of every *.view.sql at the sources' roots, in
// the order of the file names over all sources. Each is a CREATE OR REPLACE
// VIEW and may be run any number of times; a view that reads another must sort after it.
func CreateViews(ctx context.Context, db *DB, sources ...fs.FS) error {
	views, err := gatherViews(sources)
	if err != nil {
		return wrap("read", "the views", err)
	}
	for _, view := range views {
		if err := db.Exec(ctx, view.statement, nil); err != nil {
			return wrap("create the view of", view.name, err)
		}
	}
	return nil
}

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
