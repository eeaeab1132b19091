package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sevenday"
	"sevenday/queries"
)

func (a *app) reconcileCommand() *cobra.Command {
	var format string
	command := &cobra.Command{
		Use:   "reconcile FILE.csv",
		Short: "Compare visits and payments with somebody else's totals",
		Long: `Compare the published figures with totals that the platform, or anybody else,
counted: a CSV file with the columns merchant_id and day (YYYY-MM-DD, the
merchant's own day) and any of visits, payments and net. Empty cells are not
compared. Prints the days that differ; the exit code is 1 when any does.
- reads the standard input.`,
		Example: `  sevenday reconcile --dir data platform-totals.csv
  sevenday reconcile --dir data --format csv totals.csv > differences.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, arguments []string) error {
			totals, err := a.readTotals(arguments[0])
			if err != nil {
				return err
			}
			catalog, done, err := a.catalog(command.Context())
			if err != nil {
				return err
			}
			defer done()
			differences, err := catalog.Reconcile(command.Context(), totals)
			if err != nil {
				return err
			}
			if len(differences) == 0 && format == "table" {
				_, err := fmt.Fprintf(a.out, "%d days agree\n", len(totals))
				return err
			}
			if err := print(a.out, format, differences); err != nil || len(differences) == 0 {
				return err
			}
			return fmt.Errorf("%d of %d days differ: compare with `sevenday audit` and the events of these days", len(differences), len(totals))
		},
	}
	declareFormatInto(command.Flags(), &format)
	return command
}

// readTotals reads a file of totals, "-" being the standard input.
func (a *app) readTotals(name string) (_ []queries.Total, err error) {
	if name == "-" {
		return parseTotals("standard input", a.in)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return parseTotals(name, file)
}

// totalColumns are the columns that a file of totals may have.
var totalColumns = []string{"merchant_id", "day", "visits", "payments", "net"}

func parseTotals(name string, in io.Reader) ([]queries.Total, error) {
	reader := csv.NewReader(in)
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: read the header: %w: the first line names the columns %s", name, err, strings.Join(totalColumns, ", "))
	}
	for _, column := range header {
		if !slices.Contains(totalColumns, column) {
			return nil, usagef("%s: column %q is unknown: use %s", name, column, strings.Join(totalColumns, ", "))
		}
	}
	for _, column := range totalColumns[:2] {
		if !slices.Contains(header, column) {
			return nil, usagef("%s: column %s is missing", name, column)
		}
	}
	var totals []queries.Total
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return totals, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		total, err := parseTotal(header, cells)
		if err != nil {
			line, _ := reader.FieldPos(0)
			return nil, fmt.Errorf("%s, line %d: %w", name, line, err)
		}
		totals = append(totals, total)
	}
}

func parseTotal(header, cells []string) (total queries.Total, err error) {
	for i, column := range header {
		cell := strings.TrimSpace(cells[i])
		switch {
		case column == "merchant_id":
			total.MerchantID = cell
		case column == "day":
			total.Day, err = sevenday.ParseDay(cell)
		case cell == "":
		case column == "visits":
			total.Visits, err = parseCount(cell)
		case column == "payments":
			total.Payments, err = parseCount(cell)
		default:
			var net sevenday.Money
			if net, err = sevenday.ParseMoney(cell, 2); err == nil {
				total.Net = &net
			}
		}
		if err != nil {
			return total, fmt.Errorf("column %s: %w", column, err)
		}
	}
	return total, nil
}

func parseCount(cell string) (*int64, error) {
	count, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%q is no whole number", cell)
	}
	return &count, nil
}
