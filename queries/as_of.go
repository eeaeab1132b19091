package queries

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// View is a view of the warehouse: its name and what it selects.
type View struct {
	Name   string
	file   string
	Select string
}

// viewHead is how a view's file begins.
var viewHead = regexp.MustCompile(`^(?:--[^\n]*\n)*CREATE OR REPLACE VIEW (\w+) AS\n`)

// ReadViews reads the *.view.sql files at the sources' roots, in the order in
// which one may read another.
func ReadViews(sources ...fs.FS) ([]View, error) {
	var views []View
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
			head := viewHead.FindSubmatch(text)
			if head == nil {
				return nil, fmt.Errorf("%s does not begin with CREATE OR REPLACE VIEW", name)
			}
			views = append(views, View{string(head[1]), name, strings.TrimSpace(string(text[len(head[0]):]))})
		}
	}
	slices.SortFunc(views, func(a, b View) int { return cmp.Compare(a.file, b.file) })
	return views, nil
}

// AsOf returns the catalog as it answered once a run was published: from the
// newest publication that is kept and not newer. Merchants are as they are known
// now. Before the first publication that is kept there are no figures. The
// catalog must know its Views.
func (c *Catalog) AsOf(run uint64) *Catalog {
	then := *c
	then.asOf = run
	return &then
}

// statement returns the text of sql/name.sql. As of an earlier publication, the
// views that it names, and those that they name, stand before it as common table
// expressions over the publications of then: a statement sees them first.
func (c *Catalog) statement(name string) string {
	text := statement(name)
	if c.asOf == 0 {
		return text
	}
	then := strings.TrimSpace(strings.Replace(statement("as_of"), "{as_of}", strconv.FormatUint(c.asOf, 10), 1))
	for _, view := range c.needed(text) {
		then += fmt.Sprintf(",\n%s AS (\n%s\n)", view.Name, view.Select)
	}
	comments, body := cutComments(text)
	if rest, ok := strings.CutPrefix(body, "WITH\n"); ok {
		return comments + "WITH\n" + then + ",\n" + rest
	}
	return comments + "WITH\n" + then + "\n" + body
}

// needed returns the views that the text names, and the views that these name,
// in the order of Views.
func (c *Catalog) needed(text string) []View {
	names := func(text string, view *View) bool {
		return regexp.MustCompile(`\b` + view.Name + `\b`).MatchString(text)
	}
	var views []View
	for i := range slices.Backward(c.Views) {
		if names(text, &c.Views[i]) {
			views = append(views, c.Views[i])
			text += c.Views[i].Select
		}
	}
	slices.Reverse(views)
	return views
}

// cutComments cuts the comment lines off that a statement begins with.
func cutComments(text string) (comments, body string) {
	for strings.HasPrefix(text, "--") {
		line, rest, _ := strings.Cut(text, "\n")
		comments, text = comments+line+"\n", rest
	}
	return comments, text
}
