package dashboards

import (
	"context"
	"fmt"
	"math"
	"time"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/metrics/uplift"
	"sevenday/queries"
)

// fixture is a Figures with plausible numbers, to test the HTTP side and to
// look at the pages. Its figures agree with nothing but themselves.
type fixture struct {
	run     uint64
	err     error // returned by every question but Freshness, when set
	asked   map[string]int
	lastAny any
}

const fixtureDays = 90

var (
	fixtureClosed = sevenday.Date(2026, time.November, 21)
	fixtureFirst  = fixtureClosed - fixtureDays + 1
	shanghai      = time.FixedZone("CST", 8*3600)
)

func fixtureMillis(d sevenday.Day, hour int) sevenday.Millis {
	year, month, day := d.Time().Date()
	return sevenday.Millis(time.Date(year, month, day, hour, 0, 0, 0, shanghai).UnixMilli())
}

func newFixture() *fixture { return &fixture{run: 7, asked: map[string]int{}} }

func (f *fixture) note(name string, q any) error {
	f.asked[name]++
	f.lastAny = q
	return f.err
}

func (f *fixture) Freshness(context.Context) (queries.Freshness, error) {
	f.asked["freshness"]++
	return queries.Freshness{
		Run: f.run, Published: fixtureMillis(fixtureClosed+1, 9), Watermark: fixtureMillis(fixtureClosed+1, 7),
		AsOf: fixtureMillis(fixtureClosed+1, 9), Merchants: int64(len(fixtureMerchants())),
	}, nil
}

// wave is a number in [0,1) that looks random and never changes.
func wave(parts ...any) float64 {
	h := uint64(1469598103934665603)
	for _, b := range []byte(fmt.Sprint(parts...)) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	h ^= h >> 29
	return float64(h%100000) / 100000
}

func season(d sevenday.Day) float64 {
	return 1 + 0.25*math.Sin(float64(d.Weekday())/7*2*math.Pi) + 0.12*(wave("s", d)-0.5)
}

func fixtureMerchants() []queries.MerchantRow {
	names := map[string][]string{
		"catering": {"Demo coffee chain", "Demo noodle house", "Demo tea bar"}, "retail": {"Demo fruit shop", "Demo grocer", "Demo bookshop"},
		"travel": {"Demo bike sharing", "Demo metro card"}, "healthcare": {"Demo pharmacy", "Demo dental care"},
		"automobile_aftermarket": {"Demo tire service", "Demo car wash"}, "life_service": {"Demo laundry", "Demo hairdresser"},
	}
	var rows []queries.MerchantRow
	for _, industry := range sevenday.Industries {
		for i, name := range names[industry] {
			rows = append(rows, fixtureMerchant(industry, i, name))
		}
	}
	for i := range 40 {
		rows = append(rows, fixtureMerchant("catering", i+10, fmt.Sprintf("Demo catering %d", i+10)))
	}
	paying := fixtureMerchant("retail", 90, "Demo market stall 示例摊位")
	paying.MerchantID, paying.Activity, paying.MissingEvents = "m-paying", "paying", metrics.Optional("entries")
	paying.Visits, paying.Visitors, paying.ConversionRate = 0, 0, nil
	return append(rows, paying)
}

func fixtureMerchant(industry string, i int, name string) queries.MerchantRow {
	id := fmt.Sprintf("m-%s-%02d", industry, i)
	visits := int64(2000 + 30000*wave(id))
	return queries.MerchantRow{
		MerchantID: id, Name: name, Owner: id, Industry: industry, City: "Hangzhou",
		TimeZone: "Asia/Shanghai", Currency: "CNY", Stores: int64(1 + 20*wave(id, "s")), Declared: true, FirstDay: metrics.Optional(fixtureFirst),
		Visits: visits, Visitors: visits * 8 / 10, Orders: visits / 9, Net: sevenday.Money(visits * 512),
		ConversionRate: metrics.Optional(0.05 + 0.15*wave(id, "c")), Day7: metrics.Optional(0.1 + 0.4*wave(id, "r")), Day7Cohort: visits / 12,
		Activity: "visit",
	}
}

func (f *fixture) Merchants(context.Context) ([]queries.MerchantRow, error) {
	return fixtureMerchants(), f.note("merchants", nil)
}

