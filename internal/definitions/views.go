package main

import (
	"fmt"
	"strings"

	"sevenday/metrics/registry"
)

// viewAnchor begins the anchors of views, whose names definitions bear too.
const viewAnchor = "sql-"

// views writes the section about the views: a list, then each with its columns.
func (p page) views(b *strings.Builder, views []registry.View, in registry.Language) {
	fmt.Fprintf(b, "\n<a id=\"sql\"></a>\n\n## %s\n\n%s\n\n", p.sql, p.sqlLead)
	for i := range views {
		fmt.Fprintf(b, "- [`%s`](#%s%[1]s): %[3]s\n", views[i].Name, viewAnchor, views[i].Text(in).Grain)
	}
	for i := range views {
		p.view(b, &views[i], in)
	}
}

func (p page) view(b *strings.Builder, v *registry.View, in registry.Language) {
	text := v.Text(in)
	fmt.Fprintf(b, "\n<a id=\"%s%s\"></a>\n\n### %[2]s\n\n%[3]s\n\n- *%[4]s*: %[5]s", viewAnchor, v.Name, text.Use, p.row, text.Grain)
	if len(v.Key) > 0 {
		fmt.Fprintf(b, "\n- *%s*: `%s`", p.key, strings.Join(v.Key, "`, `"))
	}
	fmt.Fprintf(b, "\n- *%s*: %s\n", p.figures, links("", v.Definitions))
	p.table(b, v.Columns, in)
}

// links are names that lead to their anchors.
func links(anchor string, names []string) string {
	links := make([]string, len(names))
	for i, name := range names {
		links[i] = fmt.Sprintf("[`%s`](#%s%[1]s)", name, anchor)
	}
	return strings.Join(links, ", ")
}
