package queries

import (
	"context"
	"errors"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/funnel"
)

// seenEvent is an event of any kind as the statements of a funnel's events give it.
type seenEvent struct {
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	At         sevenday.Millis `ch:"at"`
	Code       uint8           `ch:"code"` // action of an entry, stage of a coupon
	Place      uint8           `ch:"place"`
	What       uint8           `ch:"what"`
	Amount     sevenday.Money  `ch:"amount"`
	StoreID    string          `ch:"store_id"`
	CampaignID string          `ch:"campaign_id"`
	Currency   string          `ch:"currency"`
}

// funnelMerchant is how one merchant's days are cut.
type funnelMerchant struct {
	MerchantID     string `ch:"merchant_id"`
	TimeZone       string `ch:"time_zone"`
	SettlementDays uint16 `ch:"settlement_days"`
}

var (
	seenEventLayout      = warehouse.LayoutOf[seenEvent]()
	funnelMerchantLayout = warehouse.LayoutOf[funnelMerchant]()
)

// eventSource is a statement that gives events, and the kinds of its codes.
type eventSource struct {
	statement string
	kind      func(code uint8) (funnel.Kind, bool)
}

// eventSources give all events; at one instant those of an earlier source come first.
var eventSources = []eventSource{
	{"funnel_visits", func(uint8) (funnel.Kind, bool) { return funnel.Visit, true }},
	{"funnel_entries", func(code uint8) (funnel.Kind, bool) { return funnel.KindOfAction(sevenday.Action(code)) }},
	{"funnel_coupons", func(code uint8) (funnel.Kind, bool) { return funnel.KindOfStage(sevenday.Stage(code)) }},
	{"funnel_payments", func(uint8) (funnel.Kind, bool) { return funnel.Pay, true }},
}

// gives tells whether any code of the source is of a kind.
func (s *eventSource) gives(kind func(funnel.Kind) bool) bool {
	for code := range uint8(16) { // more codes than any enumeration has
		if k, ok := s.kind(code); ok && kind(k) {
			return true
		}
	}
	return false
}

// countedFunnel answers from the events themselves.
func (c *Catalog) countedFunnel(ctx context.Context, f Freshness, q funnel.Query) (*funnel.Answer, error) {
	s, closing, err := c.funnelClosing(ctx, f, q)
	if err != nil {
		return nil, err
	}
	answer := &funnel.Answer{Query: q, Closing: closing}
	if len(s.groups) == 0 {
		return answer, nil
	}
	merchants, err := warehouse.Select(ctx, c.DB, funnelMerchantLayout, statement("funnel_merchants"), scopeParameters(q.Scope))
	if err != nil {
		return nil, err
	}
	people := funnelPeople{counter: funnel.NewCounter(q), windows: make(map[string]merchantWindow)}
	for _, m := range merchants {
		if err := people.add(m, s.groups, closing); err != nil {
			return nil, err
		}
	}
	s.parameters["not_before"], s.parameters["before"] = eventBounds(q)
	if err := people.read(ctx, c, q, s.parameters); err != nil {
		return nil, err
	}
	answer.Cells = people.counter.Cells()
	return answer, nil
}

// eventBounds are the instants between which all events of a question lie, in
// any time zone.
func eventBounds(q funnel.Query) (notBefore, before int64) {
	to := q.To
	if to == 0 {
		to = lastDay
	}
	return max(int64(q.From)-1, 0) * millisPerDay, (int64(to)+1)*millisPerDay + int64(q.Window)
}

// merchantWindow is what a counter must know of a merchant.
type merchantWindow struct {
	calendar *sevenday.Calendar
	last     metrics.LastDays
	final    sevenday.Day
}

// funnelPeople hands a scope's people to a counter, one after the other.
type funnelPeople struct {
	counter  *funnel.Counter
	windows  map[string]merchantWindow
	merchant string // at hand
	sources  []eventSource
	cursors  []*cursor[seenEvent] // aligned with sources
	rows     []seenEvent
	events   []funnel.Event
}

func (p *funnelPeople) add(m funnelMerchant, groups metrics.Groups, closing *conversion.Closing) error {
	location, err := time.LoadLocation(m.TimeZone)
	if err != nil {
		return &sevenday.Error{Op: "cut the days of", Subject: m.MerchantID, Err: err}
	}
	for i := range groups {
		if groups[i].TimeZone == m.TimeZone && groups[i].SettlementDays == sevenday.Day(m.SettlementDays) {
			p.windows[m.MerchantID] = merchantWindow{sevenday.NewCalendar(location), groups[i].LastDays, closing.Final(i)}
			return nil
		}
	}
	return &sevenday.Error{Op: "find the days of", Subject: m.MerchantID, Err: errors.New("its record changed meanwhile"), Fix: "ask again"}
}

// read reads all persons who have an event of the first step's kind.
func (p *funnelPeople) read(ctx context.Context, c *Catalog, q funnel.Query, parameters map[string]any) error {
	var lead *cursor[seenEvent]
	for _, source := range eventSources {
		if !source.gives(p.counter.Lists) {
			continue
		}
		opened := openCursor(ctx, c.DB, seenEventLayout, source.statement, parameters, func(e *seenEvent) whose {
			return whose{e.MerchantID, e.Person}
		})
		defer opened.close()
		p.sources, p.cursors = append(p.sources, source), append(p.cursors, opened)
		if source.gives(func(kind funnel.Kind) bool { return kind == q.Steps[0].Kind }) {
			lead = opened
		}
	}
	for {
		next, err := lead.peek()
		if err != nil || next == nil {
			return err
		}
		if err := p.person(whose{next.MerchantID, next.Person}); err != nil {
			return err
		}
	}
}

// person reads one person's events from all sources and counts them.
func (p *funnelPeople) person(who whose) error {
	if who.merchantID != p.merchant {
		p.merchant = who.merchantID
		window, ok := p.windows[p.merchant]
		if !ok {
			return &sevenday.Error{Op: "find merchant", Subject: p.merchant, Err: errors.New("it came while the question was answered"), Fix: "ask again"}
		}
		p.counter.Merchant(window.calendar, window.last, window.final)
	}
	p.events = p.events[:0]
	for i, cursor := range p.cursors {
		if err := cursor.skipTo(who); err != nil {
			return err
		}
		var err error
		if p.rows, err = cursor.take(p.rows[:0], who); err != nil {
			return err
		}
		for j := range p.rows {
			if kind, ok := p.sources[i].kind(p.rows[j].Code); ok && p.counter.Lists(kind) {
				p.events = append(p.events, p.rows[j].event(kind))
			}
		}
	}
	p.counter.Person(p.events)
	return nil
}

func (e *seenEvent) event(kind funnel.Kind) funnel.Event {
	return funnel.Event{
		At: e.At, Kind: kind, Where: e.Place, What: e.What, Amount: e.Amount,
		StoreID: e.StoreID, Campaign: e.CampaignID, Currency: e.Currency,
	}
}
