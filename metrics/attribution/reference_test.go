package attribution

import (
	"encoding/json"
	"math"
	"math/big"
	"os"
	"strings"
	"testing"

	"sevenday"
)

// reference is testdata/reference/attribution/attribution.json.
type reference struct {
	Portals []string `json:"portals"`
	Paths   []struct {
		Path        string `json:"path"`
		Conversions int64  `json:"conversions"`
		Nulls       int64  `json:"nulls"`
	} `json:"paths"`
	Rules   map[Model]map[string]string `json:"rules"`
	Shapley map[string]string           `json:"shapley_over_orders"`
	Markov  struct {
		Base     string             `json:"base_conversion_probability"`
		Effects  map[string]float64 `json:"removal_effect"`
		Credited map[string]float64 `json:"attributed_conversions"`
	} `json:"markov"`
	ChannelAttribution struct {
		Heuristics map[string][3]float64 `json:"first_last_linear"`
		Simulated  map[string]float64    `json:"markov_simulated"`
	} `json:"channel_attribution"`
}

func readReference(t *testing.T) *reference {
	t.Helper()
	content, err := os.ReadFile("../../testdata/reference/attribution/attribution.json")
	if err != nil {
		t.Fatal(err)
	}
	r := new(reference)
	if err := json.Unmarshal(content, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// channels numbers the data set's portals in order.
func (r *reference) channels() map[string]Channel {
	channels := map[string]Channel{}
	for i, name := range r.Portals {
		channels[name] = Channel(i + 1)
	}
	return channels
}

// path makes a path whose touches are one half-life apart.
func (r *reference) path(text string) *Path {
	p, names := new(Path), strings.Split(text, ">")
	for i, name := range names {
		p.Touch(r.channels()[name], sevenday.Millis(len(names)-1-i)*halfLife)
	}
	return p
}

// credited adds up the exact parts of all converted paths under a rule.
func (r *reference) credited(rule int) map[Channel]*big.Rat {
	sums := map[Channel]*big.Rat{}
	for _, one := range r.Paths {
		p := r.path(one.Path)
		parts := p.parts(rule)
		total := int64(0)
		for _, part := range parts {
			total += int64(part)
		}
		for slot, channel := range p.Portals() {
			if sums[channel] == nil {
				sums[channel] = new(big.Rat)
			}
			sums[channel].Add(sums[channel], big.NewRat(int64(parts[slot])*one.Conversions, total))
		}
	}
	return sums
}

func TestEveryRuleGivesTheReferenceFractions(t *testing.T) {
	r := readReference(t)
	for rule := range Rules {
		compareFractions(t, r, Models[rule], r.credited(rule), r.Rules[Models[rule]])
	}
	compareFractions(t, r, "shapley over all orders", r.credited(shapley), r.Shapley)
	for name, want := range r.ChannelAttribution.Heuristics {
		for i, rule := range []int{firstTouch, lastTouch, linear} {
			got, _ := r.credited(rule)[r.channels()[name]].Float64()
			if math.Abs(got-want[i]) > 1e-9 {
				t.Errorf("%s of %s is %v, ChannelAttribution has %v", Models[rule], name, got, want[i])
			}
		}
	}
}

func compareFractions(t *testing.T, r *reference, model Model, got map[Channel]*big.Rat, want map[string]string) {
	t.Helper()
	if len(want) != len(r.Portals) {
		t.Fatalf("%s: the reference has %d portals", model, len(want))
	}
	for name, fraction := range want {
		expected, ok := new(big.Rat).SetString(fraction)
		if !ok {
			t.Fatalf("%s is no fraction", fraction)
		}
		if got[r.channels()[name]].Cmp(expected) != 0 {
			t.Errorf("%s gives %s %s, want %s", model, name, got[r.channels()[name]].RatString(), fraction)
		}
	}
}

func (r *reference) chain() *Chain {
	c := new(Chain)
	for _, one := range r.Paths {
		count := uint64(one.Conversions + one.Nulls)
		from := Channel(Start)
		for _, name := range strings.Split(one.Path, ">") {
			c[from][r.channels()[name]] += count
			from = r.channels()[name]
		}
		c[from][Conversion] += uint64(one.Conversions)
		c[from][Null] += uint64(one.Nulls)
	}
	return c
}

func TestRemovalEffectsAreThoseOfTheReference(t *testing.T) {
	r := readReference(t)
	chain := r.chain()
	if got := probability(chain, 0).RatString(); got != r.Markov.Base {
		t.Errorf("a path converts with probability %s, want %s", got, r.Markov.Base)
	}
	effects := chain.RemovalEffects()
	sum := 0.
	for portal := range effects {
		sum += effects.Float(Channel(portal))
	}
	for name, want := range r.Markov.Effects {
		effect := effects.Float(r.channels()[name])
		if math.Abs(effect-want) > 1e-9 {
			t.Errorf("the removal effect of %s is %v, want %v", name, effect, want)
		}
		credited := float64(chain.Conversions()) * effect / sum
		if math.Abs(credited-r.Markov.Credited[name]) > 1e-6 {
			t.Errorf("%s is credited with %v conversions, want %v", name, credited, r.Markov.Credited[name])
		}
		if simulated := r.ChannelAttribution.Simulated[name]; math.Abs(credited/simulated-1) > 0.02 {
			t.Errorf("%s is credited with %v conversions, ChannelAttribution simulates %v", name, credited, simulated)
		}
	}
}
