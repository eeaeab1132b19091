package registry

import (
	"slices"
	"strings"
)

// View is a view of the warehouse. Its comments in the database are these words.
type View struct {
	Name        string
	Internal    string   // why analysts have no use for it; empty for a published view, which has all that follows
	Key         []string // the columns that no two rows share; none where rows may be alike
	Definitions []string // names of the definitions that it holds the data of
	Columns     []Column // in their order; Type is ClickHouse's
	English     ViewText
	Chinese     ViewText
}

// ViewText is a view in one language.
type ViewText struct {
	Grain string `json:"grain"` // what one row is
	Use   string `json:"use"`   // what it is for, one sentence
}

// Text returns the text in a language, English for an unknown one.
func (v *View) Text(in Language) ViewText {
	if in == Chinese {
		return v.Chinese
	}
	return v.English
}

// Comment is what the database says of the view.
func (v *View) Comment() string {
	if v.Internal != "" {
		return "Internal: " + v.Internal
	}
	comment := "One row is " + v.English.Grain + ". " + v.English.Use
	if len(v.Key) > 0 {
		comment += " Key: " + strings.Join(v.Key, ", ") + "."
	}
	return comment
}

// Views returns all views: events, then facts, then sums, then internal ones.
func Views() []View {
	return slices.Concat(eventViews, factViews, sumViews, couponViews, internalViews)
}

// PublishedViews returns the views that analysts read.
func PublishedViews() []View {
	return slices.DeleteFunc(Views(), func(v View) bool { return v.Internal != "" })
}

// FindView returns the published view of a name.
func FindView(name string) (View, bool) {
	views := PublishedViews()
	at := slices.IndexFunc(views, func(v View) bool { return v.Name == name })
	if at < 0 {
		return View{}, false
	}
	return views[at], true
}

// ViewsOf lists the names of the published views that hold a definition's data.
func ViewsOf(definition string) []string {
	var names []string
	for _, v := range PublishedViews() {
		if slices.Contains(v.Definitions, definition) {
			names = append(names, v.Name)
		}
	}
	return names
}

// viewColumns makes a view's columns from "name type" lines, where a type is one
// of viewTypes or ClickHouse's own word.
func viewColumns(view string, lines ...string) []Column {
	columns := make([]Column, len(lines))
	for i, line := range lines {
		name, kind, _ := strings.Cut(line, " ")
		if short, ok := viewTypes[kind]; ok {
			kind = short
		}
		meaning := wordsIn(view, name)
		columns[i] = Column{
			Name: name, Type: kind, Nullable: strings.HasPrefix(kind, "Nullable("),
			English: meaning.english, Chinese: meaning.chinese,
		}
	}
	return columns
}

// wordsIn returns what a column means: in this view, else in all views, else in
// the rows of questions too.
func wordsIn(view, column string) words {
	for _, key := range [...]string{view + "." + column, column} {
		if meaning, ok := viewWords[key]; ok {
			return meaning
		}
	}
	return columnWords[column]
}

// internalViews are the views that only other views and the batch read.
var internalViews = []View{
	{Name: "current_spans", Internal: "says which run's rows count for which weeks; the published views have applied it."},
	{Name: "span_lookup", Internal: "current_spans as arrays, for the views of large tables; the published views have applied it."},
}
