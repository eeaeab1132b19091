package funnel

import (
	"strings"
	"testing"

	"sevenday"
)

func TestStepsAreReadAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]string{
		DefaultSteps:       "visit > claim > pay > repurchase",
		"visit>pay>pay":    "visit > pay > repurchase",
		"pay > repurchase": "pay > repurchase",
		"visit[ portal = scan | search ] > pay [min=50]": "visit[portal=scan|search] > pay[min=50]",
		"follow[terminal=amap,campaign=x] > issue[coupon=gift_card] > redeem[placement=life_account_message] > pay[lever=takeaway,method=credit,currency=CNY,store=s1]": "follow[terminal=amap,campaign=x] > issue[coupon=gift_card] > redeem[placement=life_account_message] > pay[lever=takeaway,method=credit,currency=CNY,store=s1]",
	} {
		f, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if f.String() != want || f.Mode != Ordered || f.Window != DefaultWindow {
			t.Errorf("%s is %s, %s within %d, want %s", text, f.String(), f.Mode, f.Window, want)
		}
		again, err := Parse(f.String())
		if err != nil || again.String() != want {
			t.Errorf("%s is read again as %s, %v", want, again.String(), err)
		}
	}
}

func TestAFaultIsNamedWithItsStep(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "step 1 of the funnel: there is nothing",
		"visit":                                "a funnel has 2 to 10 steps, this one 1",
		"visit > ":                             "step 2 of the funnel: there is nothing",
		"visit > buy":                          `step 2 of the funnel: kind "buy" is unknown: use one of visit, register`,
		"visit[portal=scan > pay":              `step 1 of the funnel: "visit[portal=scan" does not end with a bracket`,
		"visit[portal] > pay":                  `step 1 of the funnel: "portal" is no condition: write key=value`,
		"visit[method=credit] > pay":           `step 1 of the funnel: visit has no condition "method": use portal, terminal, store, campaign`,
		"visit[portal=door] > pay":             `step 1 of the funnel: portal "door" is unknown: use one of scan, search`,
		"visit > pay[min=-1]":                  "step 2 of the funnel: min: ",
		"visit > pay[min=1|2]":                 "step 2 of the funnel: min takes one amount",
		"visit > pay[method=]":                 "step 2 of the funnel: method has no value",
		"visit > pay[store=a,store=b]":         "step 2 of the funnel: store is given twice",
		"visit > claim[placement=kitchen]":     `step 2 of the funnel: placement "kitchen" is unknown`,
		strings.Repeat("pay > ", 10) + "visit": "a funnel has 2 to 10 steps, this one 11",
	} {
		_, err := Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) || sevenday.KindOf(err) != sevenday.Invalid {
			t.Errorf("%q: %v, want an invalid question with %q", text, err, want)
		}
	}
}

func TestOnlyTheKeptFunnelIsTheDefault(t *testing.T) {
	f := Default()
	if !f.IsDefault() {
		t.Error("the default funnel is not the default")
	}
	strict, short := f, f
	strict.Mode, short.Window = Strict, DefaultWindow-1
	other, err := Parse("visit > claim > pay > pay[min=1]")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []Funnel{strict, short, other} {
		if f.IsDefault() {
			t.Errorf("%s, %s within %d is taken for the default", f.String(), f.Mode, f.Window)
		}
	}
	wrong := []Funnel{{Steps: f.Steps, Mode: "any", Window: 1}, {Steps: f.Steps, Mode: Strict}, {Steps: f.Steps, Mode: Strict, Window: MaxWindow + 1}}
	for _, f := range wrong {
		if err := f.Validate(); sevenday.KindOf(err) != sevenday.Invalid {
			t.Errorf("%s within %d: %v, want an invalid question", f.Mode, f.Window, err)
		}
	}
}
