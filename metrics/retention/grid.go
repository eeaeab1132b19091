package retention

import (
	"slices"

	"sevenday"
)

// grid holds something for each period and portal. It grows at both ends,
// because persons come in no order of time.
type grid[T any] struct {
	base  int32 // the first period
	cells []T   // sevenday.Portals for each period
}

// cover makes cells for the periods first..last.
func (g *grid[T]) cover(first, last int32) {
	if len(g.cells) == 0 {
		g.base = first
	}
	if first < g.base {
		g.cells = slices.Insert(g.cells, 0, make([]T, int(g.base-first)*sevenday.Portals)...)
		g.base = first
	}
	if have, want := len(g.cells), int(last-g.base+1)*sevenday.Portals; want > have {
		g.cells = append(g.cells, make([]T, want-have)...)
	}
}

// at returns a cell that is covered.
func (g *grid[T]) at(index int32, portal sevenday.Portal) *T {
	return &g.cells[int(index-g.base)*sevenday.Portals+int(portal)]
}

// place is the inverse of at.
func (g *grid[T]) place(i int) (index int32, portal sevenday.Portal) {
	return g.base + int32(i/sevenday.Portals), sevenday.Portal(i % sevenday.Portals)
}

// last is the last period that is covered.
func (g *grid[T]) last() int32 { return g.base + int32(len(g.cells)/sevenday.Portals) - 1 }

func (g *grid[T]) reset() { g.cells = g.cells[:0] }
