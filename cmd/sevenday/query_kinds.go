package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"sevenday"
	"sevenday/metrics/attribution"
	"sevenday/metrics/benchmark"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/funnel"
	"sevenday/metrics/lifecycle"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/queries"
)

// queryKinds are the questions, in the order of the help.
var queryKinds = []queryKind{
	{
		"retention", "who came back: day_n, within_n and unbounded_n, by cohort day",
		[]string{"measure", "at-least", "as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]retention.Row, error) {
			r, err := q.retention()
			if err != nil {
				return nil, err
			}
			return c.Retention(ctx, r)
		}),
	},
	{
		"retention-value", "what those who came back spent: in all, and for each user of the cohort",
		[]string{"at-least"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]retention.ValueRow, error) {
			r, err := q.retention()
			if err != nil {
				return nil, err
			}
			return c.RetentionValue(ctx, r)
		}),
	},
	{
		"retention-differences", "how far the rates of portals, terminals or payers lie apart, with intervals",
		[]string{"measure"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]retention.DifferenceRow, error) {
			r, err := q.retention()
			if err != nil {
				return nil, err
			}
			return c.RetentionDifferences(ctx, r)
		}),
	},
	{"conversion", "share of visits followed by a payment, by day", []string{"unit", "basis", "window", "as-of"}, askConversion},
	{
		"portals", "the same by the portal of the visit",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]conversion.Row, error) {
			return c.Conversion(ctx, conversion.Query{Scope: q.Scope, Range: q.Range, ByPortal: true})
		}),
	},
	{"attribution", "net sales shared among the portals before each payment, by seven models", []string{"model", "by-day", "as-of"}, asks(askAttribution)},
	{
		"removal-effects", "what the Markov model's portals were worth, by month",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]attribution.EffectRow, error) {
			return c.RemovalEffects(ctx, attribution.EffectQuery{Scope: q.Scope, Range: q.Range})
		}),
	},
	{"credits", "the same payment by payment, of one merchant", []string{"model", "as-of"}, asks(askCredits)},
	{"funnel", "how many users reach each step, where they drop off, and how long they take", []string{"steps", "mode", "window"}, asks(askFunnel)},
	{
		"coupons", "issued, claimed, redeemed, cost and breakage, by placement, campaign or kind",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]coupon.Row, error) {
			return c.Coupons(ctx, coupon.Query{Scope: q.Scope, Range: q.Range, By: coupon.Breakdown(q.by)})
		}),
	},
	{
		"coupon-curve", "share of claimed coupons redeemed, by days since the claim (Kaplan-Meier)",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]coupon.CurveRow, error) {
			return c.CouponCurve(ctx, coupon.CurveQuery{Scope: q.Scope, Range: q.Range, By: coupon.Breakdown(q.by)})
		}),
	},
	{
		"coupon-steps", "records by the state before and the stage, impossible ones marked",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]coupon.TransitionRow, error) {
			return c.CouponTransitions(ctx, coupon.TransitionQuery{Scope: q.Scope, Range: q.Range})
		}),
	},
	{
		"gifts", "who received coupons as gifts, and how many of them were new",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]coupon.GiftRow, error) {
			return c.Gifts(ctx, coupon.GiftQuery{Scope: q.Scope, Range: q.Range})
		}),
	},
	{
		"gift-cohorts", "what became of new users whom a gift brought, beside the others",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]coupon.GiftCohortRow, error) {
			return c.GiftCohorts(ctx, coupon.GiftQuery{Scope: q.Scope, Range: q.Range})
		}),
	},
	{
		"loop", "from the payment-success page back to the next payment",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]loop.Row, error) {
			return c.Loop(ctx, loop.Query{Scope: q.Scope, Range: q.Range})
		}),
	},
	{
		"followers", "collected and followed, and taken back, by day and portal",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]loop.FollowRow, error) {
			return c.Followers(ctx, loop.FollowQuery{Scope: q.Scope, Range: q.Range})
		}),
	},
	{
		"lifecycle", "new, returning, resurrected and dormant users, and the flows between them, by week",
		[]string{"as-of"},
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]lifecycle.Row, error) {
			return c.Lifecycle(ctx, lifecycle.Query{Scope: q.Scope, Range: q.Range, Activity: lifecycle.Activity(q.activity), By: q.by})
		}),
	},
	{"sales", "orders, buyers, net sales, visitors, by day", []string{"as-of"}, askSales},
	{
		"benchmarks", "a merchant beside its industry, where no owner can be told from it", nil,
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]benchmark.Row, error) {
			return c.Benchmark(ctx, benchmark.Query{Scope: q.Scope})
		}),
	},
	{
		"merchants", "the mini programs and their last 28 final days", nil,
		asks(func(ctx context.Context, c *queries.Catalog, _ *question) ([]queries.MerchantRow, error) {
			return c.Merchants(ctx)
		}),
	},
	{
		"ingest", "what was landed of each Kafka partition, and that it adds up", nil,
		asks(func(ctx context.Context, c *queries.Catalog, _ *question) ([]queries.IngestRow, error) {
			return c.Ingest(ctx)
		}),
	},
	{"figures-changed", "which published figures are others now than they were --since then, and why", []string{"since"}, askChanged},
	{
		"checks", "what checks found in the figures of the last run", nil,
		asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]queries.CheckFailure, error) {
			return c.CheckFailures(ctx, q.Scope)
		}),
	},
}

