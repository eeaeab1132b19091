package simulate

import (
	"context"
	"encoding/json"
	"sort"
	"testing"
	"time"

	"sevenday"
)

// wire is any record as a stranger would read it.
type wire struct {
	EventID       string `json:"event_id"`
	EventTime     string `json:"event_time"`
	MerchantID    string `json:"merchant_id"`
	StoreID       string `json:"store_id"`
	UserID        string `json:"user_id"`
	AnonymousID   string `json:"anonymous_id"`
	Consent       *bool  `json:"consent"`
	Revision      int    `json:"revision"`
	Deleted       bool   `json:"deleted"`
	Schema        *int   `json:"schema"`
	Action        string `json:"action"`
	Portal        string `json:"portal"`
	Scene         string `json:"scene"`
	Terminal      string `json:"terminal"`
	SessionID     string `json:"session_id"`
	TransactionID string `json:"transaction_id"`
	Kind          string `json:"kind"`
	Amount        string `json:"amount"`
	Discount      string `json:"discount"`
	StoredValue   string `json:"stored_value"`
	Currency      string `json:"currency"`
	Method        string `json:"method"`
	Installments  int    `json:"installments"`
	MerchantFee   string `json:"merchant_fee"`
	Lever         string `json:"lever"`
	OrderedAt     string `json:"ordered_at"`
	CouponID      string `json:"coupon_id"`
	CampaignID    string `json:"campaign_id"`
	Stage         string `json:"stage"`
	ToUserID      string `json:"to_user_id"`
	Placement     string `json:"placement"`
	FaceValue     string `json:"face_value"`
	MinSpend      string `json:"min_spend"`
	ValidUntil    string `json:"valid_until"`

	kind sevenday.RecordKind
	at   time.Time
	day  sevenday.Day
	who  string // the person, empty for nobody
}

// oracle computes figures from messages alone, the slow and obvious way.
type oracle struct {
	merchants map[string]sevenday.Merchant
	zones     map[string]*time.Location
	events    []wire // settled: one for each event that happened
	byPerson  map[pair][]wire
}

// lived is a world's truth beside what its messages say.
type lived struct {
	*World
	Truth
	*oracle
}

// live streams a world and settles what came.
func live(t *testing.T, c Config) lived {
	t.Helper()
	w, err := NewWorld(c)
	if err != nil {
		t.Fatal(err)
	}
	s := newSettler(w)
	truth, err := w.Stream(context.Background(), s.take)
	if err != nil {
		t.Fatal(err)
	}
	return lived{w, truth, s.settle(t)}
}

// settler keeps the newest revision of each event, the first of equals.
type settler struct {
	*oracle
	index map[string]int
	all   []wire
}

func newSettler(w *World) *settler {
	o := &oracle{merchants: map[string]sevenday.Merchant{}, zones: map[string]*time.Location{}}
	for _, m := range w.Merchants() {
		o.merchants[m.MerchantID] = m
		o.zones[m.MerchantID], _ = time.LoadLocation(m.TimeZone)
	}
	return &settler{oracle: o, index: map[string]int{}}
}

func (s *settler) take(r Record) error {
	var e wire
	if r.Kind == sevenday.KindMerchant || json.Unmarshal(r.Value, &e) != nil || broken(e, r.Kind) {
		return nil
	}
	e.kind = r.Kind
	key := r.Kind.String() + "\n" + e.MerchantID + "\n" + e.EventID
	i, there := s.index[key]
	switch {
	case !there:
		s.index[key] = len(s.all)
		s.all = append(s.all, e)
	case e.Revision > s.all[i].Revision:
		s.all[i] = e
	}
	return nil
}

// broken knows the planted faults that are still JSON of the right shape.
func broken(e wire, kind sevenday.RecordKind) bool {
	return e.UserID == "du-bad" || e.EventID == "" ||
		kind != sevenday.KindTransaction && e.UserID == "" && e.AnonymousID == "" && !e.Deleted
}

func (s *settler) settle(t *testing.T) *oracle {
	t.Helper()
	for _, e := range s.all {
		if e.Deleted {
			continue
		}
		at, err := time.Parse(time.RFC3339Nano, e.EventTime)
		if err != nil {
			t.Fatalf("event time %q: %v", e.EventTime, err)
		}
		e.at = at
		e.day = sevenday.DayOf(at.In(s.zones[e.MerchantID]))
		s.events = append(s.events, e)
	}
	sort.SliceStable(s.events, func(i, j int) bool {
		a, b := &s.events[i], &s.events[j]
		if !a.at.Equal(b.at) {
			return a.at.Before(b.at)
		}
		return a.EventID < b.EventID
	})
	s.link()
	return s.oracle
}

// link gives every event its person. Events are in order, so the first link of
// an anonymous id is the least.
func (o *oracle) link() {
	links := map[string]string{}
	for _, e := range o.events {
		key := e.MerchantID + "\n" + e.AnonymousID
		if _, there := links[key]; e.UserID != "" && e.AnonymousID != "" && !there {
			links[key] = e.UserID
		}
	}
	for i := range o.events {
		e := &o.events[i]
		switch {
		case e.Consent != nil && !*e.Consent:
		case e.UserID != "":
			e.who = "user " + e.UserID
		case e.AnonymousID != "" && links[e.MerchantID+"\n"+e.AnonymousID] != "":
			e.who = "user " + links[e.MerchantID+"\n"+e.AnonymousID]
		case e.AnonymousID != "":
			e.who = "anonymous " + e.AnonymousID
		}
	}
}

