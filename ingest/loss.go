package ingest

import "errors"

// errLossTaken ends a batch that consists of a declared loss.
var errLossTaken = errors.New("a declared loss is landed alone")

// lostHead deals with offsets that Kafka removed before they were read. They
// are never passed over in silence: the partition stops, unless an operator
// has accepted the loss, which then becomes a row of the ledger. That row makes
// a batch of its own, stamped 1970, because no record tells its time and
// rivals must agree on it.
func (p *partition) lostHead(first, next int64) error {
	if !p.config.AcceptLoss {
		return haltf(p.source, fixLostHead, "offsets %d to %d were removed from Kafka before they were read", next, first-1)
	}
	if next == p.mark.Offset+1 {
		p.batch.skip(byLoss, first-1, 0)
		p.config.Log.Warn("a loss was declared", "partition", p.source.String(), "first", next, "last", first-1)
	}
	return errLossTaken
}
