// Package funnel follows people through steps in order: from a visit to a claim,
// to a payment, to the next payment, or through any other steps that are asked
// for.
//
// A funnel is a list of steps, written as text:
//
//	f, err := funnel.Parse("visit[portal=scan] > claim[placement=payment_success] > pay > pay")
//
// An Engine finds a person's tries; a Fold counts the default funnel of every
// merchant, a Counter any other when it is asked for. The package reads no
// tables and knows nothing of how a visit is cut.
package funnel
