package retention

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// days writes the history from a day on down as the active days that it left.
func (p someone) days(number int, from sevenday.Day) []DistinctDay {
	byDay := map[sevenday.Day]*DistinctDay{}
	on := func(day sevenday.Day) *DistinctDay {
		if byDay[day] == nil {
			byDay[day] = &DistinctDay{Person: sevenday.Person(number + 1), Day: day}
		}
		return byDay[day]
	}
	for day, portal := range p.visits {
		on(day).Visited, on(day).Portal = true, portal
	}
	for day := range p.payments {
		on(day).Paid = true
	}
	var list []DistinctDay
	for day, d := range byDay {
		if day >= from {
			list = append(list, *d)
		}
	}
	if p.register >= from && p.register != 0 {
		list = append(list, DistinctDay{Person: sevenday.Person(number + 1), Day: p.register, Registered: true, RegisterDay: p.register})
	}
	slices.SortFunc(list, func(a, b DistinctDay) int { return cmp.Compare(a.Day, b.Day) })
	return list
}

func TestUsersOfAGroupCountOnceInWholeHistoriesAndInWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, from := drawPeople(t), drawMonday(t)
		group := &metrics.Merchant{Merchant: sevenday.Merchant{MerchantID: "retail"}, Run: 3}
		whole, window, counted := new(DistinctFold), &DistinctFold{From: from}, new(DistinctFold)
		counted.CountLater()
		for i, p := range people {
			for _, d := range p.days(i, 0) {
				whole.Day(&d)
				counted.Day(&d)
			}
			days := p.days(i, NewFold().Reads(from))
			if len(days) > 0 {
				known := p.before(from)
				window.Known(sevenday.Person(i+1), &known)
			}
			for _, d := range days {
				window.Day(&d)
			}
		}
		whole.Group(group)
		window.Group(group)
		if diff := gocmp.Diff(sorted(naiveRows(people)), sums(whole.Rows, 0), sameNothing); diff != "" {
			t.Fatalf("(-naive +whole):\n%s", diff)
		}
		q := drawLaterQuestion(t)
		counted.Later(&q, "retail", func(l *Later) {
			sums := Sums{Period: q.Period, Cohort: q.Cohort, Activity: q.Activity, By: q.Stored(), Value: l.Value, Day: l.Day}
			if diff := gocmp.Diff(naiveLater(people, sums)[q.FromN:q.ToN+1], l.Later); diff != "" {
				t.Fatalf("later of %+v (-naive +counted):\n%s", sums, diff)
			}
		})
		if diff := gocmp.Diff(sums(whole.Rows, from), sums(window.Rows, from), sameNothing); diff != "" {
			t.Fatalf("from %s (-whole +window):\n%s", from, diff)
		}
	})
}

// sums are the rows of the periods that do not end before a day.
func sums(rows []MerchantSums, from sevenday.Day) []Sums {
	var kept []Sums
	for i := range rows {
		if r := &rows[i]; r.Period.Last(r.Period.Index(r.Day)) >= from {
			kept = append(kept, r.Sums)
		}
	}
	return sorted(kept)
}

// naiveLater counts the members of the row's own cohort who were active in period
// n after it or later.
func naiveLater(people []someone, s Sums) []uint32 {
	var later [MaxN + 1]uint32
	index := s.Period.Index(s.Day)
	for _, p := range people {
		if !p.member(&s, index) {
			continue
		}
		for n := range int32(MaxN + 1) {
			for _, day := range p.active(s.Activity) {
				if s.Period.Index(day) >= index+n {
					later[n]++
					break
				}
			}
		}
	}
	return later[:]
}

func drawLaterQuestion(t *rapid.T) Query {
	q := Query{
		Period: rapid.SampledFrom(metrics.Periods[:]).Draw(t, "period"), Cohort: rapid.SampledFrom(cohorts[:]).Draw(t, "cohort"),
		Activity: rapid.SampledFrom(activities[:]).Draw(t, "activity"), By: rapid.SampledFrom([]string{"", ByPortal}).Draw(t, "by"),
		ToN: rapid.IntRange(0, MaxN).Draw(t, "to n"),
	}
	q.FromN = rapid.IntRange(0, q.ToN).Draw(t, "from n")
	return q
}
