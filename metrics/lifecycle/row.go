package lifecycle

import (
	"cmp"

	"sevenday"
	"sevenday/metrics"
)

// State is what a user is to a merchant in one week.
type State string

// The states. Outside is where users come from: nobody is in it.
const (
	Outside     State = "outside"     // before the first active week
	New         State = "new"         // the first active week of somebody not known before
	Returning   State = "returning"   // active, after at most 3 idle weeks
	Resurrected State = "resurrected" // active, after 4 idle weeks or more
	Dormant     State = "dormant"     // was active in an earlier week, and is not in this one
)

// States lists the states in the order in which they are always shown.
var States = [...]State{New, Returning, Resurrected, Dormant}

// idleWeeks is how many weeks without activity a user may let pass and is still
// returning; after more of them the user is resurrected.
const idleWeeks = 3

// Activity is what makes a user active in a week.
type Activity string

// The activities.
const (
	ActivityVisit  Activity = "visit"  // at least one visit entry
	ActivityPaying Activity = "paying" // at least one payment; a later refund does not undo it
)

// ByPortal breaks down who came by the portal of the first visit entry on the
// week's first active day.
const ByPortal = "portal"

// Row counts the users who went from one state to another between two weeks
// or, without a From, those who are in a state.
type Row struct {
	MerchantID  *string       `json:"merchant_id"`
	Industry    *string       `json:"industry"`
	By          *string       `json:"by" doc:"the breakdown, null for none"`
	Value       *string       `json:"value" doc:"the breakdown's value; null without a breakdown, and for payments on a day without a visit"`
	Activity    Activity      `json:"activity"`
	Week        *sevenday.Day `json:"week" doc:"Monday of the week; null adds up the final weeks of the range"`
	From        *State        `json:"from" doc:"state of the week before; outside: in none yet; null: all who are in state to"`
	To          State         `json:"to" doc:"state of the week"`
	Users       int64         `json:"users" doc:"merchant-user pairs; over weeks: user-weeks"`
	Share       *float64      `json:"share" doc:"users / users in from the week before"`
	State       metrics.State `json:"state" enum:"final,open,not_due"`
	HistoryDays *int64        `json:"history_days" doc:"days of the merchant's history before the week; under 28 regulars may look new"`
}

// Query asks for the lifecycle by week. A week is in the range when its Monday is.
type Query struct {
	metrics.Scope
	metrics.Range
	Activity Activity // default ActivityVisit
	By       string   // "" or ByPortal
}

// WithDefaults fills in the fields that the asker left out.
func (q Query) WithDefaults() Query {
	q.Activity = cmp.Or(q.Activity, ActivityVisit)
	return q
}

// Validate says what is wrong with the question, naming the field.
func (q Query) Validate() error {
	switch {
	case q.Activity != ActivityVisit && q.Activity != ActivityPaying:
		return sevenday.Invalidf("activity %q is unknown: use visit or paying", q.Activity)
	case q.By != "" && q.By != ByPortal:
		return sevenday.Invalidf("breakdown %q is unknown: use portal", q.By)
	default:
		return nil
	}
}
