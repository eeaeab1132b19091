package funnel

import (
	"slices"
	"strings"

	"sevenday"
)

// Mode says what may happen between two steps.
type Mode string

// The modes.
const (
	Ordered Mode = "ordered" // anything
	Strict  Mode = "strict"  // nothing of the kinds that the funnel lists
)

// MaxSteps is how many steps a funnel may have: more than anybody reads at one
// glance, and few enough that an engine's state fits into a few cache lines.
const MaxSteps = 10

// MaxWindow is the longest conversion window: 90 days. A question reads that
// much beyond its range.
const MaxWindow sevenday.Millis = 90 * 24 * 60 * 60 * 1000

// DefaultWindow is the conversion window where none is named: 30 days, as long
// as the payment-success page's loop waits for the next payment.
const DefaultWindow sevenday.Millis = 30 * 24 * 60 * 60 * 1000

// Funnel is a list of steps, what may lie between them, and within what time of
// the first all of them must come.
type Funnel struct {
	Steps  []Step
	Mode   Mode
	Window sevenday.Millis // from the first step, its end included
}

// Step is a kind of event with conditions, all of which must hold.
type Step struct {
	Kind  Kind
	where uint16 // the values of Event.Where that are taken, a bit each; 0 takes all
	what  uint16 // as where, of Event.What

	stores, campaigns, currencies []string       // empty takes all
	least                         sevenday.Money // of the amount
	text                          string         // as it is written, without spaces
}

// String returns the step as it is written.
func (s *Step) String() string { return s.text }

// takes tells whether an event of the step's kind meets its conditions.
func (s *Step) takes(e *Event) bool {
	return (s.where == 0 || s.where>>e.Where&1 == 1) &&
		(s.what == 0 || s.what>>e.What&1 == 1) &&
		e.Amount >= s.least &&
		among(s.stores, e.StoreID) && among(s.campaigns, e.Campaign) && among(s.currencies, e.Currency)
}

func among(names []string, name string) bool { return len(names) == 0 || slices.Contains(names, name) }

// DefaultSteps is the funnel that is kept for every merchant.
const DefaultSteps = "visit > claim > pay > " + repurchase

// Default returns the funnel that is kept for every merchant: from a visit to a
// claimed coupon, a payment and the next, in 30 days, whatever lies between.
func Default() Funnel {
	f, err := Parse(DefaultSteps)
	if err != nil {
		panic(err) // a mistake in the program's text
	}
	return f
}

// IsDefault tells whether the funnel is the one that is kept.
func (f *Funnel) IsDefault() bool {
	kept := Default()
	return f.Mode == kept.Mode && f.Window == kept.Window && f.String() == kept.String()
}

// String returns the steps as they are written; a payment after a payment is a
// repurchase.
func (f *Funnel) String() string {
	var text []string
	for i := range f.Steps {
		text = append(text, f.Steps[i].text)
	}
	return strings.Join(text, " > ")
}

// Needs tells which of an event's texts any condition looks at: the others may be
// left empty.
func (f *Funnel) Needs() (stores, campaigns, currencies bool) {
	for i := range f.Steps {
		step := &f.Steps[i]
		stores = stores || len(step.stores) > 0
		campaigns = campaigns || len(step.campaigns) > 0
		currencies = currencies || len(step.currencies) > 0
	}
	return stores, campaigns, currencies
}

// Validate tells, as an Invalid error, what is wrong with a funnel.
func (f *Funnel) Validate() error {
	switch {
	case len(f.Steps) < 2 || len(f.Steps) > MaxSteps:
		return sevenday.Invalidf("a funnel has 2 to %d steps, this one %d: write steps such as %q", MaxSteps, len(f.Steps), DefaultSteps)
	case f.Mode != Ordered && f.Mode != Strict:
		return sevenday.Invalidf("mode %q is unknown: use ordered or strict", f.Mode)
	case f.Window < 1 || f.Window > MaxWindow:
		return sevenday.Invalidf("the conversion window must be longer than 0 and at most %d days", MaxWindow/(24*60*60*1000))
	}
	return nil
}
