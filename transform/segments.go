package transform

import (
	"sevenday"
	"sevenday/internal/warehouse"
)

// segment says that the rows of the spans from From up to the next segment's,
// the last segment's up to the end of time, are those of a run.
type segment struct {
	From sevenday.Day
	Run  uint64
}

// after returns the segments of a merchant once a run has made the spans from
// `from` on anew. Segments are ascending.
func after(segments []segment, from sevenday.Day, run uint64) []segment {
	var kept []segment
	for _, s := range segments {
		if s.From < from {
			kept = append(kept, s)
		}
	}
	return append(kept, segment{from, run})
}

// segmentsOf reads segments from the columns of table publications.
func segmentsOf(starts []sevenday.Day, runs []uint64) []segment {
	segments := make([]segment, len(starts))
	for i := range starts {
		segments[i] = segment{starts[i], runs[i]}
	}
	return segments
}

// columns is the inverse of segmentsOf.
func columns(segments []segment) (starts []sevenday.Day, runs []uint64) {
	for _, s := range segments {
		starts, runs = append(starts, s.From), append(runs, s.Run)
	}
	return starts, runs
}

// spanRow says which rows of a merchant count, as statements are given it that
// read what a run is about to publish.
type spanRow struct {
	MerchantID string       `ch:"merchant_id"`
	Run        uint64       `ch:"run"`
	From       sevenday.Day `ch:"from_span"`
	Until      sevenday.Day `ch:"until_span"`
}

var spanLayout = warehouse.LayoutOf[spanRow]()

// endOfTime is after every span.
const endOfTime sevenday.Day = 65535

// spansOf appends the rows of a merchant's segments.
func spansOf(rows []spanRow, merchantID string, segments []segment) []spanRow {
	for i, s := range segments {
		until := endOfTime
		if i+1 < len(segments) {
			until = segments[i+1].From
		}
		rows = append(rows, spanRow{merchantID, s.Run, s.From, until})
	}
	return rows
}
