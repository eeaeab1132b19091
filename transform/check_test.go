package transform

import (
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"sevenday/metrics"
	"sevenday/metrics/sales"
)

// miscounting is the sales fold with a fault: one visit too many for one merchant.
type miscounting struct {
	*sales.Fold
	merchantID string
}

func (f miscounting) Merchant(m *metrics.Merchant) {
	first := len(f.Days)
	f.Fold.Merchant(m)
	if m.MerchantID == f.merchantID && len(f.Days) > first {
		f.Days[first].Visits++
	}
}

func TestAMerchantWhoseFiguresDoNotAddUpKeepsItsEarlierOnes(t *testing.T) {
	t.Parallel()
	db := figureWarehouse(t)
	h := randomHistory(rand.New(rand.NewPCG(11, 3)), 200)
	land(t, db, h, 0, 0.5)
	right := batchOf(db, t.Name())
	if run, err := right.Run(t.Context(), time.Minute); err != nil || len(run.Withheld) > 0 {
		t.Fatalf("the right batch: %v, failures %v", err, run.Failures)
	}
	before := visibleOf(t, db)
	land(t, db, h, 0.5, 1)
	wrong := *right
	wrong.Metrics = func() []Metric {
		all := allFolds()
		for i := range all {
			if f, ok := all[i].Fold.(*sales.Fold); ok {
				all[i].Fold = miscounting{f, "m0"}
			}
		}
		return all
	}
	run, err := wrong.Run(t.Context(), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	stopped := slices.DeleteFunc(slices.Clone(run.Failures), func(f CheckFailure) bool { return !f.Stops })
	if !slices.Equal(run.Withheld, []string{"m0"}) || len(stopped) == 0 || stopped[0].MerchantID != "m0" {
		t.Fatalf("withheld %v with failures %v, want m0 alone", run.Withheld, run.Failures)
	}
	after := visibleOf(t, db)
	for _, view := range figureViews {
		if after[view+" m0"] != before[view+" m0"] {
			t.Errorf("%s of the withheld merchant went from %s to %s", view, before[view+" m0"], after[view+" m0"])
		}
	}
	if after["merchant_days m1"] == before["merchant_days m1"] {
		t.Error("the other merchant's new figures were not published")
	}
	if run, err = right.Run(t.Context(), time.Minute); err != nil || run.Merchants != 1 || len(run.Withheld) > 0 {
		t.Errorf("once the fault is mended the next run folds %d merchants (%v), withholding %v, want m0 published", run.Merchants, err, run.Withheld)
	}
}

func TestACheckSaysInItsFirstLineWhatHolds(t *testing.T) {
	checks, err := readChecks(Checks)
	if err != nil || len(checks) == 0 {
		t.Fatalf("%d checks, %v", len(checks), err)
	}
	if _, err := readChecks(fstest.MapFS{"checks/x.sql": {Data: []byte("SELECT 1\n")}}); err == nil {
		t.Error("a check without a first line that says what it does was accepted")
	}
}
