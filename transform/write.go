package transform

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"github.com/zeebo/xxh3"

	"sevenday"
	"sevenday/internal/warehouse"
)

// write stores what the pass decided. The order matters where it is cut off:
// marks come before what they mark, new places before old ones are given up,
// and event_ids, from which all is decided, last.
func (p *pass) write(ctx context.Context) error {
	var changes []change
	for _, e := range p.events {
		if c, ok := changesOf(e); ok {
			changes = append(changes, c)
		}
	}
	p.changes = int64(len(changes))
	if len(changes) == 0 {
		return nil
	}
	steps := []func(context.Context, []change) error{
		p.writeMerchants, p.writeMarks, p.writePlaces, p.writeRemovals, p.writeGroups, p.writeIDs,
	}
	for _, step := range steps {
		if err := p.crash(); err != nil {
			return err
		}
		if err := step(ctx, changes); err != nil {
			return err
		}
	}
	return nil
}

// writeMerchants gives merchants without a record their defaults.
func (p *pass) writeMerchants(ctx context.Context, changes []change) error {
	ids := make(map[string]bool)
	for _, c := range changes {
		ids[c.event.MerchantID] = true
	}
	if err := p.merchants.load(ctx, ids); err != nil {
		return err
	}
	return p.writeSettledMerchants(ctx, p.merchants.unknown(ids), false)
}

// markRow is a row of table marks.
type markRow struct {
	Version    uint64          `ch:"version"`
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	OldDay     sql.Null[int32]
	NewDay     sql.Null[int32]
	Cause      markCause       `ch:"cause"`
	LeaseUntil sevenday.Millis `ch:"lease_until"`
}

var markLayout = warehouse.NewLayout(
	warehouse.UInt64("version", func(r *markRow) *uint64 { return &r.Version }),
	warehouse.String("merchant_id", func(r *markRow) *string { return &r.MerchantID }),
	warehouse.UInt64("person", func(r *markRow) *sevenday.Person { return &r.Person }),
	warehouse.NullableInt32("old_day", func(r *markRow) *sql.Null[int32] { return &r.OldDay }),
	warehouse.NullableInt32("new_day", func(r *markRow) *sql.Null[int32] { return &r.NewDay }),
	warehouse.Enum8("cause", func(r *markRow) *markCause { return &r.Cause }),
	warehouse.Millis("lease_until", func(r *markRow) *sevenday.Millis { return &r.LeaseUntil }),
)

// markCause says what made a change.
type markCause uint8

const (
	causeEvents markCause = iota + 1
	causeRefund
	causeCorrection
	causeDeletion
	causeLink
	causeMerchant
)

// cause of what the pass does to the event.
func (e *event) cause() markCause {
	switch {
	case e.before == nil && e.after.TransactionKind == sevenday.Refund:
		return causeRefund
	case e.before != nil && e.changed() && e.after.Deleted:
		return causeDeletion
	case e.before != nil && e.changed():
		return causeCorrection
	case e.before != nil && e.after.alone():
		return causeLink // it stands elsewhere, and not because of its own record
	default:
		return causeEvents
	}
}

func (p *pass) writeMarks(ctx context.Context, changes []change) error {
	marks := make(map[markRow]bool)
	for _, c := range changes {
		calendar, cause := p.merchants.calendar(c.event.MerchantID), c.event.cause()
		for _, s := range c.placed {
			marks[markRow{MerchantID: c.event.MerchantID, Person: s.Person, Cause: cause, NewDay: dayOf(calendar, c.event.after.DecidedAt)}] = true
		}
		// An event that stays where it was may still have become another one.
		if before := c.event.before; before != nil {
			for _, s := range before.spots() {
				marks[markRow{MerchantID: c.event.MerchantID, Person: s.Person, Cause: cause, OldDay: dayOf(calendar, before.DecidedAt)}] = true
			}
		}
	}
	return p.insertMarks(ctx, marks)
}

func dayOf(calendar *sevenday.Calendar, t sevenday.Millis) sql.Null[int32] {
	return sql.Null[int32]{V: int32(calendar.Day(t)), Valid: true}
}

func (p *pass) insertMarks(ctx context.Context, marks map[markRow]bool) error {
	until, err := p.lease.Until()
	if err != nil {
		return err
	}
	rows := make([]markRow, 0, len(marks))
	for mark := range marks {
		mark.Version, mark.LeaseUntil = p.version, until
		rows = append(rows, mark)
	}
	return warehouse.Insert(ctx, p.db, "marks", markLayout, rows, bounded)
}

// bounded stops an insert when its lease would have run out.
var bounded = warehouse.InsertOptions{MaxExecutionTime: leaseTime}

// placeKey says that the log record at some coordinates belongs to a place.
type placeKey struct {
	TopicEpoch uint32          `ch:"topic_epoch"`
	Part       uint32          `ch:"part"`
	Off        int64           `ch:"off"`
	Person     sevenday.Person `ch:"person"`
	PlacedAt   int64           `ch:"placed_at"`
	Received   bool            `ch:"received"`
}

var placeKeyLayout = warehouse.LayoutOf[placeKey]()

