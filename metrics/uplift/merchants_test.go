package uplift_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics/uplift"
)

func mustMerchants(t testing.TB, rows []uplift.MerchantWeek, seed uint64) []uplift.Result {
	t.Helper()
	results, err := uplift.Merchants(rows, uplift.MerchantOptions{Draws: 199, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// Over 40 worlds the mean error of an unbiased figure is normal: beyond 3.29 of
// its standard errors once in 1000. A 95 % interval misses 9 of 40 or more twice
// in 10000.
func TestPlantedEffectsAreFoundAgainThoughIndustriesGrowApart(t *testing.T) {
	const worlds, mostMisses = 40, 8
	misses, errors, variance := 0, 0.0, 0.0
	for seed := range uint64(worlds) {
		w := simulate(seed, worldOptions{industries: 4, treated: 30, control: 30, effect: 0.25, trend: true})
		platform := mustMerchants(t, w.rows, seed)[0]
		if platform.Refused != nil {
			t.Fatal(platform.Refused)
		}
		if w.truth < *platform.Low || w.truth > *platform.High {
			misses++
		}
		errors += *platform.LogEffect - math.Log1p(w.truth)
		variance += *platform.LogSE * *platform.LogSE
		if naive := platform.Naive.BeforeAfter; naive < w.truth+0.05 {
			t.Errorf("seed %d: naive before/after %.3f is no warning, truth %.3f", seed, naive, w.truth)
		}
	}
	if z := errors / math.Sqrt(variance); math.Abs(z) > 3.29 {
		t.Errorf("mean error %.4f log points is %.1f standard errors", errors/worlds, z)
	}
	if misses > mostMisses {
		t.Errorf("%d of %d intervals miss the truth", misses, worlds)
	}
}

// A test at 5 % rejects 9 of 40 true nulls or more twice in 10000.
func TestThePreTrendTestFindsADriftAndLetsParallelTrendsPass(t *testing.T) {
	const worlds, mostRejected = 40, 8
	rejected := 0
	for seed := range uint64(worlds) {
		parallel := simulate(seed, worldOptions{industries: 4, treated: 30, control: 30, effect: 0.25})
		if mustMerchants(t, parallel.rows, seed)[0].PreTrend.Rejected {
			rejected++
		}
	}
	if rejected > mostRejected {
		t.Errorf("%d of %d parallel worlds rejected", rejected, worlds)
	}
	drifting := simulate(1, worldOptions{industries: 4, treated: 30, control: 30, drift: 0.08})
	platform := mustMerchants(t, drifting.rows, 1)[0]
	if !platform.PreTrend.Rejected || platform.Warnings[len(platform.Warnings)-1].Code != uplift.CodePreTrend {
		t.Errorf("a drift of 8 %% a week passes: %+v, %v", platform.PreTrend, platform.Warnings)
	}
}

func TestTheEventStudyIsDrawnAgainstTheWeekBeforeAdoption(t *testing.T) {
	w := simulate(3, worldOptions{industries: 1, treated: 30, control: 30, effect: 0.4})
	platform := mustMerchants(t, w.rows, 3)[0]
	for _, week := range platform.EventStudy {
		reference := week.RelativeWeek == -1
		if reference != (week.Low == nil) || reference != (week.LowUniform == nil) {
			t.Errorf("week %d has interval %v", week.RelativeWeek, week.Low)
		}
		if reference && week.Estimate != 0 {
			t.Errorf("reference week has %v", week.Estimate)
		}
		if !reference && (*week.LowUniform > *week.Low || *week.HighUniform < *week.High) {
			t.Errorf("week %d: the band is narrower than the interval", week.RelativeWeek)
		}
		if week.Partial != (week.RelativeWeek == 0) {
			t.Errorf("week %d: partial is %v", week.RelativeWeek, week.Partial)
		}
	}
	if last := platform.EventStudy[len(platform.EventStudy)-1]; last.RelativeWeek != 7 || last.Treated != 6 {
		t.Errorf("last week %+v, want relative week 7 with the 6 merchants of the first wave", last)
	}
}

func TestMerchantsThatCannotStandInThePanelAreCounted(t *testing.T) {
	w := simulate(5, worldOptions{industries: 1, treated: 30, control: 30})
	week := func(n int) sevenday.Day { return worldStart + sevenday.Day(7*n) }
	series := func(id string, from int, adopted, off sevenday.Day, net func(week int) sevenday.Money) {
		for n := from; n < worldWeeks; n++ {
			w.rows = append(w.rows, uplift.MerchantWeek{MerchantID: id, Industry: "industry-00", Week: week(n), Net: net(n), Adopted: adopted, Off: off})
		}
	}
	steady := func(int) sevenday.Money { return 10000 }
	series("long-ago", 0, worldStart-100, 0, steady)
	series("first-week", 0, worldStart+6, 0, steady)
	series("off-again", 0, week(4), week(8), steady)
	series("off-in-last-week", 0, week(4), week(worldWeeks-1)+6, steady)
	series("off-later", 0, week(4), week(worldWeeks), steady)
	series("late", 3, 0, 0, steady)
	series("refunded", 0, 0, 0, func(n int) sevenday.Money { return sevenday.Money(n) - 5 })
	series("alone", 0, week(2), 0, steady)
	series("afterwards", 0, week(worldWeeks), 0, steady)
	platform := mustMerchants(t, w.rows, 1)[0]
	want := []uplift.LeftOut{
		{Reason: uplift.ReasonAlreadyTreated, Merchants: 2},
		{Reason: uplift.ReasonEnteredLate, Merchants: 1},
		{Reason: uplift.ReasonOnlyAdopter, Merchants: 1},
		{Reason: uplift.ReasonSwitchedOff, Merchants: 2},
		{Reason: uplift.ReasonWeekWithoutSales, Merchants: 1},
	}
	if diff := cmp.Diff(want, platform.LeftOut); diff != "" {
		t.Error(diff)
	}
	if platform.Treated != 31 || platform.Control != 31 {
		t.Errorf("%d treated, %d control, want 31 (one switched off afterwards) and 31 (one adopted afterwards)", platform.Treated, platform.Control)
	}
}

func TestManyWeeksWithoutSalesAreWarnedOf(t *testing.T) {
	w := simulate(5, worldOptions{industries: 1, treated: 30, control: 30})
	for i := range w.rows {
		if i%(worldWeeks*15) == 0 {
			w.rows[i].Net = 0
		}
	}
	platform := mustMerchants(t, w.rows, 1)[0]
	if len(platform.Warnings) == 0 || platform.Warnings[0].Code != uplift.CodeZeroWeeks {
		t.Errorf("4 of 60 merchants have zeros, warnings %v", platform.Warnings)
	}
}

func TestTooFewMerchantsAreRefusedWithWhatIsMissing(t *testing.T) {
	for message, o := range map[string]worldOptions{
		"15 treated merchants: 20 are needed":                       {industries: 1, treated: 15, control: 30},
		"10 treated and 8 control merchants: 20 of each are needed": {industries: 1, treated: 10, control: 0},
		"0 treated and 5 control merchants: 20 of each are needed":  {industries: 1, treated: 0, control: 5},
		"0 treated merchants: 20 are needed":                        {industries: 1, treated: 0, control: 25},
		"16 control merchants: 20 are needed":                       {industries: 1, treated: 20, control: 0},
	} {
		w := simulate(2, o)
		industry := mustMerchants(t, w.rows, 1)[1]
		want := &uplift.Refusal{Code: uplift.CodeTooFew, Message: message}
		if diff := cmp.Diff(want, industry.Refused); diff != "" || industry.Estimate != nil {
			t.Errorf("%+v: estimate %v\n%s", o, industry.Estimate, diff)
		}
	}
}

func TestMerchantsNotYetTreatedServeWhereTheNeverTreatedAreTooFew(t *testing.T) {
	w := simulate(4, worldOptions{industries: 2, treated: 60, control: 5, effect: 0.25})
	platform := mustMerchants(t, w.rows, 1)[0]
	if platform.Refused != nil || platform.ControlGroup != uplift.ControlNotYet {
		t.Fatalf("control group %s, refused %v", platform.ControlGroup, platform.Refused)
	}
	if z := (*platform.LogEffect - math.Log1p(w.truth)) / *platform.LogSE; math.Abs(z) > 3.29 {
		t.Errorf("effect %.3f, truth %.3f: %.1f standard errors (once in 1000)", *platform.Estimate, w.truth, z)
	}
}

func TestIndustriesWithoutControlsOrAdoptersAreLeftOutOfThePlatform(t *testing.T) {
	w := simulate(6, worldOptions{industries: 2, treated: 30, control: 30, effect: 0.25})
	without := mustMerchants(t, w.rows, 1)[0]
	extend := func(industry string, o worldOptions) {
		for _, row := range simulate(7, o).rows {
			row.Industry, row.MerchantID = industry, industry+row.MerchantID
			w.rows = append(w.rows, row)
		}
	}
	extend("adopters-only", worldOptions{industries: 1, treated: 10})
	extend("controls-only", worldOptions{industries: 1, control: 7})
	extend("rare", worldOptions{industries: 1, treated: 2, control: 1})
	with := mustMerchants(t, w.rows, 1)[0]
	want := []uplift.LeftOut{{Reason: uplift.ReasonNoControls, Merchants: 10}, {Reason: uplift.ReasonNoTreated, Merchants: 7}}
	if diff := cmp.Diff(want, with.LeftOut); diff != "" {
		t.Error(diff)
	}
	if with.Refused != nil || with.Treated != 62 || len(with.Warnings) != 0 {
		t.Fatalf("%d treated, refused %v, warnings %v", with.Treated, with.Refused, with.Warnings)
	}
	if math.Abs(*with.LogEffect-*without.LogEffect) > 4**without.LogSE {
		t.Errorf("three more merchants move %.3f to %.3f", *without.LogEffect, *with.LogEffect)
	}
}

func TestContradictingRowsAreAnError(t *testing.T) {
	row := uplift.MerchantWeek{MerchantID: "a", Industry: "x", Week: worldStart, Net: 1}
	next := row
	next.Week += 7
	with := func(change func(*uplift.MerchantWeek)) []uplift.MerchantWeek {
		changed := next
		change(&changed)
		return []uplift.MerchantWeek{row, changed}
	}
	for want, rows := range map[string][]uplift.MerchantWeek{
		"two rows": with(func(r *uplift.MerchantWeek) { r.Week = row.Week }),
		"Monday":   with(func(r *uplift.MerchantWeek) { r.Week++ }),
		"industry": with(func(r *uplift.MerchantWeek) { r.Industry = "y" }),
		"adoption": with(func(r *uplift.MerchantWeek) { r.Adopted = row.Week }),
	} {
		_, err := uplift.Merchants(rows, uplift.MerchantOptions{})
		if sevenday.KindOf(err) != sevenday.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an invalid use that names %q", err, want)
		}
	}
}

func TestAnEmptyWarehouseIsRefusedAndNotAFault(t *testing.T) {
	results := mustMerchants(t, nil, 1)
	got, err := json.Marshal(results)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"scope":"platform","industry":null,"estimand":"geometric","estimate":null,"low":null,"high":null,` +
		`"log_effect":null,"log_se":null,"mde":null,"n_treated":0,"n_control":0,"control_group":"not_yet","weeks":0,` +
		`"first_week":null,"last_week":null,"left_out":[],"pretrend":null,"event_study":[],"naive":null,"bootstrap":null,` +
		`"warnings":[],"refused":{"code":"too_few","message":"0 treated and 0 control merchants: 20 of each are needed"}}]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}
