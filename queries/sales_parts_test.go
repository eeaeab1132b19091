package queries

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/sales"
)

// merchantWithCities is a row of table merchants_settled, with the stores' cities.
type merchantWithCities struct {
	settledMerchant
	StoreCities []string `ch:"store_cities"`
}

// someStores are every merchant's; the last names no city.
var someStores = []sevenday.Store{{StoreID: "north", City: "Beijing"}, {StoreID: "south", City: "Shenzhen"}, {StoreID: "corner"}}

// storesWorld is a published world whose orders and visits name stores, one of
// them unknown to the merchant, and whose refunds have dates.
func storesWorld(t testing.TB) (*Catalog, *world) {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 7))
	c := emptyCatalog(t)
	w := randomWorld(t, r, 5)
	for _, line := range w.lines {
		nameStores(r, line)
	}
	var rows []merchantWithCities
	for _, m := range w.merchants {
		m.City = "Hangzhou"
		m.Stores = someStores
		row := merchantWithCities{settledMerchant: settledMerchant{
			MerchantID: m.MerchantID, Declared: true, Industry: m.Industry, City: m.City, TimeZone: m.TimeZone, Currency: m.Currency,
			UserIDScope: m.UserIDScope, SettlementDays: uint16(m.SettlementDays), Version: 1, LeaseUntil: noEnd,
		}}
		for _, s := range m.Stores {
			row.StoreIDs, row.StoreCities = append(row.StoreIDs, s.StoreID), append(row.StoreCities, s.City)
		}
		rows = append(rows, row)
	}
	store(t, c, "merchants_settled", rows)
	w.insert(t, c)
	w.insertRefunds(t, c)
	w.publish(t, c)
	w.admin = c
	return c.asDashboard(t), w
}

func nameStores(r *rand.Rand, line *metrics.Timeline) {
	names := []string{"north", "south", "corner", "elsewhere", ""}
	for i := range line.Entries {
		line.Entries[i].StoreID = names[r.IntN(len(names))]
	}
	for i := range line.Orders {
		o := &line.Orders[i]
		o.StoreID, o.Lever = names[r.IntN(len(names))], sevenday.Lever(r.IntN(6))
		if o.Refunded > 1 {
			half := o.Refunded / 2
			later := o.PaidAt + sevenday.Millis(r.Int64N(int64(20*day)))
			o.Refunds = []metrics.Refunded{{Time: o.PaidAt, Amount: half}, {Time: later, Amount: o.Refunded - half}}
		}
		o.Excess = sevenday.Money(r.IntN(2))
	}
	if line.Person != sevenday.Nobody {
		line.Visits = metrics.CutVisits(line.Visits[:0], line.Entries, line.Merchant.Calendar)
	}
}

// insertRefunds stores what package publish_test does not of the sales' fold.
func (w *world) insertRefunds(t testing.TB, c *Catalog) {
	t.Helper()
	f := sales.NewFold()
	for _, line := range w.lines {
		f.Person(line)
	}
	for _, m := range w.merchants {
		f.Merchant(m)
	}
	store(t, c, "refunds_by_run", f.Refunds)
}

func TestSalesWithDatedRefundsEqualANaiveCount(t *testing.T) {
	c, w := storesWorld(t)
	compareSales(t, c, w)
}

func TestPartsOfSalesEqualANaiveCount(t *testing.T) {
	c, w := storesWorld(t)
	for _, scope := range scopes {
		for i, by := range sales.Breakdowns {
			q := sales.PartQuery{Scope: scope, Range: ranges()[i%len(ranges())], By: by}
			got, err := c.SalesParts(t.Context(), q)
			compare(t, q, w.naiveParts(q), got, err)
		}
	}
	if _, err := c.SalesParts(t.Context(), sales.PartQuery{By: "moon"}); err == nil {
		t.Error("an unknown breakdown is taken")
	}
}

// partKey names a part; day 0 is the range.
type partKey struct {
	day             sevenday.Day
	value, currency string
}

// partBooks gathers the parts of a question.
type partBooks struct {
	w       *world
	q       sales.PartQuery
	parts   map[partKey]*sales.Part
	counted map[string]bool // what a user, or a merchant, was counted for
}

// note lets change write to the part of a merchant's day, and to that of the range.
func (b *partBooks) note(m *metrics.Merchant, k partKey, change func(p *sales.Part, k partKey)) {
	if !b.w.within(m, b.q.Range, k.day) {
		return
	}
	keys := []partKey{k}
	if b.w.stateOf(m, k.day, k.day) == metrics.Final {
		keys = append(keys, partKey{0, k.value, k.currency})
	}
	for _, one := range keys {
		if b.parts[one] == nil {
			b.parts[one] = &sales.Part{}
			if b.q.By.HasAudience() {
				b.parts[one].Visits, b.parts[one].Visitors = new(int64), new(int64)
			}
		}
		b.parts[one].Merchants += b.once(one, m.MerchantID)
		change(b.parts[one], one)
	}
}

// once is 1 the first time it is asked, and then 0.
func (b *partBooks) once(k partKey, what ...any) int64 {
	name := fmt.Sprint(k, what)
	if b.counted[name] {
		return 0
	}
	b.counted[name] = true
	return 1
}

