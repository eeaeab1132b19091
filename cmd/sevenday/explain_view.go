package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sevenday/metrics/registry"
)

// explainedView is a view in one language, as JSON.
type explainedView struct {
	Name string `json:"name"`
	registry.ViewText
	Key         []string          `json:"key"`         // empty where rows may be alike
	Definitions []string          `json:"definitions"` // names of the figures whose data it holds
	Columns     []explainedColumn `json:"columns"`     // types are ClickHouse's
}

func viewInLanguage(v *registry.View, in registry.Language) *explainedView {
	return &explainedView{
		Name: v.Name, ViewText: v.Text(in), Key: append([]string{}, v.Key...), Definitions: v.Definitions,
		Columns: columnsIn(in, v.Columns),
	}
}

// explainable lists the names that can be explained: definitions, then views
// that no definition bears the name of.
func explainable() []string {
	names := registry.Names()
	for _, v := range registry.PublishedViews() {
		if !slices.Contains(names, v.Name) {
			names = append(names, v.Name)
		}
	}
	return names
}

// listViews prints every view with what a row of it is.
func listViews(out io.Writer, in registry.Language) error {
	if _, err := fmt.Fprintf(out, "\n%s\n", labels[in].views); err != nil {
		return err
	}
	for _, v := range registry.PublishedViews() {
		if _, err := fmt.Fprintf(out, "%-18s %s\n", v.Name, v.Text(in).Grain); err != nil {
			return err
		}
	}
	return nil
}

// readable lays the view out for a terminal.
func (e *explainedView) readable(l explainLabels) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%s\n\n", l.view, e.Name, strings.Join(wrap(e.Use, explainWidth), "\n"))
	beside(&b, l.row, e.Grain)
	beside(&b, l.key, strings.Join(e.Key, ", "))
	beside(&b, l.figures, strings.Join(e.Definitions, ", "))
	fmt.Fprintf(&b, "\n%s\n", l.columns)
	for i := range e.Columns {
		kind, values := e.Columns[i].Values()
		about := e.Columns[i].About
		if len(values) > 0 {
			about += fmt.Sprintf(l.oneOf, strings.Join(values, ", "))
		}
		fmt.Fprintf(&b, "  %-22s %-22s %s\n", e.Columns[i].Name, kind, about)
	}
	return b.String()
}
