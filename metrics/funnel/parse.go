package funnel

import (
	"fmt"
	"slices"
	"strings"

	"sevenday"
)

// Parse reads a funnel's steps. The mode is ordered and the window
// DefaultWindow; both may be changed afterwards.
//
//	steps      = step ">" step { ">" step }
//	step       = kind [ "[" condition { "," condition } "]" ]
//	condition  = key "=" value { "|" value }
//
// Kinds are visit, register, collect, uncollect, follow, unfollow, issue, claim,
// gift, receive, redeem, return, expire, void and pay; repurchase is another
// word for pay. Visits and actions take portal, terminal, store and campaign,
// coupons placement, coupon and campaign, payments method, lever, store,
// currency and min, an amount in the payment's own currency before refunds.
// Of several values one must hold, of several conditions all. Spaces count
// nowhere.
//
// Errors are Invalid ones that name the step and the fault.
func Parse(text string) (Funnel, error) {
	f := Funnel{Mode: Ordered, Window: DefaultWindow}
	for i, part := range strings.Split(text, ">") {
		step, err := parseStep(strings.ReplaceAll(part, " ", ""))
		if err != nil {
			return Funnel{}, sevenday.Invalidf("step %d of the funnel: %w", i+1, err)
		}
		f.add(step)
	}
	return f, f.Validate()
}

// add appends a step, under one name for what is the same: the payments after
// the first are repurchases.
func (f *Funnel) add(step Step) {
	name := step.Kind.String()
	if step.Kind == Pay && slices.ContainsFunc(f.Steps, func(s Step) bool { return s.Kind == Pay }) {
		name = repurchase
	}
	_, conditions, bracketed := strings.Cut(step.text, "[")
	step.text = name
	if bracketed {
		step.text += "[" + conditions
	}
	f.Steps = append(f.Steps, step)
}

func parseStep(text string) (Step, error) {
	step := Step{text: text}
	name, conditions, bracketed := strings.Cut(text, "[")
	kind, ok := parseKind(name)
	switch {
	case text == "":
		return step, fmt.Errorf("there is nothing: write one of %s", strings.Join(kindNames[:], ", "))
	case !ok:
		return step, fmt.Errorf("kind %q is unknown: use one of %s", name, strings.Join(kindNames[:], ", "))
	}
	step.Kind = kind
	if !bracketed {
		return step, nil
	}
	conditions, closed := strings.CutSuffix(conditions, "]")
	if !closed {
		return step, fmt.Errorf("%q does not end with a bracket: write %s[key=value]", text, kind)
	}
	given := make(map[string]bool)
	for condition := range strings.SplitSeq(conditions, ",") {
		key, values, ok := strings.Cut(condition, "=")
		if !ok {
			return step, fmt.Errorf("%q is no condition: write key=value", condition)
		}
		if given[key] {
			return step, fmt.Errorf("%s is given twice: write %s=one|other where either will do", key, key)
		}
		given[key] = true
		if err := step.condition(key, strings.Split(values, "|")); err != nil {
			return step, err
		}
	}
	return step, nil
}

// conditionKeys are the conditions that a kind takes, by its family.
var conditionKeys = [...][]string{
	entryFamily:  {"portal", "terminal", "store", "campaign"},
	couponFamily: {"placement", "coupon", "campaign"},
	payFamily:    {"method", "lever", "store", "currency", "min"},
}

// condition adds a condition to the step.
func (s *Step) condition(key string, values []string) (err error) {
	keys := conditionKeys[s.Kind.family()]
	if !slices.Contains(keys, key) {
		return fmt.Errorf("%s has no condition %q: use %s", s.Kind, key, strings.Join(keys, ", "))
	}
	if slices.Contains(values, "") {
		return fmt.Errorf("%s has no value: write %s=value", key, key)
	}
	switch key {
	case "store":
		s.stores = values
	case "campaign":
		s.campaigns = values
	case "currency":
		s.currencies = values
	case "min":
		s.least, err = parseLeast(values)
	case "terminal", "coupon", "lever":
		s.what, err = parseNames(key, values)
	default:
		s.where, err = parseNames(key, values)
	}
	return err
}

func parseLeast(values []string) (sevenday.Money, error) {
	if len(values) > 1 {
		return 0, fmt.Errorf("min takes one amount, not %s", strings.Join(values, "|"))
	}
	least, err := sevenday.ParseMoney(values[0], 2)
	if err != nil {
		return 0, fmt.Errorf("min: %w", err)
	}
	return least, nil
}

// enumerations are the values of the conditions that take names of a list, with
// the numbers that events carry.
var enumerations = map[string]struct {
	parse func(string) (uint8, bool)
	names func() []string
}{
	"portal":    {number(sevenday.ParsePortal), sevenday.PortalNames},
	"terminal":  {number(sevenday.ParseTerminal), sevenday.TerminalNames},
	"placement": {number(sevenday.ParsePlacement), sevenday.PlacementNames},
	"coupon":    {number(sevenday.ParseCouponKind), sevenday.CouponKindNames},
	"method":    {number(sevenday.ParseMethod), sevenday.MethodNames},
	"lever":     {number(sevenday.ParseLever), sevenday.LeverNames},
}

func number[E ~uint8](parse func(string) (E, bool)) func(string) (uint8, bool) {
	return func(name string) (uint8, bool) {
		value, ok := parse(name)
		return uint8(value), ok
	}
}

// parseNames returns the values' numbers, a bit each.
func parseNames(key string, values []string) (uint16, error) {
	set := uint16(0)
	for _, name := range values {
		value, ok := enumerations[key].parse(name)
		if !ok {
			return 0, fmt.Errorf("%s %q is unknown: use one of %s", key, name, strings.Join(enumerations[key].names(), ", "))
		}
		set |= 1 << value
	}
	return set, nil
}
