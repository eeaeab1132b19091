package ingest

// reason tells why offsets have no record to land.
type reason uint8

const (
	byControl    reason = iota // a transaction's marker
	byAbort                    // the record of an aborted transaction
	byCompaction               // nothing there: compaction, or a transaction, left it empty
	byLoss                     // removed by retention before it was read; an operator accepted that
)

// skips counts the offsets of a batch that have no record to land.
type skips struct {
	control, aborted, compacted uint32
	lost                        uint64
	last                        int64 // the last of them
}

func (s *skips) add(why reason, count, last int64) {
	s.last = last
	switch why {
	case byControl:
		s.control += uint32(count)
	case byAbort:
		s.aborted += uint32(count)
	case byCompaction:
		s.compacted += uint32(count)
	case byLoss:
		s.lost += uint64(count)
	}
}

func (s *skips) any() bool { return s.control+s.aborted+s.compacted > 0 || s.lost > 0 }

// fill writes the counts into a row of status skipped.
func (s *skips) fill(c *coordinates) {
	c.Status, c.Offset = skipped, s.last
	c.Control, c.Aborted, c.Compacted, c.DeclaredLoss = s.control, s.aborted, s.compacted, s.lost
}
