// Package attribution gives each payment's net amount to the portals through
// which the user came before it, under seven models side by side, and keeps the
// credits of every payment equal to its net amount to the last minor unit.
//
// Credit is not a causal effect: it says who was there before the payment, not
// what would have happened without them.
//
// The six rules (last_touch, first_touch, linear, position, time_decay, shapley)
// need nothing but the payment's own path, so the fold applies them. The seventh,
// markov, needs the removal effects of a whole month of a merchant or of an
// industry. The fold counts the transitions that they follow from; the effects
// and the credits are made when they are asked for, so that they always belong
// to the transitions of one publication. Sums are kept per path for it.
//
//	fold := attribution.NewFold()
//	fold.Person(timeline)
//	fold.Merchant(merchant)
//	store(fold.Touches, fold.Sums, fold.Paths, fold.Transitions)
package attribution
