package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"sevenday"
	"sevenday/internal/simulate"
	"sevenday/metrics/retention"
	"sevenday/queries"
)

// falseAlarms is how often the comparison of one right world fails by chance,
// over all of its figures together (Bonferroni).
const falseAlarms = 0.001

// TestWorldAgainstItsTruth sends simulated worlds through the whole pipeline and
// compares every planted figure with what the program finds again. The worlds'
// seeds are new each time; SEVENDAY_SEEDS says how many, SEVENDAY_SEED is the
// first of them, to see one again.
func TestWorldAgainstItsTruth(t *testing.T) {
	seed, worlds := rand.Uint64(), 1
	if text := os.Getenv("SEVENDAY_SEED"); text != "" {
		seed = parsed(t, text, func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) })
	}
	if text := os.Getenv("SEVENDAY_SEEDS"); text != "" {
		worlds = parsed(t, text, strconv.Atoi)
	}
	t.Logf("%d worlds from seed %d on; a right program fails for %g of all worlds", worlds, seed, falseAlarms)
	for range worlds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { checkWorld(t, seed) })
		seed++
	}
}

func parsed[V any](t *testing.T, text string, parse func(string) (V, error)) V {
	t.Helper()
	value, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func checkWorld(t *testing.T, seed uint64) {
	dir, files := t.TempDir(), t.TempDir()
	must(t, "simulate", "--out", files, "--seed", fmt.Sprint(seed), "--events", "600000", "--until", "2026-01-14")
	text, err := os.ReadFile(filepath.Join(files, simulate.TruthFile))
	if err != nil {
		t.Fatal(err)
	}
	var truth simulate.Truth
	if err := json.Unmarshal(text, &truth); err != nil {
		t.Fatal(err)
	}
	up(t, dir, "--every", "1h")
	// The world holds bad records; its days are closed in every time zone.
	if result := call(t, "", loadOf(t, dir, files, "--complete")...); result.code != exitPartial {
		t.Fatalf("load ended with %d, want %d:\n%s", result.code, exitPartial, result.stderr)
	}
	checkDelivery(t, dir, &truth)
	must(t, "run", "--dir", dir)
	c := &comparison{}
	c.retention(t, dir, &truth)
	c.report(t, dir, &truth)
	c.judge(t)
}

// checkDelivery wants every message in the log once, the same bytes, and as many
// refused as are bad.
func checkDelivery(t *testing.T, dir string, truth *simulate.Truth) {
	t.Helper()
	var want strings.Builder
	for _, kind := range []string{"coupon", "entry", "merchant", "transaction"} {
		tally := truth.Records[kind]
		fmt.Fprintf(&want, "%s\t%d\t%d\t%d\n", kind, tally.Produced, tally.Refused, tally.Hash)
	}
	if got := ask(t, dir, "testdata/landed.sql"); got != want.String() {
		t.Errorf("kind, landed, refused and hash are\n%swant\n%s", got, want.String())
	}
}

// comparison gathers how far the figures are from what was planted.
type comparison struct{ figures []figure }

type figure struct {
	name      string
	got, want float64
	error     float64 // standard error of got around want
	freedom   float64 // of that error where it is estimated, else infinite
}

func (c *comparison) add(name string, got, want, deviation, freedom float64) {
	c.figures = append(c.figures, figure{name, got, want, deviation, freedom})
}

// addGrowth compares growths by their logarithms, which are nearer to normal.
func (c *comparison) addGrowth(name string, got, want, deviation float64) {
	c.add("log of 1 + "+name, math.Log1p(got), math.Log1p(want), deviation/(1+want), math.Inf(1))
}

// judge fails for every figure beyond what chance does, at a level that all
// figures share.
func (c *comparison) judge(t *testing.T) {
	t.Helper()
	t.Logf("%d figures are compared", len(c.figures))
	for _, f := range c.figures {
		level := 1 - falseAlarms/float64(2*len(c.figures))
		allowed := distuv.UnitNormal.Quantile(level)
		if !math.IsInf(f.freedom, 1) {
			allowed = distuv.StudentsT{Mu: 0, Sigma: 1, Nu: f.freedom}.Quantile(level)
		}
		distance := math.Abs(f.got-f.want) / f.error
		t.Logf("%-60s %.4f, planted %.4f, %.1f standard errors", f.name, f.got, f.want, distance)
		if !(distance <= allowed) {
			t.Errorf("%s = %.5f, planted %.5f: %.2f standard errors, %.2f are allowed", f.name, f.got, f.want, distance, allowed)
		}
	}
}

// retention compares day_7 overall and by industry, as a mean over merchants and pooled.
func (c *comparison) retention(t *testing.T, dir string, truth *simulate.Truth) {
	t.Helper()
	for _, claim := range truth.Claims {
		if claim.Claim != simulate.ClaimDay7 {
			continue
		}
		rows := asked[retention.Row](t, dir, claim, "retention")
		found := false
		for _, r := range rows {
			if r.CohortDay == nil && r.Measure == retention.DayN && *r.Aggregation == claim.Estimand {
				found = true
				c.add(nameOf(claim), *r.Rate, claim.Expected, claim.Deviation, math.Inf(1))
				if r.CohortUsers != nil && *r.CohortUsers != claim.N {
					t.Errorf("%s has %d cohort users, want %d", nameOf(claim), *r.CohortUsers, claim.N)
				}
			}
		}
		if !found {
			t.Errorf("%s is in none of %d rows", nameOf(claim), len(rows))
		}
	}
}

func nameOf(claim simulate.Claim) string {
	return claim.Claim + " " + claim.Scope + " " + claim.Estimand
}

// asked are the answer's rows about the claim's scope and days.
func asked[R any](t *testing.T, dir string, claim simulate.Claim, name string) []R {
	t.Helper()
	arguments := []string{"query", name, "--dir", dir, "--format", "json", "--from", claim.From.String(), "--to", (claim.To + 1).String()}
	if claim.Scope != simulate.ScopePlatform {
		arguments = append(arguments, "--industry", claim.Scope)
	}
	var rows []R
	if err := json.Unmarshal([]byte(must(t, arguments...)), &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// reported are the names that the headline report has for what was planted.
var reported = map[string]string{
	simulate.ClaimMerchants + " count":     "mini_programs",
	simulate.ClaimConversion + " pooled":   "visit_conversion",
	simulate.ClaimUplift + " geometric":    "installment_uplift",
	simulate.ClaimOrders + " daily_orders": "orders_after_credit_exemption",
	simulate.ClaimMembers + " stock":       "registered_users_after_credit_exemption",
	simulate.ClaimYear + " net_sales":      "sales_year_on_year",
	simulate.ClaimDay7 + " merchant_mean":  "mean_seven_day_retention",
	simulate.ClaimDay7 + " pooled":         "pooled_seven_day_retention",
}

// report compares the headline report with the truth.
func (c *comparison) report(t *testing.T, dir string, truth *simulate.Truth) {
	t.Helper()
	var report queries.Report
	if err := json.Unmarshal([]byte(must(t, "report", "--dir", dir, "--format", "json")), &report); err != nil {
		t.Fatal(err)
	}
	lines := make(map[string]queries.Claim)
	for _, line := range report.Claims {
		lines[line.Claim+" "+line.Scope] = line
	}
	for _, claim := range truth.Claims {
		name, ok := reported[claim.Claim+" "+claim.Estimand]
		if !ok || (claim.Claim == simulate.ClaimDay7 && claim.Scope != simulate.ScopePlatform) {
			continue // the report shows retention of the platform alone
		}
		line, ok := lines[name+" "+claim.Scope]
		if !ok {
			t.Errorf("the report has no %s of %s", name, claim.Scope)
			continue
		}
		c.line(t, truth, &claim, &line)
	}
}

func (c *comparison) line(t *testing.T, truth *simulate.Truth, claim *simulate.Claim, line *queries.Claim) {
	t.Helper()
	switch {
	case claim.Claim == simulate.ClaimUplift:
		c.uplift(t, truth, line)
	case line.Value == nil:
		t.Errorf("the report withholds %s: %s", nameOf(*claim), *line.Refused)
	case claim.Unit == "count":
		if *line.Value != claim.Expected {
			t.Errorf("%s = %g, want %g", nameOf(*claim), *line.Value, claim.Expected)
		}
	case claim.Unit == "growth":
		c.addGrowth(nameOf(*claim), *line.Value, claim.Expected, claim.Deviation)
	case claim.Claim == simulate.ClaimConversion:
		c.add(nameOf(*claim), *line.Value, claim.Expected, claim.Deviation, math.Inf(1))
	default: // compared already, with more digits behind it
		if math.Abs(*line.Value-claim.Expected) > 0.1 {
			t.Errorf("the report's %s = %g, want about %g", nameOf(*claim), *line.Value, claim.Expected)
		}
	}
}

var wholeWeeks = regexp.MustCompile(`against (\d+) that had not; whole weeks, (\S{10}) to (\S{10})`)

// uplift compares an estimate with the effect planted in the weeks that it is
// about, by the estimator's own error. Industries that the report withholds are
// not meant to be large enough.
func (c *comparison) uplift(t *testing.T, truth *simulate.Truth, line *queries.Claim) {
	t.Helper()
	basis := wholeWeeks.FindStringSubmatch(line.Basis)
	if basis == nil {
		t.Errorf("the uplift of %s does not name its weeks: %s", line.Scope, line.Basis)
		return
	}
	if line.Value == nil {
		if line.N >= 20 {
			t.Errorf("the uplift of %s is withheld with %d adopters: %s", line.Scope, line.N, *line.Refused)
		}
		return
	}
	controls := parsed(t, basis[1], strconv.Atoi)
	first, last := parsed(t, basis[2], sevenday.ParseDay), parsed(t, basis[3], sevenday.ParseDay)
	planted, ok := simulate.SumUplift(truth.UpliftCells, func(cell simulate.UpliftCell) bool {
		return cell.Week >= first && cell.Week <= last && (line.Scope == simulate.ScopePlatform || cell.Industry == line.Scope)
	})
	if !ok {
		t.Errorf("nothing was planted in %s from %s to %s", line.Scope, first, last)
		return
	}
	spread := math.Log1p(*line.High) - math.Log1p(*line.Low)
	deviation := spread / (2 * distuv.UnitNormal.Quantile(0.975))
	c.add("log of 1 + uplift "+line.Scope, math.Log1p(*line.Value), math.Log1p(planted.Geometric), deviation, float64(min(int(line.N), controls)-1))
}
