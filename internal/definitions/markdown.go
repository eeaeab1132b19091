package main

import (
	"fmt"
	"strings"

	"sevenday/metrics/registry"
)

// page holds the words of the document around the definitions.
type page struct {
	title, lead                                            string
	grain, numerator, denominator, window, states, range95 string
	query, unit, direction, version                        string
	columns, column, kind, null, about, yes                string
}

var pages = map[registry.Language]page{
	registry.English: {
		title: "What every figure means",
		lead:  "`sevenday explain NAME` prints the same words, and the pages show them beside the figures. Rates are fractions, money is a decimal string, and zero means zero.",
		grain: "One number per", numerator: "Counted", denominator: "Out of", window: "Time", states: "States", range95: "Interval",
		query: "Query", unit: "Unit", direction: "Better", version: "Definition",
		columns: "Columns", column: "Column", kind: "Type", null: "Null", about: "Meaning", yes: "yes",
	},
	registry.Chinese: {
		title: "指标口径",
		lead:  "`sevenday explain NAME --lang zh` 输出同样的文字，页面也在数字旁显示。比率为小数，金额为十进制字符串，零就是零。",
		grain: "粒度", numerator: "分子", denominator: "分母", window: "时间", states: "状态", range95: "区间",
		query: "查询", unit: "单位", direction: "越好", version: "口径版本",
		columns: "列", column: "列名", kind: "类型", null: "可空", about: "含义", yes: "是",
	},
}

// notice keeps people from editing what is made.
const notice = "<!-- Made from metrics/registry by `make generate`; edits here are lost. -->"

func (p page) markdown(definitions []registry.Definition, in registry.Language) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n# %s\n\n%s\n\n", notice, p.title, p.lead)
	for i := range definitions {
		text := definitions[i].Text(in)
		fmt.Fprintf(&b, "- [%s](#%s): %s\n", text.Title, definitions[i].Name, text.Question)
	}
	for i := range definitions {
		p.section(&b, &definitions[i], in)
	}
	return b.String()
}

func (p page) section(b *strings.Builder, d *registry.Definition, in registry.Language) {
	text := d.Text(in)
	fmt.Fprintf(b, "\n<a id=%q></a>\n\n## %s\n\n`%s`", d.Name, text.Title, strings.Join(append([]string{d.Name}, d.Aliases...), "`, `"))
	fmt.Fprintf(b, "\n\n**%s**\n", text.Question)
	for _, part := range [][2]string{
		{p.grain, text.Grain},
		{p.numerator, text.Numerator},
		{p.denominator, text.Denominator},
		{p.window, text.Window},
		{p.states, text.States},
		{p.range95, text.Interval},
	} {
		if part[1] != "" {
			fmt.Fprintf(b, "\n- *%s*: %s", part[0], part[1])
		}
	}
	fmt.Fprintf(b, "\n- %s\n", p.facts(d))
	if len(text.Notes) > 0 {
		fmt.Fprintf(b, "\n%s\n", strings.Join(text.Notes, "\n\n"))
	}
	p.table(b, d.Columns, in)
}

func (p page) facts(d *registry.Definition) string {
	facts := []string{fmt.Sprintf("*%s*: %s", p.unit, d.Unit), fmt.Sprintf("*%s*: %s", p.direction, d.Direction), fmt.Sprintf("*%s*: %d", p.version, d.Version)}
	if d.Query != "" {
		facts = append(facts, fmt.Sprintf("*%s*: `sevenday query %s`", p.query, d.Query))
	}
	return strings.Join(facts, "; ")
}

func (p page) table(b *strings.Builder, columns []registry.Column, in registry.Language) {
	if len(columns) == 0 {
		return
	}
	fmt.Fprintf(b, "\n| %s | %s | %s | %s |\n|---|---|---|---|\n", p.column, p.kind, p.null, p.about)
	for i := range columns {
		c := &columns[i]
		null := ""
		if c.Nullable {
			null = p.yes
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", c.Name, c.Type, null, strings.ReplaceAll(c.About(in), "|", `\|`))
	}
}
