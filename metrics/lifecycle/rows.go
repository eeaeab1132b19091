package lifecycle

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// GroupSums are the flows of a scope's merchants of one week, in the form that a
// database sums.
type GroupSums struct {
	Week  sevenday.Day `ch:"week"`
	Value string       `ch:"value"` // the portal, "" for none
	Flows
}

// Answer is everything that the rows of one question are made from.
type Answer struct {
	Query
	Groups   metrics.Groups // of the merchants in scope
	FirstDay sevenday.Day   // of one merchant's history, 0 without any
	// Cells are those of all weeks before the range's end that have begun for any
	// merchant, by (week, value): who is dormant depends on all that came before.
	Cells []GroupSums
}

// Rows returns, for every week of the range from the scope's first on, how many
// users are in each state and how many came to it from each state of the week
// before; last comes the sum of the final weeks, which is always there.
//
//	in state s = sum over f of (f to s);  in state s the week before = sum over t of (s to t)
//	dormant to dormant = dormant the week before - dormant to returning - dormant to resurrected
//
// So users in = users out + who stayed, exactly, in every week and for every
// scope. A week that has begun for one merchant of a scope counts all of them:
// where it has not begun nobody is active yet. A week is final when its Sunday
// is closed for all merchants; over weeks, only final ones are added up.
//
// By portal there are rows only for who is active in the week: dormant users
// came through none. Shares need the state of the week before, and are null in
// the scope's first week and for users from outside.
//
// Source: docs/metrics.md, lifecycle.
func (a *Answer) Rows() []Row {
	weeks := a.weeks()
	pooled := week{state: metrics.Open}
	var rows []Row
	for i := range weeks {
		w := &weeks[i]
		if w.monday < a.From {
			continue
		}
		w.state = a.Groups.State(w.monday, w.monday+6)
		rows = append(rows, a.rowsOf(w)...)
		if w.state == metrics.Final {
			pooled.add(w)
		}
	}
	return append(rows, a.rowsOf(&pooled)...)
}

// weeks lists the weeks from the first with a flow to the last that has begun
// or, where the range ends before, its last.
func (a *Answer) weeks() []week {
	if len(a.Cells) == 0 || len(a.Groups) == 0 {
		return nil
	}
	first := slices.MinFunc(a.Cells, func(x, y GroupSums) int { return int(x.Week - y.Week) }).Week
	last := slices.MaxFunc(a.Groups, func(x, y metrics.Group) int { return int(x.Begun - y.Begun) }).Begun.Monday()
	if a.To != 0 {
		last = min(last, (a.To - 1).Monday())
	}
	if last < first {
		return nil
	}
	weeks := make([]week, (last-first)/7+1)
	for i := range a.Cells {
		c := &a.Cells[i]
		if c.Week <= last {
			w := &weeks[(c.Week-first)/7]
			w.flows.Add(&c.Flows)
			w.of(c.Value).Add(&c.Flows)
		}
	}
	dormant := uint64(0)
	for i := range weeks {
		w := &weeks[i]
		w.monday, w.dormant = first+sevenday.Day(i)*7, dormant
		dormant = w.users(Dormant)
	}
	return weeks
}

func (a *Answer) rowsOf(w *week) []Row {
	if a.By != "" {
		return a.rowsByPortal(w)
	}
	var rows []Row
	for _, state := range States {
		rows = append(rows, a.row(w, "", state, w.users(state)))
	}
	for _, ways := range [][]way{arrivals[:], departures[:]} {
		for _, one := range ways {
			rows = append(rows, a.row(w, one.from, one.to, one.users(&w.flows)))
		}
	}
	return append(rows, a.row(w, Dormant, Dormant, w.stays()))
}

// rowsByPortal has rows of every portal that any week knows, so that a curve has
// no gaps.
func (a *Answer) rowsByPortal(w *week) []Row {
	var rows []Row
	for _, value := range a.values() {
		flows := w.of(value)
		first := len(rows)
		for _, state := range States {
			if state != Dormant {
				rows = append(rows, a.row(w, "", state, flows.active(state)))
			}
		}
		for _, one := range arrivals {
			rows = append(rows, a.row(w, one.from, one.to, one.users(flows)))
		}
		for i := first; i < len(rows); i++ {
			rows[i].By, rows[i].Value = metrics.Optional(a.By), metrics.NonZero(value)
		}
	}
	return rows
}

// values lists the portals through which anybody came in the range.
func (a *Answer) values() []string {
	var values []string
	for i := range a.Cells {
		c := &a.Cells[i]
		if c.Week >= a.From && c.active(New)+c.active(Returning)+c.active(Resurrected) > 0 {
			values = append(values, c.Value)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func (a *Answer) row(w *week, from, to State, users uint64) Row {
	row := Row{
		MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry), Activity: a.Activity,
		Week: metrics.NonZero(w.monday), From: metrics.NonZero(from), To: to, Users: int64(users), State: w.state,
	}
	if from != "" && from != Outside {
		if before := w.before(from); before > 0 {
			row.Share = metrics.Optional(float64(users) / float64(before))
		}
	}
	if a.Merchant != "" && a.FirstDay != 0 && w.monday != 0 {
		row.HistoryDays = metrics.Optional(int64(max(w.monday-a.FirstDay, 0)))
	}
	return row
}
