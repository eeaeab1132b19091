package metrics

import "sevenday"

// Scope is whose figures are asked for: one merchant's, one industry's, or,
// with neither, the platform's.
type Scope struct {
	Merchant string `json:"merchant,omitempty"`
	Industry string `json:"industry,omitempty"`
}

// Range is a half-open range of days [From, To); a zero bound is open.
type Range struct {
	From sevenday.Day
	To   sevenday.Day
}

// Optional returns a pointer to v: rows use nil for "absent".
func Optional[T any](v T) *T { return &v }
