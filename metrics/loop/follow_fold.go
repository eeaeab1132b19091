package loop

import (
	"sevenday"
	"sevenday/metrics"
)

// portals is the number of values a Portal can take, the absent one included.
const portals = int(sevenday.PortalOther) + 1

// FollowSums counts a day's visits and what was kept and given up through one
// portal: a row of table follow_sums. An action's portal is its record's, else
// that of the visit to which it belongs.
type FollowSums struct {
	metrics.Key
	Day    sevenday.Day    `ch:"day"`
	Portal sevenday.Portal `ch:"portal"`
	followCounts
}

type followCounts struct {
	Visits       uint64 `ch:"visits"` // that start on the day
	Collects     uint64 `ch:"collects"`
	Uncollects   uint64 `ch:"uncollects"`
	Follows      uint64 `ch:"follows"`
	Unfollows    uint64 `ch:"unfollows"`
	NetCollects  int64  `ch:"net_collects"`  // users who collected less those who gave it up, in the end
	NetFollowers int64  `ch:"net_followers"` // the same of following
}

// FollowFold counts collecting and following, by day and portal.
type FollowFold struct {
	Sums []FollowSums

	days map[sevenday.Day]*[portals]followCounts
}

// NewFollowFold returns an empty fold.
func NewFollowFold() *FollowFold {
	return &FollowFold{days: make(map[sevenday.Day]*[portals]followCounts)}
}

// Reads is what it takes to find the visit that a day's first action belongs to.
func (f *FollowFold) Reads(from sevenday.Day) sevenday.Day {
	return from - metrics.ConversionReach - metrics.VisitReach
}

// Person reads one person's visits and actions.
func (f *FollowFold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	for i := range t.Visits {
		f.at(t.Visits[i].Day, t.Visits[i].Portal).Visits++
	}
	var collected, followed standing
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Action < sevenday.ActionCollect {
			continue
		}
		day, portal := t.Merchant.Calendar.Day(e.Time), portalOf(t, e)
		counts := f.at(day, portal)
		switch e.Action {
		case sevenday.ActionCollect:
			counts.Collects++
			counts.NetCollects += collected.set(day, true)
		case sevenday.ActionUncollect:
			counts.Uncollects++
			counts.NetCollects += collected.set(day, false)
		case sevenday.ActionFollow:
			counts.Follows++
			counts.NetFollowers += followed.set(day, true)
		case sevenday.ActionUnfollow:
			counts.Unfollows++
			counts.NetFollowers += followed.set(day, false)
		}
	}
}

func (f *FollowFold) at(day sevenday.Day, portal sevenday.Portal) *followCounts {
	sums := f.days[day]
	if sums == nil {
		sums = new([portals]followCounts)
		f.days[day] = sums
	}
	return &sums[portal]
}

func portalOf(t *metrics.Timeline, e *metrics.Entry) sevenday.Portal {
	if e.Portal != sevenday.PortalNone {
		return e.Portal
	}
	if visit := metrics.VisitOf(t.Visits, e.Time); visit >= 0 {
		return t.Visits[visit].Portal
	}
	return sevenday.PortalNone
}

// standing is whether a person keeps something, as far as one day tells. A day's
// first action changes something; the same once more does not.
type standing struct {
	day sevenday.Day
	on  bool
}

// set takes an action and returns by how much it changes the number of those who
// keep the thing.
func (s *standing) set(day sevenday.Day, on bool) int64 {
	unchanged := s.day == day && s.on == on
	s.day, s.on = day, on
	switch {
	case unchanged:
		return 0
	case on:
		return 1
	default:
		return -1
	}
}

// Merchant turns the days into rows.
func (f *FollowFold) Merchant(m *metrics.Merchant) {
	for day, sums := range f.days {
		for portal := range sums {
			if sums[portal] != (followCounts{}) {
				f.Sums = append(f.Sums, FollowSums{m.Row(day), day, sevenday.Portal(portal), sums[portal]})
			}
		}
	}
	clear(f.days)
}
