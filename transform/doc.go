// Package transform turns the log into events and the events into figures.
//
// Hop two, Settle, reads what ingest landed in the log and decides what each
// event is: of several deliveries of one identity the highest revision counts,
// a tombstone removes it, an anonymous id belongs to the user it was linked to,
// a refund stands beside its payment. It places each event in the order
// (merchant, person, time), and marks what changed.
//
// The batch, Run, streams the placed events of the merchants with marks once,
// cuts them into timelines, hands these to every metric's fold, and publishes
// what the folds made in one step.
package transform

import "embed"

// Tables holds the numbered migrations of the stage's tables and its views.
//
//go:embed migrations/*.sql
var Tables embed.FS

//go:embed sql/*.sql
var statements embed.FS

// statement returns the text of sql/name.sql.
func statement(name string) string {
	text, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic("transform: no statement " + name) // a mistake in the program's text
	}
	return string(text)
}
