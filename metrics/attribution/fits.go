package attribution

import "sevenday"

// LeastConversions is how many conversions a merchant's month needs for a fit of
// its own; with fewer the industry's is used.
const LeastConversions = 200

// FitKey names a fit: a merchant's month, or, without a merchant, an industry's.
type FitKey struct {
	Industry   string       `ch:"industry"`
	MerchantID string       `ch:"merchant_id"`
	Month      sevenday.Day `ch:"month"`
}

// FitCell is one cell of a fit's chain, in the form that a database sums.
type FitCell struct {
	FitKey
	Source      uint8  `ch:"source_state"`
	Target      uint8  `ch:"target_state"`
	Transitions uint64 `ch:"transitions"`
}

// Fit is a chain and the removal effects that follow from it.
type Fit struct {
	Chain   Chain
	Effects Effects
}

// Fits are the fits of some months.
type Fits map[FitKey]*Fit

// NewFits solves the chains that the cells make up.
func NewFits(cells []FitCell) Fits {
	fits := make(Fits)
	for i := range cells {
		c := &cells[i]
		fit := fits[c.FitKey]
		if fit == nil {
			fit = new(Fit)
			fits[c.FitKey] = fit
		}
		fit.Chain[c.Source][c.Target] += c.Transitions
	}
	for _, fit := range fits {
		fit.Effects = fit.Chain.RemovalEffects()
	}
	return fits
}

// effects returns the removal effects of a fit; none where nobody came in the month.
func (f Fits) effects(key FitKey) *Effects {
	if fit := f[key]; fit != nil {
		return &fit.Effects
	}
	return new(Effects)
}

// of returns the fit of a merchant's month: its own if it has one, else its
// industry's.
func (f Fits) of(merchantID, industry string, month sevenday.Day) FitKey {
	own := FitKey{industry, merchantID, month}
	if f[own] != nil {
		return own
	}
	return FitKey{industry, "", month}
}
