package queries

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/interval"
)

// shoppingWorld is a published random world whose visits and orders differ in
// all by which conversion is broken down, some of them wholly refunded.
func shoppingWorld(t testing.TB, seed uint64) (*Catalog, *world) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 11))
	c, w := emptyCatalog(t), randomWorld(t, r, 5)
	for _, m := range w.merchants {
		m.City = []string{"", "Hangzhou", "Kunming"}[r.IntN(3)]
		m.Stores = []sevenday.Store{{StoreID: "north", City: "Beijing"}, {StoreID: "south"}}
	}
	for n, line := range w.lines {
		dress(r, line, n)
	}
	w.insertMerchants(t, c)
	if err := c.DB.Exec(t.Context(), testStatement(t, "give_stores_cities"), nil); err != nil {
		t.Fatal(err)
	}
	w.insert(t, c)
	refunds := conversion.NewFold()
	for _, line := range w.lines {
		refunds.Person(line)
	}
	store(t, c, "refunded_orders_by_run", refunds.Refunded)
	w.publish(t, c)
	w.admin = c
	return c.asDashboard(t), w
}

// testStatement returns the text of testdata/name.sql.
func testStatement(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// dress gives a line's entries and orders what the plain world lacks.
func dress(r *rand.Rand, line *metrics.Timeline, n int) {
	for i := range line.Entries {
		e := &line.Entries[i]
		e.StoreID = []string{"", "north", "south", "elsewhere"}[r.IntN(4)]
		e.CampaignID = []string{"", "spring", "summer"}[r.IntN(3)]
		e.Terminal = sevenday.Terminal(1 + r.IntN(6))
	}
	if line.Person != sevenday.Nobody {
		line.Visits = metrics.CutVisits(nil, line.Entries, line.Merchant.Calendar)
	}
	for i := range line.Orders {
		o := &line.Orders[i]
		o.TransactionID = fmt.Sprintf("%d-%d", n, i)
		o.Lever = sevenday.Lever(1 + r.IntN(5))
		if r.IntN(3) == 0 && o.Amount > 0 {
			o.Refunded = o.Amount
			o.RefundedAt = o.PaidAt + sevenday.Millis(r.Int64N(int64(14*day)))
		}
	}
}

// details are questions that together use every breakdown, unit, basis and
// several windows.
func details() []conversion.Detail {
	user, net := conversion.UnitUser, conversion.BasisNet
	list := []conversion.Detail{
		{},
		{Unit: user},
		{Basis: net},
		{Unit: user, Basis: net},
		{By: "portal", Unit: user},
		{By: "portal", Basis: net},
		{By: "industry"},
		{By: "industry", Unit: user, Basis: net},
		{Window: 30 * 60 * 1000},
		{Window: 3 * day, Unit: user},
		{Window: 3 * day, Basis: net, By: "portal"},
		{By: "lever", Unit: user},
		{By: "method", Basis: net, Window: 3 * day},
	}
	for _, by := range []string{"terminal", "store", "campaign", "city", "lever", "method", "currency"} {
		list = append(list, conversion.Detail{By: by})
	}
	return list
}

func TestDetailedConversionEqualsANaiveCountOfTheTimelines(t *testing.T) {
	c, w := shoppingWorld(t, 1)
	for i, d := range details() {
		for j := i % 2; j < len(scopes); j += 2 {
			d.Scope, d.Range = scopes[j], ranges()[(i+j/2)%4]
			got, err := c.ConversionDetail(t.Context(), d)
			compare(t, d, w.naiveDetail(d.WithDefaults()), got, err)
		}
	}
}

func TestTheStoredSumsAndTheVisitsThemselvesAgree(t *testing.T) {
	c, w := shoppingWorld(t, 2)
	for _, d := range details() {
		for _, scope := range scopes {
			d := d.WithDefaults()
			d.Scope = scope
			if !d.Stored() {
				continue
			}
			rows := func(ask func(f Freshness) (*conversion.DetailAnswer, error)) []conversion.DetailRow {
				answer, err := ask(Freshness{Watermark: w.horizon.Watermark, AsOf: w.horizon.AsOf})
				if err != nil {
					t.Fatal(err)
				}
				return answer.Rows()
			}
			stored := rows(func(f Freshness) (*conversion.DetailAnswer, error) { return c.storedConversion(t.Context(), f, d) })
			counted := rows(func(f Freshness) (*conversion.DetailAnswer, error) { return c.countedConversion(t.Context(), f, d) })
			compare(t, d, stored, counted, nil)
		}
	}
}

func TestAQuestionThatMakesNoSenseIsRefused(t *testing.T) {
	c := &Catalog{}
	for _, d := range []conversion.Detail{{By: "weather"}, {Unit: "payment"}, {Basis: "netto"}, {Window: -1}, {Window: 91 * day}} {
		if _, err := c.ConversionDetail(t.Context(), d); sevenday.KindOf(err) != sevenday.Invalid {
			t.Errorf("%+v: %v, want an invalid question", d, err)
		}
	}
}

// naiveTrial is one visit that counts, with the orders that can convert it.
type naiveTrial struct {
	line   *metrics.Timeline
	visit  *metrics.Visit
	orders []*metrics.Order
}

// naiveTrials searches all orders for each visit of a question.
func (w *world) naiveTrials(d conversion.Detail) []naiveTrial {
	var trials []naiveTrial
	for _, line := range w.linesIn(d.Scope) {
		for i := range line.Visits {
			v := &line.Visits[i]
			if !w.within(line.Merchant, d.Range, v.Day) || (d.Unit == conversion.UnitUser && i > 0 && line.Visits[i-1].Day == v.Day) {
				continue
			}
			trial := naiveTrial{line: line, visit: v}
			for j := range line.Orders {
				o := &line.Orders[j]
				taken := d.Unit == conversion.UnitVisit && i+1 < len(line.Visits) && line.Visits[i+1].Start <= o.DecidedAt
				if o.DecidedAt >= v.Start && o.DecidedAt <= v.Start+d.Window && !taken {
					trial.orders = append(trial.orders, o)
				}
			}
			slices.SortFunc(trial.orders, func(a, b *metrics.Order) int {
				return cmp.Or(cmp.Compare(a.DecidedAt, b.DecidedAt), cmp.Compare(a.PaidAt, b.PaidAt), cmp.Compare(a.TransactionID, b.TransactionID))
			})
			trials = append(trials, trial)
		}
	}
	return trials
}

// converting returns the order that converts a trial, nil for none.
func (trial *naiveTrial) converting(basis conversion.Basis) *metrics.Order {
	for _, o := range trial.orders {
		refunded := o.RefundedAt != 0 && o.RefundedAt <= o.PaidAt+7*day
		if basis == conversion.BasisGross || !refunded {
			return o
		}
	}
	return nil
}

func orderValue(o *metrics.Order, by string) string {
	switch by {
	case "lever":
		return o.Lever.String()
	case "method":
		return o.Method.String()
	case "currency":
		return o.Currency
	default:
		return ""
	}
}

func visitValue(m *metrics.Merchant, v *metrics.Visit, by string) string {
	switch by {
	case "portal":
		return v.Portal.String()
	case "terminal":
		return v.Terminal.String()
	case "store":
		return cmp.Or(v.StoreID, "none")
	case "campaign":
		return cmp.Or(v.CampaignID, "none")
	case "industry":
		return m.Industry
	case "city":
		if v.StoreID == "north" {
			return "Beijing"
		}
		return cmp.Or(m.City, "none")
	default:
		return ""
	}
}

type detailKey struct {
	day   sevenday.Day
	value string
}

// naiveDetail puts every trial into every cell it belongs to.
func (w *world) naiveDetail(d conversion.Detail) []conversion.DetailRow {
	trials := w.naiveTrials(d)
	values := map[string]bool{}
	for i := range trials {
		values[visitValue(trials[i].line.Merchant, trials[i].visit, d.By)] = true
		for _, o := range trials[i].orders {
			values[orderValue(o, d.By)] = true
		}
	}
	delete(values, "")
	cells := map[detailKey][]naiveTrial{{}: nil}
	for value := range values {
		cells[detailKey{value: value}] = nil
	}
	split := d.By == "lever" || d.By == "method" || d.By == "currency"
	for _, trial := range trials {
		in := []string{""}
		for value := range values {
			if split || value == visitValue(trial.line.Merchant, trial.visit, d.By) {
				in = append(in, value)
			}
		}
		for _, value := range in {
			k := detailKey{trial.visit.Day, value}
			cells[k] = append(cells[k], trial)
			if w.detailState(d, trial.line.Merchant, k.day) == metrics.Final {
				cells[detailKey{0, value}] = append(cells[detailKey{0, value}], trial)
			}
		}
	}
	keys := make([]detailKey, 0, len(cells))
	for k := range cells {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b detailKey) int {
		return cmp.Or(cmp.Compare(b2i(a.day == 0), b2i(b.day == 0)), cmp.Compare(a.day, b.day), cmp.Compare(valueRank(d.By, a.value), valueRank(d.By, b.value)), cmp.Compare(a.value, b.value))
	})
	var rows []conversion.DetailRow
	for _, k := range keys {
		rows = append(rows, w.naiveDetailRows(d, k, cells[k], split)...)
	}
	return rows
}

