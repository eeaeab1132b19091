package registry

import (
	"fmt"
	"slices"
	"strings"

	"sevenday"
)

// viewTypes are the types that the views' columns share.
var viewTypes = map[string]string{
	"Text":        "LowCardinality(String)",
	"Money":       "Decimal(18, 2)",
	"Time":        "DateTime64(3, 'UTC')",
	"Time?":       "Nullable(DateTime64(3, 'UTC'))",
	"Times":       "Array(DateTime64(3, 'UTC'))",
	"Action":      enumOf(sevenday.ActionNames()),
	"Portal":      enumOf(sevenday.PortalNames()),
	"Terminal":    enumOf(sevenday.TerminalNames()),
	"Transaction": enumOf(sevenday.TransactionKindNames()),
	"Method":      enumOf(sevenday.MethodNames()),
	"Lever":       enumOf(sevenday.LeverNames()),
	"CouponKind":  enumOf(sevenday.CouponKindNames()),
	"Stage":       enumOf(append(slices.Clone(sevenday.StageNames()), sevenday.StageReceived.String())),
	"Placement":   enumOf(sevenday.PlacementNames()),
	"Scope":       enumOf([]string{sevenday.ScopePlatform.String(), sevenday.ScopeMerchant.String()}),
	"Channel":     enum(1, slices.Concat(sevenday.PortalNames(), []string{"direct"})),
	"Source":      enum(0, slices.Concat([]string{"start"}, sevenday.PortalNames())),
	"Target":      enum(0, slices.Concat([]string{"null"}, sevenday.PortalNames(), []string{"conversion"})),
}

// enumOf is the type of an enumeration of the vocabulary: 0 stands for "absent".
func enumOf(names []string) string { return enum(0, slices.Concat([]string{""}, names)) }

// enum is the type that numbers names from the first on.
func enum(first int, names []string) string {
	values := make([]string, len(names))
	for i, name := range names {
		values[i] = fmt.Sprintf("'%s' = %d", name, first+i)
	}
	return "Enum8(" + strings.Join(values, ", ") + ")"
}
