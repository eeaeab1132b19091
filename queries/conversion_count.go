package queries

import (
	"context"
	"errors"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics/conversion"
)

var (
	seenVisitLayout   = warehouse.LayoutOf[conversion.SeenVisit]()
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
	s.parameters["by"], s.parameters["refund_horizon"] = d.By, int64(conversion.RefundHorizon)
	s.parameters["window_days"] = windowDays(d.Window)
	counter := conversion.NewCounter(d)
	if err := c.countVisits(ctx, s.parameters, counter); err != nil {
		return nil, err
	}
	answer.Cells, answer.Pooled = counter.Sums()
	return answer, nil
}

// windowDays is how many days a window can reach beyond that of its visit, in
// any time zone.
func windowDays(window sevenday.Millis) uint16 { return uint16(window/millisPerDay) + 2 }

// countVisits hands the scope's people to a counter, one after the other.
func (c *Catalog) countVisits(ctx context.Context, parameters map[string]any, counter *conversion.Counter) (err error) {
	visits := openCursor(ctx, c.DB, seenVisitLayout, "conversion_visits", parameters, func(v *conversion.SeenVisit) whose {
		return whose{v.MerchantID, v.Person}
	})
	defer visits.close()
	payments := openCursor(ctx, c.DB, seenPaymentLayout, "conversion_payments", parameters, func(p *conversion.SeenPayment) whose {
		return whose{p.MerchantID, p.Person}
	})
	defer payments.close()
	person := seenPerson{counter: counter}
	for {
		next, err := visits.peek()
		if err != nil || next == nil {
			counter.EndMerchant()
			return err
		}
		if err := person.read(whose{next.MerchantID, next.Person}, visits, payments); err != nil {
			return err
		}
	}
}

// seenPerson is the person at hand; its slices are used again for the next.
type seenPerson struct {
	counter  *conversion.Counter
	whose    whose
	visits   []conversion.SeenVisit
	payments []conversion.SeenPayment
}

func (p *seenPerson) read(who whose, visits *cursor[conversion.SeenVisit], payments *cursor[conversion.SeenPayment]) error {
	if who.merchantID != p.whose.merchantID {
		p.counter.EndMerchant()
	}
	p.whose = who
	err := payments.skipTo(who)
	if err != nil {
		return err
	}
	var failures [2]error
	p.visits, failures[0] = visits.take(p.visits[:0], who)
	p.payments, failures[1] = payments.take(p.payments[:0], who)
	if err := errors.Join(failures[:]...); err != nil {
		return err
	}
	p.counter.Person(p.visits, p.payments)
	return nil
}
