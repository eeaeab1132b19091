// Package simulate makes a world of invented mini programs whose truth is
// known: it writes the records that such programs would send, and beside them
// what the figures of an honest pipeline must be.
//
// Nothing in a figure is pasted in. Every record comes out of what invented
// people do: who hears of a mini program, through which portal they come, who
// returns on which day, who buys, pays by installments, claims a coupon or asks
// for the money back. Each of these is a draw with a known probability, so the
// truth holds expectations and not the counts that happened to be drawn.
//
//	world, err := simulate.NewWorld(simulate.Config{Seed: 1})
//	truth, err := world.Stream(ctx, func(r simulate.Record) error { return producer.Send(r.Key, r.Value) })
//
// The same Config gives the same bytes on every machine. Memory grows with the
// people of the last sixty days, never with the number of records. The package
// knows no server: it hands records to a callback.
package simulate
