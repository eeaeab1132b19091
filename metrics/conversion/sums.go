package conversion

import (
	"sevenday"
	"sevenday/metrics"
)

// Sums is conversion of one merchant's day and portal: a row of table
// conversion_sums_by_run. Users are the clusters of the interval of visits: with
// v visits, c converted and k kept ones of each user, VV, VC, CC, VK and KK are
// the sums of the products.
type Sums struct {
	metrics.Key
	Day       sevenday.Day    `ch:"day"`
	ByPortal  bool            `ch:"by_portal"` // false: the row of all portals
	Portal    sevenday.Portal `ch:"portal"`
	Visits    uint64          `ch:"visits"`
	Converted uint64          `ch:"converted"`
	Kept      uint64          `ch:"kept"` // converted by an order that counts in net rates
	Gross     sevenday.Money  `ch:"gross"`
	Net       sevenday.Money  `ch:"net"`
	Users     uint64          `ch:"users"`
	VV        uint64          `ch:"vv"`
	VC        uint64          `ch:"vc"`
	CC        uint64          `ch:"cc"`
	VK        uint64          `ch:"vk"`
	KK        uint64          `ch:"kk"`

	// Users whose first visit of the day came through the portal, and those of
	// them who paid within its window.
	Visitors          uint64 `ch:"visitors"`
	VisitorsConverted uint64 `ch:"visitors_converted"`
	VisitorsKept      uint64 `ch:"visitors_kept"`
}

// daySums are a day's sums: slot 0 is all portals, slot 1+p portal p.
type daySums [sevenday.Portals + 1]Sums

// counts are one user's visits of a day.
type counts struct{ visits, converted, kept uint64 }

// count adds one person's visits, which are in order of time, day by day.
func (f *Fold) count(visits []VisitRow) {
	for i := range visits {
		v := &visits[i]
		if i > 0 && visits[i-1].Day != v.Day {
			f.endDay(visits[i-1].Day)
		}
		sums := f.day(v.Day)
		for _, slot := range [...]int{0, 1 + int(v.Portal)} {
			sums[slot].addVisit(v)
			f.user[slot].add(v)
		}
	}
	f.endDay(visits[len(visits)-1].Day)
}

// endDay adds the user's counts of the day that is over.
func (f *Fold) endDay(day sevenday.Day) {
	sums := f.days[day]
	for slot := range f.user {
		if f.user[slot].visits > 0 {
			sums[slot].addUser(&f.user[slot])
			f.user[slot] = counts{}
		}
	}
}

func (f *Fold) day(day sevenday.Day) *daySums {
	sums := f.days[day]
	if sums == nil {
		sums = new(daySums)
		f.days[day] = sums
	}
	return sums
}

func (c *counts) add(v *VisitRow) {
	c.visits++
	c.converted += one(v.Converted)
	c.kept += one(v.Kept)
}

func (s *Sums) addVisit(v *VisitRow) {
	s.Gross += v.Gross
	s.Net += v.Net
	s.Visitors += one(v.FirstOfDay)
	s.VisitorsConverted += one(v.UserConverted)
	s.VisitorsKept += one(v.UserKept)
}

func (s *Sums) addUser(c *counts) {
	s.Users++
	s.Visits += c.visits
	s.Converted += c.converted
	s.Kept += c.kept
	s.VV += c.visits * c.visits
	s.VC += c.visits * c.converted
	s.CC += c.converted * c.converted
	s.VK += c.visits * c.kept
	s.KK += c.kept * c.kept
}

func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
