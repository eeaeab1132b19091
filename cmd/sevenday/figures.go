package main

import (
	"io/fs"

	"sevenday/ingest"
	"sevenday/metrics/activity"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/transform"
)

// tables are the migrations and views of every package that owns tables.
func tables() ([]fs.FS, error) {
	owners := []fs.FS{
		ingest.Migrations, transform.Tables, activity.Tables, sales.Tables,
		retention.Tables, conversion.Tables, coupon.Tables, loop.Tables,
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

// folds makes the folds of every metric, with the tables that their rows go to.
func folds() []transform.Metric {
	days := &activity.Fold{}
	money := sales.NewFold()
	returns := retention.NewFold()
	converted := conversion.NewFold()
	coupons := coupon.NewFold()
	round := loop.NewFold()
	return []transform.Metric{
		{Fold: days, Outputs: []transform.Output{
			transform.Into("user_days_by_run", &days.UserDays), transform.Into("first_days_by_run", &days.Persons),
		}},
		{Fold: money, Outputs: []transform.Output{
			transform.Into("payments_by_run", &money.Payments), transform.Into("merchant_days_by_run", &money.Days),
		}},
		{Fold: returns, Outputs: []transform.Output{transform.Into("retention_sums_by_run", &returns.Rows)}},
		{Fold: converted, Outputs: []transform.Output{
			transform.Into("visits_by_run", &converted.Visits), transform.Into("conversion_sums_by_run", &converted.Sums),
		}},
		{Fold: coupons, Outputs: []transform.Output{transform.Into("coupon_sums_by_run", &coupons.Sums)}},
		{Fold: round, Outputs: []transform.Output{transform.Into("loop_sums_by_run", &round.Sums)}},
	}
}
