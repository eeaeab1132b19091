package simulate

import (
	"math"

	"sevenday"
)

// Claim is a figure of the headline report with the value it is expected to
// have in these records.
type Claim struct {
	Claim string `json:"claim"`
	// Scope is platform, an industry, or a merchant's id.
	Scope string `json:"scope"`
	// Estimand tells which of the quantities of that name it is, because they differ.
	Estimand string `json:"estimand"`
	Unit     string `json:"unit"` // count, rate or growth (0.23 is +23 %)
	// Expected is the figure under the generating probabilities, given the
	// realized merchants, cohorts, visits and weeks.
	Expected float64 `json:"expected"`
	// Deviation is the standard deviation of the realized figure around
	// Expected; 0 for counts and for effects, whose error the estimator reports.
	Deviation  float64      `json:"deviation"`
	N          int64        `json:"n"` // what is behind the figure: merchants, visits or users
	From       sevenday.Day `json:"from"`
	To         sevenday.Day `json:"to"` // the last day, itself in
	Definition string       `json:"definition"`
	Tolerance  string       `json:"tolerance"`
}

// The claims' names.
const (
	ClaimMerchants   = "mini_programs"
	ClaimDay7        = "mean_seven_day_retention"
	ClaimConversion  = "visit_conversion"
	ClaimUplift      = "installment_uplift"
	ClaimOrders      = "orders_after_credit_exemption"
	ClaimMembers     = "registered_users_after_credit_exemption"
	ClaimYear        = "sales_year_on_year"
	ScopePlatform    = "platform"
	byDraws          = "the draws are independent given the cohorts and visits: normal with the deviation"
	byEstimator      = "compare with the estimator's own interval"
	secondOrderRatio = "ratio of two sums of orders: normal with the deviation, to first order"
)

// claims lists every figure that was planted.
func (r *run) claims(cells []UpliftCell) []Claim {
	list := []Claim{{
		Claim: ClaimMerchants, Scope: ScopePlatform, Estimand: "count", Unit: "count",
		Expected: float64(len(r.world.programs)), N: int64(len(r.world.programs)),
		From: r.world.from, To: r.world.config.Until,
		Definition: "merchants with a record", Tolerance: "exact",
	}}
	list = append(list, r.retentionClaims()...)
	list = append(list, r.conversionClaims()...)
	list = append(list, r.upliftClaims(cells)...)
	for _, p := range r.world.programs {
		list = append(list, r.creditClaims(p)...)
	}
	return append(list, r.yearClaims()...)
}

// scopes are the platform, whose industry is nil, and the industries.
func scopes() []*industry { return append([]*industry{nil}, industries...) }

func scopeName(in *industry) string {
	if in == nil {
		return ScopePlatform
	}
	return in.name
}

// members visits the observations of a scope's merchants with visits.
func (r *run) members(in *industry, visit func(o *observation)) {
	for i, p := range r.world.programs {
		if p.visits() && (in == nil || p.industry == in) {
			visit(&r.observed[i])
		}
	}
}

func (r *run) retentionClaims() []Claim {
	var list []Claim
	w := r.world.windows
	for _, in := range scopes() {
		var pooled, mean chances
		r.members(in, func(o *observation) {
			pooled.merge(o.cohort)
			if rate, deviation := o.cohort.rate(); o.cohort.trials > 0 {
				mean.merge(chances{1, rate, deviation * deviation})
			}
		})
		base := Claim{Claim: ClaimDay7, Scope: scopeName(in), Unit: "rate", From: w.cohortFrom, To: w.cohortTo, Tolerance: byDraws}
		base.Definition = "day_7 of new cohorts by visits: "
		list = base.appendRate(list, "merchant_mean", "plain mean over merchants of the share of their new users who visit on the seventh day after the first", mean)
		list = base.appendRate(list, "pooled", "share of all merchant-user pairs that visit on the seventh day after the first", pooled)
	}
	return list
}

// appendRate appends the claim of one estimand; none where there is nothing behind it.
func (c Claim) appendRate(list []Claim, estimand, words string, draws chances) []Claim {
	if draws.trials == 0 {
		return list
	}
	c.Estimand, c.N = estimand, draws.trials
	c.Definition += words
	c.Expected, c.Deviation = draws.rate()
	return append(list, c)
}

func (r *run) conversionClaims() []Claim {
	var list []Claim
	w := r.world.windows
	for _, in := range scopes() {
		var pooled, mean chances
		r.members(in, func(o *observation) {
			visits := o.visits()
			pooled.merge(visits)
			if rate, deviation := visits.rate(); visits.trials > 0 {
				mean.merge(chances{1, rate, deviation * deviation})
			}
		})
		base := Claim{Claim: ClaimConversion, Scope: scopeName(in), Unit: "rate", From: w.visitFrom, To: w.visitTo, Tolerance: byDraws}
		base.Definition = "visits followed within 24 hours by a payment that belongs to them: "
		list = base.appendRate(list, "pooled", "share of all visits", pooled)
		list = base.appendRate(list, "merchant_mean", "plain mean over merchants of their shares", mean)
	}
	return list
}

