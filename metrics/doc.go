// Package metrics holds what every figure has in common: the timeline of a
// person at a merchant, the fold that turns timelines into sums, the state of a
// cell, and the shape of a question. Each metric is a folder below this one and
// the whole of it: its fold, its arithmetic, its tables and its words.
//
// Metrics are pure: no I/O, no clock. They are handed events in order and hand
// back rows.
package metrics
