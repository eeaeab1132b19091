package queries

import (
	"context"
	"os"
	"strconv"
	"testing"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics/conversion"
	"sevenday/metrics/funnel"
)

// peopleCatalog is a catalog over the visits and payments of 2,000 merchants, as
// many visits as BENCH_VISITS says.
func peopleCatalog(b *testing.B) *Catalog {
	b.Helper()
	visits := uint64(1_000_000)
	if text := os.Getenv("BENCH_VISITS"); text != "" {
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		visits = n
	}
	c := emptyCatalog(b)
	parameters := map[string]any{
		"merchants": 2000, "days": 60, "visits": visits, "last": sevenday.DayOf(ended), "watermark": ended,
	}
	for _, name := range []string{"merchants", "publications", "visits", "payments"} {
		if err := c.DB.Exec(b.Context(), testStatement(b, "fill_"+name), parameters); err != nil {
			b.Fatal(err)
		}
	}
	return c
}

// BenchmarkTwoSteps asks who pays within a day of a visit, on the platform, in
// turns with the forms in SQL.
func BenchmarkTwoSteps(b *testing.B) {
	c := peopleCatalog(b)
	f, err := funnel.Parse("visit > pay")
	if err != nil {
		b.Fatal(err)
	}
	f.Window = conversion.Window
	ask := func(name string, ask func(context.Context) error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := ask(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for range 3 {
		ask("engine", func(ctx context.Context) error {
			_, err := c.Funnel(ctx, funnel.Query{Funnel: f})
			return err
		})
		ask("counter", func(ctx context.Context) error {
			_, err := c.ConversionDetail(ctx, conversion.Detail{By: conversion.ByTerminal})
			return err
		})
		ask("ASOF", func(ctx context.Context) error {
			_, err := warehouse.Select(ctx, c.DB, warehouse.LayoutOf[enteredDay](), testStatement(b, "rival_asof"), nil)
			return err
		})
		ask("windowFunnel", func(ctx context.Context) error {
			_, err := warehouse.Select(ctx, c.DB, warehouse.LayoutOf[windowLevel](), testStatement(b, "rival_window_funnel"), nil)
			return err
		})
	}
}

// windowLevel is how many people windowFunnel sees at a level.
type windowLevel struct {
	Level  uint8  `ch:"level"`
	People uint64 `ch:"people"`
}
