package metrics

// Fold turns timelines into the rows of one metric. It keeps the state of one
// merchant at a time, so that memory does not grow with the platform. Rows are
// collected in the fold's own slices, which the caller drains between calls.
type Fold interface {
	// Person reads one person's timeline. It is called once for each person of
	// the merchant, and several times, with parts, for Nobody.
	Person(t *Timeline)
	// Merchant is called after the merchant's last person: the sums become rows
	// and the fold starts afresh.
	Merchant(m *Merchant)
}