func (w *world) naiveParts(q sales.PartQuery) []sales.Part {
	b := &partBooks{w, q, map[partKey]*sales.Part{}, map[string]bool{}}
	for _, line := range w.linesIn(q.Scope) {
		b.readOrders(line)
		if line.Person != sevenday.Nobody && q.By.HasAudience() {
			b.readVisits(line)
		}
	}
	rows := make([]sales.Part, 0, len(b.parts))
	for k, p := range b.parts {
		rows = append(rows, b.row(k, *p))
	}
	slices.SortFunc(rows, func(x, y sales.Part) int {
		return cmp.Or(compareDays(x.Day, y.Day), cmp.Compare(valueText(x.Value), valueText(y.Value)), cmp.Compare(x.Currency, y.Currency))
	})
	return rows
}

func valueText(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (b *partBooks) readOrders(line *metrics.Timeline) {
	m := line.Merchant
	for _, o := range line.Orders {
		k := partKey{m.Calendar.Day(o.PaidAt), b.valueOf(m, o.StoreID), o.Currency}
		switch b.q.By {
		case sales.ByMethod:
			k.value = o.Method.String()
		case sales.ByLever:
			k.value = o.Lever.String()
		case sales.ByCurrency:
			k.value = o.Currency
		}
		paid := k.day
		b.note(m, k, func(p *sales.Part, k partKey) {
			p.Orders++
			p.Gross, p.Refunds, p.Consumption = p.Gross+o.Amount, p.Refunds+o.Refunded, p.Consumption+o.Amount+o.StoredValue
			if line.Person != sevenday.Nobody {
				p.Buyers += b.once(k, "bought", m.MerchantID, line.Person, paid)
			}
		})
		for _, refund := range o.Refunds {
			k.day = m.Calendar.Day(refund.Time)
			b.note(m, k, func(p *sales.Part, _ partKey) { p.RefundsByDate += refund.Amount })
		}
	}
}

// valueOf is the value of what happened in a store.
func (b *partBooks) valueOf(m *metrics.Merchant, storeID string) string {
	switch b.q.By {
	case sales.ByIndustry:
		return m.Industry
	case sales.ByCity:
		for _, s := range m.Stores {
			if s.StoreID == storeID && s.City != "" {
				return s.City
			}
		}
		return m.City
	default:
		return storeID
	}
}

func (b *partBooks) readVisits(line *metrics.Timeline) {
	m := line.Merchant
	for _, v := range line.Visits {
		day := m.Calendar.Day(v.Start)
		b.note(m, partKey{day, b.valueOf(m, v.StoreID), m.Currency}, func(p *sales.Part, k partKey) {
			*p.Visits++
			if b.q.By != sales.ByIndustry {
				*p.Visitors += b.once(k, "came", m.MerchantID, line.Person, day)
			}
		})
	}
	for _, e := range line.Entries {
		if day := m.Calendar.Day(e.Time); b.q.By == sales.ByIndustry && e.Action == sevenday.ActionVisit {
			b.note(m, partKey{day, m.Industry, m.Currency}, func(p *sales.Part, k partKey) {
				*p.Visitors += b.once(k, "came", m.MerchantID, line.Person, day)
			})
		}
	}
}

func (b *partBooks) row(k partKey, p sales.Part) sales.Part {
	p.MerchantID, p.Industry, p.By = metrics.NonZero(b.q.Merchant), metrics.NonZero(b.q.Industry), b.q.By
	p.Value, p.Day, p.Currency, p.Net = metrics.NonZero(k.value), metrics.NonZero(k.day), k.currency, p.Gross-p.Refunds
	if p.Orders > 0 {
		p.AverageOrder = metrics.Optional(sevenday.Money(float64(p.Net)/float64(p.Orders) + 0.5))
	}
	if p.State = metrics.Final; k.day != 0 {
		p.State = b.w.scopeState(b.q.Scope, func(m *metrics.Merchant) metrics.State { return b.w.stateOf(m, k.day, k.day) })
	}
	return p
}

func TestPartsAddUpToTheWhole(t *testing.T) {
	c, _ := storesWorld(t)
	sum := func(by sales.By) (orders int64, net, byDate sevenday.Money) {
		rows, err := c.SalesParts(t.Context(), sales.PartQuery{By: by})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Day == nil {
				orders, net, byDate = orders+r.Orders, net+r.Net, byDate+r.RefundsByDate
			}
		}
		return orders, net, byDate
	}
	orders, net, byDate := sum(sales.ByCurrency)
	whole, err := c.Sales(t.Context(), sales.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range whole {
		if r.Day == nil {
			orders -= r.Orders
		}
	}
	if orders != 0 {
		t.Errorf("by currency there are %d orders more than in all", orders)
	}
	orders, _, _ = sum(sales.ByCurrency)
	for _, by := range sales.Breakdowns {
		if o, n, d := sum(by); o != orders || n != net || d != byDate {
			t.Errorf("by %s: %d orders, %s, %s; want %d, %s, %s", by, o, n, d, orders, net, byDate)
		}
	}
}
