package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics/funnel"
)

// seenEvent is an event of any kind as the statements of a funnel's events give it.
type seenEvent struct {
	MerchantID string          `ch:"merchant,low"`
	Run        uint64          `ch:"run"` // of a visit or payment: the run that made the row, of a span
	Span       sevenday.Day    `ch:"span"`
	Person     sevenday.Person `ch:"person"`
	At         sevenday.Millis `ch:"at"`
	Code       uint8           `ch:"code"` // action of an entry, stage of a coupon
	Place      uint8           `ch:"place"`
	What       uint8           `ch:"what"`
	Amount     sevenday.Money  `ch:"amount"`
	StoreID    string          `ch:"store,low"`
	CampaignID string          `ch:"campaign,low"`
	Currency   string          `ch:"currency_name,low"`
}

var seenEventLayout = warehouse.LayoutOf[seenEvent]()

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
	members, err := c.members(ctx, q.Scope, s.groups, closing)
	if err != nil {
		return nil, err
	}
	people := funnelPeople{counter: funnel.NewCounter(q), members: members}
	s.parameters["not_before"], s.parameters["before"] = eventBounds(q)
	s.parameters["stores"], s.parameters["campaigns"], s.parameters["currencies"] = q.Needs()
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

// funnelPeople hands a scope's people to a counter, one after the other.
type funnelPeople struct {
	counter  *funnel.Counter
	members  *members
	merchant string // at hand
	sources  []eventSource
	cursors  []*cursor[seenEvent] // aligned with sources
	rows     []seenEvent
	events   []funnel.Event
}

// published tells whether an event counts: a visit or payment where its span was
// not made anew by a later run, everything else always.
func (p *funnelPeople) published(e *seenEvent) bool {
	if e.Run == 0 {
		return true
	}
	m := p.members.find(e.MerchantID)
	return m != nil && m.counts(e.Run, e.Span)
}

// read reads all persons who have an event of the first step's kind.
func (p *funnelPeople) read(ctx context.Context, c *Catalog, q funnel.Query, parameters map[string]any) error {
	var lead *cursor[seenEvent]
	for _, source := range eventSources {
		if !source.gives(p.counter.Lists) {
			continue
		}
		opened := openCursor(ctx, c, seenEventLayout, source.statement, parameters,
			func(e *seenEvent) whose { return whose{e.MerchantID, e.Person} }, p.published)
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
		m := p.members.find(p.merchant)
		if m == nil {
			return changedMeanwhile(p.merchant)
		}
		p.counter.Merchant(m.calendar, m.last, m.final)
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
