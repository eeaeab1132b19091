package retention

import (
	"sevenday"
	"sevenday/metrics"
)

// matrix counts the cohorts of one series.
type matrix struct {
	cells   grid[lanes]
	spilled map[place]*counts // what the lanes of a cell could not hold
}

// place names a cell.
type place struct {
	index  int32
	portal sevenday.Portal
}

// count adds a member to the cohort of a period that is covered. Bit n of mask
// tells whether the member was active in the n-th period after.
func (m *matrix) count(index int32, portal sevenday.Portal, mask uint32) {
	c := m.cells.at(index, portal)
	if c.full() {
		m.spill(place{index, portal}, c)
	}
	c.add(mask)
}

func (m *matrix) spill(at place, l *lanes) {
	c := m.spilled[at]
	if c == nil {
		c = new(counts)
		if m.spilled == nil {
			m.spilled = make(map[place]*counts)
		}
		m.spilled[at] = c
	}
	c.add(l)
	*l = lanes{}
}

// countAll counts a person in the cohort of everybody of each of its active
// periods, which are ascending.
func (m *matrix) countAll(periods []metrics.ActivePeriod) {
	m.cells.cover(periods[0].Index, periods[len(periods)-1].Index)
	mask, next := uint32(0), int32(0)
	for i := len(periods) - 1; i >= 0; i-- {
		p := &periods[i]
		mask = (mask<<uint32(next-p.Index) | 1) & window // what is shifted out is too late to be a return
		m.count(p.Index, p.Portal, mask)
		next = p.Index
	}
}

// countNew counts a person in the cohort of its first active period. Of the
// active periods some may be missing before those that are counted anew.
func (m *matrix) countNew(first place, periods []metrics.ActivePeriod) {
	mask := uint32(0)
	for i := range periods {
		gap := periods[i].Index - first.index
		if gap > MaxN {
			break
		}
		mask |= 1 << gap
	}
	if mask != 0 {
		m.cells.cover(first.index, first.index)
		m.count(first.index, first.portal, mask|1)
	}
}

// each calls f for every cohort that has members.
func (m *matrix) each(f func(at place, c *counts)) {
	var sum counts
	for i := range m.cells.cells {
		l := &m.cells.cells[i]
		if l.back[0] == 0 { // lanes are filled again as soon as they have been spilled
			continue
		}
		index, portal := m.cells.place(i)
		sum = counts{}
		if c := m.spilled[place{index, portal}]; c != nil {
			sum = *c
		}
		sum.add(l)
		f(place{index, portal}, &sum)
	}
}

func (m *matrix) reset() {
	m.cells.reset()
	clear(m.spilled)
}
