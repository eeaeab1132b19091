package metrics

// NonZero returns a pointer to v, nil where v is the zero value: rows use nil
// for "all", "the range" and "none".
func NonZero[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
