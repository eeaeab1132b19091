package metrics

import "sevenday"

// visitGap is how long a visit without session ids may pause: exactly 30
// minutes is still the same visit.
const visitGap sevenday.Millis = 30 * 60 * 1000

// sessionGap is how long a session may pause.
const sessionGap sevenday.Millis = 7 * 24 * 60 * 60 * 1000

// VisitReach is how many days before a day one must read to know where its
// visits begin.
const VisitReach sevenday.Day = 8

// Visit is a run of a person's visit entries at one merchant.
type Visit struct {
	Start    sevenday.Millis
	Day      sevenday.Day // the merchant's day on which it starts
	Portal   sevenday.Portal
	Terminal sevenday.Terminal
	StoreID  string

	CampaignID string
}

// CutVisits appends to visits the visits that the entries make up. A new visit
// begins where the session differs from the entry before or, where either has
// none, after more than 30 minutes; a session that comes back is a new visit.
// After more than a week without an entry a visit is over, whatever its session:
// so nobody has to look back further to cut it.
// Portal, terminal, store and day are those of the visit's first entry. Entries
// must be in order; other actions than visit are passed over.
//
// Source: docs/metrics.md, visits.
func CutVisits(visits []Visit, entries []Entry, calendar *sevenday.Calendar) []Visit {
	var before *Entry
	for i := range entries {
		entry := &entries[i]
		if entry.Action != sevenday.ActionVisit {
			continue
		}
		if before == nil || beginsVisit(before, entry) {
			visits = append(visits, Visit{
				Start: entry.Time, Day: calendar.Day(entry.Time),
				Portal: entry.Portal, Terminal: entry.Terminal, StoreID: entry.StoreID, CampaignID: entry.CampaignID,
			})
		}
		before = entry
	}
	return visits
}

func beginsVisit(before, entry *Entry) bool {
	if entry.Time-before.Time > sessionGap {
		return true
	}
	if before.Session == 0 || entry.Session == 0 {
		return entry.Time-before.Time > visitGap
	}
	return before.Session != entry.Session
}
