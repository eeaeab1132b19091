package warehouse

import (
	"context"
	"errors"
	"io"

	"github.com/ClickHouse/ch-go"
)

// A Writer inserts rows that come bit by bit, in one INSERT, with the memory of
// one block. It is for one goroutine. Rows are stored block by block and are
// all there when Close returns nil.
type Writer[R any] struct {
	layout *Layout[R]
	block  *block[R]
	turn   chan struct{} // the connection has sent the block: it is the writer's
	full   chan struct{} // the writer has filled the block: it is the connection's
	ended  chan struct{} // closed when the insert has ended, with err set
	err    error
	stop   context.CancelCauseFunc
	mine   bool // the block is the writer's
	last   bool // no block follows; used by exchange alone
}

// NewWriter starts an insert. Every Writer must be closed or aborted.
// OneBlock can't be had: the rows aren't known beforehand.
func NewWriter[R any](
	ctx context.Context, db *DB, table string, layout *Layout[R], options InsertOptions,
) *Writer[R] {
	ctx, stop := context.WithCancelCause(ctx)
	w := &Writer[R]{
		layout: layout, block: layout.borrow(), stop: stop,
		turn: make(chan struct{}), full: make(chan struct{}), ended: make(chan struct{}),
	}
	options.OneBlock = false
	go func() {
		defer close(w.ended)
		w.err = db.send(ctx, table, w.block.names, ch.Query{
			Input: w.block.input(), OnInput: w.exchange, Settings: options.settings(blockRows),
		})
	}()
	return w
}

// exchange runs in the connection's goroutine: it lends the block to the writer
// and takes it back filled. A closed w.full means that no other block follows.
func (w *Writer[R]) exchange(ctx context.Context) error {
	w.block.reset()
	if w.last {
		return io.EOF
	}
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	select {
	case _, more := <-w.full:
		w.last = !more
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	// ch-go drops the rows of a first block that comes with io.EOF.
	if w.block.count() == 0 {
		return io.EOF
	}
	return nil
}

// Write appends rows; it keeps none of their slice. An error is final.
func (w *Writer[R]) Write(rows []R) error {
	for len(rows) > 0 {
		if err := w.take(); err != nil {
			return err
		}
		count := min(len(rows), blockRows-w.block.count())
		if err := w.block.gather(rows[:count]); err != nil {
			w.Abort()
			return err
		}
		rows = rows[count:]
		if w.block.count() < blockRows {
			continue
		}
		if err := w.hand(); err != nil {
			return err
		}
	}
	return nil
}

// take waits until the block is the writer's.
func (w *Writer[R]) take() error {
	if w.mine {
		return nil
	}
	select {
	case <-w.turn:
		w.mine = true
		return nil
	case <-w.ended:
		return w.failure()
	}
}

// hand gives the filled block to the connection.
func (w *Writer[R]) hand() error {
	w.mine = false
	select {
	case w.full <- struct{}{}:
		return nil
	case <-w.ended:
		return w.failure()
	}
}

// failure returns why the insert ended before Close. The server may have ended
// it without an error only after Close.
func (w *Writer[R]) failure() error {
	if w.err == nil {
		return errors.New("the writer is closed")
	}
	return w.err
}

// Close sends what is left and waits until the server has stored all rows.
func (w *Writer[R]) Close() error {
	defer w.stop(nil)
	if err := w.take(); err != nil {
		return err
	}
	w.mine = false
	close(w.full)
	<-w.ended
	w.layout.giveBack(w.block)
	return w.err
}

// errAborted is the cause of an insert that its producer gave up.
var errAborted = errors.New("the insert was aborted")

// Abort gives the insert up and waits until it has ended. Blocks that were
// sent before may have been stored. After Close it does nothing.
func (w *Writer[R]) Abort() {
	w.stop(errAborted)
	<-w.ended
}
