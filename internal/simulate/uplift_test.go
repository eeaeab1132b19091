package simulate

import (
	"context"
	"math"
	"testing"

	"sevenday"
)

// weekly is the panel of log net sales less fees: merchant, then week of the
// panel. Merchants with a week that has no logarithm are left out.
type weekly map[string][]float64

// panelOf streams a world and computes its panel from the transactions alone.
func panelOf(t *testing.T, w *World) weekly {
	t.Helper()
	s := newSettler(w)
	_, err := w.Stream(context.Background(), func(r Record) error {
		if r.Kind != sevenday.KindTransaction {
			return nil
		}
		return s.take(r)
	})
	if err != nil {
		t.Fatal(err)
	}
	sales := s.settle(t).sales(t)
	panel := weekly{}
	for _, p := range w.programs {
		if logs := logSales(sales[p.MerchantID], w.panel); p.inPanel() && logs != nil {
			panel[p.MerchantID] = logs
		}
	}
	// Fifteen orders are expected in the quietest week; with none in one of
	// 5,000 such weeks there is something wrong with the world's scale.
	if left := w.inPanel() - len(panel); left > 1 {
		t.Errorf("%d merchants have a week without sales", left)
	}
	return panel
}

func (w *World) inPanel() int {
	n := 0
	for _, p := range w.programs {
		if p.inPanel() {
			n++
		}
	}
	return n
}

// logSales is nil where a week has no logarithm.
func logSales(net map[sevenday.Day]float64, weeks []sevenday.Day) []float64 {
	var logs []float64
	for _, week := range weeks {
		sum := sumDays(net, week, week+6)
		if sum <= 0 {
			return nil
		}
		logs = append(logs, math.Log(sum))
	}
	return logs
}

// mean returns the mean and its standard error.
func mean(values []float64) (m, deviation float64) {
	for _, v := range values {
		m += v / float64(len(values))
	}
	for _, v := range values {
		deviation += (v - m) * (v - m)
	}
	n := float64(len(values))
	return m, math.Sqrt(deviation / (n - 1) / n)
}

func upliftConfig(seed uint64) Config {
	return Config{Seed: seed, Merchants: 480, Events: 2_000_000, Until: until}
}

func TestPairedWorldsDifferByTheUpliftOfTheTruth(t *testing.T) {
	for seed := range uint64(2) {
		c := upliftConfig(seed)
		with, err := NewWorld(c)
		if err != nil {
			t.Fatal(err)
		}
		c.withoutUplift = true
		without, err := NewWorld(c)
		if err != nil {
			t.Fatal(err)
		}
		panel := panelOf(t, with)
		checkPaired(t, with, panel, panelOf(t, without))
		checkEstimator(t, with, panel)
	}
}

// checkPaired needs no estimator: the same people, with and without the effect.
func checkPaired(t *testing.T, w *World, with, without weekly) {
	t.Helper()
	var misses []float64
	planned, weeks := 0.0, 0.0
	for _, p := range w.programs {
		if !p.treated() || with[p.MerchantID] == nil || without[p.MerchantID] == nil {
			continue
		}
		effects := w.effects(p)
		miss, first := 0.0, len(w.panel)-len(effects)
		for i, e := range effects {
			planned += e.LogEffect
			weeks++
			miss += with[p.MerchantID][first+i] - without[p.MerchantID][first+i] - e.LogEffect
		}
		misses = append(misses, miss/float64(len(effects)))
	}
	m, deviation := mean(misses)
	t.Logf("planned %.4f, paired worlds miss it by %.4f +- %.4f log points", planned/weeks, m, deviation)
	if math.Abs(m) > farthest*deviation || deviation > 0.01 {
		t.Errorf("paired worlds miss the planned %.4f by %.4f +- %.4f", planned/weeks, m, deviation)
	}
}

// checkEstimator finds the effect as an analyst would: within industries,
// each adopter's change since the week before its adoption against the
// controls' change over the same weeks. The naive reading must be far off.
func checkEstimator(t *testing.T, w *World, panel weekly) {
	t.Helper()
	var terms, naive []float64
	planned, weeks := 0.0, 0.0
	for _, p := range w.programs {
		if !p.treated() || panel[p.MerchantID] == nil {
			continue
		}
		effects := w.effects(p)
		first := len(w.panel) - len(effects)
		before, _ := mean(panel[p.MerchantID][:first])
		after, _ := mean(panel[p.MerchantID][first:])
		naive = append(naive, after-before)
		for i, e := range effects {
			planned += e.LogEffect
			weeks++
			terms = append(terms, change(panel[p.MerchantID], first, i)-controlChange(w, panel, p.industry, first, i))
		}
	}
	planned /= weeks
	estimate, _ := mean(terms)
	reading, _ := mean(naive)
	t.Logf("planned %.4f, estimated %.4f, before and after %.4f", planned, estimate, reading)
	// The estimate's own error is about 0.025 here, mostly of the one base week.
	if math.Abs(estimate-planned) > 0.1 {
		t.Errorf("within industries the effect is %.4f, want %.4f", estimate, planned)
	}
	if reading < planned+0.05 {
		t.Errorf("before and after reads %.4f, which is not visibly above %.4f", reading, planned)
	}
}

func change(y []float64, first, i int) float64 { return y[first+i] - y[first-1] }

func controlChange(w *World, panel weekly, in *industry, first, i int) float64 {
	var changes []float64
	for _, p := range w.programs {
		if p.industry == in && !p.adoption.on && panel[p.MerchantID] != nil {
			changes = append(changes, change(panel[p.MerchantID], first, i))
		}
	}
	m, _ := mean(changes)
	return m
}
