package lifecycle

import (
	"sevenday"
	"sevenday/metrics"
)

// week is a scope's week, or several of them added up.
type week struct {
	monday  sevenday.Day // 0 for several
	state   metrics.State
	flows   Flows
	values  map[string]*Flows
	dormant uint64 // who was dormant the week before
}

func (w *week) add(other *week) {
	w.state = metrics.Final
	w.flows.Add(&other.flows)
	w.dormant += other.dormant
	for value, flows := range other.values {
		w.of(value).Add(flows)
	}
}

// of returns the flows of a value, all 0 where there are none yet.
func (w *week) of(value string) *Flows {
	if w.values == nil {
		w.values = make(map[string]*Flows)
	}
	flows := w.values[value]
	if flows == nil {
		flows = new(Flows)
		w.values[value] = flows
	}
	return flows
}

// stays is how many were dormant in both weeks.
func (w *week) stays() uint64 {
	return w.dormant - w.flows.DormantReturning - w.flows.DormantResurrected
}

// users is how many are in a state in the week.
func (w *week) users(state State) uint64 {
	f := &w.flows
	if state == Dormant {
		return w.stays() + f.NewDormant + f.ReturningDormant + f.ResurrectedDormant
	}
	return f.active(state)
}

// active is how many are in one of the active states.
func (f *Flows) active(state State) uint64 {
	switch state {
	case New:
		return f.OutsideNew
	case Returning:
		return f.OutsideReturning + f.NewReturning + f.ReturningReturning + f.ResurrectedReturning + f.DormantReturning
	default:
		return f.OutsideResurrected + f.DormantResurrected
	}
}

// before is how many were in a state in the week before.
func (w *week) before(state State) uint64 {
	f := &w.flows
	switch state {
	case New:
		return f.NewReturning + f.NewDormant
	case Returning:
		return f.ReturningReturning + f.ReturningDormant
	case Resurrected:
		return f.ResurrectedReturning + f.ResurrectedDormant
	default:
		return w.dormant
	}
}

// way is a flow from one state to another.
type way struct {
	from, to State
	users    func(*Flows) uint64
}

// arrivals are the ways into the active states, in the order in which they are shown.
var arrivals = [...]way{
	{Outside, New, func(f *Flows) uint64 { return f.OutsideNew }},
	{Outside, Returning, func(f *Flows) uint64 { return f.OutsideReturning }},
	{Outside, Resurrected, func(f *Flows) uint64 { return f.OutsideResurrected }},
	{New, Returning, func(f *Flows) uint64 { return f.NewReturning }},
	{Returning, Returning, func(f *Flows) uint64 { return f.ReturningReturning }},
	{Resurrected, Returning, func(f *Flows) uint64 { return f.ResurrectedReturning }},
	{Dormant, Returning, func(f *Flows) uint64 { return f.DormantReturning }},
	{Dormant, Resurrected, func(f *Flows) uint64 { return f.DormantResurrected }},
}

// departures are the ways out of them.
var departures = [...]way{
	{New, Dormant, func(f *Flows) uint64 { return f.NewDormant }},
	{Returning, Dormant, func(f *Flows) uint64 { return f.ReturningDormant }},
	{Resurrected, Dormant, func(f *Flows) uint64 { return f.ResurrectedDormant }},
}
