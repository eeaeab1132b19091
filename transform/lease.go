package transform

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
)

// leaseTime is how long a lease holds without a beat. It bounds how long a
// crash keeps the next holder waiting, and how long one insert may take.
const leaseTime = 30 * time.Second

// A Lease is the sole right to settle and to publish. Its fence grows with each
// holder, so that what a paused old holder writes can be told from the new
// one's. Until is on the warehouse's clock: every row written under the lease
// carries it, and the warehouse refuses rows whose lease has run out.
type Lease struct {
	Fence uint64

	db     *warehouse.DB
	name   string
	holder string
	stop   context.CancelFunc
	beats  sync.WaitGroup

	mu    sync.Mutex
	until sevenday.Millis
	lost  error
}

type leaseRow struct {
	Fence  uint64          `ch:"fence"`
	Holder string          `ch:"holder"`
	Until  sevenday.Millis `ch:"until"`
	Now    sevenday.Millis `ch:"now"`
}

var leaseLayout = warehouse.LayoutOf[leaseRow]()

// ErrLeaseHeld says that somebody else holds the lease.
var ErrLeaseHeld = errors.New("somebody else holds the lease")

// Acquire takes a lease and keeps it by beating until Release. It waits up to
// wait for another holder to let go; then it fails with ErrLeaseHeld.
func Acquire(ctx context.Context, db *warehouse.DB, name, holder string, wait time.Duration) (*Lease, error) {
	deadline := time.Now().Add(wait)
	for {
		lease, err := tryAcquire(ctx, db, name, holder)
		if !errors.Is(err, ErrLeaseHeld) || time.Now().After(deadline) {
			return lease, err
		}
		select {
		case <-time.After(250 * time.Millisecond):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func tryAcquire(ctx context.Context, db *warehouse.DB, name, holder string) (*Lease, error) {
	before, err := readLease(ctx, db, name)
	if err != nil {
		return nil, err
	}
	if before.Until > before.Now {
		return nil, &sevenday.Error{
			Kind: sevenday.Conflict, Op: "take lease", Subject: name,
			Err: fmt.Errorf("%w: %s", ErrLeaseHeld, before.Holder),
		}
	}
	lease := &Lease{Fence: before.Fence + 1, db: db, name: name, holder: holder}
	// Of rivals that saw the same fence one wins: the warehouse drops a second
	// insert under the same token.
	if err := lease.write(ctx, fmt.Sprintf("%s/%d", name, lease.Fence), before.Now+millis(leaseTime)); err != nil {
		return nil, err
	}
	now, err := readLease(ctx, db, name)
	if err != nil {
		return nil, err
	}
	if now.Fence != lease.Fence || now.Holder != holder {
		return nil, fmt.Errorf("%w: %s", ErrLeaseHeld, now.Holder)
	}
	lease.until = now.Until
	lease.keep()
	return lease, nil
}

func readLease(ctx context.Context, db *warehouse.DB, name string) (leaseRow, error) {
	rows, err := warehouse.Select(ctx, db, leaseLayout, statement("lease_read"), map[string]any{"name": name})
	if err != nil || len(rows) == 0 {
		return leaseRow{}, err
	}
	return rows[0], nil
}

// heldRow is a row of table leases.
type heldRow struct {
	Name   string          `ch:"name,low"`
	Fence  uint64          `ch:"fence"`
	Holder string          `ch:"holder"`
	Until  sevenday.Millis `ch:"until"`
}

var heldLayout = warehouse.LayoutOf[heldRow]()

func (l *Lease) write(ctx context.Context, token string, until sevenday.Millis) error {
	return warehouse.Insert(ctx, l.db, "leases", heldLayout,
		[]heldRow{{l.name, l.Fence, l.holder, until}}, warehouse.InsertOptions{DeduplicationToken: token})
}

// keep beats in the background until the lease is released or lost.
func (l *Lease) keep() {
	ctx, stop := context.WithCancel(context.Background())
	l.stop = stop
	l.beats.Go(func() {
		ticker := time.NewTicker(leaseTime / 6)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				l.beat(ctx)
			}
		}
	})
}

func (l *Lease) beat(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, leaseTime/3)
	defer cancel()
	row, err := readLease(ctx, l.db, l.name)
	if err == nil && row.Fence != l.Fence {
		l.mu.Lock()
		l.lost = fmt.Errorf("%w: %s", ErrLeaseHeld, row.Holder)
		l.mu.Unlock()
		return
	}
	until := row.Now + millis(leaseTime)
	if err != nil || l.write(ctx, fmt.Sprintf("%s/%d/%d", l.name, l.Fence, until), until) != nil {
		return // the warehouse is away; the lease runs out by itself if it stays away
	}
	l.mu.Lock()
	l.until = until
	l.mu.Unlock()
}

func millis(d time.Duration) sevenday.Millis { return sevenday.Millis(d.Milliseconds()) }

// Until returns the end of the lease on the warehouse's clock, or an error when
// the lease was lost to somebody else.
func (l *Lease) Until() (sevenday.Millis, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.until, l.lost
}

// Release lets the next holder in at once.
func (l *Lease) Release(ctx context.Context) error {
	l.stop()
	l.beats.Wait()
	row, err := readLease(ctx, l.db, l.name)
	if err != nil || row.Fence != l.Fence {
		return err
	}
	next := Lease{Fence: l.Fence + 1, db: l.db, name: l.name, holder: "released"}
	return next.write(ctx, fmt.Sprintf("%s/%d", l.name, next.Fence), row.Now)
}
