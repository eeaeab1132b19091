package main

import (
	"io/fs"

	"sevenday/ingest"
	"sevenday/metrics/activity"
	"sevenday/metrics/attribution"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/funnel"
	"sevenday/metrics/lifecycle"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/transform"
)

// tables are the migrations and views of every package that owns tables.
func tables() ([]fs.FS, error) {
	owners := []fs.FS{
		ingest.Migrations, transform.Tables, activity.Tables, sales.Tables, retention.Tables, conversion.Tables,
		attribution.Tables, funnel.Tables, coupon.Tables, loop.Tables, lifecycle.Tables,
	}
	for i, owner := range owners {
		folder, err := fs.Sub(owner, "migrations")
		if err != nil {
			return nil, err
		}
		owners[i] = folder
	}
	return owners, nil
}

// checks are the metrics' own checks on what a batch has made.
func checks() []fs.FS { return []fs.FS{coupon.Checks, lifecycle.Checks} }

// folds makes the folds of every metric, with the tables that their rows go to.
func folds() []transform.Metric {
	days, money, returns := &activity.Fold{}, sales.NewFold(), retention.NewFold()
	converted, credited, steps := conversion.NewFold(), attribution.NewFold(), funnel.NewFold()
	coupons, gifts := coupon.NewFold(), coupon.NewGiftFold()
	round, followers, weeks := loop.NewFold(), loop.NewFollowFold(), lifecycle.NewFold()
	return []transform.Metric{
		{Fold: days, Outputs: []transform.Output{
			transform.Into("user_days_by_run", &days.UserDays), transform.Into("first_days_by_run", &days.Persons),
		}},
		{Fold: money, Outputs: []transform.Output{
			transform.Into("payments_by_run", &money.Payments), transform.Into("refunds_by_run", &money.Refunds),
			transform.Into("merchant_days_by_run", &money.Days),
		}},
		{Fold: returns, Outputs: []transform.Output{transform.Into("retention_sums_by_run", &returns.Rows)}},
		{Fold: converted, Outputs: []transform.Output{
			transform.Into("visits_by_run", &converted.Visits), transform.Into("conversion_sums_by_run", &converted.Sums),
			transform.Into("refunded_orders_by_run", &converted.Refunded),
		}},
		{Fold: credited, Outputs: []transform.Output{
			transform.Into("touches_by_run", &credited.Touches), transform.Into("credit_sums_by_run", &credited.Sums),
			transform.Into("path_sums_by_run", &credited.Paths), transform.Into("portal_transitions_by_run", &credited.Transitions),
		}},
		{Fold: steps, Outputs: []transform.Output{transform.Into("funnel_sums_by_run", &steps.Sums)}},
		{Fold: coupons, Outputs: []transform.Output{
			transform.Into("coupon_sums_by_run", &coupons.Sums), transform.Into("coupon_curves_by_run", &coupons.Curves),
			transform.Into("coupon_transitions_by_run", &coupons.Transitions), transform.Into("coupon_states_by_run", &coupons.States),
			transform.Into("coupon_sales_by_run", &coupons.Sales),
		}},
		{Fold: gifts, Outputs: []transform.Output{
			transform.Into("gift_days_by_run", &gifts.Days), transform.Into("gift_cohorts_by_run", &gifts.Cohorts),
		}},
		{Fold: round, Outputs: []transform.Output{transform.Into("loop_sums_by_run", &round.Sums)}},
		{Fold: followers, Outputs: []transform.Output{transform.Into("follow_sums_by_run", &followers.Sums)}},
		{Fold: weeks, Outputs: []transform.Output{transform.Into("lifecycle_flows_by_run", &weeks.Sums)}},
	}
}
