package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"sevenday/metrics/registry"
)

func (a *app) explainCommand() *cobra.Command {
	var language, format string
	command := &cobra.Command{
		Use:   "explain [NAME]",
		Short: "Print what a figure or a table for SQL means",
		Long: `Print what a figure means: the question it answers, what is counted out of what,
the time it needs, its states, its interval and the columns of its rows. Or print
what a table for SQL holds: what a row is, its key and its columns. Without NAME,
list them all. It needs no server.`,
		Example: `  sevenday explain
  sevenday explain day_7
  sevenday explain user_days
  sevenday explain uplift --lang zh
  sevenday explain conversion --format json`,
		Args: cobra.MaximumNArgs(1), ValidArgs: explainable(),
		RunE: func(_ *cobra.Command, arguments []string) error {
			in := registry.Language(language)
			if in != registry.English && in != registry.Chinese {
				return usagef("--lang %q is unknown: use en or zh", language)
			}
			if format != "text" && format != "json" {
				return usagef("--format %q is unknown: use text or json", format)
			}
			if len(arguments) == 0 {
				return listDefinitions(a.out, in, format)
			}
			return explainName(a.out, arguments[0], in, format)
		},
	}
	command.Flags().StringVar(&language, "lang", "en", "en or zh")
	command.Flags().StringVar(&format, "format", "text", "text or json")
	return command
}

// explained is a definition in one language, as JSON.
type explained struct {
	Name      string             `json:"name"`
	Aliases   []string           `json:"aliases"`
	Query     *string            `json:"query"` // null where no query answers with it
	Unit      registry.Unit      `json:"unit"`
	Direction registry.Direction `json:"direction"`
	Version   int                `json:"version"`
	registry.Text
	Columns []explainedColumn `json:"columns"`
	Views   []string          `json:"views"`          // names of the tables for SQL that hold its data
	View    *explainedView    `json:"view,omitempty"` // the one that bears its name
}

type explainedColumn struct {
	registry.Column
	About string `json:"about"`
}

func inLanguage(d *registry.Definition, in registry.Language) explained {
	e := explained{
		Name: d.Name, Aliases: append([]string{}, d.Aliases...), Unit: d.Unit, Direction: d.Direction, Version: d.Version,
		Text: d.Text(in), Columns: columnsIn(in, d.Columns), Views: append([]string{}, registry.ViewsOf(d.Name)...),
	}
	if view, ok := registry.FindView(d.Name); ok {
		e.View = viewInLanguage(&view, in)
	}
	if d.Query != "" {
		e.Query = &d.Query
	}
	return e
}

func columnsIn(in registry.Language, columns []registry.Column) []explainedColumn {
	explained := make([]explainedColumn, len(columns))
	for i, column := range columns {
		explained[i] = explainedColumn{column, column.About(in)}
	}
	return explained
}

// explainName explains the definition of a name, else the view.
func explainName(out io.Writer, name string, in registry.Language, format string) error {
	var explained explanation
	if definition, ok := registry.Find(name); ok {
		e := inLanguage(&definition, in)
		explained = &e
	} else if view, ok := registry.FindView(name); ok {
		explained = viewInLanguage(&view, in)
	} else {
		return usagef("there is no figure or table %q: use one of %s", name, strings.Join(explainable(), ", "))
	}
	if format == "json" {
		return writeIndented(out, explained)
	}
	_, err := io.WriteString(out, explained.readable(labels[in]))
	return err
}

// explanation is what can be laid out for a terminal.
type explanation interface {
	readable(l explainLabels) string
}

// listDefinitions prints every name with its question, and every view with what
// a row of it is.
func listDefinitions(out io.Writer, in registry.Language, format string) error {
	definitions := registry.All()
	if format == "json" {
		all := make([]explained, len(definitions))
		for i := range definitions {
			all[i] = inLanguage(&definitions[i], in)
		}
		return writeIndented(out, all)
	}
	for i := range definitions {
		if _, err := fmt.Fprintf(out, "%-14s %s\n", definitions[i].Name, definitions[i].Text(in).Question); err != nil {
			return err
		}
	}
	return listViews(out, in)
}

func writeIndented(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// explainLabels are the words before the parts of a definition.
type explainLabels struct {
	grain, numerator, denominator, window, states, interval, unit, query, columns string
	views, view, row, key, figures, oneOf                                         string
}

var labels = map[registry.Language]explainLabels{
	registry.English: {
		"one per", "counted", "out of", "time", "states", "interval", "unit", "query", "columns",
		"SQL tables", "SQL table", "one row is", "key", "figures", " (one of %s)",
	},
	registry.Chinese: {
		"粒度", "分子", "分母", "时间", "状态", "区间", "单位", "查询", "列",
		"SQL 表", "SQL 表", "每行为", "键", "指标", "（取值：%s）",
	},
}

const (
	explainWidth = 80 // columns of a plain terminal
	labelWidth   = 11
)

// readable lays the definition out for a terminal: a label, then the text
// beside it.
func (e *explained) readable(l explainLabels) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n%s\n\n", e.Title, e.Name, strings.Join(wrap(e.Question, explainWidth), "\n"))
	query := ""
	if e.Query != nil {
		query = "sevenday query " + *e.Query
	}
	for _, part := range [][2]string{
		{l.grain, e.Grain},
		{l.numerator, e.Numerator},
		{l.denominator, e.Denominator},
		{l.window, e.Window},
		{l.states, e.States},
		{l.interval, e.Interval},
		{l.unit, string(e.Unit)},
		{l.query, query},
		{l.views, strings.Join(e.Views, ", ")},
	} {
		beside(&b, part[0], part[1])
	}
	for _, note := range e.Notes {
		fmt.Fprintf(&b, "\n%s\n", strings.Join(wrap(note, explainWidth), "\n"))
	}
	if len(e.Columns) > 0 {
		fmt.Fprintf(&b, "\n%s\n", l.columns)
	}
	for _, column := range e.Columns {
		fmt.Fprintf(&b, "  %-17s %-8s %s\n", column.Name, column.Type, column.About)
	}
	if e.View != nil {
		fmt.Fprintf(&b, "\n%s", e.View.readable(l))
	}
	return b.String()
}

// beside writes a label and, beside it, a text over as many lines as it takes.
func beside(b *strings.Builder, label, content string) {
	if content == "" {
		return
	}
	for i, line := range wrap(content, explainWidth-labelWidth) {
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(b, "%s%s\n", text.Pad(label, labelWidth, ' '), line)
	}
}