func valueRank(by, value string) int {
	names := map[string][]string{
		"portal": sevenday.PortalNames(), "terminal": sevenday.TerminalNames(), "lever": sevenday.LeverNames(), "method": sevenday.MethodNames(),
	}
	if value == "" {
		return -2
	}
	return slices.Index(names[by], value)
}

func (w *world) detailState(d conversion.Detail, m *metrics.Merchant, of sevenday.Day) metrics.State {
	last := m.Calendar.Day(m.Calendar.End(of)-1+d.Window) + sevenday.Day(m.SettlementDays)
	if d.Basis == conversion.BasisNet {
		last += 7
	}
	return w.stateOf(m, of, last)
}

func (w *world) naiveDetailRows(d conversion.Detail, k detailKey, trials []naiveTrial, split bool) []conversion.DetailRow {
	row := conversion.DetailRow{
		MerchantID: metrics.NonZero(d.Merchant), Industry: metrics.NonZero(d.Industry), Unit: d.Unit, Basis: d.Basis,
		WindowHours: float64(d.Window) / float64(hour), By: metrics.NonZero(d.By), Value: metrics.NonZero(k.value), Day: metrics.NonZero(k.day),
		Visits: int64(len(trials)), State: metrics.Open,
	}
	if k.day != 0 {
		row.State = w.scopeState(d.Scope, func(m *metrics.Merchant) metrics.State { return w.detailState(d, m, k.day) })
	} else if len(trials) > 0 {
		row.State = metrics.Final
	}
	clusters, money := map[string][2]float64{}, map[string][2]sevenday.Money{}
	for i := range trials {
		trial := &trials[i]
		name := trial.line.Merchant.MerchantID
		if d.Merchant != "" {
			name = fmt.Sprint(trial.line.Person)
		}
		sums := clusters[name]
		sums[0]++
		if o := trial.converting(d.Basis); o != nil && (!split || k.value == "" || orderValue(o, d.By) == k.value) {
			sums[1]++
			row.ConvertedVisits++
		}
		clusters[name] = sums
		for _, o := range trial.orders {
			here := !split || k.value == "" || orderValue(o, d.By) == k.value
			counts := o.Currency == trial.line.Merchant.Currency || (d.By == "currency" && k.value != "")
			if here && counts {
				sum := money[o.Currency]
				money[o.Currency] = [2]sevenday.Money{sum[0] + o.Amount, sum[1] + o.Amount - o.Refunded}
			}
		}
	}
	w.naiveRate(d, k, &row, clusters)
	return w.naiveMoneyRows(d, k, row, money)
}

