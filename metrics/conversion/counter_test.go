package conversion

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// seen are a line's visits and payments as a counter reads them.
func seen(line *metrics.Timeline, by string) (visits []SeenVisit, payments []SeenPayment) {
	for i := range line.Visits {
		v := &line.Visits[i]
		visits = append(visits, SeenVisit{Start: v.Start, Day: v.Day, Value: v.Portal.String(), Counted: true})
	}
	var orders []*metrics.Order
	for i := range line.Orders {
		orders = append(orders, &line.Orders[i])
	}
	byDecision(orders)
	for _, o := range orders {
		p := SeenPayment{
			MerchantID: "m", Person: line.Person, DecidedAt: o.DecidedAt, Value: o.Method.String(),
			Currency: o.Currency, Own: o.Currency == "CNY", Gross: o.Amount, Net: o.Net(), Kept: Kept(o),
		}
		if by == ByCurrency {
			p.Value = o.Currency
		}
		payments = append(payments, p)
	}
	return visits, payments
}

func count(d Detail, lines ...*metrics.Timeline) []GroupSums {
	c := NewCounter(d.WithDefaults())
	for _, line := range lines {
		c.Person(seen(line, d.By))
	}
	c.EndMerchant()
	cells, _ := c.Sums()
	return cells
}

// ofFold are the fold's sums in the form of a counter's, for a question.
func ofFold(d Detail, sums []Sums) map[key]*cell {
	var rows []GroupSums
	for _, s := range sums {
		g := GroupSums{
			Currency: "CNY", Day: s.Day, Value: s.Portal.String(), Clusters: s.Users, V: float64(s.Visits), C: float64(s.Converted),
			VV: float64(s.VV), VC: float64(s.VC), CC: float64(s.CC), Gross: s.Gross, Net: s.Net,
		}
		if d.Basis == BasisNet {
			g.C, g.VC, g.CC = float64(s.Kept), float64(s.VK), float64(s.KK)
		}
		if d.Unit == UnitUser {
			c := float64(s.VisitorsConverted)
			if d.Basis == BasisNet {
				c = float64(s.VisitorsKept)
			}
			v := float64(s.Visitors)
			g = GroupSums{Day: s.Day, Value: g.Value, Clusters: s.Visitors, V: v, C: c, VV: v, VC: c, CC: c}
		}
		if g.V > 0 {
			rows = append(rows, g)
		}
	}
	return merge(rows)
}

// withoutNothing leaves out amounts of zero, which say as much as none.
func withoutNothing(cells map[key]*cell) map[key]*cell {
	for _, c := range cells {
		for currency, sum := range c.money {
			if sum == (amounts{}) {
				delete(c.money, currency)
			}
		}
	}
	return cells
}

func TestACounterCountsWhatTheFoldStores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, m, 1), randomLine(t, m, 2)}
		sums := fold(m, lines...).Sums
		for _, unit := range []Unit{UnitVisit, UnitUser} {
			for _, basis := range []Basis{BasisGross, BasisNet} {
				d := Detail{Scope: metrics.Scope{Merchant: "m"}, By: ByPortal, Unit: unit, Basis: basis}
				got, want := merge(count(d, lines...)), ofFold(d, sums)
				if diff := gocmp.Diff(withoutNothing(want), withoutNothing(got), gocmp.AllowUnexported(cell{}, key{}, amounts{})); diff != "" {
					t.Fatalf("%s, %s (-fold +counter):\n%s", unit, basis, diff)
				}
			}
		}
	})
}

func TestThePartsOfABreakdownAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, m, 1), randomLine(t, m, 2)}
		by := rapid.SampledFrom([]string{ByPortal, ByMethod, ByCurrency}).Draw(t, "by")
		window := rapid.SampledFrom([]sevenday.Millis{minute, Window, 3 * Window}).Draw(t, "window")
		cells := merge(count(Detail{By: by, Window: window}, lines...))
		type sum struct {
			v, c  float64
			gross sevenday.Money
		}
		whole, parts := map[sevenday.Day]sum{}, map[sevenday.Day]sum{}
		for k, c := range cells {
			into := whole
			if k.value != "" {
				into = parts
			}
			s := into[k.day]
			s.v, s.c, s.gross = s.v+c.sums.V, s.c+c.sums.C, s.gross+c.money["CNY"].gross
			into[k.day] = s
			if all := cells[key{day: k.day}]; by != ByPortal && c.sums.V != all.sums.V {
				t.Fatalf("%s of %s has %v visits below the line, all are %v", k.value, k.day, c.sums.V, all.sums.V)
			}
		}
		for day, all := range whole {
			part := parts[day]
			if part.c != all.c || part.gross != all.gross || (by == ByPortal && part.v != all.v) {
				t.Fatalf("%s by %s: the parts are %+v, the whole %+v", day, by, part, all)
			}
		}
	})
}

func TestAConvertedVisitStandsAtItsFirstPaymentAndMoneyAtItsOwn(t *testing.T) {
	m := merchant(t)
	line := &metrics.Timeline{Person: 1, Visits: []metrics.Visit{visit(m, start, sevenday.PortalScan)}}
	line.Orders = []metrics.Order{
		{TransactionID: "b", PaidAt: start + minute, DecidedAt: start + minute, Currency: "CNY", Amount: 100, Method: sevenday.MethodInstallments},
		{TransactionID: "a", PaidAt: start, DecidedAt: start, Currency: "CNY", Amount: 7, Refunded: 7, RefundedAt: start + minute, Method: sevenday.MethodCredit},
	}
	for _, test := range []struct {
		basis Basis
		want  string // where the visit stands
	}{{BasisGross, "credit"}, {BasisNet, "installments"}} {
		var at []string
		money := map[string]sevenday.Money{}
		for _, g := range count(Detail{By: ByMethod, Basis: test.basis}, line) {
			if g.Value != "" && g.C > 0 {
				at = append(at, g.Value)
			}
			money[g.Value] += g.Gross
		}
		if !slices.Equal(at, []string{test.want}) || money["credit"] != 7 || money["installments"] != 100 || money[""] != 107 {
			t.Errorf("%s: the visit stands at %q with money %v", test.basis, at, money)
		}
	}
}