// pair is a person at a merchant.
type pair struct{ merchant, who string }

// people are the pairs' events in order.
func (o *oracle) people() map[pair][]wire {
	if o.byPerson != nil {
		return o.byPerson
	}
	o.byPerson = map[pair][]wire{}
	for _, e := range o.events {
		if e.who != "" {
			k := pair{e.MerchantID, e.who}
			o.byPerson[k] = append(o.byPerson[k], e)
		}
	}
	return o.byPerson
}

// count is successes of trials.
type count struct{ trials, successes int }

func (c count) plus(other count) count {
	return count{c.trials + other.trials, c.successes + other.successes}
}

func (c count) rate() float64 { return float64(c.successes) / float64(c.trials) }

// day7 is each merchant's retention of the new users of [from, to].
func (o *oracle) day7(from, to sevenday.Day) map[string]count {
	counts := map[string]count{}
	for k, events := range o.people() {
		active, first, register := map[sevenday.Day]bool{}, sevenday.Day(1<<30), sevenday.Day(1<<30)
		for _, e := range events {
			if e.kind != sevenday.KindEntry {
				continue
			}
			switch e.Action {
			case "":
				active[e.day] = true
				first = min(first, e.day)
			case "register":
				register = min(register, e.day)
			}
		}
		if first < from || first > to || register < first {
			continue
		}
		c := counts[k.merchant]
		c.trials++
		if active[first+7] {
			c.successes++
		}
		counts[k.merchant] = c
	}
	return counts
}

// visit is a cut visit and whether a payment followed it.
type visit struct {
	start     time.Time
	day       sevenday.Day
	portal    string
	converted bool
}

func cutVisits(events []wire) []*visit {
	var visits []*visit
	var before *wire
	for i := range events {
		e := &events[i]
		if e.kind != sevenday.KindEntry || e.Action != "" {
			continue
		}
		begins := before == nil
		if before != nil && before.SessionID != "" && e.SessionID != "" {
			begins = before.SessionID != e.SessionID
		} else if before != nil {
			begins = e.at.Sub(before.at) > 30*time.Minute
		}
		if begins {
			portal := e.Portal
			if portal == "" {
				portal = "other"
			}
			visits = append(visits, &visit{start: e.at, day: e.day, portal: portal})
		}
		before = e
	}
	return visits
}

// payments are the moments of decision of the pair's orders, the earliest payment's.
func payments(t *testing.T, events []wire) []time.Time {
	t.Helper()
	seen := map[string]bool{}
	var list []time.Time
	for _, e := range events {
		if e.kind != sevenday.KindTransaction || e.Kind != "payment" || seen[e.TransactionID] {
			continue
		}
		seen[e.TransactionID] = true
		at := e.at
		if e.OrderedAt != "" {
			var err error
			if at, err = time.Parse(time.RFC3339Nano, e.OrderedAt); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, at)
	}
	return list
}

// conversions counts the visits of [from, to] by merchant and portal.
func (o *oracle) conversions(t *testing.T, from, to sevenday.Day) map[[2]string]count {
	t.Helper()
	counts := map[[2]string]count{}
	for k, events := range o.people() {
		visits := cutVisits(events)
		for _, paid := range payments(t, events) {
			var latest *visit
			for _, v := range visits {
				if !v.start.After(paid) {
					latest = v
				}
			}
			if latest != nil && paid.Sub(latest.start) <= 24*time.Hour {
				latest.converted = true
			}
		}
		for _, v := range visits {
			if v.day < from || v.day > to {
				continue
			}
			c := counts[[2]string{k.merchant, v.portal}]
			c.trials++
			if v.converted {
				c.successes++
			}
			counts[[2]string{k.merchant, v.portal}] = c
		}
	}
	return counts
}

// sales are a merchant's net sales less installment fees by day of the payment, in hundredths.
func (o *oracle) sales(t *testing.T) map[string]map[sevenday.Day]float64 {
	t.Helper()
	sales := map[string]map[sevenday.Day]float64{}
	placed := map[[2]string]sevenday.Day{}
	money := func(s string) float64 {
		if s == "" {
			return 0
		}
		m, err := sevenday.ParseMoney(s, 2)
		if err != nil {
			t.Fatal(err)
		}
		return float64(m)
	}
	refunds := map[[2]string]float64{}
	amounts := map[[2]string]float64{}
	for _, e := range o.events {
		key := [2]string{e.MerchantID, e.TransactionID}
		switch {
		case e.kind != sevenday.KindTransaction || e.Currency != "":
		case e.Kind == "refund":
			refunds[key] += money(e.Amount)
		default:
			placed[key] = e.day
			amounts[key] += money(e.Amount)
			if sales[e.MerchantID] == nil {
				sales[e.MerchantID] = map[sevenday.Day]float64{}
			}
			sales[e.MerchantID][e.day] += money(e.Amount) - money(e.MerchantFee)
		}
	}
	for key, refund := range refunds {
		if day, there := placed[key]; there {
			sales[key[0]][day] -= min(refund, amounts[key])
		}
	}
	return sales
}
