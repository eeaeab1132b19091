package queries

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/retention"
	"sevenday/metrics/uplift"
)

// find returns the claim with a name and scope, which must be there once.
func find(t *testing.T, report Report, name, scope string) Claim {
	t.Helper()
	var found []Claim
	for _, claim := range report.Claims {
		if claim.Claim == name && claim.Scope == scope {
			found = append(found, claim)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d claims %s of %s, want 1", len(found), name, scope)
	}
	return found[0]
}

// mustReport asks for the report.
func mustReport(t *testing.T, c *Catalog) Report {
	t.Helper()
	report, err := c.Report(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// wantFigure checks a claim's figure to nine digits and its interval's presence.
func wantFigure(t *testing.T, claim Claim, value float64, n int64, interval bool) {
	t.Helper()
	if claim.Value == nil || math.Abs(*claim.Value-value) > 1e-9*math.Max(1, math.Abs(value)) || claim.N != n {
		t.Errorf("%s of %s: %s, n %d; want %v, n %d", claim.Claim, claim.Scope, show(claim.Value), claim.N, value, n)
	}
	if got := claim.Low != nil && claim.High != nil; got != interval {
		t.Errorf("%s of %s: an interval is there: %v, want %v", claim.Claim, claim.Scope, got, interval)
	}
}

func show(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

func TestReportQuotesTheFiguresThatTheQuestionsAnswer(t *testing.T) {
	c, w := publishedWorld(t, 5)
	report := mustReport(t, c)
	// The west has closed a day less than the east.
	closed := sevenday.DayOf(ended) - 1
	recent := metrics.Range{From: closed - 27, To: closed + 1}
	if *report.From != recent.From || *report.To != closed || report.Watermark != w.horizon.Watermark || report.AsOf != w.horizon.AsOf {
		t.Errorf("the report covers %s to %s of %d, %d", report.From, report.To, report.Watermark, report.AsOf)
	}
	wantFigure(t, find(t, report, "mini_programs", platform), float64(len(w.merchants)), int64(len(w.merchants)), false)
	visitorDays, users := w.naiveUsers(recent)
	wantFigure(t, find(t, report, "daily_active_users", platform), float64(visitorDays)/28, 28, false)
	wantFigure(t, find(t, report, "users", platform), float64(users), int64(users), false)
	for _, scope := range []metrics.Scope{{}, {Industry: "retail"}, {Industry: "catering"}, {Industry: "travel"}} {
		rows := w.naiveConversion(conversion.Query{Scope: scope, Range: metrics.Range{From: closed - 28, To: closed}})
		row, name := rows[len(rows)-1], platform
		if scope.Industry != "" {
			name = scope.Industry
		}
		wantFigure(t, find(t, report, "visit_conversion", name), *row.Rate, row.Visits, true)
	}
	rows, err := c.Retention(t.Context(), retention.Query{Range: metrics.Range{From: closed - 34, To: closed - 6}, FromN: 7, ToN: 7})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.CohortDay != nil || r.Measure != retention.DayN {
			continue
		}
		switch *r.Aggregation {
		case retention.MerchantMean:
			wantFigure(t, find(t, report, "mean_seven_day_retention", platform), *r.Rate, *r.Merchants, true)
		case retention.Pooled:
			wantFigure(t, find(t, report, "pooled_seven_day_retention", platform), *r.Rate, *r.CohortUsers, true)
		}
	}
	if distinct := find(t, report, "distinct_seven_day_retention", platform); distinct.Refused == nil {
		t.Error("retention of distinct users without figures over merchants is not refused")
	}
}

// naiveUsers counts the merchant-user-days with a visit and the distinct users.
func (w *world) naiveUsers(days metrics.Range) (visitorDays, users int) {
	persons := map[sevenday.Person]bool{}
	for _, line := range w.lines {
		if line.Person == sevenday.Nobody {
			continue
		}
		seen := map[sevenday.Day]bool{}
		for _, e := range line.Entries {
			if day := line.Merchant.Calendar.Day(e.Time); e.Action == sevenday.ActionVisit && w.within(line.Merchant, days, day) {
				seen[day], persons[line.Person] = true, true
			}
		}
		for _, o := range line.Orders {
			if w.within(line.Merchant, days, line.Merchant.Calendar.Day(o.PaidAt)) {
				persons[line.Person] = true
			}
		}
		visitorDays += len(seen)
	}
	return visitorDays, len(persons)
}

// steadyShop has orders each day and a member on some: a merchant for growth.
func steadyShop(m *metrics.Merchant, from, to sevenday.Day, orders func(sevenday.Day) int) []*metrics.Timeline {
	line := &metrics.Timeline{Merchant: m, Person: 1}
	for day := from; day <= to; day++ {
		for i := range orders(day) {
			at := m.Calendar.Start(day) + hour*sevenday.Millis(1+i)
			line.Orders = append(line.Orders, metrics.Order{PaidAt: at, DecidedAt: at, Currency: m.Currency, Amount: 100})
		}
	}
	return []*metrics.Timeline{line}
}

func TestReportShowsWhatACreditExemptionWasFollowedBy(t *testing.T) {
	c := emptyCatalog(t)
	w := &world{merchants: someMerchants(t, 1)[:3]}
	w.horizon.Watermark = sevenday.Millis(ended.UnixMilli())
	w.horizon.AsOf = w.horizon.Watermark
	bike, late := w.merchants[1], w.merchants[2]
	closed := w.horizon.In(bike.Calendar.Location()).Closed
	switched := closed - 56
	bike.Capabilities = []sevenday.Capability{
		{Name: "credit_exemption", EnabledAt: bike.Calendar.Start(switched) + 9*hour},
		{Name: "credit_exemption", EnabledAt: bike.Calendar.Start(switched - 50), Void: true},
		{Name: "navigation", EnabledAt: bike.Calendar.Start(switched - 60)},
	}
	// Its 56 days are closed in the east only.
	late.Capabilities = []sevenday.Capability{{Name: "credit_exemption", EnabledAt: late.Calendar.Start(switched)}}
	w.lines = steadyShop(bike, switched-40, closed, func(day sevenday.Day) int {
		switch {
		case day < switched-28 || (day >= switched && day <= switched+28):
			return 9 // in neither span
		case day < switched-21:
			return 1
		case day < switched:
			return 2
		default:
			return 4
		}
	})
	w.lines = append(w.lines, steadyShop(late, switched-40, closed, func(sevenday.Day) int { return 1 })...)
	// Ten members from long ago, and seven who come on the first day after the span before.
	for person := range sevenday.Person(17) {
		day := switched - 39
		if person >= 10 {
			day = switched
		}
		entry := metrics.Entry{Time: bike.Calendar.Start(day) + hour, Action: sevenday.ActionRegister}
		w.lines = append(w.lines, &metrics.Timeline{Merchant: bike, Person: 100 + person, Entries: []metrics.Entry{entry}})
	}
	w.insertMerchants(t, c)
	w.insert(t, c)
	w.publish(t, c)
	report := mustReport(t, c.asDashboard(t))
	orders := find(t, report, "orders_after_credit_exemption", "bike")
	wantFigure(t, orders, 4/1.75-1, 4*28, true)
	wantFigure(t, find(t, report, "registered_users_after_credit_exemption", "bike"), 0.7, 17, false)
	for _, claim := range report.Claims {
		if claim.Scope == "cafe" {
			t.Errorf("a switch whose 56 days are not closed is reported: %+v", claim)
		}
	}
	if len(orders.Quoted) == 0 || orders.Refused != nil {
		t.Errorf("quoted %q, refused %v", orders.Quoted, orders.Refused)
	}
}

func TestReportComparesWholeWeeksWithThoseAYearBefore(t *testing.T) {
	c := emptyCatalog(t)
	w := &world{merchants: someMerchants(t, 1)[:3]}
	w.horizon.Watermark = sevenday.Millis(ended.UnixMilli())
	w.horizon.AsOf = w.horizon.Watermark
	sunday := sevenday.Date(2026, 9, 27)
	apple, cafe := w.merchants[0], w.merchants[2]
	// A jump on the Monday after, and one just before, must not show.
	w.lines = steadyShop(apple, sunday-28, sunday+1, func(day sevenday.Day) int { return 4 + 10*b2i(day > sunday || day <= sunday-28) })
	before := steadyShop(apple, sunday-364-28, sunday-364+1, func(day sevenday.Day) int {
		return 1 + 10*b2i(day > sunday-364 || day <= sunday-364-28)
	})
	w.lines[0].Orders = append(before[0].Orders, w.lines[0].Orders...)
	// Three weeks of a year ago are too few.
	w.lines = append(w.lines, steadyShop(cafe, sunday-364-20, sunday, func(sevenday.Day) int { return 1 })...)
	w.insertMerchants(t, c)
	w.insert(t, c)
	w.publish(t, c)
	report := mustReport(t, c.asDashboard(t))
	wantFigure(t, find(t, report, "sales_year_on_year", "apple"), 3, 4, false) // no week differs from the others
	top := find(t, report, "top_industry_by_net_sales", "retail")
	wantFigure(t, top, 1, 1, false)
	for _, claim := range report.Claims {
		if claim.Claim == "sales_year_on_year" && claim.Scope != "apple" {
			t.Errorf("a merchant without the four weeks of a year ago is reported: %+v", claim)
		}
	}
}

// upliftFigure is a row of table uplift_figures.
type upliftFigure struct {
	Run        uint64 `ch:"run"`
	Industry   string `ch:"industry"`
	Capability string `ch:"capability,low"`
	Result     string `ch:"result"`
}

func TestUpliftIsTheEstimateOfThePublishedRun(t *testing.T) {
	c, w := publishedWorld(t, 6)
	figure := func(run uint64, industry string, estimate float64, refused bool) upliftFigure {
		r := uplift.Result{Scope: uplift.ScopePlatform, Estimand: uplift.EstimandGeometric, Treated: 40, Control: 50, Industry: metrics.NonZero(industry)}
		if refused {
			r.Refused = &uplift.Refusal{Code: uplift.CodeTooFew, Message: "too few"}
		} else {
			r.Estimate, r.Low, r.High = &estimate, metrics.Optional(estimate-0.1), metrics.Optional(estimate+0.1)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return upliftFigure{run, industry, "installments", string(text)}
	}
	run := w.merchants[0].Run
	store(t, w.admin, "uplift_figures", []upliftFigure{
		figure(run, "", 0.23, false), figure(run, "retail", 0.3, false), figure(run, "catering", 0, true),
		figure(run-2, "", 0.9, false), figure(run+4, "", 0.8, false),
	})
	for _, test := range []struct {
		scope metrics.Scope
		want  []string
	}{
		{metrics.Scope{}, []string{"", "catering", "retail"}},
		{metrics.Scope{Industry: "retail"}, []string{"retail"}},
		{metrics.Scope{Merchant: "apple"}, nil},
	} {
		results, err := c.Uplift(t.Context(), test.scope)
		if err != nil {
			t.Fatal(err)
		}
		if len(results) != len(test.want) {
			t.Fatalf("%+v: %d results, want %d", test.scope, len(results), len(test.want))
		}
		for i, r := range results {
			if industry := metrics.NonZero(test.want[i]); (r.Industry == nil) != (industry == nil) || (industry != nil && *r.Industry != *industry) {
				t.Errorf("%+v: result %d is of %v, want %q", test.scope, i, r.Industry, test.want[i])
			}
		}
	}
	report := mustReport(t, c)
	wantFigure(t, find(t, report, "installment_uplift", platform), 0.23, 40, true)
	if refused := find(t, report, "installment_uplift", "catering"); refused.Refused == nil || refused.Value != nil {
		t.Errorf("a refused uplift has a figure: %+v", refused)
	}
}

func TestUsersAreThoseWhoseIdsCanBeMatched(t *testing.T) {
	recent := span{100, 127}
	some := (&peopleRow{Merchants: 5, MerchantsWithOwnIDs: 2, DistinctUsers: 9}).users(recent)
	wantFigure(t, some, 9, 9, false)
	if !strings.Contains(some.Basis, "without 2 merchants") {
		t.Errorf("the basis does not tell who is left out: %s", some.Basis)
	}
	if none := (&peopleRow{Merchants: 2, MerchantsWithOwnIDs: 2}).users(recent); none.Value != nil || none.Refused == nil {
		t.Errorf("users of merchants with ids of their own are counted: %+v", none)
	}
}

func TestTheMeanOfDaysStartsWithTheHistory(t *testing.T) {
	young := (&peopleRow{UserDays: 50, FirstDay: 118}).daily(span{100, 127})
	wantFigure(t, young, 5, 10, false)
	if none := (&peopleRow{}).daily(span{100, 127}); none.Value != nil || none.Refused == nil {
		t.Errorf("a platform without a closed day has daily users: %+v", none)
	}
}
