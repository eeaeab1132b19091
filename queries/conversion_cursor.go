package queries

import (
	"context"
	"strings"

	"sevenday"
	"sevenday/internal/warehouse"
)

// whose is the person at a merchant to whom a row belongs.
type whose struct {
	merchantID string
	person     sevenday.Person
}

func (w whose) compare(other whose) int {
	if by := strings.Compare(w.merchantID, other.merchantID); by != 0 {
		return by
	}
	switch {
	case w.person < other.person:
		return -1
	case w.person > other.person:
		return 1
	default:
		return 0
	}
}

// A cursor walks over a statement's rows, which are in order of merchants and
// persons, one person after the other. The statement runs in a goroutine of its
// own, at most one block ahead, which close waits for.
type cursor[R any] struct {
	owner   func(*R) whose
	keep    func(*R) bool // false: the row is passed over; nil keeps all
	blocks  chan []R
	taken   chan struct{} // tells the stream that its block may be used again
	failure error         // of the statement; written before blocks is closed
	stop    context.CancelFunc

	block []R
	next  int
}

func openCursor[R any](
	ctx context.Context, catalog *Catalog, layout *warehouse.Layout[R], name string, parameters map[string]any,
	owner func(*R) whose, keep func(*R) bool,
) *cursor[R] {
	ctx, stop := context.WithCancel(ctx) //nolint:gosec // close calls it
	c := &cursor[R]{owner: owner, keep: keep, blocks: make(chan []R), taken: make(chan struct{}, 1), stop: stop}
	go func() {
		defer close(c.blocks)
		c.failure = warehouse.Stream(ctx, catalog.DB, layout, catalog.statement(name), parameters, func(rows []R) error {
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

// close ends the statement and waits for it.
func (c *cursor[R]) close() {
	c.stop()
	for range c.blocks { // draining is all there is to do
	}
}

// peek returns the row that is next, nil at the end. It is valid until the
// cursor moves.
func (c *cursor[R]) peek() (*R, error) {
	for {
		for c.next < len(c.block) {
			if row := &c.block[c.next]; c.keep == nil || c.keep(row) {
				return row, nil
			}
			c.next++
		}
		if c.block != nil {
			c.block = nil
			c.taken <- struct{}{}
		}
		block, open := <-c.blocks
		if !open {
			c.next = 0
			return nil, c.failure
		}
		c.block, c.next = block, 0
	}
}

// take appends to into the rows of one person, if they are next.
func (c *cursor[R]) take(into []R, of whose) ([]R, error) {
	for {
		row, err := c.peek()
		if err != nil || row == nil || c.owner(row) != of {
			return into, err
		}
		into = append(into, *row)
		c.next++
	}
}

// skipTo passes over the rows of persons before one.
func (c *cursor[R]) skipTo(person whose) error {
	for {
		row, err := c.peek()
		if err != nil || row == nil || c.owner(row).compare(person) >= 0 {
			return err
		}
		c.next++
	}
}
