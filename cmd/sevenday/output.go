package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// formats are what --format takes.
var formats = []string{"table", "json", "csv", "ndjson"}

// print writes rows, a slice of flat structs, in a format. The fields' json
// tags name the columns; nil pointers are null, or empty.
func print[R any](out io.Writer, format string, rows []R) error {
	switch format {
	case "json":
		return printJSON(out, rows)
	case "ndjson":
		return printLines(out, rows)
	case "csv":
		return printCSV(out, rows)
	case "table":
		return printTable(out, rows)
	default:
		return usagef("--format %q is unknown: use %s", format, strings.Join(formats, ", "))
	}
}

// printJSON writes one array, a row a line.
func printJSON[R any](out io.Writer, rows []R) error {
	w := bufio.NewWriter(out)
	separator := "["
	for i := range rows {
		text, err := json.Marshal(&rows[i])
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n%s", separator, text)
		separator = ","
	}
	if len(rows) == 0 {
		fmt.Fprint(w, "[")
	}
	fmt.Fprint(w, "]\n")
	return w.Flush()
}

func printLines[R any](out io.Writer, rows []R) error {
	w := bufio.NewWriter(out)
	encoder := json.NewEncoder(w)
	for i := range rows {
		if err := encoder.Encode(&rows[i]); err != nil {
			return err
		}
	}
	return w.Flush()
}

func printCSV[R any](out io.Writer, rows []R) error {
	w := csv.NewWriter(out)
	if err := w.Write(columns(reflect.TypeFor[R]())); err != nil {
		return err
	}
	for i := range rows {
		if err := w.Write(cells(reflect.ValueOf(rows[i]), exact)); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func printTable[R any](out io.Writer, rows []R) error {
	if len(rows) == 0 {
		_, err := fmt.Fprintln(out, "no rows")
		return err
	}
	names, used := columns(reflect.TypeFor[R]()), make([]bool, reflect.TypeFor[R]().NumField())
	lines := make([][]string, len(rows))
	for i := range rows {
		lines[i] = cells(reflect.ValueOf(rows[i]), readable)
		for j, cell := range lines[i] {
			used[j] = used[j] || cell != ""
		}
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs(alignments(reflect.TypeFor[R](), names))
	t.AppendHeader(keep(names, used))
	for _, line := range lines {
		t.AppendRow(keep(line, used))
	}
	_, err := fmt.Fprintln(out, t.Render())
	return err
}

// alignments puts numbers to the right.
func alignments(t reflect.Type, names []string) []table.ColumnConfig {
	configs := make([]table.ColumnConfig, len(names))
	for i := range names {
		configs[i] = table.ColumnConfig{Name: names[i]}
		switch plain(t.Field(i).Type).Kind() {
		case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint64, reflect.Float64:
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	return configs
}

func plain(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// keep leaves out the columns that no row uses.
func keep(line []string, used []bool) table.Row {
	var row table.Row
	for i, cell := range line {
		if used[i] {
			row = append(row, cell)
		}
	}
	return row
}

func columns(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	return names
}

func cells(row reflect.Value, format func(reflect.Value) string) []string {
	values := make([]string, row.NumField())
	for i := range values {
		field := row.Field(i)
		if field.Kind() == reflect.Pointer {
			if field.IsNil() {
				continue
			}
			field = field.Elem()
		}
		values[i] = format(field)
	}
	return values
}

// exact formats a value as it is.
func exact(v reflect.Value) string {
	if v.Kind() == reflect.Float64 {
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	}
	return fmt.Sprint(v.Interface())
}

// readable formats a value for a person: fractions with four digits.
func readable(v reflect.Value) string {
	if v.Kind() == reflect.Float64 {
		return strconv.FormatFloat(v.Float(), 'f', 4, 64)
	}
	return fmt.Sprint(v.Interface())
}
