package conversion

import (
	"sevenday"
	"sevenday/metrics"
)

// Window is how long after a visit's start a payment still belongs to it; a
// payment at exactly the end does.
const Window = metrics.ConversionWindow

// WindowDays is how many days after the visit's own the window can reach.
const WindowDays sevenday.Day = 1

// VisitRow is one visit with what it led to: a row of table visits_by_run.
type VisitRow struct {
	metrics.Key
	Person    sevenday.Person   `ch:"person"`
	Day       sevenday.Day      `ch:"day"`
	Start     sevenday.Millis   `ch:"start"`
	Portal    sevenday.Portal   `ch:"portal"`
	Terminal  sevenday.Terminal `ch:"terminal"`
	StoreID   string            `ch:"store_id"`
	Orders    uint16            `ch:"orders"`
	Gross     sevenday.Money    `ch:"gross"` // in the merchant's currency
	Net       sevenday.Money    `ch:"net"`
	Converted bool              `ch:"converted"`
}

// Sums is visit conversion of one merchant's day and portal: a row of table
// conversion_sums. Users are the clusters of the interval: with v visits and c
// converted visits of each user, VV, VC and CC are the sums of v*v, v*c and c*c.
type Sums struct {
	metrics.Key
	Day       sevenday.Day    `ch:"day"`
	ByPortal  bool            `ch:"by_portal"` // false: the row of all portals
	Portal    sevenday.Portal `ch:"portal"`
	Visits    uint64          `ch:"visits"`
	Converted uint64          `ch:"converted"`
	Gross     sevenday.Money  `ch:"gross"`
	Net       sevenday.Money  `ch:"net"`
	Users     uint64          `ch:"users"`
	VV        uint64          `ch:"vv"`
	VC        uint64          `ch:"vc"`
	CC        uint64          `ch:"cc"`
}

// Fold gives each payment to the latest visit that starts at or before it
// within the window, and counts.
type Fold struct {
	Visits []VisitRow
	Sums   []Sums

	days map[sevenday.Day]*[sevenday.Portals + 1]Sums
	user map[userCell]*counts // of the person at hand
}

// slot 0 of a day is all portals, slot 1+p portal p.
type userCell struct {
	day  sevenday.Day
	slot int
}

type counts struct{ visits, converted uint64 }

// Reads is the first visit that can change, and what cutting it takes.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day {
	return from - metrics.ConversionReach - metrics.VisitReach
}

// NewFold returns an empty fold.
func NewFold() *Fold {
	return &Fold{days: make(map[sevenday.Day]*[sevenday.Portals + 1]Sums), user: make(map[userCell]*counts)}
}

// Person credits one person's payments to the visits they followed.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody || len(t.Visits) == 0 {
		return
	}
	first := len(f.Visits)
	for i := range t.Visits {
		v := &t.Visits[i]
		f.Visits = append(f.Visits, VisitRow{
			Key: t.Merchant.Row(v.Day + metrics.ConversionReach), Person: t.Person, Day: v.Day, Start: v.Start,
			Portal: v.Portal, Terminal: v.Terminal, StoreID: v.StoreID,
		})
	}
	visits := f.Visits[first:]
	for i := range t.Orders {
		if at := metrics.VisitOf(t.Visits, t.Orders[i].DecidedAt); at >= 0 {
			visits[at].credit(&t.Orders[i], t.Merchant.Currency)
		}
	}
	f.count(visits)
}

// credit adds an order to the visit it belongs to. Orders in other currencies
// convert, but their money is in no sum.
func (visit *VisitRow) credit(order *metrics.Order, currency string) {
	visit.Converted = true
	visit.Orders++
	if order.Currency == currency {
		visit.Gross += order.Amount
		visit.Net += order.Net()
	}
}

func (f *Fold) count(visits []VisitRow) {
	for i := range visits {
		v := &visits[i]
		day := f.days[v.Day]
		if day == nil {
			day = new([sevenday.Portals + 1]Sums)
			f.days[v.Day] = day
		}
		for _, slot := range [...]int{0, 1 + int(v.Portal)} {
			day[slot].Gross += v.Gross
			day[slot].Net += v.Net
			f.countUser(userCell{v.Day, slot}, v.Converted)
		}
	}
	for cell, c := range f.user {
		f.days[cell.day][cell.slot].addUser(c)
	}
	clear(f.user)
}

func (f *Fold) countUser(cell userCell, converted bool) {
	c := f.user[cell]
	if c == nil {
		c = new(counts)
		f.user[cell] = c
	}
	c.visits++
	if converted {
		c.converted++
	}
}

func (s *Sums) addUser(c *counts) {
	s.Users++
	s.Visits += c.visits
	s.Converted += c.converted
	s.VV += c.visits * c.visits
	s.VC += c.visits * c.converted
	s.CC += c.converted * c.converted
}

// Merchant turns the days' sums into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	for day, row := range f.days {
		for slot := range row {
			sums := row[slot]
			if sums.Visits == 0 {
				continue
			}
			sums.Key, sums.Day = m.Row(day+metrics.ConversionReach), day
			if slot > 0 {
				sums.ByPortal, sums.Portal = true, sevenday.Portal(slot-1)
			}
			f.Sums = append(f.Sums, sums)
		}
	}
	clear(f.days)
}
