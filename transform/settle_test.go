package transform

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

func TestMain(m *testing.M) { testservers.Main(m) }

// emptyWarehouse returns a database with the tables of the log and of this stage.
func emptyWarehouse(t testing.TB) *warehouse.DB {
	t.Helper()
	db := testservers.ClickHouse(t)
	sources := []fs.FS{sub(t, ingest.Migrations), sub(t, Tables)}
	if _, err := warehouse.Migrate(t.Context(), db, sources...); err != nil {
		t.Fatal(err)
	}
	return db
}

func sub(t testing.TB, tables fs.FS) fs.FS {
	t.Helper()
	dir, err := fs.Sub(tables, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// logged is a record as the log keeps it, with the columns that settling reads.
type logged struct {
	Part       uint32              `ch:"part"`
	Off        int64               `ch:"off"`
	KafkaTime  sevenday.Millis     `ch:"kafka_time"`
	BatchTime  sevenday.Millis     `ch:"batch_time"`
	LogEnd     int64               `ch:"log_end"`
	LeaseUntil sevenday.Millis     `ch:"lease_until"`
	Status     status              `ch:"status"`
	MerchantID string              `ch:"merchant_id"`
	EventID    string              `ch:"event_id"`
	EventTime  sevenday.Millis     `ch:"event_time"`
	User       sevenday.Person     `ch:"user"`
	Anonymous  sevenday.Person     `ch:"anonymous"`
	Revision   uint32              `ch:"revision"`
	Deleted    bool                `ch:"deleted"`
	kind       sevenday.RecordKind // which log it goes to
}

type status uint8

const statusOK status = 1

type loggedEntry struct {
	logged
	Action sevenday.Action `ch:"action"`
}

type loggedTransaction struct {
	logged
	TransactionID string                   `ch:"transaction_id"`
	Kind          sevenday.TransactionKind `ch:"kind"`
	Amount        sevenday.Money           `ch:"amount"`
}

type loggedCoupon struct {
	logged
	Stage  sevenday.Stage  `ch:"stage"`
	ToUser sevenday.Person `ch:"to_user"`
}

var (
	loggedEntryLayout       = warehouse.LayoutOf[loggedEntry]()
	loggedTransactionLayout = warehouse.LayoutOf[loggedTransaction]()
	loggedCouponLayout      = warehouse.LayoutOf[loggedCoupon]()
)

// history is a random world's records, in the order of their delivery.
type history struct {
	entries      []loggedEntry
	transactions []loggedTransaction
	coupons      []loggedCoupon
}

const (
	farAhead  sevenday.Millis = 4_000_000_000_000 // a lease that never ends
	someNight sevenday.Millis = 1_790_000_000_000 // 2026-09-21
)

// randomHistory makes a small world in which everything happens often: few ids
// and instants, so that revisions, tombstones, conflicts, links, refunds before
// their payment and moves between orders meet each other.
func randomHistory(r *rand.Rand, records int) history {
	var h history
	offsets := map[[2]uint32]int64{}
	next := func(kind sevenday.RecordKind) logged {
		part := r.Uint32N(2)
		key := [2]uint32{uint32(kind), part}
		offsets[key]++
		l := logged{
			kind: kind, Part: part, Off: offsets[key] - 1 + 10*int64(part),
			KafkaTime: someNight + sevenday.Millis(r.IntN(50)), BatchTime: someNight, LogEnd: 1000, LeaseUntil: farAhead, Status: statusOK,
			MerchantID: fmt.Sprintf("m%d", r.IntN(2)), EventID: fmt.Sprintf("%s-%d", kind, r.IntN(14)),
			EventTime: someNight + sevenday.Millis(r.IntN(6))*86_400_000, Revision: uint32(r.IntN(3)),
		}
		switch r.IntN(4) {
		case 0:
			l.User = sevenday.Person(1 + r.IntN(3))
		case 1:
			l.Anonymous = sevenday.Person(101 + r.IntN(3))
		case 2:
			l.User, l.Anonymous = sevenday.Person(1+r.IntN(3)), sevenday.Person(101+r.IntN(3))
		}
		l.Deleted = l.Revision > 0 && r.IntN(4) == 0
		if l.Deleted {
			l.EventTime, l.User, l.Anonymous = 0, 0, 0
		}
		return l
	}
	for range records {
		switch r.IntN(3) {
		case 0:
			h.entries = append(h.entries, loggedEntry{next(sevenday.KindEntry), sevenday.ActionVisit})
		case 1:
			l := loggedTransaction{logged: next(sevenday.KindTransaction)}
			if !l.Deleted {
				l.TransactionID, l.Kind, l.Amount = fmt.Sprintf("t%d", r.IntN(4)), sevenday.TransactionKind(1+r.IntN(2)), 100
			}
			h.transactions = append(h.transactions, l)
		default:
			l := loggedCoupon{logged: next(sevenday.KindCoupon)}
			if !l.Deleted {
				l.Stage = []sevenday.Stage{sevenday.StageClaimed, sevenday.StageGifted}[r.IntN(2)]
			}
			if l.Stage == sevenday.StageGifted {
				l.ToUser = sevenday.Person(1 + r.IntN(3))
			}
			h.coupons = append(h.coupons, l)
		}
	}
	return h
}

// placedEvent is what the views show of an event, for comparing.
type placedEvent struct {
	Kind      string
	Merchant  string
	EventID   string
	Person    sevenday.Person
	EventTime sevenday.Millis
	Revision  uint32
	Detail    string
}

// oracle says what the events tables must show after the history, in the
// plainest way: everything at once, nothing incremental.
func oracle(h history) []placedEvent {
	best := map[identity]settledHead{}
	offer := func(l logged, more settledHead) {
		more.Kind = l.kind
		more.head = head{
			MerchantID: l.MerchantID, EventID: l.EventID, Revision: l.Revision, KafkaTime: l.KafkaTime, Part: l.Part, Off: l.Off,
			Deleted: l.Deleted, EventTime: l.EventTime, User: l.User, Anonymous: l.Anonymous,
			TransactionID: more.TransactionID, TransactionKind: more.TransactionKind, Stage: more.Stage, ToUser: more.ToUser,
		}
		id := identity{l.kind, l.MerchantID, l.EventID}
		known, ok := best[id]
		order := cmp.Or(
			cmp.Compare(more.Revision, known.Revision), cmp.Compare(known.KafkaTime, more.KafkaTime),
			cmp.Compare(known.Part, more.Part), cmp.Compare(known.Off, more.Off))
		if !ok || order > 0 {
			best[id] = more
		}
	}
	for _, e := range h.entries {
		offer(e.logged, settledHead{})
	}
	for _, x := range h.transactions {
		offer(x.logged, settledHead{head: head{TransactionID: x.TransactionID, TransactionKind: x.Kind}})
	}
	for _, c := range h.coupons {
		offer(c.logged, settledHead{head: head{Stage: c.Stage, ToUser: c.ToUser}})
	}
	var live []settledHead
	for _, b := range best {
		if !b.Deleted {
			live = append(live, b)
		}
	}
	slices.SortFunc(live, func(a, b settledHead) int {
		return cmp.Or(cmp.Compare(a.EventTime, b.EventTime), cmp.Compare(a.EventID, b.EventID))
	})
	person := func(b settledHead) sevenday.Person {
		if b.User != 0 || b.Anonymous == 0 {
			return b.User
		}
		for _, l := range live {
			if l.MerchantID == b.MerchantID && l.Anonymous == b.Anonymous && l.User != 0 {
				return l.User
			}
		}
		return b.Anonymous
	}
	var placed []placedEvent
	for _, b := range live {
		e := placedEvent{b.Kind.String(), b.MerchantID, b.EventID, person(b), b.EventTime, b.Revision, ""}
		switch b.Kind {
		case sevenday.KindTransaction:
			e.Person, e.Detail = 0, fmt.Sprintf("%s %s %d", b.TransactionID, b.TransactionKind, b.EventTime)
			for _, p := range live {
				if p.Kind == b.Kind && p.MerchantID == b.MerchantID && p.TransactionID == b.TransactionID && p.TransactionKind == sevenday.Payment {
					e.Person, e.Detail = person(p), fmt.Sprintf("%s %s %d", b.TransactionID, b.TransactionKind, p.EventTime)
					break
				}
			}
		case sevenday.KindCoupon:
			e.Detail = b.Stage.String()
			if b.Stage == sevenday.StageGifted {
				received := e
				received.Person, received.Detail = b.ToUser, sevenday.StageReceived.String()
				placed = append(placed, received)
			}
		}
		placed = append(placed, e)
	}
	return sorted(placed)
}

func sorted(events []placedEvent) []placedEvent {
	slices.SortFunc(events, func(a, b placedEvent) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return events
}

// shown reads what the placed tables show, through the batch's own cursors.
func shown(t *testing.T, db *warehouse.DB) []placedEvent {
	t.Helper()
	type row struct {
		Kind      string          `ch:"kind"`
		Merchant  string          `ch:"merchant_id"`
		EventID   string          `ch:"event_id"`
		Person    sevenday.Person `ch:"person"`
		EventTime sevenday.Millis `ch:"event_time"`
		Revision  uint32          `ch:"revision"`
		Detail    string          `ch:"detail"`
	}
	rows, err := warehouse.Select(t.Context(), db, warehouse.LayoutOf[row](), `
SELECT 'entry' AS kind, merchant_id, event_id, person, event_time, revision, '' AS detail FROM entries_placed FINAL
UNION ALL
SELECT 'transaction', merchant_id, event_id, person, event_time, revision,
    concat(transaction_id, ' ', toString(kind), ' ', toString(toUnixTimestamp64Milli(placed_at))) FROM transactions_placed FINAL
UNION ALL
SELECT 'coupon', merchant_id, event_id, person, event_time, revision, toString(stage) FROM coupons_placed FINAL`, nil)
	if err != nil {
		t.Fatal(err)
	}
	events := make([]placedEvent, len(rows))
	for i, r := range rows {
		events[i] = placedEvent(r)
	}
	return sorted(events)
}

// land appends parts of the history to the logs: of each log the rows up to the
// given share of its length.
func land(t *testing.T, db *warehouse.DB, h history, from, to float64) {
	t.Helper()
	err := errors.Join(
		landLog(t.Context(), db, "entries_log", loggedEntryLayout, h.entries, from, to),
		landLog(t.Context(), db, "transactions_log", loggedTransactionLayout, h.transactions, from, to),
		landLog(t.Context(), db, "coupons_log", loggedCouponLayout, h.coupons, from, to),
	)
	if err != nil {
		t.Fatal(err)
	}
}

func landLog[R any](ctx context.Context, db *warehouse.DB, table string, layout *warehouse.Layout[R], rows []R, from, to float64) error {
	n := float64(len(rows))
	return warehouse.Insert(ctx, db, table, layout, rows[int(from*n):int(to*n)], warehouse.InsertOptions{})
}

func TestSettlingInAnyBatchesWithCrashesEqualsTheOracle(t *testing.T) {
	for round := range 8 {
		seed := rand.Uint64()
		t.Run(fmt.Sprintf("round %d", round), func(t *testing.T) {
			t.Parallel()
			t.Logf("seed %d", seed)
			r := rand.New(rand.NewPCG(seed, 0))
			db := emptyWarehouse(t)
			h := randomHistory(r, 60+r.IntN(200))
			settler := &Settler{DB: db, Holder: t.Name(), PassRows: int64(1 + r.IntN(60))}
			for at := 0.0; at < 1; {
				to := min(at+0.05+0.5*r.Float64(), 1)
				land(t, db, h, at, to)
				at = to
				for r.IntN(2) == 0 {
					crash(t, settler, r)
				}
				if r.IntN(3) > 0 || at == 1 {
					if _, err := settler.Settle(t.Context(), leaseTime); err != nil {
						t.Fatal(err)
					}
				}
			}
			if diff := gocmp.Diff(oracle(h), shown(t, db)); diff != "" {
				t.Errorf("events differ (-want +got):\n%s", diff)
			}
		})
	}
}

// errCrash ends a pass as a killed process would: whatever was written stays.
var errCrash = errors.New("crash")

// crash begins to settle and stops for good after a random step of a random pass.
func crash(t *testing.T, s *Settler, r *rand.Rand) {
	t.Helper()
	left := 1 + r.IntN(20)
	broken := *s
	broken.PassRows = int64(1 + r.IntN(60)) // so that the next pass would choose other ranges
	broken.fault = func() error {
		if left--; left == 0 {
			return errCrash
		}
		return nil
	}
	if _, err := broken.Settle(t.Context(), leaseTime); err != nil && !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
}
