package queries

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/sales"
)

const (
	// creditExemption is the capability that the case studies are about.
	creditExemption = "credit_exemption"
	// daysAfter is the last day of a case study, counted from the switch.
	daysAfter sevenday.Day = 56
	// maxCases is how many merchants are shown of each kind of growth.
	maxCases = 5
	// maxSwitched bounds the merchants that a case is chosen from, so that the
	// statement's parameters stay small: the first that switched.
	maxSwitched = 1000
	// yearDays is a year of whole weeks, so that weekdays stand against themselves.
	yearDays sevenday.Day = 364
	// wholeWeeks is how many weeks are compared with those of a year before.
	wholeWeeks = 4
)

// switchedRow is one span in which a merchant had a capability.
type switchedRow struct {
	MerchantID string          `ch:"merchant_id"`
	Name       string          `ch:"name"`
	TimeZone   string          `ch:"time_zone"`
	EnabledAt  sevenday.Millis `ch:"enabled_at"`
	DisabledAt sevenday.Millis `ch:"disabled_at"` // 0 while it is on
}

// caseRow is a merchant before and after a switch, week by week.
type caseRow struct {
	MerchantID    string       `ch:"merchant_id"`
	FirstDay      sevenday.Day `ch:"first_day"`
	OrdersBefore  []float64    `ch:"orders_before"`
	OrdersAfter   []float64    `ch:"orders_after"`
	MembersBefore float64      `ch:"members_before"` // users registered so far, mean of the days
	MembersAfter  float64      `ch:"members_after"`
}

// study is a merchant whose switch is long enough ago.
type study struct {
	merchant, name string
	day            sevenday.Day // of the switch, in the merchant's zone
}

// caseClaims compare days 29 to 56 after the switch with the 28 days before it.
func (c *Catalog) caseClaims(ctx context.Context, groups metrics.Groups) ([]Claim, error) {
	rows, err := warehouse.Select(ctx, c.DB, switchedLayout, c.statement("report_switched"), map[string]any{"capability": creditExemption})
	if err != nil {
		return nil, err
	}
	studies, err := studiesOf(rows, groups)
	if err != nil || len(studies) == 0 {
		return nil, err
	}
	byMerchant := make(map[string]study, len(studies))
	var merchants []string
	var switched []sevenday.Day
	for _, s := range studies {
		byMerchant[s.merchant] = s
		merchants, switched = append(merchants, s.merchant), append(switched, s.day)
	}
	cases, err := warehouse.Select(ctx, c.DB, caseLayout, c.statement("report_cases"),
		map[string]any{"merchants": merchants, "switched": switched, "limit": maxCases})
	if err != nil {
		return nil, err
	}
	var claims []Claim
	for i := range cases {
		claims = append(claims, byMerchant[cases[i].MerchantID].claims(&cases[i])...)
	}
	return claims, nil
}

// studiesOf keeps the merchants whose first switch has its 56 days closed behind
// it, and stayed on through them.
func studiesOf(rows []switchedRow, groups metrics.Groups) ([]study, error) {
	closed := make(map[string]sevenday.Day)
	for i := range groups {
		closed[groups[i].TimeZone] = groups[i].Closed
	}
	var studies []study
	for i, row := range rows {
		if i > 0 && rows[i-1].MerchantID == row.MerchantID {
			continue
		}
		location, err := time.LoadLocation(row.TimeZone)
		if err != nil {
			return nil, &sevenday.Error{Op: "cut the days of", Subject: row.MerchantID, Err: err}
		}
		calendar := sevenday.NewCalendar(location)
		last := calendar.Day(row.EnabledAt) + daysAfter
		if last > closed[row.TimeZone] || (row.DisabledAt != 0 && calendar.Day(row.DisabledAt) <= last) {
			continue
		}
		studies = append(studies, study{row.MerchantID, row.Name, last - daysAfter})
	}
	slices.SortFunc(studies, func(a, b study) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.merchant, b.merchant))
	})
	return studies[:min(len(studies), maxSwitched)], nil
}

