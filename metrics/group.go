package metrics

import (
	"slices"

	"sevenday"
)

// Group is the merchants of a scope that agree in all that decides a cell's
// state and its money: time zone, settlement days and currency.
type Group struct {
	TimeZone       string
	SettlementDays sevenday.Day // how many days after the decision payment may come
	Currency       string
	LastDays       // the horizon's days in the time zone
}

// Groups are all groups of a scope.
type Groups []Group

// Currencies lists the groups' currencies by name.
func (g Groups) Currencies() []string {
	names := make([]string, 0, len(g))
	for i := range g {
		names = append(names, g[i].Currency)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// In returns the groups of one currency.
func (g Groups) In(currency string) Groups {
	return slices.DeleteFunc(slices.Clone(g), func(one Group) bool { return one.Currency != currency })
}

// State of a scope's cell that needs the days first..last of every group, both
// ends in: final when it is final for all of them, not due while it has begun
// for none, open otherwise. Without groups nothing has begun.
func (g Groups) State(first, last sevenday.Day) State {
	return g.state(func(one *Group) State { return one.State(first, last) })
}

// SettledState is State of a cell that also waits for each group's settlement.
func (g Groups) SettledState(first, last sevenday.Day) State {
	return g.state(func(one *Group) State { return one.State(first, last+one.SettlementDays) })
}

func (g Groups) state(of func(*Group) State) State {
	if len(g) == 0 {
		return NotDue
	}
	state := of(&g[0])
	for i := range g {
		if of(&g[i]) != state {
			return Open // what is final here has not ended there
		}
	}
	return state
}
