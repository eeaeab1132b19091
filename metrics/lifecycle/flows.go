package lifecycle

import "sevenday/metrics"

// Flows counts the users who went from a state of one week to a state of the
// next. These are all ways there are, but that of who stays dormant: whoever is
// active in two weeks running is returning in the second, and nobody is
// resurrected who was not dormant.
type Flows struct {
	OutsideNew           uint64 `ch:"outside_new"`
	OutsideReturning     uint64 `ch:"outside_returning"`   // known before by a register: see entrance
	OutsideResurrected   uint64 `ch:"outside_resurrected"` // the same, of long ago
	NewReturning         uint64 `ch:"new_returning"`
	ReturningReturning   uint64 `ch:"returning_returning"`
	ResurrectedReturning uint64 `ch:"resurrected_returning"`
	DormantReturning     uint64 `ch:"dormant_returning"`
	DormantResurrected   uint64 `ch:"dormant_resurrected"`
	NewDormant           uint64 `ch:"new_dormant"`
	ReturningDormant     uint64 `ch:"returning_dormant"`
	ResurrectedDormant   uint64 `ch:"resurrected_dormant"`
}

// Sums are a merchant's flows of one week: a row of table lifecycle_flows_by_run.
// Who goes dormant came through no portal, and stands under PortalNone; so does
// who paid on a day without a visit.
type Sums struct {
	metrics.Key
	Cell
	Flows
}

// Add adds other flows.
func (f *Flows) Add(other *Flows) {
	f.OutsideNew += other.OutsideNew
	f.OutsideReturning += other.OutsideReturning
	f.OutsideResurrected += other.OutsideResurrected
	f.NewReturning += other.NewReturning
	f.ReturningReturning += other.ReturningReturning
	f.ResurrectedReturning += other.ResurrectedReturning
	f.DormantReturning += other.DormantReturning
	f.DormantResurrected += other.DormantResurrected
	f.NewDormant += other.NewDormant
	f.ReturningDormant += other.ReturningDormant
	f.ResurrectedDormant += other.ResurrectedDormant
}

// enter is where a user's first active week is counted.
func (f *Flows) enter(to State) *uint64 {
	switch to {
	case New:
		return &f.OutsideNew
	case Returning:
		return &f.OutsideReturning
	default:
		return &f.OutsideResurrected
	}
}

// stay is where a week is counted that follows upon an active one.
func (f *Flows) stay(from State) *uint64 {
	switch from {
	case New:
		return &f.NewReturning
	case Returning:
		return &f.ReturningReturning
	default:
		return &f.ResurrectedReturning
	}
}

// wake is where an active week is counted that follows upon idle ones.
func (f *Flows) wake(to State) *uint64 {
	if to == Returning {
		return &f.DormantReturning
	}
	return &f.DormantResurrected
}

// leave is where the first idle week is counted.
func (f *Flows) leave(from State) *uint64 {
	switch from {
	case New:
		return &f.NewDormant
	case Returning:
		return &f.ReturningDormant
	default:
		return &f.ResurrectedDormant
	}
}
