package transform

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// Checks holds the checks on what a batch has made, a statement a file. Each
// returns one row for each fault: merchant_id, day, expected, found. It may read
// the table given as fresh, see freshRow. Its first line says what happens when
// it finds one, and what should hold:
//
//	-- stop: the visits of a merchant's day are as many in every table
//	-- warn: refunds do not exceed what was paid
//
//go:embed checks/*.sql
var Checks embed.FS

// check is one of the Checks.
type check struct {
	name      string
	stops     bool // a merchant that it finds a fault in is not published
	statement string
}

// readChecks reads the checks under checks/ of the sources.
func readChecks(sources ...fs.FS) ([]check, error) {
	var checks []check
	for _, source := range sources {
		names, err := fs.Glob(source, "checks/*.sql")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			c, err := readCheck(source, name)
			if err != nil {
				return nil, err
			}
			checks = append(checks, c)
		}
	}
	return checks, nil
}

func readCheck(source fs.FS, name string) (check, error) {
	text, err := fs.ReadFile(source, name)
	if err != nil {
		return check{}, err
	}
	head, _, _ := strings.Cut(string(text), "\n")
	severity, _, ok := strings.Cut(strings.TrimPrefix(head, "-- "), ": ")
	if !ok || (severity != "stop" && severity != "warn") {
		return check{}, fmt.Errorf("%s: the first line must be `-- stop: what holds` or `-- warn: what holds`", name)
	}
	return check{
		name:  strings.TrimSuffix(strings.TrimPrefix(name, "checks/"), ".sql"),
		stops: severity == "stop", statement: string(text),
	}, nil
}

// CheckFailure is a fault that a check found: a row of table check_failures.
type CheckFailure struct {
	Run        uint64       `ch:"run" json:"run"`
	Check      string       `ch:"check_name,low" json:"check"`
	Stops      bool         `ch:"stops" json:"stops"` // the merchant keeps its earlier figures
	MerchantID string       `ch:"merchant_id" json:"merchant_id"`
	Day        sevenday.Day `ch:"day" json:"day"`
	Expected   string       `ch:"expected" json:"expected"`
	Found      string       `ch:"found" json:"found"`
}

// fault is a row that a check returns.
type fault struct {
	MerchantID string       `ch:"merchant_id"`
	Day        sevenday.Day `ch:"day"`
	Expected   string       `ch:"expected"`
	Found      string       `ch:"found"`
}

// freshRow is a merchant whose figures a check is to look at: their run is given
// as parameter run, and rows of days from from_span on are complete.
type freshRow struct {
	MerchantID string          `ch:"merchant_id"`
	From       sevenday.Day    `ch:"from_span"` // 0: all of them
	Start      sevenday.Millis `ch:"start"`     // the instant at which From begins in the merchant's zone
	Closed     sevenday.Day    `ch:"closed"`    // its last complete day
}

var (
	faultLayout        = warehouse.LayoutOf[fault]()
	freshLayout        = warehouse.LayoutOf[freshRow]()
	checkFailureLayout = warehouse.LayoutOf[CheckFailure]()
)

// keptFaults bounds the faults of one check that a run keeps.
const keptFaults = 1000

// check looks at what the run has made and returns the merchants to withhold.
func (b *Batch) check(ctx context.Context, run *Run, folded []merchantToFold) (map[string]bool, error) {
	withheld := make(map[string]bool)
	checks, err := readChecks(append([]fs.FS{Checks}, b.Checks...)...)
	if err != nil || len(folded) == 0 {
		return withheld, err
	}
	fresh, err := freshRows(run, folded)
	if err != nil {
		return nil, err
	}
	for i, c := range checks {
		var faults []fault
		err := warehouse.StreamGiven(ctx, b.DB, faultLayout, c.statement, map[string]any{"run": run.ID},
			warehouse.Rows("fresh", freshLayout, fresh),
			func(rows []fault) error { faults = append(faults, rows...); return nil })
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", c.name, err)
		}
		for _, f := range faults {
			withheld[f.MerchantID] = withheld[f.MerchantID] || c.stops
		}
		run.addFailures(&c, faults)
		b.progress("check", int64(i+1), int64(len(checks)))
	}
	return withheld, warehouse.Insert(ctx, b.DB, "check_failures", checkFailureLayout, run.Failures, warehouse.InsertOptions{})
}

func freshRows(run *Run, folded []merchantToFold) ([]freshRow, error) {
	fresh := make([]freshRow, len(folded))
	for i := range folded {
		m, err := metrics.NewMerchant(folded[i].merchant(), run.ID)
		if err != nil {
			return nil, err
		}
		fresh[i] = freshRow{MerchantID: m.MerchantID, From: folded[i].from, Closed: max(run.Horizon.In(m.Calendar.Location()).Closed, 0)}
		if folded[i].from != metrics.WholeHistory {
			fresh[i].Start = m.Calendar.Start(folded[i].from)
		}
	}
	return fresh, nil
}

// addFailures keeps the first faults of a check.
func (r *Run) addFailures(c *check, faults []fault) {
	for _, f := range faults[:min(len(faults), keptFaults)] {
		r.Failures = append(r.Failures, CheckFailure{
			Run: r.ID, Check: c.name, Stops: c.stops, MerchantID: f.MerchantID, Day: f.Day, Expected: f.Expected, Found: f.Found,
		})
	}
}
