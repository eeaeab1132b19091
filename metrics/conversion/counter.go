package conversion

import (
	"slices"

	"sevenday"
	"sevenday/metrics/interval"
)

// SeenVisit is a visit as a Counter reads it.
type SeenVisit struct {
	Start   sevenday.Millis
	Day     sevenday.Day
	Value   string // of a breakdown by visits
	Counted bool   // the day is in the range and has begun
	Final   bool   // the day's cell is final
}

// SeenPayment is an order as a Counter reads it.
type SeenPayment struct {
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	DecidedAt  sevenday.Millis `ch:"decided_at"`
	Value      string          `ch:"value"` // of a breakdown by payments
	Currency   string          `ch:"currency,low"`
	Own        bool            `ch:"own"` // Currency is the merchant's
	Gross      sevenday.Money  `ch:"gross"`
	Net        sevenday.Money  `ch:"net"`
	Kept       bool            `ch:"kept"` // counts in net rates
}

// Counter counts conversion over visits and payments, for the questions that no
// stored sum answers: another window, a breakdown by anything.
//
// The payments of a visit are those that belong to it; with unit user, those
// within the window of the visitor's first visit of the day. In a breakdown by
// payments a converted visit stands at the value of its first payment, and money
// at its own payment's value: so both add up to the whole.
//
// It keeps the cells of the answer and the person at hand, nothing else.
type Counter struct {
	detail    Detail
	tallies   map[key]*tally
	touched   []*tally // since the last cluster ended
	starts    []sevenday.Millis
	decisions []sevenday.Millis
	stretches []stretch
}

// tally is a cell that is being counted.
type tally struct {
	key
	total *tally // whose visits are the denominator; itself but for a breakdown by payments
	sums  interval.ClusterSums
	money map[string]amounts

	v, c    float64 // of the cluster at hand
	touched bool
}

// NewCounter returns a counter for a valid question with its defaults filled in.
func NewCounter(d Detail) *Counter {
	return &Counter{detail: d, tallies: make(map[key]*tally)}
}

// Person counts one person's visits at a merchant, in order of time, with the
// person's payments by (decision, payment, id).
func (c *Counter) Person(visits []SeenVisit, payments []SeenPayment) {
	c.starts, c.decisions = c.starts[:0], c.decisions[:0]
	for i := range visits {
		c.starts = append(c.starts, visits[i].Start)
	}
	for i := range payments {
		c.decisions = append(c.decisions, payments[i].DecidedAt)
	}
	c.stretches = stretches(c.stretches[:0], c.starts, c.decisions, c.detail.Window)
	for i := range visits {
		if !visits[i].Counted {
			continue
		}
		s := &c.stretches[i]
		switch {
		case c.detail.Unit == UnitVisit:
			c.visit(&visits[i], payments[s.from:s.own])
		case i == 0 || visits[i-1].Day != visits[i].Day:
			c.visit(&visits[i], payments[s.from:s.until])
		}
	}
	if c.detail.Merchant != "" {
		c.endCluster()
	}
}

// EndMerchant is called after a merchant's last person.
func (c *Counter) EndMerchant() { c.endCluster() }

func (c *Counter) visit(v *SeenVisit, payments []SeenPayment) {
	c.visitOn(v.Day, v, payments)
	if v.Final {
		c.visitOn(0, v, payments)
	}
}

// visitOn counts a visit in the cells of a day, or of the range.
func (c *Counter) visitOn(day sevenday.Day, v *SeenVisit, payments []SeenPayment) {
	total := c.tally(day, "")
	part := total
	if c.detail.By != "" && !c.detail.splitsPayments() {
		part = c.tally(day, v.Value)
		c.touch(part).v++
	}
	if first := c.first(payments); first != nil {
		c.touch(total).c++
		if c.detail.splitsPayments() {
			c.touch(c.tally(day, first.Value)).c++
		} else if part != total {
			part.c++
		}
	}
	c.touch(total).v++
	c.money(day, total, part, payments)
}

// first returns the payment that converts: the earliest that counts.
func (c *Counter) first(payments []SeenPayment) *SeenPayment {
	for i := range payments {
		if payments[i].Kept || c.detail.Basis == BasisGross {
			return &payments[i]
		}
	}
	return nil
}

// money adds what the payments of a visit amount to. A user's payment can lie
// within the windows of two days, so users have none; the values of their
// payments are noted all the same.
func (c *Counter) money(day sevenday.Day, total, part *tally, payments []SeenPayment) {
	for i := range payments {
		p := &payments[i]
		if c.detail.splitsPayments() {
			part = c.tally(day, p.Value)
		}
		if c.detail.Unit == UnitUser {
			continue
		}
		if p.Own {
			total.pay(p)
		}
		if part != total && (p.Own || c.detail.By == ByCurrency) {
			part.pay(p)
		}
	}
}

func (t *tally) pay(p *SeenPayment) {
	if t.money == nil {
		t.money = make(map[string]amounts)
	}
	sum := t.money[p.Currency]
	t.money[p.Currency] = amounts{sum.gross + p.Gross, sum.net + p.Net}
}

func (c *Counter) tally(day sevenday.Day, value string) *tally {
	k := key{day, value}
	t := c.tallies[k]
	if t == nil {
		t = &tally{key: k}
		t.total = t
		if value != "" && c.detail.splitsPayments() {
			t.total = c.tally(day, "")
		}
		c.tallies[k] = t
	}
	return t
}

func (c *Counter) touch(t *tally) *tally {
	if !t.touched {
		t.touched = true
		c.touched = append(c.touched, t)
	}
	return t
}

// endCluster adds the cluster at hand to the sums of the cells it touched.
func (c *Counter) endCluster() {
	for _, t := range c.touched {
		t.sums.Add(interval.OneCluster(t.total.v, t.c))
	}
	for _, t := range c.touched {
		t.v, t.c, t.touched = 0, 0, false
	}
	c.touched = c.touched[:0]
}

// Sums returns the cells of days and of the range in the form in which stored
// sums are read.
func (c *Counter) Sums() (cells, pooled []GroupSums) {
	if c.detail.splitsPayments() {
		c.fillSplit()
	}
	for _, t := range c.tallies {
		rows := t.rows()
		if t.day == 0 {
			pooled = append(pooled, rows...)
		} else {
			cells = append(cells, rows...)
		}
	}
	return cells, pooled
}

// fillSplit gives each value of a breakdown by payments the denominator of all
// visits, also on the days and of the clusters without such a payment.
func (c *Counter) fillSplit() {
	var values []string
	var totals []*tally
	for k, t := range c.tallies {
		if k.value == "" {
			totals = append(totals, t)
		} else if !slices.Contains(values, k.value) {
			values = append(values, k.value)
		}
	}
	for _, total := range totals {
		for _, value := range values {
			part := c.tally(total.day, value)
			part.sums.Clusters, part.sums.V, part.sums.VV = total.sums.Clusters, total.sums.V, total.sums.VV
		}
	}
}

// rows are the cell's counts, and its money by currency.
func (t *tally) rows() []GroupSums {
	rows := make([]GroupSums, 0, 1+len(t.money))
	rows = append(rows, GroupSums{
		Day: t.day, Value: t.value, Clusters: uint64(t.sums.Clusters),
		V: t.sums.V, C: t.sums.C, VV: t.sums.VV, VC: t.sums.VC, CC: t.sums.CC,
	})
	for currency, sum := range t.money {
		rows = append(rows, GroupSums{Currency: currency, Day: t.day, Value: t.value, Gross: sum.gross, Net: sum.net})
	}
	return rows
}
