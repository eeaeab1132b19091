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
	tables, sql, sqlLead, row, key, figures, oneOf         string
}

var pages = map[registry.Language]page{
	registry.English: {
		title: "What every figure means",
		lead:  "`sevenday explain NAME` prints the same words, and the pages show them beside the figures. Rates are fractions, money is a decimal string, and zero means zero.",
		grain: "One number per", numerator: "Counted", denominator: "Out of", window: "Time", states: "States", range95: "Interval",
		query: "Query", unit: "Unit", direction: "Better", version: "Definition",
		columns: "Columns", column: "Column", kind: "Type", null: "Null", about: "Meaning", yes: "yes",
		tables: "SQL", sql: "The tables for SQL",
		sqlLead: "These views are what analysts read, with any client, as user `analyst`. They show the rows that count, and nothing of a publication that is under way. The database shows the same words: `DESCRIBE user_days`, `SHOW CREATE VIEW user_days`. Money is a decimal in the currency that the column says, times are UTC, days are the merchant's own; `1970-01-01` and empty strings stand for what is absent.",
		row:     "One row is", key: "Key", figures: "Figures", oneOf: "; one of %s",
	},
	registry.Chinese: {
		title: "指标口径",
		lead:  "`sevenday explain NAME --lang zh` 输出同样的文字，页面也在数字旁显示。比率为小数，金额为十进制字符串，零就是零。",
		grain: "粒度", numerator: "分子", denominator: "分母", window: "时间", states: "状态", range95: "区间",
		query: "查询", unit: "单位", direction: "越好", version: "口径版本",
		columns: "列", column: "列名", kind: "类型", null: "可空", about: "含义", yes: "是",
		tables: "SQL", sql: "SQL 表",
		sqlLead: "分析人员以用户 `analyst` 通过任意客户端查询这些视图。视图只显示有效的行，不含正在发布的内容。数据库中的注释为同样的英文文字：`DESCRIBE user_days`、`SHOW CREATE VIEW user_days`。金额为十进制数，币种见各列；时间为 UTC；日期为商家自然日；`1970-01-01` 与空字符串表示没有。",
		row:     "每行为", key: "键", figures: "指标", oneOf: "；取值：%s",
	},
}

// notice keeps people from editing what is made.
const notice = "<!-- Made from metrics/registry by `make generate`; edits here are lost. -->"

func (p page) markdown(definitions []registry.Definition, views []registry.View, in registry.Language) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n# %s\n\n%s\n\n", notice, p.title, p.lead)
	for i := range definitions {
		text := definitions[i].Text(in)
		fmt.Fprintf(&b, "- [%s](#%s): %s\n", text.Title, definitions[i].Name, text.Question)
	}
	fmt.Fprintf(&b, "- [%s](#sql)\n", p.sql)
	for i := range definitions {
		p.section(&b, &definitions[i], in)
	}
	p.views(&b, views, in)
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
	if views := registry.ViewsOf(d.Name); len(views) > 0 {
		facts = append(facts, fmt.Sprintf("*%s*: %s", p.tables, links(viewAnchor, views)))
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
		kind, values := c.Values()
		about := c.About(in)
		if len(values) > 0 {
			about += fmt.Sprintf(p.oneOf, "`"+strings.Join(values, "`, `")+"`")
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", c.Name, kind, null, strings.ReplaceAll(about, "|", `\|`))
	}
}