func (f *fixture) Report(context.Context) (queries.Report, error) {
	claim := func(name, scope, label, unit string, value, half float64, n int64, basis, quoted, estimand string) queries.Claim {
		c := queries.Claim{
			Claim: name, Scope: scope, Label: label, Unit: unit, Value: &value, N: n,
			Basis: basis, Quoted: quoted, Estimand: estimand,
		}
		if half > 0 {
			c.Low, c.High = metrics.Optional(value-half), metrics.Optional(value+half)
		}
		return c
	}
	report := queries.Report{
		AsOf: fixtureMillis(fixtureClosed+1, 9), Watermark: fixtureMillis(fixtureClosed+1, 7),
		From: metrics.Optional(fixtureClosed - 27), To: metrics.Optional(fixtureClosed),
		Claims: []queries.Claim{
			claim("mini_programs", "platform", "mini programs", "count", 480, 0, 480, "merchants with an event", "1,000,000+", "count"),
			claim("daily_active_users", "platform", "daily active users, mean", "count", 41234.4, 0, 28, "days", "230 million", "mean of days"),
			claim("mean_seven_day_retention", "platform", "mean seven-day retention", "rate", 0.2874, 0.011, 468, "merchants with a final cohort", "29 %", "merchant_mean day_7 of new users"),
			claim("visit_conversion", "automobile_aftermarket", "visit conversion, automobile aftermarket", "rate", 0.1562, 0.006, 81234, "visits", "over 15 %", "converted visits / visits"),
			claim("installment_uplift", "platform", "installment uplift of sales", "growth", 0.2312, 0.031, 212, "treated merchants", "+23 %", "geometric"),
			claim("orders_growth", "m-travel-00", "credit exemption: daily orders, two months after", "growth", 1.04, 0.08, 28, "days", "doubled", "mean of days 29-56 after / 28 days before"),
			claim("year_on_year", "m-healthcare-00", "pharmacy: net sales year on year", "growth", 3.02, 0, 4, "whole weeks", "+300 %", "net sales"),
		},
	}
	refused := claim("installment_uplift", "scenic_spots", "installment uplift, scenic spots", "growth", 0, 0, 9, "treated merchants", "", "geometric")
	refused.Value, refused.Refused = nil, metrics.Optional("too few: 9 treated merchants, 20 are needed")
	report.Claims = append(report.Claims, refused)
	return report, f.note("report", nil)
}

