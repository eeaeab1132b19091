package attribution

import "sevenday"

// PathSums adds up the payments of some merchants of one fit and currency, with
// one path and one last touch, in the form that a database sums.
type PathSums struct {
	FitKey
	Group    uint64         `ch:"payment_group"` // stands for fit, currency and Final in NetRow
	Currency string         `ch:"currency"`
	Day      sevenday.Day   `ch:"day"` // 0 where days are not asked for
	Final    bool           `ch:"final"`
	Path     uint32         `ch:"path"`
	Last     uint8          `ch:"last_channel"`
	Orders   uint64         `ch:"orders"`
	Net      sevenday.Money `ch:"net"`
}

// NetRow is one payment of a path with several portals, whose credit must be
// rounded by itself.
type NetRow struct {
	Group uint64         `ch:"payment_group"`
	Day   sevenday.Day   `ch:"day"`
	Path  uint32         `ch:"path"`
	Net   sevenday.Money `ch:"net"` // over 0
}

// MarkovSums adds up credits by removal effects. All PathSums are added before the
// first NetRow.
//
// The weights of a payment are those of its path and its month's fit, so they are
// made once for each path. Only its money is divided one by one, by the same
// rounding as under the rules, and only where a path has several portals.
type MarkovSums struct {
	fits   Fits
	groups map[uint64]*paymentGroup
	cells  map[cellKey]*markovCell
}

type paymentGroup struct {
	currency string
	final    bool
	effects  *Effects
	splits   map[uint32]*split
}

// split is the portals of a path with their weights.
type split struct {
	portals []Channel
	weights [Portals]uint64
}

// cellKey names a cell; day 0 is the range.
type cellKey struct {
	currency string
	day      sevenday.Day
}

// markovCell is the credit of the payments of a cell.
type markovCell struct {
	credits  [Channels]credited
	own      bool // some by a merchant's own fit
	industry bool // some by an industry's
}

// credited is what one channel got.
type credited struct {
	weight    uint64 // in 1e-9 of a payment
	money     sevenday.Money
	lastTouch sevenday.Money // what last_touch gives it of the same payments
}

// NewMarkovSums returns sums without a payment.
func NewMarkovSums(fits Fits) *MarkovSums {
	return &MarkovSums{fits: fits, groups: make(map[uint64]*paymentGroup), cells: make(map[cellKey]*markovCell)}
}

// AddPaths adds payments that are alike.
func (m *MarkovSums) AddPaths(sums *PathSums) {
	group := m.groups[sums.Group]
	if group == nil {
		group = &paymentGroup{sums.Currency, sums.Final, m.fits.effects(sums.FitKey), make(map[uint32]*split)}
		m.groups[sums.Group] = group
	}
	s := group.split(sums.Path)
	m.each(group, sums.Day, func(cell *markovCell) {
		cell.own = cell.own || sums.MerchantID != ""
		cell.industry = cell.industry || sums.MerchantID == ""
		cell.credits[sums.Last].lastTouch += sums.Net
		for i, portal := range s.portals {
			cell.credits[portal].weight += s.weights[i] * sums.Orders
		}
		if len(s.portals) == 1 {
			cell.credits[s.portals[0]].money += sums.Net
		}
	})
}

// AddNet adds the money of a payment that AddPaths has counted. Others are passed
// over: they were published in between, and the question is asked again.
func (m *MarkovSums) AddNet(row *NetRow) {
	group := m.groups[row.Group]
	if group == nil {
		return
	}
	s := group.split(row.Path)
	money := Divide(row.Net, s.weights[:len(s.portals)])
	m.each(group, row.Day, func(cell *markovCell) {
		for i, portal := range s.portals {
			cell.credits[portal].money += sevenday.Money(money[i])
		}
	})
}

// each calls do with the cells that payments belong to: their day's, and the
// range's if they are final.
func (m *MarkovSums) each(group *paymentGroup, day sevenday.Day, do func(*markovCell)) {
	if day != 0 {
		do(m.cell(cellKey{group.currency, day}))
	}
	if group.final {
		do(m.cell(cellKey{group.currency, 0}))
	}
}

func (m *MarkovSums) cell(key cellKey) *markovCell {
	cell := m.cells[key]
	if cell == nil {
		cell = new(markovCell)
		m.cells[key] = cell
	}
	return cell
}

func (g *paymentGroup) split(path uint32) *split {
	s := g.splits[path]
	if s == nil {
		s = &split{portals: Decode(nil, path)}
		s.weights = g.effects.Split(s.portals)
		g.splits[path] = s
	}
	return s
}

// fit tells whose removal effects made a cell; nil where it has no payment.
func (c *markovCell) fit() *string {
	name := ""
	switch {
	case c.own && c.industry:
		name = FitBoth
	case c.own:
		name = FitMerchant
	case c.industry:
		name = FitIndustry
	default:
		return nil
	}
	return &name
}

// Whose month removal effects are of.
const (
	FitMerchant = "merchant"
	FitIndustry = "industry"
	FitBoth     = "both" // some merchants' own, others' industry's
)