func (s study) claims(row *caseRow) []Claim {
	spans := fmt.Sprintf("%s against %s", span{s.day + daysAfter - recentDays + 1, s.day + daysAfter}, span{s.day - recentDays, s.day - 1})
	orders := newClaim("orders_after_credit_exemption", s.merchant, s.name+": daily orders two months after credit exemption", unitGrowth,
		"mean of days 29 to 56 after the switch / mean of the 28 days before it, less one").
		ofGrowth(row.OrdersBefore, row.OrdersAfter, fmt.Sprintf("orders after the switch, %s; weeks as units", spans))
	orders.N = int64(total(row.OrdersAfter))
	members := newClaim("registered_users_after_credit_exemption", s.merchant, s.name+": registered users two months after credit exemption", unitGrowth,
		"users registered so far: mean of days 29 to 56 after the switch / mean of the 28 days before it, less one")
	basis := fmt.Sprintf("registered users after the switch, %s; no interval: a stock's days are not independent", spans)
	if row.MembersBefore == 0 {
		return []Claim{orders, members.refused(int64(row.MembersAfter), basis, "nobody was registered before the switch")}
	}
	return []Claim{orders, members.with(row.MembersAfter/row.MembersBefore-1, int64(row.MembersAfter), basis)}
}

func (c Claim) ofGrowth(before, after []float64, basis string) Claim {
	growth, ok := sales.WeeklyGrowth(before, after)
	if !ok {
		return c.refused(0, basis, "there is nothing to compare with")
	}
	c = c.with(growth.Value, int64(len(after)), basis)
	c.Low, c.High = growth.Low, growth.High
	return c
}

func total(weeks []float64) float64 {
	sum := 0.0
	for _, x := range weeks {
		sum += x
	}
	return sum
}

// yearRow is a merchant's weekly net sales, in its currency.
type yearRow struct {
	MerchantID string    `ch:"merchant_id"`
	Name       string    `ch:"name"`
	NetBefore  []float64 `ch:"net_before"`
	NetAfter   []float64 `ch:"net_after"`
	Comparable int64     `ch:"comparable"` // merchants that have both years
}

// yearClaims compare the last four whole weeks that are closed with the same
// weeks of the year before, for the merchants that grew most.
func (c *Catalog) yearClaims(ctx context.Context, closed sevenday.Day) ([]Claim, error) {
	sunday := (closed + 1).Monday() - 1
	weeks := span{sunday - 7*wholeWeeks + 1, sunday}
	past := weeks.before(yearDays)
	rows, err := warehouse.Select(ctx, c.DB, yearLayout, c.statement("report_years"),
		map[string]any{"from": weeks.from, "past": past.from, "limit": maxCases})
	if err != nil {
		return nil, err
	}
	claims := make([]Claim, len(rows))
	for i := range rows {
		r := &rows[i]
		basis := fmt.Sprintf("whole weeks, %s against %s; weeks as units; chosen for its growth: the top %d of %d mini programs with sales in all eight weeks",
			weeks, past, len(rows), r.Comparable)
		claims[i] = newClaim("sales_year_on_year", r.MerchantID, r.Name+": net sales year on year", unitGrowth,
			"net sales / those of the same weeks a year before, less one").ofGrowth(r.NetBefore, r.NetAfter, basis)
	}
	return claims, nil
}

// industryRow is what one industry sold in one currency.
type industryRow struct {
	Industry  string         `ch:"industry"`
	Currency  string         `ch:"currency"`
	Merchants int64          `ch:"merchants"`
	Net       sevenday.Money `ch:"net"`
}

// industryClaims are the industries with the most net sales. Money of different
// currencies is never added up, so they are those of the currency with the most merchants.
func industryClaims(rows []industryRow, recent span) []Claim {
	currency := mainCurrency(rows)
	rows = slices.DeleteFunc(slices.Clone(rows), func(r industryRow) bool { return r.Currency != currency || r.Net <= 0 })
	sum := sevenday.Money(0)
	for _, r := range rows {
		sum += r.Net
	}
	slices.SortStableFunc(rows, func(a, b industryRow) int { return cmp.Compare(b.Net, a.Net) })
	claims := make([]Claim, min(len(rows), maxCases))
	for i := range claims {
		r := rows[i]
		claims[i] = newClaim("top_industry_by_net_sales", r.Industry, "share of net sales, "+words(r.Industry), unitRate,
			"net sales of the industry / of the platform, in "+currency).
			with(float64(r.Net)/float64(sum), r.Merchants, fmt.Sprintf("merchants, %s; %s of %s %s", recent, r.Net, sum, currency))
	}
	return claims
}

// mainCurrency is the currency of the most merchants, the first by name of several.
func mainCurrency(rows []industryRow) string {
	merchants := make(map[string]int64)
	main := ""
	for _, r := range rows {
		merchants[r.Currency] += r.Merchants
	}
	for _, r := range rows {
		if main == "" || merchants[r.Currency] > merchants[main] || (merchants[r.Currency] == merchants[main] && r.Currency < main) {
			main = r.Currency
		}
	}
	return main
}