func interval(k, n float64) (rate, low, high *float64) {
	if n == 0 {
		return nil, nil, nil
	}
	p := k / n
	half := 1.96 * math.Sqrt(p*(1-p)/n+0.25/(n*n))
	return &p, metrics.Optional(max(0, p-half)), metrics.Optional(min(1, p+half))
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func (f *fixture) Retention(_ context.Context, q retention.Query) ([]retention.Row, error) {
	var rows []retention.Row
	aggregations := []*string{nil}
	if q.Merchant == "" {
		aggregations = []*string{text(retention.Pooled), text(retention.Distinct), text(retention.MerchantMean)}
	}
	for _, aggregation := range aggregations {
		for n := q.FromN; n <= q.ToN; n++ {
			for _, measure := range []retention.Measure{retention.DayN, retention.WithinN, retention.UnboundedN} {
				if n > 0 || measure != retention.WithinN {
					rows = append(rows, retentionCells(q, aggregation, n, measure)...)
				}
			}
		}
	}
	return rows, f.note("retention", q)
}

func retentionCells(q retention.Query, aggregation *string, n int, measure retention.Measure) []retention.Row {
	var rows []retention.Row
	last := metrics.LastDays{Closed: fixtureClosed, Begun: fixtureClosed + 1}
	size := 40 + 25*wave(q.Merchant, "size")
	if q.Merchant == "" {
		size *= 80
	}
	var cohorts, returns float64
	row := func(day *sevenday.Day) retention.Row {
		return retention.Row{
			MerchantID: text(q.Merchant), Industry: text(q.Industry), Aggregation: aggregation, Cohort: q.Cohort, Activity: q.Activity,
			Period: q.Period, CohortDay: day, N: n, Measure: measure, State: metrics.Final,
			HistoryDays: metrics.Optional(int64(fixtureDays)),
		}
	}
	for d := fixtureFirst; d <= last.Begun; d++ {
		if (q.From != 0 && d < q.From) || (q.To != 0 && d >= q.To) {
			continue
		}
		r := row(metrics.Optional(d))
		cohort := math.Round(size * season(d))
		r.State = last.State(d, d+sevenday.Day(n))
		if n > 0 && d+sevenday.Day(n) > last.Begun {
			r.State = metrics.NotDue
		}
		r.CohortUsers = metrics.Optional(int64(cohort))
		base := 1.0
		if n > 0 {
			base = 0.42*math.Pow(float64(n), -0.22) + 0.05*(wave(q.Merchant, d, n)-0.5)
		}
		if r.State != metrics.NotDue {
			returned := math.Round(cohort * base)
			r.ReturnedUsers = metrics.Optional(int64(returned))
			r.Rate, r.Low, r.High = interval(returned, cohort)
			if r.State == metrics.Final {
				cohorts, returns = cohorts+cohort, returns+returned
			}
		}
		rows = append(rows, r)
	}
	pooled := row(nil)
	pooled.CohortUsers, pooled.ReturnedUsers = metrics.Optional(int64(cohorts)), metrics.Optional(int64(returns))
	pooled.Rate, pooled.Low, pooled.High = interval(returns, cohorts)
	if cohorts == 0 {
		pooled.State = metrics.Open
	}
	return append(rows, pooled)
}

func (f *fixture) Conversion(_ context.Context, q conversion.Query) ([]conversion.Row, error) {
	values := []*string{nil}
	if q.ByPortal {
		values = nil
		for _, portal := range sevenday.PortalNames() {
			values = append(values, text(portal))
		}
	}
	var rows []conversion.Row
	if q.Merchant == "m-paying" {
		return rows, f.note("conversion", q)
	}
	for i, value := range values {
		var visits, converted float64
		for d := max(q.From, fixtureFirst); d <= fixtureClosed+1 && (q.To == 0 || d < q.To); d++ {
			v := math.Round(4000 * season(d) / float64(i+1))
			c := math.Round(v * (0.09 + 0.03*float64(i%4) + 0.02*wave(d, i)))
			state := metrics.Final
			if d >= fixtureClosed {
				state = metrics.Open
			} else {
				visits, converted = visits+v, converted+c
			}
			rows = append(rows, conversionRow(q, value, metrics.Optional(d), v, c, state))
		}
		rows = append(rows, conversionRow(q, value, nil, visits, converted, metrics.Final))
	}
	return rows, f.note("conversion", q)
}

func conversionRow(q conversion.Query, value *string, day *sevenday.Day, visits, converted float64, state metrics.State) conversion.Row {
	r := conversion.Row{
		MerchantID: text(q.Merchant), Industry: text(q.Industry), Day: day, Value: value,
		Visits: int64(visits), ConvertedVisits: int64(converted), Currency: text("CNY"),
		Gross: metrics.Optional(sevenday.Money(converted * 4520)), Net: metrics.Optional(sevenday.Money(converted * 4310)), State: state,
	}
	r.Rate, r.Low, r.High = interval(converted, visits)
	return r
}

func (f *fixture) Coupons(_ context.Context, q coupon.Query) ([]coupon.Row, error) {
	var rows []coupon.Row
	for i, value := range []string{"", "payment_success", "life_account_message", "scan", "card_package"} {
		issued := int64(9000 / (i + 1))
		rows = append(rows, coupon.Row{
			MerchantID: text(q.Merchant), Industry: text(q.Industry), Value: text(value),
			Issued: issued, Claimed: issued * 6 / 10, Redeemed: issued * 2 / 10, Gifted: issued / 50, Returned: issued / 90, Expired: issued / 4,
			ClaimRate: metrics.Optional(0.6), RedemptionRate: metrics.Optional(1.0 / 3), State: metrics.Final,
		})
	}
	return rows, f.note("coupons", q)
}

func (f *fixture) Loop(_ context.Context, q loop.Query) ([]loop.Row, error) {
	var rows []loop.Row
	users := map[loop.Step]float64{
		loop.Paid: 24310, loop.Claimed: 9721, loop.Kept: 3120, loop.CameBack: 5204, loop.Redeemed: 2811, loop.PaidAgain: 8050, loop.PaidAgainNotClaimed: 3011,
	}
	for _, step := range []loop.Step{loop.Paid, loop.Claimed, loop.Kept, loop.CameBack, loop.Redeemed, loop.PaidAgain, loop.PaidAgainNotClaimed} {
		cohort := users[loop.Paid]
		if step == loop.PaidAgainNotClaimed {
			cohort -= users[loop.Claimed]
		}
		r := loop.Row{
			MerchantID: text(q.Merchant), Industry: text(q.Industry), Step: step,
			Cohort: int64(cohort), Users: int64(users[step]), State: metrics.Final,
		}
		r.Share, r.Low, r.High = interval(users[step], cohort)
		rows = append(rows, r)
	}
	return rows, f.note("loop", q)
}

func (f *fixture) Sales(_ context.Context, q sales.Query) ([]sales.Row, error) {
	var rows []sales.Row
	total := sales.Row{MerchantID: text(q.Merchant), Industry: text(q.Industry), Merchants: 1, Currency: text("CNY"), State: metrics.Final}
	scale := 1.0
	if q.Merchant == "" {
		scale = 80
	}
	for d := max(q.From, fixtureFirst); d <= fixtureClosed+1 && (q.To == 0 || d < q.To); d++ {
		r := total
		orders := int64(math.Round(60 * scale * season(d)))
		r.Day, r.Orders, r.Buyers = metrics.Optional(d), orders, orders*9/10
		r.Gross, r.Refunds = sevenday.Money(orders*4520), sevenday.Money(orders*120)
		r.Net, r.Consumption = r.Gross-r.Refunds, r.Gross
		r.AverageOrder = metrics.Optional(sevenday.Money(4400))
		r.Visits, r.Visitors, r.NewVisitors, r.Registered = orders*9, orders*7, orders*2, orders/3
		if q.Merchant == "m-paying" {
			r.Visits, r.Visitors, r.NewVisitors, r.Registered = 0, 0, 0, 0
		}
		if d > fixtureClosed {
			r.State = metrics.Open
			r.Orders, r.Visitors, r.Net = r.Orders/3, r.Visitors/3, r.Net/3
		}
		rows = append(rows, r)
	}
	return append(rows, pooledSales(total, rows)), f.note("sales", q)
}

func pooledSales(total sales.Row, rows []sales.Row) sales.Row {
	for _, r := range rows {
		if r.State != metrics.Final {
			continue
		}
		total.Orders, total.Buyers, total.Visits = total.Orders+r.Orders, total.Buyers+r.Buyers, total.Visits+r.Visits
		total.Visitors, total.NewVisitors = total.Visitors+r.Visitors, total.NewVisitors+r.NewVisitors
		total.Gross, total.Refunds, total.Net = total.Gross+r.Gross, total.Refunds+r.Refunds, total.Net+r.Net
		total.Consumption, total.Registered = total.Consumption+r.Consumption, total.Registered+r.Registered
	}
	if total.Orders > 0 {
		total.AverageOrder = metrics.Optional(total.Net / sevenday.Money(total.Orders))
	}
	return total
}

func (f *fixture) Ingest(context.Context) ([]queries.IngestRow, error) {
	return []queries.IngestRow{{Kind: "entry", Received: 10, Landed: 9, Refused: 1, Settled: 10, AddsUp: true}}, f.note("ingest", nil)
}

func (f *fixture) Uplift(_ context.Context, scope metrics.Scope) ([]uplift.Result, error) {
	if scope.Merchant != "" {
		return nil, f.note("uplift", scope)
	}
	results := []uplift.Result{fixtureUplift(scope.Industry, 0.2312, 0.031, 212)}
	if scope.Industry == "" {
		for i, industry := range sevenday.Industries {
			results = append(results, fixtureUplift(industry, 0.05+0.06*float64(i), 0.08+0.01*float64(i), 41-4*i))
		}
	}
	return results, f.note("uplift", scope)
}

func fixtureUplift(industry string, value, half float64, treated int) uplift.Result {
	r := uplift.Result{
		Scope: uplift.ScopePlatform, Industry: text(industry), Estimand: uplift.EstimandGeometric, Treated: treated, Control: 190,
		ControlGroup: uplift.ControlNever, Weeks: 12, LeftOut: []uplift.LeftOut{}, EventStudy: []uplift.EventWeek{}, Warnings: []uplift.Warning{},
	}
	if treated < uplift.FewMerchants {
		r.Refused = &uplift.Refusal{Code: uplift.CodeTooFew, Message: fmt.Sprintf("%d treated merchants: 20 are needed", treated)}
		return r
	}
	r.Estimate, r.Low, r.High = &value, metrics.Optional(value-half), metrics.Optional(value+half)
	r.Naive, r.PreTrend = &uplift.Naive{BeforeAfter: value + 0.19}, &uplift.PreTrend{Statistic: 1.2, P: 0.41}
	for week := -6; week <= 6; week++ {
		r.EventStudy = append(r.EventStudy, fixtureWeek(week, value, half*1.3, treated))
	}
	return r
}

func fixtureWeek(week int, value, half float64, treated int) uplift.EventWeek {
	w := uplift.EventWeek{RelativeWeek: week, Partial: week == 0, Treated: treated}
	if week == -1 {
		return w // the week that the others are compared with
	}
	if week >= 0 {
		w.Estimate = value * (0.5 + 0.5*float64(week)/3)
	}
	w.Estimate += 0.02 * (wave(week) - 0.5)
	w.LowUniform, w.HighUniform = metrics.Optional(w.Estimate-half), metrics.Optional(w.Estimate+half)
	return w
}
