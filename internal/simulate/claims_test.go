package simulate

import (
	"math"
	"testing"

	"sevenday"
)

// seeds of the statistical tests. A claim is wrong when it misses by more than
// four standard errors: for a right one that happens once in 15,000.
const (
	seeds      = 5
	farthest   = 4.0
	smallWorld = 160_000
)

var until = sevenday.Date(2026, 11, 15)

func smallConfig(seed uint64) Config {
	return Config{Seed: seed, Merchants: 48, Events: smallWorld, Until: until}
}

func TestFiguresOfTheRecordsAgreeWithTheTruth(t *testing.T) {
	for seed := range uint64(seeds) {
		l := live(t, smallConfig(seed))
		checkCohorts(t, l)
		checkVisits(t, l)
		checkCredit(t, l)
		checkYear(t, l)
	}
}

// near fails when the realized figure is too far from the claim's.
func near(t *testing.T, c Claim, realized float64) {
	t.Helper()
	z := (realized - c.Expected) / c.Deviation
	t.Logf("%s %s %s: realized %.4f, expected %.4f, z %.2f", c.Claim, c.Scope, c.Estimand, realized, c.Expected, z)
	if !(math.Abs(z) <= farthest) {
		t.Errorf("%s %s %s: got %.4f, want %.4f +- %.4f", c.Claim, c.Scope, c.Estimand, realized, c.Expected, farthest*c.Deviation)
	}
}

func (l lived) claim(t *testing.T, name, scope, estimand string) Claim {
	t.Helper()
	for _, c := range l.Claims {
		if c.Claim == name && c.Scope == scope && c.Estimand == estimand {
			return c
		}
	}
	t.Fatalf("no claim %s %s %s", name, scope, estimand)
	return Claim{}
}

// summary is a scope's pooled counts and the sum of its merchants' rates.
type summary struct {
	pooled    count
	rates     float64
	merchants int
}

func (s *summary) add(c count) {
	s.pooled.trials += c.trials
	s.pooled.successes += c.successes
	s.rates += c.rate()
	s.merchants++
}

// checkScopes compares a kind of claim in every scope, given the merchants' counts.
func checkScopes(t *testing.T, l lived, name string, counts map[string]count) {
	t.Helper()
	scopes := map[string]*summary{ScopePlatform: {}}
	for id, c := range counts {
		industry := l.merchants[id].Industry
		if scopes[industry] == nil {
			scopes[industry] = &summary{}
		}
		scopes[industry].add(c)
		scopes[ScopePlatform].add(c)
	}
	for scope, s := range scopes {
		near(t, l.claim(t, name, scope, "pooled"), s.pooled.rate())
		near(t, l.claim(t, name, scope, "merchant_mean"), s.rates/float64(s.merchants))
	}
}

func checkCohorts(t *testing.T, l lived) {
	t.Helper()
	window := l.Windows["cohorts"]
	counts := l.day7(window.From, window.To)
	for _, m := range l.PerMerchant {
		if got := counts[m.MerchantID].trials; int64(got) != m.CohortUsers {
			t.Errorf("%s: %d new users in the records, %d in the truth", m.MerchantID, got, m.CohortUsers)
		}
	}
	checkScopes(t, l, ClaimDay7, counts)
}

func checkVisits(t *testing.T, l lived) {
	t.Helper()
	window := l.Windows["conversions"]
	merchants, portals := map[string]count{}, map[[2]string]count{}
	for key, c := range l.conversions(t, window.From, window.To) {
		merchants[key[0]] = merchants[key[0]].plus(c)
		k := [2]string{l.merchants[key[0]].Industry, key[1]}
		portals[k] = portals[k].plus(c)
	}
	for _, m := range l.PerMerchant {
		if got := merchants[m.MerchantID].trials; int64(got) != m.Visits {
			t.Errorf("%s: %d visits in the records, %d in the truth", m.MerchantID, got, m.Visits)
		}
	}
	checkScopes(t, l, ClaimConversion, merchants)
	checkPortals(t, l, portals)
}

