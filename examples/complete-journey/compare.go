package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"sevenday"
)

// money is an amount that JSON writes as a decimal string.
type money struct{ sevenday.Money }

// UnmarshalText reads "12.50".
func (m *money) UnmarshalText(text []byte) (err error) {
	m.Money, err = sevenday.ParseMoney(string(text), 2)
	return err
}

// returns is retention over cohorts whose seventh day is closed.
type returns struct {
	CohortUsers int64 `json:"cohort_users"`
	Day7        int64 `json:"day_7"`
	Within7     int64 `json:"within_7"`
}

// expected is expected.json.
type expected struct {
	Transactions int64 `json:"transactions"`
	NetAmount    money `json:"net_amount"`
	Stores       int64 `json:"stores"`
	Households   int64 `json:"households"`
	New          struct {
		Pooled       returns `json:"pooled"`
		Distinct     returns `json:"distinct"`
		MerchantMean struct {
			Stores int64   `json:"stores"`
			Day7   float64 `json:"day_7"`
		} `json:"merchant_mean"`
	} `json:"new"`
	All struct {
		Pooled returns `json:"pooled"`
	} `json:"all"`
	BusiestStores []busyStore `json:"busiest_stores"`
}

type busyStore struct {
	StoreID      int64 `json:"store_id"`
	Transactions int64 `json:"transactions"`
	NetAmount    money `json:"net_amount"`
	returns
}

func readExpected(path string) (expected, error) {
	var e expected
	text, err := os.ReadFile(path)
	if err != nil {
		return e, err
	}
	return e, json.Unmarshal(text, &e)
}

// comparison is one figure, both ways.
type comparison struct {
	figure    string
	want, got any
}

// comparisons gathers what is compared.
type comparisons []comparison

func (c *comparisons) add(figure string, want, got any) {
	*c = append(*c, comparison{figure, want, got})
}

func (c *comparisons) addReturns(scope string, want, got returns) {
	c.add(scope+", users in cohorts", want.CohortUsers, got.CohortUsers)
	c.add(scope+", back on day 7", want.Day7, got.Day7)
	c.add(scope+", back within 7 days", want.Within7, got.Within7)
}

// compare asks for every expected figure.
func (p *pipeline) compare(ctx context.Context, want expected) (comparisons, error) {
	var c comparisons
	for _, ask := range []func(context.Context, expected, *comparisons) error{
		p.compareTotals, p.compareNew, p.compareAll, p.compareStores,
	} {
		if err := ask(ctx, want, &c); err != nil {
			return c, err
		}
	}
	return c, nil
}

// report prints the comparisons as a table; an error says that some differ.
func report(out io.Writer, all comparisons) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "figure\texpected\tsevenday\t")
	differ := 0
	for _, c := range all {
		verdict := "equal"
		if c.want != c.got {
			verdict = "DIFFERS"
			differ++
		}
		fmt.Fprintf(table, "%s\t%v\t%v\t%s\n", c.figure, c.want, c.got, verdict)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d of %d figures are equal\n", len(all)-differ, len(all))
	if differ > 0 || len(all) == 0 {
		return errDiffers
	}
	return nil
}
