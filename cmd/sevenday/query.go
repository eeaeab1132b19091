package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/queries"
)

// question is what the flags of `query` say.
type question struct {
	metrics.Scope
	metrics.Range
	cohort, activity, period, by, n, format string
}

// queryNames are the catalog's questions, in the order of the help.
var queryNames = []string{"retention", "conversion", "portals", "coupons", "loop", "sales", "merchants", "ingest"}

func (a *app) queryCommand() *cobra.Command {
	var asked question
	var from, to string
	command := &cobra.Command{
		Use:   "query NAME",
		Short: "Ask the published figures",
		Long: `Ask the published figures. NAME is one of:

  retention   who came back: day_n, within_n and unbounded_n, by cohort day
  conversion  share of visits followed by a payment within 24 hours, by day
  portals     the same by the portal of the visit
  coupons     issued, claimed, redeemed, by placement
  loop        from the payment-success page back to the next payment
  sales       orders, buyers, net sales, visitors, by day
  merchants   the mini programs and their last 28 final days
  ingest      what was landed of each Kafka partition, and that it adds up

Figures are of one merchant, of one industry, or of the platform. Rates are
fractions, money is a decimal string, the row without a day pools the final days.`,
		Example: `  sevenday query retention --merchant demo-fruit-shop --n 0..30
  sevenday query retention --industry catering --cohort all --activity paying --format csv
  sevenday query portals --merchant demo-coffee-chain --from 2026-10-01 --to 2026-11-01`,
		Args: cobra.ExactArgs(1), ValidArgs: queryNames,
		RunE: func(command *cobra.Command, arguments []string) error {
			if !slices.Contains(queryNames, arguments[0]) {
				return usagef("query %q is unknown: use one of %s", arguments[0], strings.Join(queryNames, ", "))
			}
			if err := asked.setRange(from, to); err != nil {
				return err
			}
			if !slices.Contains(formats, asked.format) {
				return usagef("--format %q is unknown: use %s", asked.format, strings.Join(formats, ", "))
			}
			catalog, done, err := a.catalog(command.Context())
			if err != nil {
				return err
			}
			defer done()
			return invalidIsUsage(a.answer(command.Context(), catalog, arguments[0], &asked))
		},
	}
	flags := command.Flags()
	flags.StringVar(&asked.Merchant, "merchant", "", "one merchant's figures")
	flags.StringVar(&asked.Industry, "industry", "", "one industry's figures")
	flags.StringVar(&from, "from", "", "first day, YYYY-MM-DD (default: all history)")
	flags.StringVar(&to, "to", "", "the day after the last")
	flags.StringVar(&asked.cohort, "cohort", "new", "new or all (retention)")
	flags.StringVar(&asked.activity, "activity", "visit", "visit or paying (retention)")
	flags.StringVar(&asked.period, "period", "day", "day, week or month (retention)")
	flags.StringVar(&asked.by, "by", "", "portal: break down by the portal of the first visit (retention)")
	flags.StringVar(&asked.n, "n", "7", "number of periods, 7 or 0..30 (retention)")
	declareFormatInto(flags, &asked.format)
	return command
}

func declareFormatInto(flags *pflag.FlagSet, format *string) {
	flags.StringVar(format, "format", "table", strings.Join(formats, ", "))
}

func (q *question) setRange(from, to string) error {
	for _, bound := range []struct {
		flag, text string
		day        *sevenday.Day
	}{{"--from", from, &q.From}, {"--to", to, &q.To}} {
		if bound.text == "" {
			continue
		}
		day, err := sevenday.ParseDay(bound.text)
		if err != nil {
			return usagef("%s: %w", bound.flag, err)
		}
		*bound.day = day
	}
	if q.From != 0 && q.To != 0 && q.To <= q.From {
		return usagef("--to %s is not after --from %s: the range is [from, to)", q.To, q.From)
	}
	if q.Merchant != "" && q.Industry != "" {
		return usagef("--merchant and --industry exclude each other: name one of them")
	}
	return nil
}

func (a *app) answer(ctx context.Context, catalog *queries.Catalog, name string, q *question) error {
	switch name {
	case "retention":
		r, err := q.retention()
		if err != nil {
			return err
		}
		return answer(ctx, a, q.format, func(ctx context.Context) ([]retention.Row, error) { return catalog.Retention(ctx, r) })
	case "conversion", "portals":
		c := conversion.Query{Scope: q.Scope, Range: q.Range, ByPortal: name == "portals"}
		return answer(ctx, a, q.format, func(ctx context.Context) ([]conversion.Row, error) { return catalog.Conversion(ctx, c) })
	case "coupons":
		c := coupon.Query{Scope: q.Scope, Range: q.Range}
		return answer(ctx, a, q.format, func(ctx context.Context) ([]coupon.Row, error) { return catalog.Coupons(ctx, c) })
	case "loop":
		l := loop.Query{Scope: q.Scope, Range: q.Range}
		return answer(ctx, a, q.format, func(ctx context.Context) ([]loop.Row, error) { return catalog.Loop(ctx, l) })
	case "sales":
		s := sales.Query{Scope: q.Scope, Range: q.Range}
		return answer(ctx, a, q.format, func(ctx context.Context) ([]sales.Row, error) { return catalog.Sales(ctx, s) })
	case "merchants":
		return answer(ctx, a, q.format, catalog.Merchants)
	default:
		return answer(ctx, a, q.format, catalog.Ingest)
	}
}

func answer[R any](ctx context.Context, a *app, format string, ask func(context.Context) ([]R, error)) error {
	rows, err := ask(ctx)
	if err != nil {
		return err
	}
	return print(a.out, format, rows)
}

func (q *question) retention() (retention.Query, error) {
	from, to, err := parseN(q.n)
	if err != nil {
		return retention.Query{}, err
	}
	return retention.Query{
		Scope: q.Scope, Range: q.Range, Cohort: retention.Cohort(q.cohort), Activity: retention.Activity(q.activity),
		Period: retention.Period(q.period), By: q.by, FromN: from, ToN: to,
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
