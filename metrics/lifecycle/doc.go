// Package lifecycle sorts the users of a merchant, week by week, into new ones,
// returning ones, resurrected ones and dormant ones, and counts who went from
// which state to which: the closed loop from acquisition through retention to
// re-activation, with the portal that each return came through.
//
// The fold keeps the flows that a week's own events decide. How many users are
// dormant is never stored: it is everybody who ever came less who is active, and
// so changes in every later week when one event comes late. It is put together
// when it is read:
//
//	answer := lifecycle.Answer{Query: q, Groups: groups, Cells: sums}
//	rows := answer.Rows()
package lifecycle
