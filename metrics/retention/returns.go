package retention

import "sevenday"

// A series of returns has slot 0 for everybody and slot 1+p for portal p.
const slots = 1 + sevenday.Portals

// returns turns the cohorts of a series round: from who came back after a
// period into who came back in it. Its slices are reused.
type returns struct {
	base   int32 // period of the first slots
	at     []int32
	counts []counts
	arena  []uint32 // where the arrays of rows are cut from
}

// read takes the cohorts of a matrix that has any.
func (r *returns) read(m *matrix) {
	r.base, r.counts = m.cells.base, r.counts[:0]
	periods := int(m.cells.last()-r.base) + 1 + MaxN // new users come back after the last first day
	r.at = append(r.at[:0], make([]int32, periods*slots)...)
	m.each(func(of place, c *counts) {
		for n := range int32(MaxN + 1) {
			if c.back[n] == 0 {
				continue
			}
			for _, slot := range [...]int{0, 1 + int(of.portal)} {
				row := r.row(of.index+n, slot)
				row.back[n] += c.back[n]
				if n > 0 {
					row.first[n] += c.first[n]
				}
			}
		}
	})
}

func (r *returns) row(index int32, slot int) *counts {
	at := &r.at[int(index-r.base)*slots+slot]
	if *at == 0 {
		r.counts = append(r.counts, counts{})
		*at = int32(len(r.counts))
	}
	return &r.counts[*at-1]
}

// each calls emit for every row of the periods from `from` on: a period, a slot,
// and the arrays over n, which emit may keep.
func (r *returns) each(from int32, emit func(index int32, slot int, back, first []uint32)) {
	for i, at := range r.at {
		if index := r.base + int32(i/slots); at != 0 && index >= from {
			c := &r.counts[at-1]
			emit(index, i%slots, r.cut(&c.back), r.cut(&c.first))
		}
	}
}

// arenaSize is how many numbers are allocated at once.
const arenaSize = 1 << 14

// cut copies an array without the zeros at its end.
func (r *returns) cut(numbers *[MaxN + 1]uint32) []uint32 {
	n := len(numbers)
	for n > 0 && numbers[n-1] == 0 {
		n--
	}
	if cap(r.arena)-len(r.arena) < n {
		r.arena = make([]uint32, 0, arenaSize)
	}
	start := len(r.arena)
	r.arena = append(r.arena, numbers[:n]...)
	return r.arena[start:len(r.arena):len(r.arena)]
}
