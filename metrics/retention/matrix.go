package retention

import "sevenday"

// cell counts one cohort: its users, and how many of them came back when.
type cell struct {
	users    uint32
	returned [MaxN + 1]uint32 // active in period n
	first    [MaxN + 1]uint32 // whose first return was in period n; n = 0 is unused
	last     [MaxN + 1]uint32 // whose last activity was in period n, those later than MaxN under MaxN
}

// returns is what one member of a cohort adds to its cell.
type returns struct {
	gaps  []int32 // distances to the member's later active periods, ascending, at most MaxN
	first int32   // distance to the next active period; 0 where there is none within MaxN
	last  int32   // distance to the last active period, at most MaxN
}

func (c *cell) add(r *returns) {
	c.users++
	c.returned[0]++
	for _, gap := range r.gaps {
		c.returned[gap]++
	}
	if r.first > 0 {
		c.first[r.first]++
	}
	c.last[r.last]++
}

// within turns first returns into "back in at least one of the periods 1..n".
func (c *cell) within() []uint32 {
	sums := make([]uint32, MaxN+1)
	for n := 1; n <= MaxN; n++ {
		sums[n] = sums[n-1] + c.first[n]
	}
	return sums
}

// unbounded turns last activities into "active in period n or later".
func (c *cell) unbounded() []uint32 {
	sums := make([]uint32, MaxN+1)
	later := uint32(0)
	for n := MaxN; n >= 0; n-- {
		later += c.last[n]
		sums[n] = later
	}
	return sums
}

// returnsFrom describes what follows active[i], given the sorted distinct
// active periods; gaps is a buffer to reuse.
func returnsFrom(active []int32, i int, gaps []int32) returns {
	gaps = gaps[:0]
	for _, later := range active[i+1:] {
		gap := later - active[i]
		if gap > MaxN {
			break
		}
		gaps = append(gaps, gap)
	}
	r := returns{gaps: gaps, last: min(active[len(active)-1]-active[i], MaxN)}
	if len(gaps) > 0 {
		r.first = gaps[0]
	}
	return r
}

// sums gives the cell the stored form.
func (c *cell) sums(key series, index int32, slot int) Sums {
	sums := Sums{
		Period: key.period, Cohort: key.cohort, Activity: key.activity,
		CohortDay: key.period.First(index), Users: c.users,
		Returned: c.returned[:], Within: c.within(), Unbounded: c.unbounded(),
	}
	if slot > 0 {
		sums.By, sums.Value = ByPortal, sevenday.Portal(slot-1).String()
	}
	return sums
}

// matrix holds the cells of one series: a row of slots for each period. It
// grows at both ends, because persons come in no order of time.
type matrix struct {
	base int32 // period of rows[0]
	rows []*[slots]*cell
}

// count adds one member to the cells of everybody and of the portal.
func (m *matrix) count(index int32, portal sevenday.Portal, r *returns) {
	row := m.row(index)
	for _, slot := range [...]int{0, 1 + int(portal)} {
		if row[slot] == nil {
			row[slot] = new(cell)
		}
		row[slot].add(r)
	}
}

func (m *matrix) row(index int32) *[slots]*cell {
	switch {
	case len(m.rows) == 0:
		m.base = index
	case index < m.base:
		grown := make([]*[slots]*cell, int(m.base-index)+len(m.rows))
		copy(grown[m.base-index:], m.rows)
		m.base, m.rows = index, grown
	}
	for int(index-m.base) >= len(m.rows) {
		m.rows = append(m.rows, nil)
	}
	row := &m.rows[index-m.base]
	if *row == nil {
		*row = new([slots]*cell)
	}
	return *row
}
