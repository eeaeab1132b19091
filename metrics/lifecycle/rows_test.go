package lifecycle

import (
	"testing"

	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// answerOf puts the sums of some merchants together as the database does.
func answerOf(q Query, begun sevenday.Day, sums []Sums) *Answer {
	a := &Answer{Query: q.WithDefaults(), Groups: metrics.Groups{{LastDays: metrics.LastDays{Closed: begun - 1, Begun: begun}}}}
	for _, s := range sums {
		if s.Activity == a.Activity && s.Week <= begun && (q.To == 0 || s.Week < q.To) {
			a.Cells = append(a.Cells, GroupSums{Week: s.Week, Value: s.Portal.String(), Flows: s.Flows})
		}
	}
	return a
}

type path struct{ from, to State }

// byWeek are the rows' users by week, from and to; week 0 is the range.
func byWeek(rows []Row) map[sevenday.Day]map[path]int64 {
	weeks := map[sevenday.Day]map[path]int64{}
	for _, r := range rows {
		week, w := sevenday.Day(0), path{to: r.To}
		if r.Week != nil {
			week = *r.Week
		}
		if r.From != nil {
			w.from = *r.From
		}
		if weeks[week] == nil {
			weeks[week] = map[path]int64{}
		}
		weeks[week][w] += r.Users
	}
	return weeks
}

func TestFlowsBalanceInEveryWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t, metrics.WholeHistory)
		lines := randomLines(t, m)
		begun := monday + sevenday.Day(rapid.IntRange(-7, 300).Draw(t, "begun"))
		q := Query{Activity: rapid.SampledFrom([]Activity{ActivityVisit, ActivityPaying}).Draw(t, "activity")}
		weeks := byWeek(answerOf(q, begun, fold(m, lines...)).Rows())
		entered := int64(0)
		for week := monday; weeks[week-7] != nil || week <= begun; week += 7 {
			if weeks[week] == nil {
				continue // before the first
			}
			here, before := weeks[week], weeks[week-7]
			for _, state := range States {
				in, out := here[path{Outside, state}], int64(0)
				for _, other := range States {
					in += here[path{other, state}]
					out += here[path{state, other}]
				}
				if in != here[path{to: state}] {
					t.Fatalf("week %s: %d came to %s, %d are in it", week, in, state, here[path{to: state}])
				}
				if out != before[path{to: state}] {
					t.Fatalf("week %s: %d left %s or stayed, %d were in it", week, out, state, before[path{to: state}])
				}
				entered += here[path{Outside, state}]
			}
			total := int64(0)
			for _, state := range States {
				total += here[path{to: state}]
			}
			if total != entered {
				t.Fatalf("week %s: %d users in all states, %d ever came", week, total, entered)
			}
		}
	})
}

func TestPortalsAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t, metrics.WholeHistory)
		sums := fold(m, randomLines(t, m)...)
		q := Query{Activity: rapid.SampledFrom([]Activity{ActivityVisit, ActivityPaying}).Draw(t, "activity")}
		whole := byWeek(answerOf(q, monday+300, sums).Rows())
		q.By = ByPortal
		parts := byWeek(answerOf(q, monday+300, sums).Rows())
		for week, ways := range whole {
			for w, users := range ways {
				if w.to != Dormant && parts[week][w] != users {
					t.Fatalf("week %s, %v: portals add up to %d, want %d", week, w, parts[week][w], users)
				}
			}
		}
	})
}

func TestARangeCutsWeeksAndNotWhatCameBefore(t *testing.T) {
	m := merchant(t, metrics.WholeHistory)
	lines := []*metrics.Timeline{
		{Person: 1, Entries: visits(sevenday.PortalScan, noon(m, 0, 7, 49)...)},
		{Person: 2, Entries: visits(sevenday.PortalSearch, noon(m, 1)...)},
	}
	q := Query{Scope: metrics.Scope{Merchant: "m"}, Range: metrics.Range{From: monday + 42, To: monday + 56}}
	a := answerOf(q, monday+50, fold(m, lines...))
	a.FirstDay = monday
	rows := a.Rows()
	got := byWeek(rows)
	if len(got) != 3 || got[monday+42][path{to: Dormant}] != 2 || got[monday+49][path{to: Resurrected}] != 1 || got[monday+49][path{Dormant, Dormant}] != 1 {
		t.Errorf("weeks: %+v", got)
	}
	for _, r := range rows {
		switch {
		case r.Week == nil && (r.State != metrics.Final || r.HistoryDays != nil):
			t.Errorf("the range: %+v", r)
		case r.Week != nil && *r.Week == monday+42 && (r.State != metrics.Final || *r.HistoryDays != 42):
			t.Errorf("a closed week: %+v", r)
		case r.Week != nil && *r.Week == monday+49 && r.State != metrics.Open:
			t.Errorf("a week that goes on: %+v", r)
		case r.From != nil && *r.From == Dormant && r.To == Resurrected && r.Week != nil && *r.Week == monday+49 && *r.Share != 0.5:
			t.Errorf("one of two who were dormant: %+v", r)
		case r.From != nil && *r.From == New && r.Share != nil:
			t.Errorf("a share of nobody: %+v", r)
		}
	}
	if got[0][path{Dormant, Dormant}] != 2 || got[0][path{Dormant, Resurrected}] != 0 {
		t.Errorf("the range adds up the final weeks only: %+v", got[0])
	}
}

func TestWithoutAnybodyThereIsTheRangeOnly(t *testing.T) {
	a := answerOf(Query{}, monday, nil)
	rows := a.Rows()
	if len(rows) != len(States)+len(arrivals)+len(departures)+1 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, r := range rows {
		if r.Week != nil || r.Users != 0 || r.Share != nil || r.State != metrics.Open {
			t.Errorf("%+v", r)
		}
	}
}

func TestAQuestionNamesWhatIsThere(t *testing.T) {
	for _, q := range []Query{{Activity: "reading"}, {By: "moon"}} {
		if q.WithDefaults().Validate() == nil {
			t.Errorf("%+v is taken", q)
		}
	}
	if err := (Query{}).WithDefaults().Validate(); err != nil {
		t.Error(err)
	}
}
