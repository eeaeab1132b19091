package activity

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// A trail keeps in which of the last periods a person was active: a nibble a
// period, the newest first, two to a byte, the earlier period in the high half.
// A nibble is 0 where the person was not active, else 1 + the portal of the
// period's first active day. Zeros at the end are left out.

// trailLength is how many periods a trail reaches back: the 31 that a return is
// looked for in, and as many again, so that a run can begin that long ago.
const trailLength = 64

// pack writes periods, which are ascending, as a trail that begins with the last.
func pack(periods []metrics.ActivePeriod) string {
	if len(periods) == 0 {
		return ""
	}
	last := periods[len(periods)-1].Index
	var trail [trailLength / 2]byte
	length := 0
	for _, p := range slices.Backward(periods) {
		back := int(last - p.Index)
		if back >= trailLength {
			break
		}
		trail[back/2] |= byte(1+p.Portal) << (4 * (back % 2))
		length = back/2 + 1
	}
	return string(trail[:length])
}

// unpack appends the periods of a trail that begins with period last, ascending,
// as far as they lie before period end.
func unpack(periods []metrics.ActivePeriod, trail string, last, end int32) []metrics.ActivePeriod {
	for back := 2*len(trail) - 1; back >= 0; back-- {
		nibble := trail[back/2] >> (4 * (back % 2)) & 0xf
		if index := last - int32(back); nibble != 0 && index < end {
			periods = append(periods, metrics.ActivePeriod{Index: index, Portal: sevenday.Portal(nibble - 1)})
		}
	}
	return periods
}

// extend adds the periods of the active days that were read to the known ones,
// which lie before the period of from. Days are ascending.
func extend(known []metrics.ActivePeriod, period metrics.Period, from sevenday.Day, days []UserDay, active func(*UserDay) bool) []metrics.ActivePeriod {
	periods := slices.Clone(known)
	first := period.Index(from)
	for i := range days {
		d := &days[i]
		index := period.Index(d.Day)
		if !active(d) || index < first {
			continue
		}
		if n := len(periods); n == 0 || periods[n-1].Index != index {
			periods = append(periods, metrics.ActivePeriod{Index: index, Portal: d.Portal})
		}
	}
	return periods
}

// TrailReach is for how many weeks before a person's last one a run can begin
// without reading the whole history: a trail then still holds all periods in
// which a return is looked for.
const TrailReach = trailLength - 32

// Known unpacks what the row says of the days before from, a Monday.
func (p *Person) Known(known *metrics.Known, from sevenday.Day) {
	*known = metrics.Known{
		VisitWeeks: known.VisitWeeks[:0], VisitMonths: known.VisitMonths[:0],
		PayingWeeks: known.PayingWeeks[:0], PayingMonths: known.PayingMonths[:0],
	}
	if from == metrics.WholeHistory {
		return
	}
	known.LastVisit, known.LastPaying = before(p.LastVisit, from), before(p.LastPaying, from)
	known.FirstPaying, known.Register = before(p.FirstPaying, from), before(p.Register, from)
	if known.FirstVisit = before(p.FirstVisit, from); known.FirstVisit != 0 {
		known.Portal, known.Terminal, known.StoreID, known.CampaignID = p.Portal, p.Terminal, p.StoreID, p.CampaignID
		known.FirstVisitPaid = p.FirstVisitPaid
	}
	week, month := metrics.PeriodWeek, metrics.PeriodMonth
	known.VisitWeeks = unpack(known.VisitWeeks, p.VisitWeeks, week.Index(p.LastVisit), week.Index(from))
	known.VisitMonths = unpack(known.VisitMonths, p.VisitMonths, month.Index(p.LastVisit), month.Index(from))
	known.PayingWeeks = unpack(known.PayingWeeks, p.PayingWeeks, week.Index(p.LastPaying), week.Index(from))
	known.PayingMonths = unpack(known.PayingMonths, p.PayingMonths, month.Index(p.LastPaying), month.Index(from))
}

// before returns the day if it lies before from, else 0.
func before(day, from sevenday.Day) sevenday.Day {
	if day < from {
		return day
	}
	return 0
}
