package queries

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/attribution"
)

func TestRemovalEffectsAreThoseOfTheChainsOfTheWorld(t *testing.T) {
	c, w, transitions := attributedWorld(t, 4, monthEnds)
	n := newNaiveCredit(w, transitions)
	own := false
	for _, scope := range []metrics.Scope{{}, {Industry: "retail"}, {Merchant: "apple"}, {Merchant: "cafe"}} {
		q := attribution.EffectQuery{Scope: scope}
		got, err := c.RemovalEffects(t.Context(), q)
		compare(t, q, n.effectRows(scope), got, err)
		own = own || slices.ContainsFunc(got, func(row attribution.EffectRow) bool { return row.Fit == attribution.FitMerchant })
	}
	if !own {
		t.Error("no month had a fit of its own")
	}
	q := attribution.EffectQuery{Scope: metrics.Scope{Industry: "retail"}, Range: metrics.Range{From: sevenday.DayOf(monthEnds) - 1, To: sevenday.DayOf(monthEnds)}}
	got, err := c.RemovalEffects(t.Context(), q)
	if err != nil || len(got) != attribution.Portals || got[0].Month.String() != "2026-09-01" || got[0].State != metrics.Open {
		t.Errorf("the rows of a day in September are %+v, %v", got, err)
	}
}

// effectRows are the effects of all months that have begun.
func (n *naiveCredit) effectRows(scope metrics.Scope) []attribution.EffectRow {
	var keys []attribution.FitKey
	for key := range n.chains {
		if key.MerchantID != "" || !slices.ContainsFunc(n.in(scope), func(m *metrics.Merchant) bool { return m.Industry == key.Industry }) {
			continue
		}
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b attribution.FitKey) int {
		return cmp.Or(cmp.Compare(a.Industry, b.Industry), cmp.Compare(a.Month, b.Month))
	})
	rows := []attribution.EffectRow{}
	for _, key := range keys {
		if scope.Merchant != "" {
			if _, own := n.fit(n.in(scope)[0], key.Month); own {
				key.MerchantID = scope.Merchant
			}
		}
		over := metrics.Scope{Industry: key.Industry}
		if key.MerchantID != "" {
			over = metrics.Scope{Merchant: key.MerchantID}
		}
		if state := n.monthState(over, key.Month); state != metrics.NotDue {
			rows = append(rows, n.effectsOf(scope, key, state)...)
		}
	}
	return rows
}

func (n *naiveCredit) effectsOf(scope metrics.Scope, key attribution.FitKey, state metrics.State) []attribution.EffectRow {
	chain := n.chains[key]
	effects, sum := chain.RemovalEffects(), 0.
	for _, effect := range effects {
		sum += float64(effect) / 1e18
	}
	var rows []attribution.EffectRow
	for i, name := range sevenday.PortalNames() {
		row := attribution.EffectRow{
			MerchantID: metrics.NonZero(scope.Merchant), Month: key.Month, Fit: "merchant", Value: name,
			Conversions: int64(chain.Conversions()), State: state,
		}
		for _, count := range chain[attribution.Start] {
			row.Paths += int64(count)
		}
		if key.MerchantID == "" {
			row.Fit, row.Industry = "industry", metrics.Optional(key.Industry)
		}
		if sum > 0 {
			effect := float64(effects[i+1]) / 1e18
			row.RemovalEffect, row.CreditShare = &effect, metrics.Optional(effect/sum)
		}
		rows = append(rows, row)
	}
	return rows
}

func TestTheCreditsOfEachPaymentAddUpAndMakeUpTheDays(t *testing.T) {
	c, w, transitions := attributedWorld(t, 5, ended)
	n := newNaiveCredit(w, transitions)
	for _, merchant := range []string{"apple", "bike"} {
		got, err := c.PaymentCredits(t.Context(), attribution.PaymentQuery{Merchant: merchant})
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(n.paymentRows(metrics.Scope{Merchant: merchant}), got); diff != "" {
			t.Errorf("(-naive +catalog):\n%s", diff)
		}
		sums := map[string]sevenday.Money{}
		for _, row := range got {
			sums[row.TransactionID+string(row.Model)] += row.Credit
		}
		for _, row := range got {
			if sums[row.TransactionID+string(row.Model)] != row.Net {
				t.Fatalf("%s credits %v of payment %s, whose net amount is %v", row.Model, sums[row.TransactionID+string(row.Model)], row.TransactionID, row.Net)
			}
		}
	}
	if _, err := c.PaymentCredits(t.Context(), attribution.PaymentQuery{}); sevenday.KindOf(err) != sevenday.Invalid {
		t.Errorf("without a merchant: %v", err)
	}
	if _, err := c.PaymentCredits(t.Context(), attribution.PaymentQuery{Merchant: "nobody"}); sevenday.KindOf(err) != sevenday.NotFound {
		t.Errorf("of an unknown merchant: %v", err)
	}
}

// paymentRows are those of every payment whose day has begun.
func (n *naiveCredit) paymentRows(scope metrics.Scope) []attribution.PaymentRow {
	rows := []attribution.PaymentRow{}
	for _, line := range n.linesIn(scope) {
		for i := range line.Orders {
			o := &line.Orders[i]
			paidOn := line.Merchant.Calendar.Day(o.PaidAt)
			if !n.within(line.Merchant, metrics.Range{}, paidOn) {
				continue
			}
			for _, model := range attribution.Models {
				up := n.split(model, line, o)
				for j, value := range up.values {
					rows = append(rows, attribution.PaymentRow{
						MerchantID: scope.Merchant, Day: paidOn, TransactionID: o.TransactionID, PaidAt: o.PaidAt, Currency: o.Currency,
						Net: o.Net(), Model: model, Value: value, Weight: float64(up.weights[j]) / 1e9, Credit: sevenday.Money(up.money[j]),
					})
				}
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b attribution.PaymentRow) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.PaidAt, b.PaidAt), cmp.Compare(a.TransactionID, b.TransactionID))
	})
	return rows
}
