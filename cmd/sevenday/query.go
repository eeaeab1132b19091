package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sevenday"
	"sevenday/metrics"
	"sevenday/queries"
)

// question is what the flags of `query` say.
type question struct {
	metrics.Scope
	metrics.Range
	cohort, activity, period, by, n, format string
	measure, unit, basis, mode, steps       string
	models                                  []string
	window                                  time.Duration
	atLeast                                 int
	byDay                                   bool
	asOf, since                             string
}

// A queryKind is one of the questions that `query` takes.
type queryKind struct {
	name, about string
	// flags are those of the special ones below that the question takes.
	flags  []string
	answer func(ctx context.Context, a *app, catalog *queries.Catalog, q *question) error
}

// specialFlags are the flags that only some questions take. Given to another
// question they are a wrong use: the asker would take the answer for one it is not.
var specialFlags = []string{"measure", "unit", "basis", "mode", "steps", "model", "window", "at-least", "by-day", "since", "as-of"}

func (a *app) queryCommand() *cobra.Command {
	var asked question
	var from, to string
	command := &cobra.Command{
		Use:   "query NAME",
		Short: "Ask the published figures",
		Long: `Ask the published figures. NAME is one of:

` + queryList() + `
Figures are of one merchant, of one industry, or of the platform. Rates are
fractions, money is a decimal string, the row without a day pools the final days.`,
		Example: `  sevenday query retention --merchant demo-fruit-shop --n 0..30
  sevenday query retention --industry catering --cohort all --activity paying --format csv
  sevenday query retention --merchant demo-coffee-chain --by store --measure day_n
  sevenday query portals --merchant demo-coffee-chain --from 2026-10-01 --to 2026-11-01
  sevenday query conversion --by method --unit user --basis net
  sevenday query attribution --merchant demo-fruit-shop --model last_touch,markov
  sevenday query figures-changed --since 2026-11-20
  sevenday query funnel --steps 'visit[portal=scan] > claim > pay' --window 48h`,
		Args: cobra.ExactArgs(1), ValidArgs: queryNames(),
		RunE: func(command *cobra.Command, arguments []string) error {
			kind, err := findQuery(arguments[0])
			if err != nil {
				return err
			}
			if err := kind.checkFlags(command.Flags()); err != nil {
				return err
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
			if asked.asOf != "" {
				run, err := publicationOf(command.Context(), catalog, "--as-of", asked.asOf, 1)
				if err != nil {
					return err
				}
				catalog = catalog.AsOf(max(run, 1))
			}
			return invalidIsUsage(kind.answer(command.Context(), a, catalog, &asked))
		},
	}
	asked.declare(command.Flags(), &from, &to)
	return command
}

func (q *question) declare(flags *pflag.FlagSet, from, to *string) {
	flags.StringVar(&q.Merchant, "merchant", "", "one merchant's figures")
	flags.StringVar(&q.Industry, "industry", "", "one industry's figures")
	flags.StringVar(from, "from", "", "first day, YYYY-MM-DD (default: all history)")
	flags.StringVar(to, "to", "", "the day after the last")
	flags.StringVar(&q.cohort, "cohort", "new", "new or all (retention)")
	flags.StringVar(&q.activity, "activity", "visit", "visit or paying (retention, lifecycle)")
	flags.StringVar(&q.period, "period", "day", "day, week or month (retention)")
	flags.StringVar(&q.n, "n", "7", "number of periods, 7 or 0..30; with --measure bracket its two ends (retention)")
	flags.StringVar(&q.by, "by", "", "break down by portal, terminal, store, industry, city, campaign, paid_first, lever, method, placement or kind, as the question allows")
	flags.StringVar(&q.measure, "measure", "", "day_n, within_n, unbounded_n, bracket or rolling_n alone (retention)")
	flags.IntVar(&q.atLeast, "at-least", 0, "count a return only with so many visits, or payments, in the period (retention)")
	flags.StringVar(&q.unit, "unit", "", "visit or user (conversion)")
	flags.StringVar(&q.basis, "basis", "", "gross, or net of wholly refunded payments (conversion)")
	flags.DurationVar(&q.window, "window", 0, "conversion window, such as 48h (conversion, funnel)")
	flags.StringSliceVar(&q.models, "model", nil, "attribution models, comma-separated (default all)")
	flags.BoolVar(&q.byDay, "by-day", false, "a row for each day too (attribution)")
	flags.StringVar(&q.steps, "steps", "", "the funnel, such as 'visit[portal=scan] > claim > pay' (default visit > claim > pay > repurchase)")
	flags.StringVar(&q.mode, "mode", "", "ordered or strict (funnel)")
	flags.StringVar(&q.asOf, "as-of", "", "what was published then: the number of a run, or a day (UTC)")
	flags.StringVar(&q.since, "since", "", "the number of a run, or a day (UTC): what changed since (figures-changed)")
	declareFormatInto(flags, &q.format)
}

// publicationOf finds the run that a flag means: its number, or the last one
// published before so many days after the start of a day, UTC.
func publicationOf(ctx context.Context, catalog *queries.Catalog, flag, text string, days int) (uint64, error) {
	if run, err := strconv.ParseUint(text, 10, 64); err == nil {
		return run, nil
	}
	day, err := sevenday.ParseDay(text)
	if err != nil {
		return 0, usagef("%s %q is no run and no day: use a number that `sevenday run` printed, or 2026-11-20", flag, text)
	}
	return catalog.RunBefore(ctx, (day + sevenday.Day(days)).Time())
}

func declareFormatInto(flags *pflag.FlagSet, format *string) {
	flags.StringVar(format, "format", "table", strings.Join(formats, ", "))
}

// findQuery finds a question by its name.
func findQuery(name string) (*queryKind, error) {
	for i := range queryKinds {
		if queryKinds[i].name == name {
			return &queryKinds[i], nil
		}
	}
	return nil, usagef("query %q is unknown: use one of %s", name, strings.Join(queryNames(), ", "))
}

func queryNames() []string {
	names := make([]string, len(queryKinds))
	for i := range queryKinds {
		names[i] = queryKinds[i].name
	}
	return names
}

// queryList is the questions with what they answer, a line each.
func queryList() string {
	var b strings.Builder
	for i := range queryKinds {
		fmt.Fprintf(&b, "  %-22s %s\n", queryKinds[i].name, queryKinds[i].about)
	}
	return b.String()
}

// checkFlags refuses special flags that the question does not take.
func (k *queryKind) checkFlags(flags *pflag.FlagSet) error {
	for _, flag := range specialFlags {
		if flags.Changed(flag) && !slices.Contains(k.flags, flag) {
			return usagef("query %s has no --%s: see `sevenday query --help`", k.name, flag)
		}
	}
	return nil
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
