package conversion

import "sevenday"

// stretch tells which of a person's payments a visit is about. Payments stand in
// the order in which they were decided, so both sets are neighbors.
type stretch struct {
	from  int // the first payment at or after the visit's start
	own   int // the end of those that belong to the visit: the next visit takes over, or the window ends
	until int // the end of those within the window, whichever visit they belong to
}

// stretches appends to into, for each visit, the payments it is about. Starts
// and decisions are in order of time. A payment belongs to the latest visit that
// starts at or before it within the window, whose end is included; of visits
// with one start the last takes it.
func stretches(into []stretch, starts, decisions []sevenday.Millis, window sevenday.Millis) []stretch {
	from, until := 0, 0
	for i, start := range starts {
		for from < len(decisions) && decisions[from] < start {
			from++
		}
		for until < len(decisions) && decisions[until] <= start+window {
			until++
		}
		own := from
		for own < until && (i+1 == len(starts) || decisions[own] < starts[i+1]) {
			own++
		}
		into = append(into, stretch{from: from, own: own, until: until})
	}
	return into
}
