package conversion

import (
	"cmp"
	"slices"

	"sevenday"
)

// compareValues orders the values of a breakdown: all of them together first,
// the names of an enumeration as they are listed everywhere, others by name.
func compareValues(by, a, b string) int {
	names := valueNames(by)
	return cmp.Or(
		-compareBool(a == "", b == ""),
		cmp.Compare(slices.Index(names, a), slices.Index(names, b)),
		cmp.Compare(a, b),
	)
}

func valueNames(by string) []string {
	switch by {
	case ByPortal:
		return sevenday.PortalNames()
	case ByTerminal:
		return sevenday.TerminalNames()
	case ByLever:
		return sevenday.LeverNames()
	case ByMethod:
		return sevenday.MethodNames()
	default:
		return nil
	}
}

// compareBool orders false before true.
func compareBool(a, b bool) int { return int(one(a)) - int(one(b)) }
