// Package uplift estimates what switching something on did to those that
// switched it on, from a panel of units (merchants) over periods (weeks) in
// which they did so at different times or never.
//
// # Estimand
//
// ATT(g,t), the effect on the units of group g (those first treated in period
// g) in period t:
//
//	ATT(g,t) = E[ Y_t(g) - Y_t(never) | G = g ]
//
// and averages of it: over all treated cells (Simple), by relative time t-g
// (EventStudy), by group (ByGroup) and by period (ByPeriod). The effect is one
// on the units that were treated, not on those that never were.
//
// # Assumptions
//
//   - Parallel trends: without treatment, group g and its controls would have
//     changed alike since the base period, given the covariates of the earlier
//     of the two periods. The leads of the event study can speak against it,
//     they cannot prove it: PreTrend.
//   - No anticipation earlier than Options.Anticipation periods before g.
//   - Overlap: for every treated unit there are controls like it.
//   - One unit's treatment leaves the others' outcomes alone.
//   - Treatment is never taken back.
//
// # What it is not
//
// It is not a regression with two-way fixed effects, which takes units already
// treated for controls and may get the sign wrong when effects grow.
//
// # Errors
//
// A standard error is the root of the mean squared influence over n, with
// divisor n and no small-sample factor; clusters (by default the units) are
// summed first. Errors of averages contain the influence of the estimated
// group shares. Simultaneous bands come from a multiplier bootstrap.
//
// Sources: Callaway and Sant'Anna, Journal of Econometrics 225 (2021);
// Sant'Anna and Zhao, Journal of Econometrics 219 (2020), for the doubly robust
// and weighted forms. Every figure equals that of the R packages did 2.5.1 and
// DRDID 1.2.3 on three data sets: testdata/reference/uplift.
//
//	panel, err := uplift.NewPanel(rows)
//	effects, err := uplift.CallawaySantAnna(panel, uplift.Options{})
//	study, ok := effects.EventStudy()
//	bands := study.Bands(999, seed, 0.95)
//
// Merchants is the product's own use of it: merchants' weekly sales in, the
// headline figure with everything a reader needs to judge it out.
package uplift