func checkPortals(t *testing.T, l lived, counts map[[2]string]count) {
	t.Helper()
	for _, p := range l.Portals {
		c := counts[[2]string{p.Industry, p.Portal}]
		if int64(c.trials) != p.Visits {
			t.Errorf("%s %s: %d visits in the records, %d in the truth", p.Industry, p.Portal, c.trials, p.Visits)
		}
		// A bound on the normal scale: few visits make it loose, never tight.
		deviation := math.Sqrt(p.Expected*(1-p.Expected)/float64(c.trials)) + 1/float64(c.trials)
		near(t, Claim{Claim: "portal", Scope: p.Industry, Estimand: p.Portal, Expected: p.Expected, Deviation: deviation}, c.rate())
	}
}

func checkCredit(t *testing.T, l lived) {
	t.Helper()
	s := l.windows.credit
	orders, registers := map[sevenday.Day]float64{}, map[sevenday.Day]float64{}
	for _, e := range l.events {
		switch {
		case e.MerchantID != BikeSharing:
		case e.kind == sevenday.KindTransaction && e.Kind == "payment":
			orders[e.day]++
		case e.Action == "register" && e.who != "":
			registers[e.day]++
		}
	}
	near(t, l.claim(t, ClaimOrders, BikeSharing, "daily_orders"), sumDays(orders, s.after, s.afterTo)/sumDays(orders, s.before, s.beforeTo)-1)
	near(t, l.claim(t, ClaimMembers, BikeSharing, "daily_new"), sumDays(registers, s.after, s.afterTo)/sumDays(registers, s.before, s.beforeTo)-1)
	stock := map[sevenday.Day]float64{}
	for day := s.before; day <= s.afterTo; day++ {
		stock[day] = sumDays(registers, s.before-1000, day)
	}
	near(t, l.claim(t, ClaimMembers, BikeSharing, "stock"), sumDays(stock, s.after, s.afterTo)/sumDays(stock, s.before, s.beforeTo)-1)
}

func checkYear(t *testing.T, l lived) {
	t.Helper()
	net := l.sales(t)[Pharmacy]
	w := l.Windows["year_on_year"]
	now, then := sumDays(net, w.From, w.To), sumDays(net, w.From-yearDays, w.To-yearDays)
	near(t, l.claim(t, ClaimYear, Pharmacy, "net_sales"), now/then-1)
}

func sumDays(days map[sevenday.Day]float64, from, to sevenday.Day) float64 {
	sum := 0.0
	for day, v := range days {
		if day >= from && day <= to {
			sum += v
		}
	}
	return sum
}

func TestPlannedFiguresAreWhatTheyAimAt(t *testing.T) {
	for seed := range uint64(seeds) {
		w, err := NewWorld(Config{Seed: seed, Until: until})
		if err != nil {
			t.Fatal(err)
		}
		sum, n := 0.0, 0.0
		for _, p := range w.programs {
			if p.visits() {
				sum += p.expectedDay7()
				n++
			}
		}
		if got := sum / n; math.Abs(got-targetDay7) > 1e-3 {
			t.Errorf("seed %d: planned mean day 7 is %.5f, want %.5f", seed, got, targetDay7)
		}
		u, ok := SumUplift(w.upliftCells(), func(UpliftCell) bool { return true })
		if !ok || math.Abs(u.Geometric-targetUplift) > 1e-6 {
			t.Errorf("seed %d: planned uplift is %+v, want %.5f", seed, u, targetUplift)
		}
	}
}

func TestSixIndustriesHaveThirtyAdoptersAndThirtyControls(t *testing.T) {
	w, err := NewWorld(Config{Seed: 3, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	type panel struct{ treated, control int }
	panels, waves := map[string]panel{}, map[[2]any]int{}
	for _, p := range w.programs {
		c := panels[p.Industry]
		switch {
		case p.treated():
			c.treated++
			waves[[2]any{p.Industry, p.adoption.day.Monday()}]++
		case p.inPanel():
			c.control++
		}
		panels[p.Industry] = c
	}
	large := 0
	for name, c := range panels {
		if c.treated >= 30 && c.control >= 30 {
			large++
		} else if c.treated >= 20 && c.control >= 20 {
			t.Errorf("%s is neither large nor small: %+v", name, c)
		}
	}
	if large != 6 {
		t.Errorf("%d industries with 30 adopters and 30 controls, want 6: %v", large, panels)
	}
	for wave, n := range waves {
		if n < 2 {
			t.Errorf("wave %v has %d merchant", wave, n)
		}
	}
}