// writePlaces copies the records' bodies from the log to their places. They
// never leave the warehouse.
func (p *pass) writePlaces(ctx context.Context, changes []change) error {
	keys := make(map[sevenday.RecordKind][]placeKey)
	for _, c := range changes {
		h := &c.event.after
		for _, s := range c.placed {
			keys[h.Kind] = append(keys[h.Kind], placeKey{
				h.TopicEpoch, h.Part, h.Off, s.Person, int64(s.PlacedAt), s.Stage == sevenday.StageReceived,
			})
		}
	}
	for kind, rows := range keys {
		until, err := p.lease.Until()
		if err != nil {
			return err
		}
		err = p.db.ExecGiven(ctx, statement("place_"+kind.Plural()),
			map[string]any{"version": p.version, "lease_until": int64(until)},
			warehouse.Rows("places", placeKeyLayout, rows), copying)
		if err != nil {
			return err
		}
	}
	return nil
}

// copying lets a copy touch any number of month partitions, and stops it when
// its lease would have run out.
var copying = warehouse.Settings{
	"max_partitions_per_insert_block": "0",
	"max_execution_time":              seconds(leaseTime),
}

// removal is a row that takes an event from where it stood.
type removal struct {
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	EventTime  sevenday.Millis `ch:"event_time"`
	EventID    string          `ch:"event_id"`
	EventHash  uint64          `ch:"event_hash"`
	Version    uint64          `ch:"version"`
	IsDeleted  uint8           `ch:"is_deleted"`
	LeaseUntil sevenday.Millis `ch:"lease_until"`
}

type transactionRemoval struct {
	removal
	PlacedAt      sevenday.Millis `ch:"placed_at"`
	TransactionID string          `ch:"transaction_id"`
}

type couponRemoval struct {
	removal
	Stage sevenday.Stage `ch:"stage"`
}

var (
	entryRemovalLayout       = warehouse.LayoutOf[removal]()
	transactionRemovalLayout = warehouse.LayoutOf[transactionRemoval]()
	couponRemovalLayout      = warehouse.LayoutOf[couponRemoval]()
)

func (p *pass) writeRemovals(ctx context.Context, changes []change) error {
	until, err := p.lease.Until()
	if err != nil {
		return err
	}
	var entries []removal
	var transactions []transactionRemoval
	var coupons []couponRemoval
	for _, c := range changes {
		for _, s := range c.removed {
			r := removal{
				MerchantID: c.event.MerchantID, Person: s.Person, EventTime: s.EventTime, EventID: c.event.EventID,
				EventHash: xxh3.HashString(c.event.EventID), Version: p.version, IsDeleted: 1, LeaseUntil: until,
			}
			switch c.event.Kind {
			case sevenday.KindEntry:
				entries = append(entries, r)
			case sevenday.KindTransaction:
				transactions = append(transactions, transactionRemoval{r, s.PlacedAt, s.TransactionID})
			case sevenday.KindCoupon:
				coupons = append(coupons, couponRemoval{r, s.Stage})
			}
		}
	}
	if err := warehouse.Insert(ctx, p.db, "entries_placed", entryRemovalLayout, entries, bounded); err != nil {
		return err
	}
	if err := warehouse.Insert(ctx, p.db, "transactions_placed", transactionRemovalLayout, transactions, bounded); err != nil {
		return err
	}
	return warehouse.Insert(ctx, p.db, "coupons_placed", couponRemovalLayout, coupons, bounded)
}

// groupRow is a row of table event_groups. Rows are never taken back: whoever
// reads a group asks event_ids whether a member still belongs to it.
type groupRow struct {
	Relation   relation            `ch:"relation"`
	MerchantID string              `ch:"merchant_id"`
	GroupKey   string              `ch:"group_key"`
	Kind       sevenday.RecordKind `ch:"kind"`
	EventID    string              `ch:"event_id"`
	LeaseUntil sevenday.Millis     `ch:"lease_until"`
}

var groupLayout = warehouse.LayoutOf[groupRow]()

func (p *pass) writeGroups(ctx context.Context, changes []change) error {
	until, err := p.lease.Until()
	if err != nil {
		return err
	}
	var rows []groupRow
	for _, c := range changes {
		if !c.event.changed() {
			continue
		}
		for _, g := range c.event.after.groups() {
			rows = append(rows, groupRow{g.relation, g.merchantID, g.key, c.event.Kind, c.event.EventID, until})
		}
	}
	return warehouse.Insert(ctx, p.db, "event_groups", groupLayout, rows, bounded)
}

// idRow is a row of table event_ids.
type idRow struct {
	settledHead
	LeaseUntil sevenday.Millis `ch:"lease_until"`
}

var idLayout = warehouse.LayoutOf[idRow]()

func (p *pass) writeIDs(ctx context.Context, changes []change) error {
	until, err := p.lease.Until()
	if err != nil {
		return err
	}
	rows := make([]idRow, len(changes))
	for i, c := range changes {
		rows[i] = idRow{c.event.after, until}
		rows[i].Version = p.version
	}
	return warehouse.Insert(ctx, p.db, "event_ids", idLayout, rows, oneBlock)
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 0, 64) }