// asks prints the rows of a question in the format that was asked for.
func asks[R any](ask func(context.Context, *queries.Catalog, *question) ([]R, error)) func(context.Context, *app, *queries.Catalog, *question) error {
	return func(ctx context.Context, a *app, catalog *queries.Catalog, q *question) error {
		rows, err := ask(ctx, catalog, q)
		if err != nil {
			return err
		}
		return print(a.out, q.format, rows)
	}
}

// attributionModels reads the attribution models that were named; none are all.
func (q *question) attributionModels() ([]attribution.Model, error) {
	var models []attribution.Model
	for _, name := range q.models {
		model, ok := attribution.ParseModel(name)
		if !ok {
			return nil, usagef("--model %q is unknown: use %s", name, join(attribution.Models[:]))
		}
		models = append(models, model)
	}
	return models, nil
}

// join names the values of an enumeration.
func join[T ~string](values []T) string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = string(value)
	}
	return strings.Join(names, ", ")
}

func askAttribution(ctx context.Context, c *queries.Catalog, q *question) ([]attribution.Row, error) {
	models, err := q.attributionModels()
	if err != nil {
		return nil, err
	}
	return c.Attribution(ctx, attribution.Query{Scope: q.Scope, Range: q.Range, ByDay: q.byDay, Models: models})
}

func askCredits(ctx context.Context, c *queries.Catalog, q *question) ([]attribution.PaymentRow, error) {
	models, err := q.attributionModels()
	if err != nil {
		return nil, err
	}
	if q.Merchant == "" {
		return nil, usagef("query credits is about one merchant's payments: name it with --merchant")
	}
	return c.PaymentCredits(ctx, attribution.PaymentQuery{Merchant: q.Merchant, Range: q.Range, Models: models})
}

func askFunnel(ctx context.Context, c *queries.Catalog, q *question) ([]funnel.Row, error) {
	f := funnel.Default()
	if q.steps != "" {
		var err error
		if f, err = funnel.Parse(q.steps); err != nil {
			return nil, err
		}
	}
	if q.mode != "" {
		f.Mode = funnel.Mode(q.mode)
	}
	if q.window != 0 {
		f.Window = sevenday.Millis(q.window.Milliseconds())
	}
	return c.Funnel(ctx, funnel.Query{Scope: q.Scope, Range: q.Range, Funnel: f})
}

// askSales answers the plain question by day, and a breakdown by its parts.
func askSales(ctx context.Context, a *app, catalog *queries.Catalog, q *question) error {
	if q.by == "" {
		return asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]sales.Row, error) {
			return c.Sales(ctx, sales.Query{Scope: q.Scope, Range: q.Range})
		})(ctx, a, catalog, q)
	}
	return asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]sales.Part, error) {
		return c.SalesParts(ctx, sales.PartQuery{Scope: q.Scope, Range: q.Range, By: sales.By(q.by)})
	})(ctx, a, catalog, q)
}

// askConversion answers the plain question with its plain rows, and any other
// with the rows of conversion in detail.
func askConversion(ctx context.Context, a *app, catalog *queries.Catalog, q *question) error {
	if q.by == "" && q.unit == "" && q.basis == "" && q.window == 0 {
		return asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]conversion.Row, error) {
			return c.Conversion(ctx, conversion.Query{Scope: q.Scope, Range: q.Range})
		})(ctx, a, catalog, q)
	}
	return asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]conversion.DetailRow, error) {
		return c.ConversionDetail(ctx, conversion.Detail{
			Scope: q.Scope, Range: q.Range, By: q.by, Unit: conversion.Unit(q.unit), Basis: conversion.Basis(q.basis),
			Window: sevenday.Millis(q.window.Milliseconds()),
		})
	})(ctx, a, catalog, q)
}

func askChanged(ctx context.Context, a *app, catalog *queries.Catalog, q *question) error {
	if q.since == "" {
		return usagef("query figures-changed needs --since: the number of a run, or a day such as 2026-11-20")
	}
	since, err := publicationOf(ctx, catalog, "--since", q.since, 0)
	if err != nil {
		return err
	}
	return asks(func(ctx context.Context, c *queries.Catalog, q *question) ([]queries.Change, error) {
		return c.Changed(ctx, q.Scope, q.Range, since)
	})(ctx, a, catalog, q)
}

func (q *question) retention() (retention.Query, error) {
	from, to, err := parseN(q.n)
	if err != nil {
		return retention.Query{}, err
	}
	return retention.Query{
		Scope: q.Scope, Range: q.Range, Cohort: retention.Cohort(q.cohort), Activity: retention.Activity(q.activity),
		Period: retention.Period(q.period), By: q.by, FromN: from, ToN: to,
		Measure: retention.Measure(q.measure), AtLeast: q.atLeast,
	}, nil
}

// parseN reads "7" or "0..30".
func parseN(text string) (from, to int, err error) {
	first, last, isRange := strings.Cut(text, "..")
	if !isRange {
		last = first
	}
	from, err = strconv.Atoi(first)
	if err == nil {
		to, err = strconv.Atoi(last)
	}
	if err != nil || from < 0 || to < from || to > retention.MaxN {
		return 0, 0, errUsage{fmt.Errorf("--n %q is no number or range in 0..%d: use 7 or 0..30", text, retention.MaxN)}
	}
	return from, to, nil
}
