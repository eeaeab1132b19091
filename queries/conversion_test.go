package queries

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/interval"
)

func compareConversion(t *testing.T, c *Catalog, w *world) {
	for _, scope := range scopes {
		for i, days := range ranges() {
			q := conversion.Query{Scope: scope, Range: days, ByPortal: i%2 == 0}
			got, err := c.Conversion(t.Context(), q)
			compare(t, q, w.naiveConversion(q), got, err)
		}
	}
}

// naiveVisit is a visit with what it led to.
type naiveVisit struct {
	merchant   *metrics.Merchant
	cluster    string
	day        sevenday.Day
	portal     sevenday.Portal
	converted  bool
	gross, net sevenday.Money
}

// naiveVisits searches for every order the latest visit that it can belong to.
func (w *world) naiveVisits(q conversion.Query) []naiveVisit {
	var all []naiveVisit
	for _, line := range w.linesIn(q.Scope) {
		m := line.Merchant
		if line.Person == sevenday.Nobody {
			continue
		}
		visits := make([]naiveVisit, len(line.Visits))
		for i, v := range line.Visits {
			visits[i] = naiveVisit{merchant: m, cluster: m.MerchantID, day: m.Calendar.Day(v.Start), portal: v.Portal}
			if q.Merchant != "" {
				visits[i].cluster = fmt.Sprint(line.Person)
			}
		}
		for _, o := range line.Orders {
			latest := -1
			for i, v := range line.Visits {
				if v.Start <= o.DecidedAt && o.DecidedAt <= v.Start+24*hour {
					latest = i
				}
			}
			if latest < 0 {
				continue
			}
			visits[latest].converted = true
			if o.Currency == m.Currency {
				visits[latest].gross += o.Amount
				visits[latest].net += o.Amount - o.Refunded
			}
		}
		all = append(all, visits...)
	}
	return slices.DeleteFunc(all, func(v naiveVisit) bool { return !w.within(v.merchant, q.Range, v.day) })
}

func (w *world) conversionState(m *metrics.Merchant, day sevenday.Day) metrics.State {
	return w.stateOf(m, day, day+1+sevenday.Day(m.SettlementDays))
}

func (w *world) naiveConversion(q conversion.Query) []conversion.Row {
	visits := w.naiveVisits(q)
	type cellKey struct {
		day    sevenday.Day
		portal sevenday.Portal
	}
	cells := map[cellKey][]naiveVisit{}
	portals := map[sevenday.Portal]bool{sevenday.PortalNone: true}
	for _, v := range visits {
		values := []sevenday.Portal{sevenday.PortalNone}
		if q.ByPortal {
			values = append(values, v.portal)
		}
		for _, portal := range values {
			portals[portal] = true
			cells[cellKey{v.day, portal}] = append(cells[cellKey{v.day, portal}], v)
			if w.conversionState(v.merchant, v.day) == metrics.Final {
				cells[cellKey{0, portal}] = append(cells[cellKey{0, portal}], v)
			}
		}
	}
	for portal := range portals {
		if _, ok := cells[cellKey{0, portal}]; !ok {
			cells[cellKey{0, portal}] = nil
		}
	}
	keys := make([]cellKey, 0, len(cells))
	for k := range cells {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(b2i(a.day == 0), b2i(b.day == 0)), cmp.Compare(a.day, b.day), cmp.Compare(a.portal, b.portal))
	})
	var rows []conversion.Row
	for _, k := range keys {
		state := metrics.Open
		if k.day != 0 {
			state = w.scopeState(q.Scope, func(m *metrics.Merchant) metrics.State { return w.conversionState(m, k.day) })
		} else if len(cells[k]) > 0 {
			state = metrics.Final
		}
		rows = append(rows, w.naiveConversionRows(q, k.day, k.portal.String(), cells[k], state)...)
	}
	return rows
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (w *world) naiveConversionRows(q conversion.Query, day sevenday.Day, portal string, visits []naiveVisit, state metrics.State) []conversion.Row {
	row := conversion.Row{
		MerchantID: metrics.NonZero(q.Merchant), Industry: metrics.NonZero(q.Industry), Day: metrics.NonZero(day), Value: metrics.NonZero(portal),
		Visits: int64(len(visits)), State: state,
	}
	byCluster := map[string][2]float64{}
	money := map[string][2]sevenday.Money{}
	for _, v := range visits {
		c := byCluster[v.cluster]
		c[0]++
		if v.converted {
			row.ConvertedVisits++
			c[1]++
		}
		byCluster[v.cluster] = c
		sum := money[v.merchant.Currency]
		money[v.merchant.Currency] = [2]sevenday.Money{sum[0] + v.gross, sum[1] + v.net}
	}
	var sums interval.ClusterSums
	for _, c := range byCluster {
		sums.Add(interval.OneCluster(c[0], c[1]))
	}
	if len(visits) > 0 {
		row.Rate = metrics.Optional(float64(row.ConvertedVisits) / float64(row.Visits))
		if i, ok := interval.Clustered(sums, interval.Level); ok {
			row.Low, row.High = metrics.Optional(i.Low), metrics.Optional(i.High)
		}
	}
	var rows []conversion.Row
	for _, currency := range w.currencies(q.Scope) {
		row.Currency = metrics.Optional(currency)
		row.Gross, row.Net = metrics.Optional(money[currency][0]), metrics.Optional(money[currency][1])
		rows = append(rows, row)
	}
	return rows
}

func (w *world) currencies(scope metrics.Scope) []string {
	var names []string
	for _, m := range w.in(scope) {
		names = append(names, m.Currency)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
