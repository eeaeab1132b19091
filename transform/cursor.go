package transform

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
)

// A placed row knows whose timeline it belongs to and which event it is a version of.
type placedRow interface {
	key() timelineKey
	// sameEvent tells whether the row is another version of the event that stands at other's place.
	state() (hash, version uint64, instant sevenday.Millis, deleted bool)
}

// timelineKey is a person at a merchant, in the order in which events are stored.
type timelineKey struct {
	merchantID string
	person     sevenday.Person
}

func (k timelineKey) before(other timelineKey) bool {
	if k.merchantID != other.merchantID {
		return k.merchantID < other.merchantID
	}
	return k.person < other.person
}

// A cursor walks over the placed events of some merchants in order and shows
// each event once: of several versions at one place, which are neighbors, the
// newest, and none where the newest took the event away.
type cursor[R any, P interface {
	*R
	placedRow
}] struct {
	blocks  chan []R
	taken   chan struct{} // tells the stream that its block may be used again
	failure chan error
	stop    context.CancelFunc

	block   []R
	next    int
	current R
	ok      bool // current holds an event
	pending R
	waiting bool // pending holds a row that was read ahead
}

func openCursor[R any, P interface {
	*R
	placedRow
}](ctx context.Context, db *warehouse.DB, layout *warehouse.Layout[R], query string, parameters map[string]any, given warehouse.Given) *cursor[R, P] {
	ctx, stop := context.WithCancel(ctx) //nolint:gosec // close calls it
	c := &cursor[R, P]{
		blocks: make(chan []R), taken: make(chan struct{}, 1), failure: make(chan error, 1), stop: stop,
	}
	go func() {
		defer close(c.blocks)
		c.failure <- warehouse.StreamGiven(ctx, db, layout, query, parameters, given, func(rows []R) error {
			select {
			case c.blocks <- rows:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case <-c.taken:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	return c
}

// close ends the stream and waits for it.
func (c *cursor[R, P]) close() {
	c.stop()
	for range c.blocks { // draining is all there is to do
	}
}

// advance moves to the next event; at the end ok turns false.
func (c *cursor[R, P]) advance() error {
	for {
		if err := c.fill(); err != nil {
			return err
		}
		if !c.waiting {
			c.ok = false
			return nil
		}
		c.current, c.waiting = c.pending, false
		if err := c.settle(); err != nil {
			return err
		}
		if _, _, _, deleted := P(&c.current).state(); !deleted {
			c.ok = true
			return nil
		}
	}
}

// settle replaces current by the newest of its neighbors that are the same event at the same place.
func (c *cursor[R, P]) settle() error {
	for {
		if err := c.fill(); err != nil || !c.waiting {
			return err
		}
		hash, version, instant, _ := P(&c.current).state()
		otherHash, otherVersion, otherInstant, _ := P(&c.pending).state()
		if hash != otherHash || instant != otherInstant || P(&c.current).key() != P(&c.pending).key() {
			return nil
		}
		if otherVersion > version {
			c.current = c.pending
		}
		c.waiting = false
	}
}

// fill reads a row ahead into pending, if there is one.
func (c *cursor[R, P]) fill() error {
	if c.waiting {
		return nil
	}
	for c.next == len(c.block) {
		if c.block != nil {
			c.taken <- struct{}{}
			c.block = nil
		}
		block, open := <-c.blocks
		if !open {
			c.next = 0
			return c.ended()
		}
		c.block, c.next = block, 0
	}
	c.pending, c.waiting = c.block[c.next], true
	c.next++
	return nil
}

func (c *cursor[R, P]) ended() error {
	select {
	case err := <-c.failure:
		c.failure <- nil // asked again at the end
		return err
	default:
		return nil
	}
}
