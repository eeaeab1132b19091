package attribution

import (
	"sevenday"
	"sevenday/metrics"
)

// month is the chain of one month of a merchant.
type month struct {
	first, last sevenday.Day
	chain       Chain
}

// months are those of the merchant at hand. Visits come in order, so that the
// month of one is mostly that of the one before.
type months struct {
	all   []*month
	byDay map[sevenday.Day]*month
	spare []*month
	now   *month
}

func newMonths() months {
	return months{byDay: make(map[sevenday.Day]*month), now: new(month)}
}

// of returns the month of a day.
func (m *months) of(day sevenday.Day) *month {
	if m.now.first <= day && day <= m.now.last && len(m.all) > 0 {
		return m.now
	}
	m.now = m.byDay[day]
	if m.now == nil {
		m.now = m.find(day)
		m.byDay[day] = m.now
	}
	return m.now
}

// find looks for the month of a day that no visit was on, and begins it if it is new.
func (m *months) find(day sevenday.Day) *month {
	index := metrics.PeriodMonth.Index(day)
	first, last := metrics.PeriodMonth.First(index), metrics.PeriodMonth.Last(index)
	for _, known := range m.all {
		if known.first == first {
			return known
		}
	}
	fresh := m.take()
	fresh.first, fresh.last = first, last
	m.all = append(m.all, fresh)
	return fresh
}

// take returns an empty month, if possible one that was used before.
func (m *months) take() *month {
	if len(m.spare) == 0 {
		return new(month)
	}
	fresh := m.spare[len(m.spare)-1]
	m.spare = m.spare[:len(m.spare)-1]
	*fresh = month{}
	return fresh
}

func (m *months) clear() {
	m.spare = append(m.spare, m.all...)
	m.all = m.all[:0]
	clear(m.byDay)
}

// rows appends the transitions that were counted.
func (m *month) rows(rows []TransitionRow, merchant *metrics.Merchant) []TransitionRow {
	key := merchant.Row(m.last + lookbackReach)
	for from := range m.chain {
		for to, n := range m.chain[from] {
			if n > 0 {
				rows = append(rows, TransitionRow{Key: key, Month: m.first, Source: Source(from), Target: Target(to), Transitions: n})
			}
		}
	}
	return rows
}
