package transform

import (
	"context"
	"encoding/json"
	"slices"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/uplift"
)

const (
	// capability is the one whose effect is estimated.
	capability = "installments"
	// refundDays is how long after its payment a refund is waited for.
	refundDays = 7
	// panelWeeks bounds the panel: a year has every season once.
	panelWeeks = 52
	// panelSeed makes the bootstrap's draws, and so every figure of a run, repeatable.
	panelSeed = 20260901
)

// weekRow is what a merchant sold in a week, refunds and fees taken off.
type weekRow struct {
	MerchantID string         `ch:"merchant_id"`
	Week       sevenday.Day   `ch:"week"`
	FirstDay   sevenday.Day   `ch:"first_day"`
	Net        sevenday.Money `ch:"net"`
}

// upliftRow is a row of table uplift_figures.
type upliftRow struct {
	Run        uint64 `ch:"run"`
	Industry   string `ch:"industry"`
	Capability string `ch:"capability,low"`
	Result     string `ch:"result"`
}

var (
	weekLayout   = warehouse.LayoutOf[weekRow]()
	upliftLayout = warehouse.LayoutOf[upliftRow]()
)

// estimateUplift estimates what installments did to merchants' weekly sales, over
// whole weeks that are closed for every merchant and whose refunds have come.
func (b *Batch) estimateUplift(ctx context.Context, run Run, all []merchantRow, spans warehouse.Given) error {
	merchants := make(map[string]*metrics.Merchant, len(all))
	closed := sevenday.Day(1 << 20)
	for i := range all {
		m, err := metrics.NewMerchant(all[i].merchant(), run.ID)
		if err != nil {
			return err
		}
		merchants[m.MerchantID] = m
		closed = min(closed, run.Horizon.In(m.Calendar.Location()).Closed)
	}
	last := (closed - refundDays + 1).Monday() - 1 // the last Sunday
	var weeks []weekRow
	err := warehouse.StreamGiven(ctx, b.DB, weekLayout, statement("weekly_sales"),
		map[string]any{"first": max(last-7*panelWeeks+1, 0), "last": max(last, 0)},
		spans, func(rows []weekRow) error {
			weeks = append(weeks, rows...)
			return nil
		})
	if err != nil {
		return err
	}
	results, err := uplift.Merchants(panelOf(weeks, merchants), uplift.MerchantOptions{Seed: panelSeed})
	if err != nil {
		return err
	}
	return b.storeUplift(ctx, run, results)
}

func (b *Batch) storeUplift(ctx context.Context, run Run, results []uplift.Result) error {
	rows := make([]upliftRow, len(results))
	for i := range results {
		text, err := json.Marshal(&results[i])
		if err != nil {
			return err
		}
		rows[i] = upliftRow{Run: run.ID, Capability: capability, Result: string(text)}
		if results[i].Industry != nil {
			rows[i].Industry = *results[i].Industry
		}
	}
	return warehouse.Insert(ctx, b.DB, "uplift_figures", upliftLayout, rows, warehouse.InsertOptions{})
}

// panelOf makes the panel's rows of the weekly sales. A merchant enters with its
// first whole week. The panel begins with the week by which nine in ten of the
// merchants have entered: those that came later are left out, and counted, by
// the estimator.
func panelOf(weeks []weekRow, merchants map[string]*metrics.Merchant) []uplift.MerchantWeek {
	entered := make(map[string]sevenday.Day)
	for _, w := range weeks {
		if _, ok := entered[w.MerchantID]; !ok {
			entered[w.MerchantID] = firstWholeWeek(w)
		}
	}
	first := decile(entered)
	rows := make([]uplift.MerchantWeek, 0, len(weeks))
	for _, w := range weeks {
		m := merchants[w.MerchantID]
		if m == nil || w.Week < max(first, entered[w.MerchantID]) {
			continue
		}
		adopted, off := adoption(m)
		rows = append(rows, uplift.MerchantWeek{
			MerchantID: w.MerchantID, Industry: m.Industry, Week: w.Week, Net: w.Net, Adopted: adopted, Off: off,
		})
	}
	return rows
}

func firstWholeWeek(first weekRow) sevenday.Day {
	if first.FirstDay == first.Week {
		return first.Week
	}
	return first.Week + 7
}

// decile returns the week by which nine in ten have entered.
func decile(entered map[string]sevenday.Day) sevenday.Day {
	if len(entered) == 0 {
		return 0
	}
	weeks := make([]sevenday.Day, 0, len(entered))
	for _, week := range entered {
		weeks = append(weeks, week)
	}
	slices.Sort(weeks)
	return weeks[(len(weeks)*9-1)/10]
}

// adoption returns the day on which the merchant first switched the capability
// on and the first day it was off again, 0 for never.
func adoption(m *metrics.Merchant) (adopted, off sevenday.Day) {
	first := sevenday.Millis(0)
	for _, c := range m.Capabilities {
		if c.Name != capability || c.Void || (first != 0 && c.EnabledAt >= first) {
			continue
		}
		first, adopted, off = c.EnabledAt, m.Calendar.Day(c.EnabledAt), 0
		if c.DisabledAt != 0 {
			off = m.Calendar.Day(c.DisabledAt)
		}
	}
	return adopted, off
}