func (w *world) naiveRate(d conversion.Detail, k detailKey, row *conversion.DetailRow, clusters map[string][2]float64) {
	if row.Visits == 0 {
		return
	}
	row.Rate = metrics.Optional(float64(row.ConvertedVisits) / float64(row.Visits))
	var sums interval.ClusterSums
	for _, one := range clusters {
		sums.Add(interval.OneCluster(one[0], one[1]))
	}
	i, ok := interval.Clustered(sums, interval.Level)
	if d.Unit == conversion.UnitUser && d.Merchant != "" && k.day != 0 {
		i, ok = interval.Wilson(row.ConvertedVisits, row.Visits, interval.Level)
	}
	if ok {
		row.Low, row.High = &i.Low, &i.High
	}
}

func (w *world) naiveMoneyRows(d conversion.Detail, k detailKey, row conversion.DetailRow, money map[string][2]sevenday.Money) []conversion.DetailRow {
	if d.Unit == conversion.UnitUser {
		return []conversion.DetailRow{row}
	}
	currencies := w.currencies(d.Scope)
	if d.By == "currency" && k.value != "" {
		currencies = []string{k.value}
	}
	var rows []conversion.DetailRow
	for _, currency := range currencies {
		row.Currency = metrics.Optional(currency)
		row.Gross, row.Net = metrics.Optional(money[currency][0]), metrics.Optional(money[currency][1])
		row.GrossPerVisit, row.NetPerVisit = nil, nil
		if row.Visits > 0 {
			row.GrossPerVisit = metrics.Optional((2*money[currency][0] + sevenday.Money(row.Visits)) / sevenday.Money(2*row.Visits))
			row.NetPerVisit = metrics.Optional((2*money[currency][1] + sevenday.Money(row.Visits)) / sevenday.Money(2*row.Visits))
		}
		rows = append(rows, row)
	}
	return rows
}

// userDay is what the independent statement counts of a day.
type userDay struct {
	Day       sevenday.Day `ch:"day"`
	Visitors  uint64       `ch:"visitors"`
	Converted uint64       `ch:"converted"`
}

func TestUserConversionEqualsAnASOFJoin(t *testing.T) {
	c, _ := shoppingWorld(t, 3)
	want, err := warehouse.Select(t.Context(), c.DB, warehouse.LayoutOf[userDay](), testStatement(t, "check_user_conversion"), map[string]any{"merchant": "apple"})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := c.ConversionDetail(t.Context(), conversion.Detail{Scope: metrics.Scope{Merchant: "apple"}, Unit: conversion.UnitUser})
	if err != nil {
		t.Fatal(err)
	}
	var got []userDay
	converted := int64(0)
	for _, r := range rows {
		if r.Day != nil {
			got = append(got, userDay{*r.Day, uint64(r.Visits), uint64(r.ConvertedVisits)})
			converted += r.ConvertedVisits
		}
	}
	want = slices.DeleteFunc(want, func(d userDay) bool { return d.Day > got[len(got)-1].Day }) // has not begun
	compare(t, "users", want, got, nil)
	if converted == 0 {
		t.Error("nobody converts: the comparison proves nothing")
	}
}
