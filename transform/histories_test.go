package transform

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/internal/warehouse"
)

// worldEntry, worldTransaction, worldCoupon and worldMerchant are records with
// all the columns that figures read.
type worldEntry struct {
	loggedEntry
	Portal     sevenday.Portal   `ch:"portal"`
	Terminal   sevenday.Terminal `ch:"terminal"`
	SessionID  string            `ch:"session_id"`
	CampaignID string            `ch:"campaign_id"`
	StoreID    string            `ch:"store_id"`
}

type worldTransaction struct {
	loggedTransaction
	Method    sevenday.Method `ch:"method"`
	Lever     sevenday.Lever  `ch:"lever"`
	Discount  sevenday.Money  `ch:"discount"`
	Currency  string          `ch:"currency,low"`
	OrderedAt sevenday.Millis `ch:"ordered_at"`
	CouponID  string          `ch:"coupon_id"`
	StoreID   string          `ch:"store_id"`
}

type worldCoupon struct {
	loggedCoupon
	CouponID   string              `ch:"coupon_id"`
	CampaignID string              `ch:"campaign_id"`
	CouponKind sevenday.CouponKind `ch:"kind"`
	Placement  sevenday.Placement  `ch:"placement"`
	ValidUntil sevenday.Millis     `ch:"valid_until"`
}

type worldMerchant struct {
	Part       uint32          `ch:"part"`
	Off        int64           `ch:"off"`
	KafkaTime  sevenday.Millis `ch:"kafka_time"`
	BatchTime  sevenday.Millis `ch:"batch_time"`
	LogEnd     int64           `ch:"log_end"`
	LeaseUntil sevenday.Millis `ch:"lease_until"`
	Status     status          `ch:"status"`
	merchantRow
}

// world is the records of many merchants, each list in the order of delivery.
type world struct {
	entries      []worldEntry
	transactions []worldTransaction
	coupons      []worldCoupon
	merchants    []worldMerchant
}

const (
	aMinute sevenday.Millis = 60_000
	anHour                  = 60 * aMinute
	aDay                    = 24 * anHour

	// worldDays is how long the world's history is: longer than the weeks that a
	// person's trail keeps, so that some changes lie beyond it.
	worldDays = 500
)

var worldStart = sevenday.Millis(time.Date(2024, 9, 20, 0, 0, 0, 0, time.UTC).UnixMilli())

// newWorld makes a world of merchants in which persons come and go over more
// than a year, mostly in order of time, and in which everything that moves
// figures happens: late events, revisions, tombstones, links, refunds, orders
// decided before they are paid, gifts, merchants that change their time zone.
func newWorld(r *rand.Rand, merchants int) *world {
	w := &world{}
	for m := range merchants {
		h := merchantHistory{r: r, world: w, id: fmt.Sprintf("m%04d", m), people: 10 * r.IntN(1+merchants/3)}
		h.live()
	}
	deliver(w.entries, func(e *worldEntry) *logged { return &e.logged })
	deliver(w.transactions, func(t *worldTransaction) *logged { return &t.logged })
	deliver(w.coupons, func(c *worldCoupon) *logged { return &c.logged })
	slices.SortStableFunc(w.merchants, func(a, b worldMerchant) int { return cmp.Compare(a.KafkaTime, b.KafkaTime) })
	for i := range w.merchants {
		w.merchants[i].Off = int64(i)
	}
	return w
}

// deliver orders records by the instant at which they reach Kafka and numbers them.
func deliver[R any](records []R, head func(*R) *logged) {
	slices.SortStableFunc(records, func(a, b R) int { return cmp.Compare(head(&a).KafkaTime, head(&b).KafkaTime) })
	for i := range records {
		l := head(&records[i])
		l.Off, l.BatchTime, l.LogEnd, l.LeaseUntil, l.Status = int64(i), l.KafkaTime, int64(len(records)), farAhead, statusOK
	}
}

// merchantHistory makes the records of one merchant.
type merchantHistory struct {
	r     *rand.Rand
	world *world
	id    string
	// people is the first of the persons that may come; a few merchants share them.
	people int
	count  int
	seen   []sevenday.Millis // when the person at hand visited
}

func (h *merchantHistory) live() {
	if h.r.IntN(3) > 0 {
		h.declare(worldStart)
	}
	if h.r.IntN(8) == 0 {
		h.declare(worldStart + sevenday.Millis(h.r.IntN(worldDays))*aDay)
	}
	for range 1 + h.r.IntN(6) {
		h.person()
	}
}

