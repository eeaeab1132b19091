package sales

import (
	"sevenday"
	"sevenday/metrics"
)

// entries counts visit entries with and without a person.
func (f *Fold) entries(t *metrics.Timeline) {
	for i := range t.Entries {
		if t.Entries[i].Action == sevenday.ActionVisit {
			f.day(t.Merchant.Calendar.Day(t.Entries[i].Time)).Entries++
		}
	}
}

// audience counts visits, visitors and registration. Visitors are counted by
// entries, as active days are. The first active day makes a new visitor, unless
// the person had registered on a day before.
func (f *Fold) audience(t *metrics.Timeline) {
	for i := range t.Visits {
		f.day(t.Visits[i].Day).Visits++
	}
	register, registered := firstRegister(t)
	if registered {
		f.day(register).Registered++
	}
	last, seen := t.Known.FirstVisit, t.Known.FirstVisit != 0
	for i := range t.Entries {
		day := t.Merchant.Calendar.Day(t.Entries[i].Time)
		if t.Entries[i].Action != sevenday.ActionVisit || (seen && day == last) {
			continue
		}
		f.day(day).Visitors++
		if !seen && (!registered || register >= day) {
			f.day(day).NewVisitors++
		}
		last, seen = day, true
	}
}

// firstVisit is the day of the first visit entry.
func firstVisit(t *metrics.Timeline) (sevenday.Day, bool) {
	if t.Known.FirstVisit != 0 {
		return t.Known.FirstVisit, true
	}
	for i := range t.Entries {
		if t.Entries[i].Action == sevenday.ActionVisit {
			return t.Merchant.Calendar.Day(t.Entries[i].Time), true
		}
	}
	return 0, false
}

func firstRegister(t *metrics.Timeline) (sevenday.Day, bool) {
	if t.Known.Register != 0 {
		return t.Known.Register, true
	}
	for i := range t.Entries {
		if t.Entries[i].Action == sevenday.ActionRegister {
			return t.Merchant.Calendar.Day(t.Entries[i].Time), true
		}
	}
	return 0, false
}