func (r *run) upliftClaims(cells []UpliftCell) []Claim {
	var list []Claim
	for _, in := range scopes() {
		inScope := func(c UpliftCell) bool { return in == nil || c.Industry == in.name }
		list = r.appendUplift(list, scopeName(in), "", cells, inScope)
		if in != nil {
			continue
		}
		list = r.appendUplift(list, ScopePlatform, "_without_adoption_week", cells, func(c UpliftCell) bool { return c.Week > c.Group })
		list = r.appendUplift(list, ScopePlatform, "_identified_industries", cells, func(c UpliftCell) bool { return identified(c.Industry) })
	}
	return list
}

func identified(name string) bool {
	for _, in := range industries {
		if in.name == name {
			return in.identified()
		}
	}
	return false
}

func (r *run) appendUplift(list []Claim, scope, variant string, cells []UpliftCell, keep func(UpliftCell) bool) []Claim {
	u, ok := SumUplift(cells, keep)
	if !ok {
		return list
	}
	panel := r.world.panel
	add := func(estimand, words string, expected float64) {
		list = append(list, Claim{
			Claim: ClaimUplift, Scope: scope, Estimand: estimand + variant, Unit: "growth", Expected: expected,
			N: int64(u.Cells), From: panel[0], To: panel[len(panel)-1] + 6, Tolerance: byEstimator,
			Definition: "effect on weekly net sales less installment fees over the adopters' whole weeks" + weeksWords(variant) + ": " + words,
		})
	}
	add("geometric", "exp of the mean effect on log sales, less one", u.Geometric)
	add("ratio_of_sums", "sum of sales over the sum without installments, less one", u.RatioOfSums)
	add("mean_of_ratios", "mean of each merchant week's ratio to itself without installments, less one", u.MeanOfRatios)
	return list
}

func weeksWords(variant string) string {
	switch variant {
	case "_without_adoption_week":
		return " after the week of the adoption"
	case "_identified_industries":
		return " from the week of the adoption on, in the industries meant to be large enough"
	}
	return " from the week of the adoption on"
}

// creditClaims are those of a merchant that switched the credit exemption on.
func (r *run) creditClaims(p *program) []Claim {
	if !p.credit.on {
		return nil
	}
	s := r.world.windows.credit
	claim := func(name, estimand, words string, growth, deviation float64, n float64) Claim {
		return Claim{
			Claim: name, Scope: p.MerchantID, Estimand: estimand, Unit: "growth", Expected: growth, Deviation: deviation,
			N: int64(n), From: s.after, To: s.afterTo, Tolerance: secondOrderRatio,
			Definition: words + ", mean of days 29 to 56 after the switch over the mean of the 28 days before it, less one",
		}
	}
	after, before := p.orders(s.after, s.afterTo, 1), p.orders(s.before, s.beforeTo, 1)
	orders, ordersError := after.growthOver(before)
	flow, flowError := p.newcomers(s.after, s.afterTo).growthOver(p.newcomers(s.before, s.beforeTo))
	stock, stockError := p.stockGrowth(s)
	return []Claim{
		claim(ClaimOrders, "daily_orders", "orders a day", orders, ordersError, after.mean),
		claim(ClaimMembers, "stock", "users registered so far", stock, stockError, p.meanMembers(s.after, s.afterTo)),
		claim(ClaimMembers, "daily_new", "users registering a day", flow, flowError, p.newcomers(s.after, s.afterTo).mean),
	}
}

// newcomers is the number of new users who consent, which is Poisson.
func (p *program) newcomers(from, to sevenday.Day) outcome {
	sum := 0.0
	for day := from; day <= to; day++ {
		sum += p.newOn(day) * (1 - withoutAssent)
	}
	return outcome{sum, sum}
}

// meanMembers is the mean over the days of the registered users so far who consent.
func (p *program) meanMembers(from, to sevenday.Day) float64 {
	return (1 - withoutAssent) * (p.meanStock(from, to) + float64(p.credit.oldMembers))
}

// stockGrowth compares the stocks of members. What they share is the stock
// before; the rest arrives as a Poisson process, so that the growth's variance
// is about that of the arrivals in between, over the stock, plus the share of
// the stock's own.
func (p *program) stockGrowth(s creditSpan) (growth, deviation float64) {
	before, after := p.meanMembers(s.before, s.beforeTo), p.meanMembers(s.after, s.afterTo)
	growth = after/before - 1
	random := before - float64(p.credit.oldMembers)
	variance := (after - before + growth*growth*max(0, random)) / (before * before)
	return growth, math.Sqrt(variance)
}

// yearClaims compare the last whole weeks with the same weeks a year before.
func (r *run) yearClaims() []Claim {
	var list []Claim
	weeks := r.world.windows.weeks
	for _, past := range r.world.ago {
		p := r.world.find(past.MerchantID)
		now, then := p.orders(weeks.from, weeks.to, p.amountSquare()), past.orders(weeks.from-yearDays, weeks.to-yearDays, p.amountSquare())
		growth, deviation := now.growthOver(then)
		list = append(list, Claim{
			Claim: ClaimYear, Scope: p.MerchantID, Estimand: "net_sales", Unit: "growth", Expected: growth, Deviation: deviation,
			N: int64(now.mean), From: weeks.from, To: weeks.to, Tolerance: secondOrderRatio,
			Definition: "net sales of the last four whole weeks over those of the same weeks a year before, less one",
		})
	}
	return list
}

func (w *World) find(merchant string) *program {
	for _, p := range w.programs {
		if p.MerchantID == merchant {
			return p
		}
	}
	return nil
}
