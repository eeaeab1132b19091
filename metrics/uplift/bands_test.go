package uplift_test

import (
	"math"
	"testing"

	"sevenday/metrics/uplift"
)

// referenceBands are did's bootstrap of one panel with one seed.
type referenceBands struct {
	Draws int           `json:"biters"`
	Cells referenceBand `json:"att_gt"`
	Event referenceBand `json:"dynamic"`
	Group referenceBand `json:"group"`
}

type referenceBand struct {
	Critical float64   `json:"crit"`
	SE       []float64 `json:"se_boot"`
	Overall  float64   `json:"overall_se_boot"`
}

type referenceBandsFile struct {
	Tolerance struct {
		Critical float64 `json:"crit_abs"`
		Error    float64 `json:"se_rel"`
	}
	Counties  []referenceBands `json:"mpdta"`
	Merchants []referenceBands `json:"merchants_a"`
}

// Both sides are draws. An error from quartiles has a relative standard error
// of 1.17/sqrt(draws): 0.8 % at our 20000, 1.2 % at did's 2 x 5000 on merchants.
// The 5 % asked for are three and a half standard errors of the difference, over some
// 500 rows, and the seed is fixed.
const bandDraws = 20000

func TestBandsEqualThoseOfDidOnCountyEmployment(t *testing.T) {
	columns := readTable(t, "mpdta.csv")
	var reference referenceBandsFile
	readJSON(t, "did_bootstrap_bands.json", &reference)
	compareBands(t, reference, reference.Counties, uplift.Rows{
		Unit: columns["countyreal"], Time: columns.integers(t, "year"),
		Group: columns.integers(t, "first_treat"), Outcome: columns.numbers(t, "lemp"),
	})
}

func TestBandsEqualThoseOfDidOnMerchants(t *testing.T) {
	columns := readTable(t, "merchants.csv")
	var reference referenceBandsFile
	readJSON(t, "did_bootstrap_bands.json", &reference)
	compareBands(t, reference, reference.Merchants, merchantRows(t, columns, "log_a", ""))
}

func compareBands(t *testing.T, reference referenceBandsFile, seeds []referenceBands, rows uplift.Rows) {
	t.Helper()
	effects := mustEstimate(t, rows, uplift.Options{Method: uplift.MethodReg})
	study, _ := effects.EventStudy()
	groups, _ := effects.ByGroup()
	want := meanOf(seeds)
	c := bandComparison{t, reference.Tolerance.Critical, reference.Tolerance.Error}
	c.band("cells", effects.Bands(bandDraws, 1, 0.95), want.Cells)
	c.band("event study", study.Bands(bandDraws, 1, 0.95), want.Event)
	c.band("groups", groups.Bands(bandDraws, 1, 0.95), want.Group)
}

// meanOf averages did's seeds.
func meanOf(seeds []referenceBands) referenceBands {
	var mean referenceBands
	for _, seed := range seeds {
		mean.Cells.add(seed.Cells, len(seeds))
		mean.Event.add(seed.Event, len(seeds))
		mean.Group.add(seed.Group, len(seeds))
	}
	return mean
}

func (b *referenceBand) add(other referenceBand, parts int) {
	if b.SE == nil {
		b.SE = make([]float64, len(other.SE))
	}
	b.Critical += other.Critical / float64(parts)
	b.Overall += other.Overall / float64(parts)
	for i, se := range other.SE {
		b.SE[i] += se / float64(parts)
	}
}

type bandComparison struct {
	*testing.T
	critical, error float64 // absolute, relative
}

func (c bandComparison) band(what string, got uplift.Bands, want referenceBand) {
	c.Helper()
	if math.Abs(got.Critical-want.Critical) > c.critical {
		c.Errorf("%s: critical value %.4f, want %.4f", what, got.Critical, want.Critical)
	}
	if len(got.SE) != len(want.SE) {
		c.Fatalf("%s: %d errors, want %d", what, len(got.SE), len(want.SE))
	}
	for i, se := range want.SE {
		if math.Abs(got.SE[i]-se) > c.error*se {
			c.Errorf("%s, row %d: error %.6f, want %.6f", what, i, got.SE[i], se)
		}
	}
	if want.Overall > 0 && math.Abs(got.Overall-want.Overall) > c.error*want.Overall {
		c.Errorf("%s: overall error %.6f, want %.6f", what, got.Overall, want.Overall)
	}
}

func mustEstimate(t testing.TB, rows uplift.Rows, options uplift.Options) *uplift.GroupTime {
	t.Helper()
	panel, err := uplift.NewPanel(rows)
	if err != nil {
		t.Fatal(err)
	}
	effects, err := uplift.CallawaySantAnna(panel, options)
	if err != nil {
		t.Fatal(err)
	}
	return effects
}
