package registry

import "slices"

// Language of a definition's text.
type Language string

// The languages, by their codes.
const (
	English Language = "en"
	Chinese Language = "zh"
)

// Languages lists the languages, the first being the default.
var Languages = [...]Language{English, Chinese}

// Unit is what a figure is measured in.
type Unit string

// The units.
const (
	Fraction Unit = "fraction" // of 1: 0.29 is 29 %
	Growth   Unit = "growth"   // a fraction added: 0.23 is +23 %
	Count    Unit = "count"
	Mixed    Unit = "mixed" // counts and money: each column says
	None     Unit = "none"  // a notion, not a number
)

// Direction tells which way is good, for colors and arrows.
type Direction string

// The directions.
const (
	Up      Direction = "up"      // more is better
	Neutral Direction = "neutral" // neither is
)

// Definition is one figure, or one notion that figures share.
type Definition struct {
	Name      string
	Aliases   []string // what people call it as well
	Query     string   // the question of `sevenday query` that answers with it, empty for none
	Unit      Unit
	Direction Direction
	Version   int // raised when the figure changes its meaning; old publications keep theirs
	Columns   []Column
	English   Text
	Chinese   Text
}

// Text is a definition in one language. Empty parts do not apply.
type Text struct {
	Title       string   `json:"title"`
	Question    string   `json:"question"`
	Grain       string   `json:"grain,omitempty"` // what one number is of
	Numerator   string   `json:"numerator,omitempty"`
	Denominator string   `json:"denominator,omitempty"`
	Window      string   `json:"window,omitempty"` // the time that is looked at
	States      string   `json:"states,omitempty"` // when it is not due, open and final
	Interval    string   `json:"interval,omitempty"`
	Notes       []string `json:"notes,omitempty"`
}

// Text returns the text in a language, English for an unknown one.
func (d *Definition) Text(in Language) Text {
	if in == Chinese {
		return d.Chinese
	}
	return d.English
}

// All returns the definitions in the order in which they are read best: notions
// first, then figures.
func All() []Definition {
	return slices.Concat(notions, retentions, conversions, funnels, attributions, journeys, lifecycles, accounts, benchmarks, uplifts)
}

// Find returns the definition of a name or alias.
func Find(name string) (Definition, bool) {
	all := All()
	at := slices.IndexFunc(all, func(d Definition) bool { return d.Name == name || slices.Contains(d.Aliases, name) })
	if at < 0 {
		return Definition{}, false
	}
	return all[at], true
}

// Names lists the definitions' names, in their order.
func Names() []string {
	var names []string
	for _, d := range All() {
		names = append(names, d.Name)
	}
	return names
}
