package retention

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// ValueRow is what those of a cohort who returned spent: net of refunds, in the
// merchants' currency. A cell is final when its refund
// horizon, too, is over.
type ValueRow struct {
	MerchantID    *string         `json:"merchant_id"`
	Industry      *string         `json:"industry"`
	By            *string         `json:"by" doc:"the breakdown, null for none"`
	Value         *string         `json:"value" doc:"the breakdown's value, null for all"`
	Cohort        Cohort          `json:"cohort"`
	Activity      Activity        `json:"activity"`
	Period        Period          `json:"period"`
	CohortDay     *sevenday.Day   `json:"cohort_day" doc:"the period's first day; null pools the final cells"`
	N             int             `json:"n"`
	Measure       Measure         `json:"measure" doc:"day_n: spent in period n; within_n: spent in the periods 1..n"`
	Currency      string          `json:"currency"`
	Merchants     int64           `json:"merchants" doc:"merchants behind the figure"`
	CohortUsers   int64           `json:"cohort_users"`
	ReturnedUsers *int64          `json:"returned_users"`
	Net           *sevenday.Money `json:"net" doc:"spent by those who returned, less refunds"`
	NetPerUser    *sevenday.Money `json:"net_per_user" doc:"net / cohort_users, rounded to the minor unit"`
	State         metrics.State   `json:"state" enum:"final,open,not_due"`
}

// refundDays is how many days after a payment its refund is waited for; a later
// one makes a new revision.
const refundDays sevenday.Day = 7

// ValidateValue says what is wrong with a question about value.
func (q Query) ValidateValue() error {
	if q.Measure == UnboundedN || q.Measure == RollingN {
		return sevenday.Invalidf("there is no value of %s: ask for day_n, within_n or bracket", q.Measure)
	}
	return q.Validate()
}

// ValueAnswer makes the rows of a question about value from a Walk over its Answer.
type ValueAnswer struct {
	*Answer
	measures []Measure
	cells    map[valueKey]*valueCell
}

type valueKey struct {
	currency, value string
	cohort          int32
	pooled          bool // the final cohorts; cohort is 0
	measure, n      int
}

// valueCell is a cell over merchants.
type valueCell struct {
	merchants, users, returned int64
	net                        sevenday.Money
	state                      metrics.State
	last                       string // the merchant that was counted last
}

// NewValueAnswer returns an answer without rows for the merchants in scope.
func NewValueAnswer(q Query, places []Place, zones map[string]Zone) *ValueAnswer {
	v := &ValueAnswer{Answer: NewAnswer(q, places, zones), cells: make(map[valueKey]*valueCell)}
	v.measures = slices.DeleteFunc(q.measures(), func(m Measure) bool { return m == UnboundedN })
	v.Answer.Users, v.Answer.value = nil, v
	return v
}

// member counts a member in each cell of its cohort.
func (v *ValueAnswer) member(m *member) {
	spent := m.spent()
	for place, measure := range v.measures {
		for n := v.firstN(measure); n <= v.ToN; n++ {
			key := valueKey{currency: v.Cohorts.site.currency, value: m.value, cohort: m.cohort, measure: place, n: n}
			state := v.valueState(m.cohort, measure, n)
			net, returned := sevenday.Money(0), m.returned(measure, n, &v.Query)
			from, to := v.periods(measure, n)
			for i := from; i <= to; i++ {
				net += spent[i]
			}
			v.cell(key, state).add(v.Cohorts.merchant, returned, net)
			if state == metrics.Final {
				key.pooled, key.cohort = true, 0
				v.cell(key, state).add(v.Cohorts.merchant, returned, net)
			}
		}
	}
}

// spent is what the member spent in each period in which it returned.
func (m *member) spent() (spent [MaxN + 1]sevenday.Money) {
	for i := range m.later {
		n := m.later[i].index - m.cohort
		if n > MaxN {
			break
		}
		if m.mask>>n&1 != 0 {
			spent[n] = m.later[i].net
		}
	}
	return spent
}

// valueState is the state of a cell in the zone of the merchant at hand.
func (v *ValueAnswer) valueState(cohort int32, measure Measure, n int) metrics.State {
	zone := &v.Cohorts.site.zone
	first, last := v.needs(cohort, measure, n, zone)
	return zone.State(first, last+refundDays)
}

func (v *ValueAnswer) cell(key valueKey, state metrics.State) *valueCell {
	c := v.cells[key]
	if c == nil {
		c = &valueCell{state: state}
		v.cells[key] = c
	}
	c.state = widen(c.state, state)
	return c
}

func (c *valueCell) add(merchant string, returned bool, net sevenday.Money) {
	if c.last != merchant || c.merchants == 0 {
		c.merchants++
		c.last = merchant
	}
	c.users++
	if returned {
		c.returned++
	}
	c.net += net
}

// Rows makes the rows, by currency, value and cohort; the row without a cohort
// day comes last, and is there where a cell is final.
func (v *ValueAnswer) Rows() []ValueRow {
	keys := slices.SortedFunc(maps.Keys(v.cells), func(a, b valueKey) int {
		return cmp.Or(cmp.Compare(a.currency, b.currency), cmp.Compare(a.value, b.value), compareBools(a.pooled, b.pooled),
			cmp.Compare(a.cohort, b.cohort), cmp.Compare(a.n, b.n), cmp.Compare(a.measure, b.measure))
	})
	rows := make([]ValueRow, len(keys))
	for i, key := range keys {
		rows[i] = v.valueRow(&key, v.cells[key])
	}
	return rows
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

func (v *ValueAnswer) valueRow(key *valueKey, c *valueCell) ValueRow {
	row := ValueRow{
		MerchantID: metrics.NonZero(v.Merchant), Industry: metrics.NonZero(v.Industry),
		By: metrics.NonZero(v.By), Value: metrics.NonZero(key.value),
		Cohort: v.Cohort, Activity: v.Activity, Period: v.Period,
		N: key.n, Measure: v.printed(v.measures[key.measure]), Currency: key.currency,
		Merchants: c.merchants, CohortUsers: c.users, State: c.state,
	}
	if !key.pooled {
		row.CohortDay = metrics.Optional(v.Period.First(key.cohort))
	}
	if c.state != metrics.NotDue {
		row.ReturnedUsers, row.Net = &c.returned, &c.net
		row.NetPerUser = metrics.Optional(perUser(c.net, c.users))
	}
	return row
}

// perUser divides money among users, halves rounded away from zero.
func perUser(net sevenday.Money, users int64) sevenday.Money {
	half := sevenday.Money(users / 2)
	if net < 0 {
		half = -half
	}
	return (net + half) / sevenday.Money(users)
}
