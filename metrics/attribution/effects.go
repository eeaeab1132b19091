package attribution

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// EffectAnswer is everything that the rows of one question about removal effects
// are made from.
type EffectAnswer struct {
	EffectQuery
	Fits       Fits
	Groups     metrics.Groups            // of the merchant, where one is asked for
	Industries map[string]metrics.Groups // of all merchants of each industry in the fits
}

// Rows returns the removal effects of all portals, by industry and month. Months
// that have not begun are left out. For a merchant a month has its own fit where
// it had LeastConversions, else its industry's.
//
//	credit_share = removal effect / sum of the removal effects
//
// A fit is final when its month, the lookback after it and the settlement of
// every merchant in it are over.
//
// Source: docs/metrics.md, removal effects.
func (a *EffectAnswer) Rows() []EffectRow {
	keys := slices.SortedFunc(maps.Keys(a.Fits), func(x, y FitKey) int {
		return cmp.Or(cmp.Compare(x.Industry, y.Industry), cmp.Compare(x.Month, y.Month))
	})
	rows := []EffectRow{}
	for _, key := range keys {
		if state := a.state(key); a.holds(key) && state != metrics.NotDue {
			rows = append(rows, a.rows(key, state)...)
		}
	}
	return rows
}

// holds tells whether a fit is one that the scope's payments are split by, as a whole.
func (a *EffectAnswer) holds(key FitKey) bool {
	if a.Merchant == "" {
		return key.MerchantID == ""
	}
	return key == a.Fits.of(a.Merchant, key.Industry, key.Month)
}

func (a *EffectAnswer) state(key FitKey) metrics.State {
	groups := a.Industries[key.Industry]
	if key.MerchantID != "" {
		groups = a.Groups
	}
	return groups.SettledState(key.Month, monthOver(key.Month))
}

func (a *EffectAnswer) rows(key FitKey, state metrics.State) []EffectRow {
	fit := a.Fits[key]
	row := EffectRow{
		MerchantID: metrics.NonZero(a.Merchant), Month: key.Month, Fit: FitMerchant,
		Paths: int64(fit.Chain.left(Start)), Conversions: int64(fit.Chain.Conversions()), State: state,
	}
	if key.MerchantID == "" {
		row.Fit, row.Industry = FitIndustry, metrics.Optional(key.Industry)
	}
	sum := 0.
	for portal := range fit.Effects {
		sum += fit.Effects.Float(Channel(portal))
	}
	var rows []EffectRow
	for portal := Channel(1); portal < sevenday.Portals; portal++ {
		row.Value = portal.String()
		if sum > 0 {
			effect := fit.Effects.Float(portal)
			row.RemovalEffect, row.CreditShare = metrics.Optional(effect), metrics.Optional(effect/sum)
		}
		rows = append(rows, row)
	}
	return rows
}