func (h *merchantHistory) declare(at sevenday.Millis) {
	zones := []string{"Asia/Shanghai", "America/New_York", "Asia/Kathmandu", "Europe/Berlin", "Pacific/Apia"}
	h.world.merchants = append(h.world.merchants, worldMerchant{
		KafkaTime: at, BatchTime: at, LogEnd: 1_000_000, LeaseUntil: farAhead, Status: statusOK,
		merchantRow: merchantRow{
			MerchantID: h.id, Industry: fmt.Sprintf("industry-%d", (h.people/10+h.r.IntN(8)/7)%40), TimeZone: zones[h.r.IntN(len(zones))],
			Currency: "CNY", UserIDScope: 1, UpdatedAt: at,
		},
	})
}

// person lives in bursts: some active days, then none for a while.
func (h *merchantHistory) person() {
	user := sevenday.Person(1 + h.people + h.r.IntN(5))
	if h.r.IntN(5) == 0 {
		user = 0
	}
	anonymous := sevenday.Person(1_000_000 + h.people + h.r.IntN(4))
	h.seen = h.seen[:0]
	at := worldStart + sevenday.Millis(h.r.IntN(worldDays*24))*anHour
	for range 1 + h.r.IntN(5) {
		for range 1 + h.r.IntN(5) {
			h.day(at, user, anonymous)
			at += sevenday.Millis(1+h.r.IntN(60)) * anHour
		}
		at += sevenday.Millis(h.r.IntN(90)) * aDay
	}
}

// head begins a record of an event. Most records arrive within two hours, some
// days later, a few after months.
func (h *merchantHistory) head(kind sevenday.RecordKind, at sevenday.Millis, user, anonymous sevenday.Person) logged {
	h.count++
	late := sevenday.Millis(h.r.IntN(120)) * aMinute
	switch n := h.r.IntN(100); {
	case n < 8:
		late = sevenday.Millis(h.r.IntN(9*24)) * anHour
	case n < 10:
		late = sevenday.Millis(h.r.IntN(300)) * aDay
	}
	l := logged{
		kind: kind, MerchantID: h.id, EventID: fmt.Sprintf("%s-%d", h.id, h.count),
		EventTime: at, KafkaTime: at + late, User: user, Anonymous: anonymous,
	}
	switch h.r.IntN(10) {
	case 0, 1:
		l.User = 0
	case 2: // a link
	default:
		if user != 0 {
			l.Anonymous = 0
		}
	}
	return l
}

func (h *merchantHistory) day(at sevenday.Millis, user, anonymous sevenday.Person) {
	for range 1 + h.r.IntN(3) {
		h.entry(at, user, anonymous)
		h.seen = append(h.seen, at)
		at += sevenday.Millis(h.r.IntN(80)) * aMinute
	}
	switch h.r.IntN(4) {
	case 0:
		h.order(at, user, anonymous)
	case 1:
		h.coupon(at, user, anonymous)
	}
}

// again repeats a record some time later: unchanged, as another revision of the
// event at another time, or as its tombstone.
func (h *merchantHistory) again(l logged) (logged, bool) {
	if h.r.IntN(12) != 0 {
		return l, false
	}
	l.KafkaTime += sevenday.Millis(1+h.r.IntN(40*24)) * anHour
	switch h.r.IntN(3) {
	case 0:
	case 1:
		l.Revision++
		l.EventTime += sevenday.Millis(h.r.IntN(96)-48) * anHour
		l.EventTime = min(l.EventTime, l.KafkaTime)
	default:
		l.Revision++
		l.Deleted, l.EventTime, l.User, l.Anonymous = true, 0, 0, 0
	}
	return l, true
}

func (h *merchantHistory) entry(at sevenday.Millis, user, anonymous sevenday.Person) {
	actions := []sevenday.Action{
		sevenday.ActionVisit, sevenday.ActionVisit, sevenday.ActionVisit, sevenday.ActionVisit, sevenday.ActionVisit,
		sevenday.ActionRegister, sevenday.ActionCollect, sevenday.ActionFollow, sevenday.ActionUnfollow, sevenday.ActionUncollect,
	}
	e := worldEntry{
		loggedEntry: loggedEntry{h.head(sevenday.KindEntry, at, user, anonymous), actions[h.r.IntN(len(actions))]},
		Portal:      sevenday.Portal(1 + h.r.IntN(8)), Terminal: sevenday.Terminal(1 + h.r.IntN(3)),
		CampaignID: []string{"", "spring"}[h.r.IntN(2)], StoreID: []string{"", "s1", "s2"}[h.r.IntN(3)],
	}
	if h.r.IntN(2) == 0 {
		e.SessionID = fmt.Sprintf("session-%d-%d", user, int64(at/aDay)/int64(1+h.r.IntN(3)))
	}
	h.world.entries = append(h.world.entries, e)
	if again, ok := h.again(e.logged); ok {
		e.logged, e.Portal = again, sevenday.Portal(1+h.r.IntN(8))
		h.world.entries = append(h.world.entries, e)
	}
}

