package attribution

import (
	"sevenday"
	"sevenday/metrics"
)

// TouchRow is one portal of one payment's path, with what the payment gives it: a
// row of table touches_by_run. A payment without a touch has one row, of Direct.
type TouchRow struct {
	metrics.Key
	Day           sevenday.Day    `ch:"day"` // of the payment
	Person        sevenday.Person `ch:"person"`
	TransactionID string          `ch:"transaction_id"`
	PaidAt        sevenday.Millis `ch:"paid_at"`
	Currency      string          `ch:"currency,low"`
	Net           sevenday.Money  `ch:"net"`   // of the payment
	Path          uint32          `ch:"path"`  // Path.Code of the payment
	Place         uint8           `ch:"place"` // 1 for the portal that was touched first
	Channel       Channel         `ch:"channel"`
	Touches       uint64          `ch:"touches"` // visits through it
	Given
}

// Given is the credit of a channel under each rule: of one payment in a
// TouchRow, of all payments of a day in a SumRow. Weights are in units of 1e-9
// of a payment, money is in the payments' currency.
type Given struct {
	LastTouchWeight  uint64         `ch:"last_touch_weight"`
	FirstTouchWeight uint64         `ch:"first_touch_weight"`
	LinearWeight     uint64         `ch:"linear_weight"`
	PositionWeight   uint64         `ch:"position_weight"`
	TimeDecayWeight  uint64         `ch:"time_decay_weight"`
	ShapleyWeight    uint64         `ch:"shapley_weight"`
	LastTouch        sevenday.Money `ch:"last_touch"`
	FirstTouch       sevenday.Money `ch:"first_touch"`
	Linear           sevenday.Money `ch:"linear"`
	Position         sevenday.Money `ch:"position"`
	TimeDecay        sevenday.Money `ch:"time_decay"`
	Shapley          sevenday.Money `ch:"shapley"`
}

// rules returns weight and money of the rules, in the order of Models.
func (g *Given) rules() (weights [Rules]uint64, money [Rules]sevenday.Money) {
	return [Rules]uint64{g.LastTouchWeight, g.FirstTouchWeight, g.LinearWeight, g.PositionWeight, g.TimeDecayWeight, g.ShapleyWeight},
		[Rules]sevenday.Money{g.LastTouch, g.FirstTouch, g.Linear, g.Position, g.TimeDecay, g.Shapley}
}

// given returns what the credits give to a path's portal.
func (c *Credits) given(slot int) Given {
	w, m := &c.Weights, &c.Money
	return Given{
		LastTouchWeight: w[lastTouch][slot], FirstTouchWeight: w[firstTouch][slot], LinearWeight: w[linear][slot],
		PositionWeight: w[position][slot], TimeDecayWeight: w[timeDecay][slot], ShapleyWeight: w[shapley][slot],
		LastTouch: sevenday.Money(m[lastTouch][slot]), FirstTouch: sevenday.Money(m[firstTouch][slot]),
		Linear: sevenday.Money(m[linear][slot]), Position: sevenday.Money(m[position][slot]),
		TimeDecay: sevenday.Money(m[timeDecay][slot]), Shapley: sevenday.Money(m[shapley][slot]),
	}
}

// add adds what another payment gives; its money only where it may be added up.
func (g *Given) add(other *Given, money bool) {
	g.LastTouchWeight += other.LastTouchWeight
	g.FirstTouchWeight += other.FirstTouchWeight
	g.LinearWeight += other.LinearWeight
	g.PositionWeight += other.PositionWeight
	g.TimeDecayWeight += other.TimeDecayWeight
	g.ShapleyWeight += other.ShapleyWeight
	if !money {
		return
	}
	g.LastTouch += other.LastTouch
	g.FirstTouch += other.FirstTouch
	g.Linear += other.Linear
	g.Position += other.Position
	g.TimeDecay += other.TimeDecay
	g.Shapley += other.Shapley
}

// SumRow is what the payments of a day give to a channel: a row of table
// credit_sums_by_run. Payments in another currency than the merchant's count in
// the weights; their money is in no sum.
type SumRow struct {
	metrics.Key
	Day     sevenday.Day `ch:"day"` // of the payments
	Channel Channel      `ch:"channel"`
	Touched uint64       `ch:"touched"` // payments whose path holds the channel
	Given
}

// PathRow adds up the payments of a day with one path and one last touch: a row
// of table path_sums_by_run.
type PathRow struct {
	metrics.Key
	Day    sevenday.Day   `ch:"day"`  // of the payments
	Path   uint32         `ch:"path"` // Path.Code
	Last   Channel        `ch:"last"` // portal of the last touch
	Orders uint64         `ch:"orders"`
	Net    sevenday.Money `ch:"net"` // of those in the merchant's currency
}

// TransitionRow is one cell of a month's Chain: a row of table
// portal_transitions_by_run.
type TransitionRow struct {
	metrics.Key
	Month       sevenday.Day `ch:"month"` // its first day
	Source      Source       `ch:"source"`
	Target      Target       `ch:"target"`
	Transitions uint64       `ch:"transitions"`
}

// Source is a state that a transition leaves: Start or a portal.
type Source uint8

// Target is a state that a transition reaches: Null, a portal or Conversion.
type Target uint8
