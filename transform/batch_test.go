package transform

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics/activity"
	"sevenday/metrics/attribution"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/funnel"
	"sevenday/metrics/lifecycle"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
)

// figureViews show the rows that a batch decides.
var figureViews = []string{
	"user_days", "first_days", "payments", "refunds", "merchant_days", "retention_sums",
	"visits", "conversion_sums", "refunded_orders", "touches", "credit_sums", "path_sums", "portal_transitions", "funnel_sums",
	"coupon_sums", "coupon_curves", "coupon_transitions", "coupon_states", "coupon_sales", "gift_days", "gift_cohorts",
	"loop_sums", "follow_sums", "lifecycle_flows",
}

// groupViews show the rows about users who count once at many merchants.
var groupViews = []string{"retention_distinct", "distinct_persons"}

// allFolds makes every metric's fold with its outputs.
func allFolds() []Metric {
	days, money, returns := &activity.Fold{}, sales.NewFold(), retention.NewFold()
	converted, credited, steps := conversion.NewFold(), attribution.NewFold(), funnel.NewFold()
	coupons, gifts := coupon.NewFold(), coupon.NewGiftFold()
	round, followers, weeks := loop.NewFold(), loop.NewFollowFold(), lifecycle.NewFold()
	return []Metric{
		{Fold: days, Outputs: []Output{
			Into("user_days_by_run", &days.UserDays), Into("first_days_by_run", &days.Persons),
		}},
		{Fold: money, Outputs: []Output{
			Into("payments_by_run", &money.Payments), Into("refunds_by_run", &money.Refunds),
			Into("merchant_days_by_run", &money.Days),
		}},
		{Fold: returns, Outputs: []Output{Into("retention_sums_by_run", &returns.Rows)}},
		{Fold: converted, Outputs: []Output{
			Into("visits_by_run", &converted.Visits), Into("conversion_sums_by_run", &converted.Sums),
			Into("refunded_orders_by_run", &converted.Refunded),
		}},
		{Fold: credited, Outputs: []Output{
			Into("touches_by_run", &credited.Touches), Into("credit_sums_by_run", &credited.Sums),
			Into("path_sums_by_run", &credited.Paths), Into("portal_transitions_by_run", &credited.Transitions),
		}},
		{Fold: steps, Outputs: []Output{Into("funnel_sums_by_run", &steps.Sums)}},
		{Fold: coupons, Outputs: []Output{
			Into("coupon_sums_by_run", &coupons.Sums), Into("coupon_curves_by_run", &coupons.Curves),
			Into("coupon_transitions_by_run", &coupons.Transitions), Into("coupon_states_by_run", &coupons.States),
			Into("coupon_sales_by_run", &coupons.Sales),
		}},
		{Fold: gifts, Outputs: []Output{
			Into("gift_days_by_run", &gifts.Days), Into("gift_cohorts_by_run", &gifts.Cohorts),
		}},
		{Fold: round, Outputs: []Output{Into("loop_sums_by_run", &round.Sums)}},
		{Fold: followers, Outputs: []Output{Into("follow_sums_by_run", &followers.Sums)}},
		{Fold: weeks, Outputs: []Output{Into("lifecycle_flows_by_run", &weeks.Sums)}},
	}
}

// figureWarehouse is an empty warehouse with the figures' tables too.
func figureWarehouse(t testing.TB) *warehouse.DB {
	t.Helper()
	db := emptyWarehouse(t)
	sources := []fs.FS{sub(t, Tables)}
	for _, tables := range []fs.FS{
		activity.Tables, sales.Tables, retention.Tables, conversion.Tables, attribution.Tables, funnel.Tables,
		coupon.Tables, loop.Tables, lifecycle.Tables,
	} {
		sources = append(sources, sub(t, tables))
	}
	if _, err := warehouse.Migrate(t.Context(), db, sources[1:]...); err != nil {
		t.Fatal(err)
	}
	if err := warehouse.CreateViews(t.Context(), db, sources...); err != nil {
		t.Fatal(err)
	}
	return db
}

// visible sums up what readers see of each table: how many rows, and a hash of
// all they hold but the run that made them.
func visible(t *testing.T, db *warehouse.DB) map[string]string {
	t.Helper()
	type sum struct {
		Sum string `ch:"sum"`
	}
	layout := warehouse.LayoutOf[sum]()
	seen := make(map[string]string)
	for _, view := range slices.Concat(figureViews, groupViews) {
		query := "SELECT concat(toString(count()), ' rows, ', toString(sum(cityHash64(toString(tuple(*)))))) AS sum FROM " + view
		rows, err := warehouse.Select(t.Context(), db, layout, query, nil)
		if err != nil {
			t.Fatal(err)
		}
		seen[view] = rows[0].Sum
	}
	return seen
}

func batchOf(db *warehouse.DB, holder string) *Batch {
	return &Batch{DB: db, Settler: &Settler{DB: db, Holder: holder, PassRows: 50}, Metrics: allFolds, Checks: []fs.FS{coupon.Checks, lifecycle.Checks}}
}