func (h *merchantHistory) order(at sevenday.Millis, user, anonymous sevenday.Person) {
	t := worldTransaction{
		loggedTransaction: loggedTransaction{h.head(sevenday.KindTransaction, at, user, anonymous), fmt.Sprintf("t%d", h.r.IntN(400)), sevenday.Payment, sevenday.Money(1 + h.r.IntN(90_000))},
		Method:            sevenday.Method(1 + h.r.IntN(8)), Lever: sevenday.Lever(1 + h.r.IntN(5)), Discount: sevenday.Money(h.r.IntN(500)),
		Currency: []string{"", "", "", "USD"}[h.r.IntN(4)], StoreID: []string{"", "s1"}[h.r.IntN(2)],
	}
	if decided := h.seen[h.r.IntN(len(h.seen))] + anHour; h.r.IntN(2) == 0 && decided < at && at-decided < 30*aDay {
		t.OrderedAt = decided
	}
	if h.r.IntN(4) == 0 {
		t.CouponID = fmt.Sprintf("c%d", h.r.IntN(40))
	}
	h.world.transactions = append(h.world.transactions, t)
	if again, ok := h.again(t.logged); ok {
		repeated := t
		repeated.logged = again
		repeated.OrderedAt = min(repeated.OrderedAt, again.EventTime)
		if again.Revision > t.Revision && h.r.IntN(3) == 0 {
			repeated.TransactionID = fmt.Sprintf("t%d", h.r.IntN(400)) // it belonged to another order
		}
		h.world.transactions = append(h.world.transactions, repeated)
	}
	for h.r.IntN(4) == 0 {
		refund := t
		refund.logged = h.head(sevenday.KindTransaction, at+sevenday.Millis(h.r.IntN(20*24))*anHour, user, anonymous)
		refund.Kind, refund.OrderedAt, refund.Amount = sevenday.Refund, 0, 1+sevenday.Money(h.r.Int64N(int64(t.Amount)))
		h.world.transactions = append(h.world.transactions, refund)
	}
}

// coupon lives through some of its stages.
func (h *merchantHistory) coupon(at sevenday.Millis, user, anonymous sevenday.Person) {
	id, valid := fmt.Sprintf("c%d", h.r.IntN(40)), sevenday.Millis(0)
	if h.r.IntN(2) == 0 {
		valid = at + sevenday.Millis(h.r.IntN(40))*aDay
	}
	stages := []sevenday.Stage{
		sevenday.StageIssued, sevenday.StageClaimed, sevenday.StageRedeemed, sevenday.StageGifted,
		sevenday.StageReturned, sevenday.StageExpired, sevenday.StageVoided,
	}
	for range 1 + h.r.IntN(4) {
		c := worldCoupon{
			loggedCoupon: loggedCoupon{logged: h.head(sevenday.KindCoupon, at, user, anonymous), Stage: stages[h.r.IntN(len(stages))]},
			CouponID:     id, CampaignID: []string{"", "spring", "autumn"}[h.r.IntN(3)], CouponKind: sevenday.CouponKind(1 + h.r.IntN(4)),
			Placement: sevenday.Placement(1 + h.r.IntN(9)), ValidUntil: valid,
		}
		if c.Stage == sevenday.StageGifted {
			c.ToUser = sevenday.Person(1 + h.r.IntN(5))
		}
		h.world.coupons = append(h.world.coupons, c)
		if again, ok := h.again(c.logged); ok {
			c.logged = again
			h.world.coupons = append(h.world.coupons, c)
		}
		at += sevenday.Millis(h.r.IntN(15*24)) * anHour
	}
}

var (
	worldEntryLayout       = warehouse.LayoutOf[worldEntry]()
	worldTransactionLayout = warehouse.LayoutOf[worldTransaction]()
	worldCouponLayout      = warehouse.LayoutOf[worldCoupon]()
	worldMerchantLayout    = warehouse.LayoutOf[worldMerchant]()
)

