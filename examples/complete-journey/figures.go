package main

import (
	"context"
	"fmt"
)

// salesRow is what is used of a row of `query sales`.
type salesRow struct {
	Day    *string `json:"day"`
	Orders int64   `json:"orders"`
	Net    money   `json:"net"`
}

// sumDays adds up the days, the last one too, which is still open: the expected
// totals know no watermark.
func sumDays(rows []salesRow) (orders int64, net money) {
	for _, row := range rows {
		if row.Day != nil {
			orders += row.Orders
			net.Money += row.Net.Money
		}
	}
	return orders, net
}

// retentionRow is what is used of a row of `query retention`.
type retentionRow struct {
	Aggregation   string   `json:"aggregation"`
	CohortDay     *string  `json:"cohort_day"`
	N             int      `json:"n"`
	Measure       string   `json:"measure"`
	Merchants     int64    `json:"merchants"`
	CohortUsers   *int64   `json:"cohort_users"`
	ReturnedUsers *int64   `json:"returned_users"`
	Rate          *float64 `json:"rate"`
}

// pooled finds the row of an aggregation and a measure that pools the final
// cohorts.
func pooled(rows []retentionRow, aggregation, measure string) (retentionRow, error) {
	for _, row := range rows {
		if row.CohortDay == nil && row.Aggregation == aggregation && row.Measure == measure {
			return row, nil
		}
	}
	return retentionRow{}, fmt.Errorf("query retention printed no %s of %q over all cohorts", measure, aggregation)
}

// returnsOf reads the counts of an aggregation; one merchant's has no name.
func returnsOf(rows []retentionRow, aggregation string) (returns, error) {
	day, err := pooled(rows, aggregation, "day_n")
	if err != nil {
		return returns{}, err
	}
	within, err := pooled(rows, aggregation, "within_n")
	if err != nil {
		return returns{}, err
	}
	return returns{number(day.CohortUsers), number(day.ReturnedUsers), number(within.ReturnedUsers)}, nil
}

// number reads a count; one that is absent is no count at all, not zero.
func number(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}

func (p *pipeline) compareTotals(ctx context.Context, want expected, c *comparisons) error {
	sales, err := query[salesRow](ctx, p, "sales")
	if err != nil {
		return err
	}
	orders, net := sumDays(sales)
	c.add("transactions", want.Transactions, orders)
	c.add("net amount", want.NetAmount, net)
	merchants, err := query[struct{}](ctx, p, "merchants")
	if err != nil {
		return err
	}
	c.add("stores", want.Stores, int64(len(merchants)))
	first, err := query[retentionRow](ctx, p, "retention", "--activity", "paying", "--n", "0")
	if err != nil {
		return err
	}
	households := int64(0) // each has one first day in the industry
	for _, row := range first {
		if row.Aggregation == "distinct" && row.Measure == "day_n" && row.CohortDay != nil {
			households += number(row.CohortUsers)
		}
	}
	c.add("households", want.Households, households)
	return nil
}

func (p *pipeline) compareNew(ctx context.Context, want expected, c *comparisons) error {
	rows, err := query[retentionRow](ctx, p, "retention", "--activity", "paying")
	if err != nil {
		return err
	}
	for _, aggregation := range []struct {
		name string
		want returns
	}{{"pooled", want.New.Pooled}, {"distinct", want.New.Distinct}} {
		got, err := returnsOf(rows, aggregation.name)
		if err != nil {
			return err
		}
		c.addReturns("new, "+aggregation.name, aggregation.want, got)
	}
	mean, err := pooled(rows, "merchant_mean", "day_n")
	if err != nil {
		return err
	}
	c.add("new, mean over stores, stores", want.New.MerchantMean.Stores, mean.Merchants)
	rate := -1.0
	if mean.Rate != nil {
		rate = *mean.Rate
	}
	c.add("new, mean over stores, day 7", want.New.MerchantMean.Day7, rate)
	return nil
}

func (p *pipeline) compareAll(ctx context.Context, want expected, c *comparisons) error {
	rows, err := query[retentionRow](ctx, p, "retention", "--activity", "paying", "--cohort", "all")
	if err != nil {
		return err
	}
	got, err := returnsOf(rows, "pooled")
	if err != nil {
		return err
	}
	c.add("all, pooled, user-days in cohorts", want.All.Pooled.CohortUsers, got.CohortUsers)
	c.add("all, pooled, back on day 7", want.All.Pooled.Day7, got.Day7)
	return nil
}

func (p *pipeline) compareStores(ctx context.Context, want expected, c *comparisons) error {
	for _, store := range want.BusiestStores {
		id := merchantID(store.StoreID)
		sales, err := query[salesRow](ctx, p, "sales", "--merchant", id)
		if err != nil {
			return err
		}
		orders, net := sumDays(sales)
		c.add(id+", transactions", store.Transactions, orders)
		c.add(id+", net amount", store.NetAmount, net)
		rows, err := query[retentionRow](ctx, p, "retention", "--activity", "paying", "--merchant", id)
		if err != nil {
			return err
		}
		got, err := returnsOf(rows, "")
		if err != nil {
			return err
		}
		c.addReturns(id, store.returns, got)
	}
	return nil
}
