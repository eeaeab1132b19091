package ingest

import (
	"context"
	"errors"
)

// errHeadTaken ends a batch that consists of a missing head.
var errHeadTaken = errors.New("a missing head is landed alone")

// lostHead deals with offsets that Kafka removed before they were read. They
// are never passed over in silence. Where the topic is only compacted, newer
// records replace them. Otherwise the partition stops, unless an operator has
// accepted the loss. Either way they become a row of the ledger, in a batch of
// its own, stamped 1970, because no record tells its time and rivals must agree on it.
func (p *partition) lostHead(ctx context.Context, first, next int64) error {
	policy, err := p.cluster.policyOf(ctx, p.source)
	if err != nil {
		return err
	}
	why := byLoss
	switch {
	case policy.compacts() && !policy.expires():
		why = byCompaction
	case !p.config.AcceptLoss:
		return haltf(p.source, fixLostHead, "offsets %d to %d were removed from Kafka before they were read", next, first-1)
	}
	if next != p.mark.Offset+1 {
		return errHeadTaken // after what the batch has so far
	}
	p.batch.skip(why, first-1, 0)
	if why == byLoss {
		p.config.Log.Warn("a loss was declared", "partition", p.source.String(), "first", next, "last", first-1)
	}
	return errHeadTaken
}