// landUntil appends to the log what was delivered before an instant and is not there yet.
func (w *world) landUntil(t *testing.T, db *warehouse.DB, until sevenday.Millis) {
	t.Helper()
	err := errors.Join(
		landBefore(t.Context(), db, "entries_log", worldEntryLayout, &w.entries, until, func(e *worldEntry) sevenday.Millis { return e.KafkaTime }),
		landBefore(t.Context(), db, "transactions_log", worldTransactionLayout, &w.transactions, until, func(x *worldTransaction) sevenday.Millis { return x.KafkaTime }),
		landBefore(t.Context(), db, "coupons_log", worldCouponLayout, &w.coupons, until, func(c *worldCoupon) sevenday.Millis { return c.KafkaTime }),
		landBefore(t.Context(), db, "merchants_log", worldMerchantLayout, &w.merchants, until, func(m *worldMerchant) sevenday.Millis { return m.KafkaTime }),
	)
	if err != nil {
		t.Fatal(err)
	}
}

func landBefore[R any](ctx context.Context, db *warehouse.DB, table string, layout *warehouse.Layout[R], rows *[]R, until sevenday.Millis, kafkaTime func(*R) sevenday.Millis) error {
	n := 0
	for n < len(*rows) && kafkaTime(&(*rows)[n]) < until {
		n++
	}
	now := (*rows)[:n]
	*rows = (*rows)[n:]
	return warehouse.Insert(ctx, db, table, layout, now, warehouse.InsertOptions{})
}

// TestIncrementsOfManyHistoriesEqualARebuild sends a world of many merchants
// through increments at random instants, some of them interrupted, and compares
// every figure of every merchant with those of a rebuild. Each merchant is a
// history of its own; SEVENDAY_HISTORIES says how many.
func TestIncrementsOfManyHistoriesEqualARebuild(t *testing.T) {
	histories := 120
	if text := os.Getenv("SEVENDAY_HISTORIES"); text != "" {
		var err error
		if histories, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	seed := rand.Uint64()
	if text := os.Getenv("SEVENDAY_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d histories from seed %d", histories, seed)
	r := rand.New(rand.NewPCG(seed, 1))
	db := figureWarehouse(t)
	w := newWorld(r, histories)
	batch := batchOf(db, t.Name())
	batch.Settler.PassRows = 100_000
	windows := 0
	for day := 200 + r.IntN(150); day < worldDays+400; day += []int{1, 2, 5, 9, 30}[r.IntN(5)] {
		if day > worldDays {
			day += 100 // what comes so late comes in a few runs
		}
		w.landUntil(t, db, worldStart+sevenday.Millis(day)*aDay+sevenday.Millis(r.IntN(24))*anHour)
		if r.IntN(8) == 0 {
			interrupt(t, batch, r)
		}
		run, err := batch.Run(t.Context(), time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		windows += run.Windows
		if len(run.Withheld) > 0 {
			t.Fatalf("run %d withholds %v: %+v", run.ID, run.Withheld, run.Failures[0])
		}
	}
	figures := visibleOf(t, db)
	t.Logf("%d increments were less than whole", windows)
	if windows < histories {
		t.Errorf("of %d histories only %d increments were less than whole", histories, windows)
	}
	batch.Rebuild = true
	if _, err := batch.Run(t.Context(), time.Minute); err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(visibleOf(t, db), figures); diff != "" {
		t.Errorf("figures of a rebuild and of increments differ (-rebuild +increments):\n%.6000s", diff)
	}
}

// visibleOf sums up what readers see of each view for each merchant.
func visibleOf(t *testing.T, db *warehouse.DB) map[string]string {
	t.Helper()
	type sum struct {
		MerchantID string `ch:"merchant_id"`
		Sum        string `ch:"sum"`
	}
	layout := warehouse.LayoutOf[sum]()
	seen := make(map[string]string)
	for _, view := range slices.Concat(figureViews, groupViews) {
		of := "merchant_id"
		if slices.Contains(groupViews, view) {
			of = "industry"
		}
		rows, err := warehouse.Select(t.Context(), db, layout,
			"SELECT "+of+" AS merchant_id, concat(toString(count()), ' rows, ', toString(sum(cityHash64(toString(tuple(*)))))) AS sum FROM "+view+" GROUP BY merchant_id", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			seen[view+" "+row.MerchantID] = row.Sum
		}
	}
	return seen
}
