package queries

import (
	"context"
	"os"
	"testing"

	"sevenday"
	"sevenday/metrics"
)

// The platform that the benchmark asks about: 36 million rows of conversion, 12
// million of coupons, 4 million each of sales and the loop.
const (
	benchMerchants = 10_000
	benchDays      = 400
)

// filledCatalog is a catalog over a large platform whose figures are all alike.
func filledCatalog(b *testing.B) *Catalog {
	b.Helper()
	c := emptyCatalog(b)
	parameters := map[string]any{
		"merchants": benchMerchants, "days": benchDays,
		"last": sevenday.DayOf(ended), "watermark": ended,
	}
	for _, name := range []string{"merchants", "publications", "conversion", "days", "loop", "coupons"} {
		text, err := os.ReadFile("testdata/fill_" + name + ".sql")
		if err != nil {
			b.Fatal(err)
		}
		if err := c.DB.Exec(b.Context(), string(text), parameters); err != nil {
			b.Fatal(err)
		}
	}
	return c.asDashboard(b)
}

func BenchmarkQuestions(b *testing.B) {
	c := filledCatalog(b)
	ask := func(name string, ask func(context.Context) (int, error)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ask(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for name, scope := range map[string]metrics.Scope{
		"platform": {}, "industry": {Industry: "retail"}, "merchant": {Merchant: "merchant-000040"},
	} {
		for question, answer := range c.questions(scope) {
			ask(question+"/"+name, answer)
		}
	}
	ask("merchants", func(ctx context.Context) (int, error) {
		rows, err := c.Merchants(ctx)
		return len(rows), err
	})
	ask("report", func(ctx context.Context) (int, error) {
		report, err := c.Report(ctx)
		return len(report.Claims), err
	})
}
