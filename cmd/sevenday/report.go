package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"sevenday/queries"
)

func (a *app) reportCommand() *cobra.Command {
	var format string
	command := &cobra.Command{
		Use:   "report",
		Short: "The platform's headline figures, with intervals",
		Long: `The platform's headline figures over the last 28 final days, each with its 95 %
interval and what the platform itself quoted.`,
		Example: `  sevenday report --dir data
  sevenday report --dir data --format json`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			catalog, done, err := a.catalog(command.Context())
			if err != nil {
				return err
			}
			defer done()
			report, err := catalog.Report(command.Context())
			if err != nil {
				return err
			}
			switch format {
			case "json":
				return json.NewEncoder(a.out).Encode(report)
			case "table":
				return printReport(a.out, report)
			default:
				return usagef("--format %q is unknown: use table or json", format)
			}
		},
	}
	command.Flags().StringVar(&format, "format", "table", "table or json")
	return command
}

// printReport writes the report as a table a person can read.
func printReport(out io.Writer, report queries.Report) error {
	if len(report.Claims) == 0 {
		_, err := fmt.Fprintln(out, "nothing is published yet: load events and call `sevenday run`")
		return err
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs([]table.ColumnConfig{
		{Name: "figure", WidthMax: 52, WidthMaxEnforcer: text.WrapSoft},
		{Name: "value", Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Name: "95 % interval", Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Name: "basis", WidthMax: 60, WidthMaxEnforcer: text.WrapSoft},
	})
	t.AppendHeader(table.Row{"figure", "value", "95 % interval", "quoted", "basis"})
	for i := range report.Claims {
		c := &report.Claims[i]
		value := quantity(c.Unit, c.Value)
		if c.Refused != nil {
			value = "withheld"
		}
		basis := c.Basis
		if c.Refused != nil {
			basis = *c.Refused
		}
		t.AppendRow(table.Row{c.Label, value, span(c), c.Quoted, basis})
	}
	if _, err := fmt.Fprintln(out, t.Render()); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "days before %s are complete\n", instant(report.Watermark))
	return err
}

func span(c *queries.Claim) string {
	if c.Low == nil || c.High == nil {
		return ""
	}
	return quantity(c.Unit, c.Low) + " .. " + quantity(c.Unit, c.High)
}

// quantity writes a figure in its unit.
func quantity(unit string, value *float64) string {
	switch {
	case value == nil:
		return ""
	case unit == "rate":
		return fmt.Sprintf("%.1f %%", 100**value)
	case unit == "growth":
		return fmt.Sprintf("%+.1f %%", 100**value)
	case unit == "count":
		return grouped(fmt.Sprintf("%.0f", *value))
	default:
		return fmt.Sprintf("%.2f", *value)
	}
}

// grouped puts commas between thousands.
func grouped(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}
