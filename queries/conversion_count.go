package queries

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics/conversion"
)

// storedVisit is a row of table visits_by_run, as far as counting needs it.
type storedVisit struct {
	MerchantID string          `ch:"merchant,low"`
	Run        uint64          `ch:"run"`
	Span       sevenday.Day    `ch:"span"`
	Person     sevenday.Person `ch:"person"`
	Start      sevenday.Millis `ch:"start"`
	Day        sevenday.Day    `ch:"day"`
	FirstOfDay bool            `ch:"first_of_day"`
	Orders     uint16          `ch:"orders"`
	Code       uint8           `ch:"code"`     // of the breakdown, where its values are an enumeration's
	Name       string          `ch:"name,low"` // of the breakdown, where its values are names
}

var (
	storedVisitLayout = warehouse.LayoutOf[storedVisit]()
	seenPaymentLayout = warehouse.LayoutOf[conversion.SeenPayment]()
)

const millisPerDay = 24 * 60 * 60 * 1000

// countedConversion answers from the visits and payments themselves.
func (c *Catalog) countedConversion(ctx context.Context, f Freshness, d conversion.Detail) (*conversion.DetailAnswer, error) {
	s, closing, err := c.closing(ctx, f, d.Scope, d.Range, d.Reach())
	if err != nil {
		return nil, err
	}
	answer := &conversion.DetailAnswer{Detail: d, Closing: closing}
	if len(s.groups) == 0 {
		return answer, nil
	}
	members, err := c.members(ctx, d.Scope, s.groups, closing)
	if err != nil {
		return nil, err
	}
	s.parameters["by"], s.parameters["refund_horizon"] = d.By, int64(conversion.RefundHorizon)
	s.parameters["window_days"] = windowDays(d.Window)
	people := visitors{detail: d, members: members, counter: conversion.NewCounter(d)}
	if err := people.read(ctx, c, s.parameters); err != nil {
		return nil, err
	}
	answer.Cells, answer.Pooled = people.counter.Sums()
	return answer, nil
}

// windowDays is how many days a window can reach beyond that of its visit, in
// any time zone.
func windowDays(window sevenday.Millis) uint16 { return uint16(window/millisPerDay) + 2 }

// visitors hands a scope's people to a counter, one after the other. The slices
// are those of the person at hand, used again for the next.
type visitors struct {
	detail   conversion.Detail
	members  *members
	counter  *conversion.Counter
	merchant string // at hand
	stored   []storedVisit
	visits   []conversion.SeenVisit
	payments []conversion.SeenPayment
}

func (p *visitors) read(ctx context.Context, c *Catalog, parameters map[string]any) error {
	visits := openCursor(ctx, c, storedVisitLayout, "conversion_visits", parameters,
		func(v *storedVisit) whose { return whose{v.MerchantID, v.Person} },
		func(v *storedVisit) bool {
			m := p.members.find(v.MerchantID)
			return m != nil && m.counts(v.Run, v.Span)
		})
	defer visits.close()
	payments := openCursor(ctx, c, seenPaymentLayout, "conversion_payments", parameters,
		func(p *conversion.SeenPayment) whose { return whose{p.MerchantID, p.Person} }, nil)
	defer payments.close()
	for {
		next, err := visits.peek()
		if err != nil || next == nil {
			p.counter.EndMerchant()
			return err
		}
		if err := p.person(whose{next.MerchantID, next.Person}, visits, payments); err != nil {
			return err
		}
	}
}

func (p *visitors) person(who whose, visits *cursor[storedVisit], payments *cursor[conversion.SeenPayment]) error {
	if who.merchantID != p.merchant {
		p.counter.EndMerchant()
		p.merchant = who.merchantID
	}
	if err := payments.skipTo(who); err != nil {
		return err
	}
	var failures [2]error
	p.stored, failures[0] = visits.take(p.stored[:0], who)
	p.payments, failures[1] = payments.take(p.payments[:0], who)
	if err := errors.Join(failures[:]...); err != nil {
		return err
	}
	slices.SortFunc(p.stored, compareVisits)
	m := p.members.find(who.merchantID)
	p.visits = p.visits[:0]
	for i := range p.stored {
		p.visits = append(p.visits, p.seen(m, &p.stored[i]))
	}
	p.counter.Person(p.visits, p.payments)
	return nil
}

// compareVisits orders visits by their starts. Of those with one start the first
// of the day comes first and the one with the payments last, as they did in the
// run that stored them.
func compareVisits(a, b storedVisit) int {
	if a.Start != b.Start {
		return cmp.Compare(a.Start, b.Start)
	}
	return cmp.Or(
		-cmp.Compare(b2u(a.FirstOfDay), b2u(b.FirstOfDay)),
		cmp.Compare(a.Orders, b.Orders),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Name, b.Name),
	)
}

func b2u(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

func (p *visitors) seen(m *member, v *storedVisit) conversion.SeenVisit {
	inRange := v.Day >= p.detail.From && (p.detail.To == 0 || v.Day < p.detail.To)
	return conversion.SeenVisit{
		Start: v.Start, Day: v.Day, Value: p.value(m, v),
		Counted: inRange && v.Day <= m.last.Begun, Final: v.Day <= m.final,
	}
}

// value is the visit's in the question's breakdown.
func (p *visitors) value(m *member, v *storedVisit) string {
	switch p.detail.By {
	case conversion.ByPortal:
		return cmp.Or(sevenday.Portal(v.Code), sevenday.PortalOther).String()
	case conversion.ByTerminal:
		return cmp.Or(sevenday.Terminal(v.Code), sevenday.TerminalOther).String()
	case conversion.ByStore, conversion.ByCampaign:
		return cmp.Or(v.Name, conversion.NoValue)
	case conversion.ByIndustry:
		return m.Industry
	case conversion.ByCity:
		return cmp.Or(m.cities[v.Name], m.City, conversion.NoValue)
	default:
		return ""
	}
}
