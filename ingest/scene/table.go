// Package scene maps the raw scene codes of a platform to portals. What a code
// means depends on the app it was seen in and on when, and a table is corrected
// by adding lines of a higher version; lookups answer by the time of the event.
//
// It does not know any platform's codes by itself: Shipped is a documented,
// empty template that operators copy and fill.
//
//	table, err := scene.Read(file, "scenes.csv")
//	portal, known := table.Portal("A100", sevenday.TerminalAlipay, eventTime)
package scene

import (
	"cmp"
	"slices"

	"sevenday"
)

// A Row says that, in the terminal and from From until before To, Scene stands for Portal.
type Row struct {
	Scene    string
	Portal   sevenday.Portal
	Terminal sevenday.Terminal // 0: any terminal
	From     sevenday.Millis   // first instant; 0: since ever
	To       sevenday.Millis   // first instant after; 0: no end
	Version  uint32            // of rows that cover an instant the highest counts
	Line     int               // in the file the row came from
}

func (r *Row) covers(at sevenday.Millis) bool {
	return r.From <= at && (r.To == 0 || at < r.To)
}

// overlaps tells whether there is an instant that both rows cover.
func (r *Row) overlaps(other *Row) bool {
	return (other.To == 0 || r.From < other.To) && (r.To == 0 || other.From < r.To)
}

type key struct {
	scene    string
	terminal sevenday.Terminal
}

// A Table is a set of rows of which no two of one version contradict each
// other. It is immutable and safe for concurrent use; the zero Table is empty.
type Table struct {
	rows    []Row
	byScene map[key][]Row // the highest version first
	version uint32
}

// Portal returns what the scene stood for in the terminal at the time. Rows for
// the terminal go before rows for any terminal, whatever their versions. It
// returns PortalNone and false for a code that is not mapped then.
func (t Table) Portal(scene string, terminal sevenday.Terminal, at sevenday.Millis) (sevenday.Portal, bool) {
	if len(t.rows) == 0 {
		return sevenday.PortalNone, false
	}
	for _, k := range [...]key{{scene, terminal}, {scene, anyTerminal}} {
		rows := t.byScene[k]
		for i := range rows {
			if rows[i].covers(at) {
				return rows[i].Portal, true
			}
		}
	}
	return sevenday.PortalNone, false
}

const anyTerminal sevenday.Terminal = 0

// Version returns the highest version of any row, 0 for an empty table.
func (t Table) Version() uint32 { return t.version }

// Rows returns a copy of the rows in the order of the file.
func (t Table) Rows() []Row { return slices.Clone(t.rows) }

// newTable indexes rows; it returns the first two rows that contradict each
// other, nil when there are none.
func newTable(rows []Row) (table Table, clash []Row) {
	table = Table{rows: rows, byScene: map[key][]Row{}}
	for _, row := range rows {
		k := key{row.Scene, row.Terminal}
		for _, other := range table.byScene[k] {
			if other.Version == row.Version && other.overlaps(&row) {
				return Table{}, []Row{other, row}
			}
		}
		table.byScene[k] = append(table.byScene[k], row)
		table.version = max(table.version, row.Version)
	}
	for _, rows := range table.byScene {
		slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(b.Version, a.Version) })
	}
	return table, nil
}
