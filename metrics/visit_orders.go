package metrics

import (
	"sort"

	"sevenday"
)

// ConversionWindow is how long after a visit's start an order still belongs to
// it; an order at exactly the end does.
const ConversionWindow sevenday.Millis = 24 * 60 * 60 * 1000

// ConversionReach is how many days after a visit's own an order can still belong
// to it. A change of clocks can push the window's end beyond the next day.
const ConversionReach sevenday.Day = 2

// VisitOf returns the index of the visit that something at the instant belongs
// to: the latest that starts at or before it, within the conversion window; -1
// where there is none. Visits are in order.
func VisitOf(visits []Visit, instant sevenday.Millis) int {
	after := sort.Search(len(visits), func(i int) bool { return visits[i].Start > instant })
	if after == 0 || instant-visits[after-1].Start > ConversionWindow {
		return -1
	}
	return after - 1
}
