package uplift_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"sevenday/metrics/uplift"
)

// largeRows is 20,000 units over 90 days in ten weekly groups and a never
// treated tenth: 1.8 million rows.
func largeRows(covariate bool) uplift.Rows {
	const units, days, groups = 20000, 90, 10
	random := rand.New(rand.NewPCG(1, 1))
	var rows uplift.Rows
	var values []float64
	for unit := range units {
		name, group := fmt.Sprintf("u%05d", unit), uplift.Never
		if wave := unit % (groups + 1); wave > 0 {
			group = 14 + 7*wave
		}
		level, x := random.NormFloat64(), random.NormFloat64()
		for day := 1; day <= days; day++ {
			rows.Unit = append(rows.Unit, name)
			rows.Time = append(rows.Time, day)
			rows.Group = append(rows.Group, group)
			rows.Outcome = append(rows.Outcome, level+0.3*random.NormFloat64())
			values = append(values, x)
		}
	}
	if covariate {
		rows.Covariates = []uplift.Covariate{{Name: "x", Values: values}}
	}
	return rows
}

func estimateAll(b *testing.B, rows uplift.Rows, options uplift.Options, draws int) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		effects := mustEstimate(b, rows, options)
		effects.Simple()
		effects.ByGroup()
		effects.ByPeriod()
		study, _ := effects.EventStudy()
		if draws > 0 {
			study.Bands(draws, 1, 0.95)
			effects.Bands(draws, 1, 0.95)
		}
	}
}

// The benchmarks read 1.8 million rows, estimate 890 cells and average them in
// all four ways.
func BenchmarkNeverTreatedControls(b *testing.B) {
	estimateAll(b, largeRows(false), uplift.Options{}, 0)
}

func BenchmarkNotYetTreatedControls(b *testing.B) {
	estimateAll(b, largeRows(false), uplift.Options{Control: uplift.ControlNotYet}, 0)
}

func BenchmarkDoublyRobustWithOneCovariate(b *testing.B) {
	estimateAll(b, largeRows(true), uplift.Options{}, 0)
}

// With 999 draws for the event study and as many for the cells.
func BenchmarkNeverTreatedControlsWithBands(b *testing.B) {
	estimateAll(b, largeRows(false), uplift.Options{}, 999)
}