func TestBatchesOfWhatChangedEqualARebuildAndRunningAgainChangesNothing(t *testing.T) {
	for round := range 3 {
		seed := rand.Uint64()
		t.Run(fmt.Sprintf("round %d", round), func(t *testing.T) {
			t.Parallel()
			t.Logf("seed %d", seed)
			r := rand.New(rand.NewPCG(seed, 0))
			db := figureWarehouse(t)
			h := randomHistory(r, 150+r.IntN(150))
			batch := batchOf(db, t.Name())
			for at := 0.0; at < 1; {
				to := min(at+0.1+0.5*r.Float64(), 1)
				land(t, db, h, at, to)
				at = to
				interrupt(t, batch, r)
				if _, err := batch.Run(t.Context(), time.Minute); err != nil {
					t.Fatal(err)
				}
			}
			figures := visible(t, db)
			again, err := batch.Run(t.Context(), time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if again.ID != 0 {
				t.Errorf("running again published run %d, want nothing", again.ID)
			}
			batch.Rebuild = true
			if rebuilt, err := batch.Run(t.Context(), time.Minute); err != nil || rebuilt.Merchants != 2 {
				t.Fatalf("the rebuild folded %d merchants, want 2: %v", rebuilt.Merchants, err)
			}
			if diff := gocmp.Diff(visible(t, db), figures); diff != "" {
				t.Errorf("figures of a rebuild and of batches differ (-rebuild +batches):\n%s", diff)
			}
		})
	}
}

// interrupt stops a batch somewhere on its way, as a killed process would; what
// readers see must not move.
func interrupt(t *testing.T, b *Batch, r *rand.Rand) {
	t.Helper()
	before := visible(t, b.DB)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	left := 1 + r.IntN(12)
	broken := *b
	broken.Progress = func(stage string, _, _ int64) {
		// From the publication on the run's figures are the ones that count.
		if left--; left <= 0 && stage != "publish" && stage != "sweep" {
			cancel()
		}
	}
	run, err := broken.Run(ctx, time.Minute)
	if err == nil {
		return // it was through before the interruption came
	}
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(before, visible(t, b.DB)); diff != "" {
		t.Errorf("run %d was interrupted, and yet the figures moved:\n%s", run.ID, diff)
	}
}

func TestOfTwoBatchesAtOnceOneWaitsAndNothingIsPublishedTwice(t *testing.T) {
	t.Parallel()
	db := figureWarehouse(t)
	h := randomHistory(rand.New(rand.NewPCG(7, 7)), 100)
	land(t, db, h, 0, 1)
	results := make(chan Run, 2)
	for i := range 2 {
		go func() {
			run, err := batchOf(db, fmt.Sprint("batch ", i)).Run(t.Context(), time.Minute)
			if err != nil {
				t.Error(err)
			}
			results <- run
		}()
	}
	first, second := <-results, <-results
	if (first.ID == 0) == (second.ID == 0) {
		t.Errorf("published runs %d and %d, want one publication and one with nothing to do", first.ID, second.ID)
	}
}

func TestAPublicationThatWasOvertakenIsRefused(t *testing.T) {
	t.Parallel()
	db := figureWarehouse(t)
	horizon := Run{}.Horizon
	if err := publish(t.Context(), db, 5, base{}, horizon, 1, nil); err != nil {
		t.Fatal(err)
	}
	if err := publish(t.Context(), db, 6, base{}, horizon, 1, nil); err == nil {
		t.Error("a second publication after the same base was accepted")
	}
	now, err := readBase(t.Context(), db)
	if err != nil || now.Run != 5 {
		t.Errorf("the published run is %d (%v), want 5", now.Run, err)
	}
}

func TestAMerchantSentAgainIsFoldedWhenItBecameAnotherOne(t *testing.T) {
	t.Parallel()
	db := figureWarehouse(t)
	send := func(offset int64, name, timeZone string) {
		row := worldMerchant{
			Off: offset, KafkaTime: someNight, BatchTime: someNight, LogEnd: offset + 1, LeaseUntil: farAhead, Status: statusOK,
			merchantRow: merchantRow{
				MerchantID: name, Name: name, TimeZone: timeZone, Industry: "retail", Currency: "CNY", UserIDScope: sevenday.ScopePlatform,
				UpdatedAt: someNight + sevenday.Millis(offset),
			},
		}
		if err := warehouse.Insert(t.Context(), db, "merchants_log", worldMerchantLayout, []worldMerchant{row}, warehouse.InsertOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	batch := batchOf(db, t.Name())
	folded := func() int {
		run, err := batch.Run(t.Context(), time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return run.Merchants
	}
	send(0, "m0", "Asia/Shanghai")
	send(1, "m1", "Asia/Shanghai")
	first := folded()
	send(2, "m0", "Asia/Shanghai")
	same := folded()
	send(3, "m0", "Asia/Tokyo")
	moved := folded()
	if got, want := []int{first, same, moved}, []int{2, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("batches folded %d merchants, want %d", got, want)
	}
}
