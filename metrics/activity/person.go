package activity

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Person is what is known of a person at a merchant: a row of table
// first_days_by_run. Of several published runs the newest row counts. Days that do
// not exist are 0 (1970-01-01); a person of whom nothing is left has only them.
type Person struct {
	MerchantID     string            `ch:"merchant_id"`
	Run            uint64            `ch:"run"`
	Person         sevenday.Person   `ch:"person"`
	FirstVisit     sevenday.Day      `ch:"first_visit"`
	LastVisit      sevenday.Day      `ch:"last_visit"`
	FirstPaying    sevenday.Day      `ch:"first_paying"`
	LastPaying     sevenday.Day      `ch:"last_paying"`
	Register       sevenday.Day      `ch:"register"` // day of the first register
	Portal         sevenday.Portal   `ch:"portal"`   // this and the following: of the first visit
	Terminal       sevenday.Terminal `ch:"terminal"`
	StoreID        string            `ch:"store_id"`
	CampaignID     string            `ch:"campaign_id"`
	FirstVisitPaid bool              `ch:"first_visit_paid"`
	// The periods in which the person was active, packed by pack, the first being
	// that of LastVisit or LastPaying.
	VisitWeeks   string `ch:"visit_weeks"`
	VisitMonths  string `ch:"visit_months"`
	PayingWeeks  string `ch:"paying_weeks"`
	PayingMonths string `ch:"paying_months"`
}

// personOf puts what is known of the person and what was read together. days are
// its active days that were read.
func personOf(t *metrics.Timeline, days []UserDay) Person {
	p := PersonOf(t.Merchant, t.Person, &t.Known, days)
	if p.Register == 0 {
		p.Register = firstRegister(t)
	}
	// An order of the days that are read may belong to a visit shortly before them.
	if t.Merchant.From == metrics.WholeHistory || p.FirstVisit >= t.Merchant.From-metrics.ConversionReach {
		p.FirstVisitPaid = firstVisitPaid(t, p.FirstVisit)
	}
	return p
}

// PersonOf puts what is known of a person before m.From together with the
// active days from then on, ascending; what is known holds for days before. The register
// day and whether the first visit paid are those that are known.
func PersonOf(m *metrics.Merchant, person sevenday.Person, known *metrics.Known, days []UserDay) Person {
	p := Person{
		MerchantID: m.MerchantID, Run: m.Run, Person: person,
		FirstVisit: known.FirstVisit, LastVisit: known.LastVisit,
		FirstPaying: known.FirstPaying, LastPaying: known.LastPaying, Register: known.Register,
		Portal: known.Portal, Terminal: known.Terminal, StoreID: known.StoreID,
		CampaignID: known.CampaignID, FirstVisitPaid: known.FirstVisitPaid,
	}
	for i := range days {
		p.add(&days[i])
	}
	p.trails(m.From, known, days)
	return p
}

func (p *Person) add(d *UserDay) {
	if d.Visited {
		if p.FirstVisit == 0 {
			p.FirstVisit, p.Portal, p.Terminal, p.StoreID, p.CampaignID = d.Day, d.Portal, d.Terminal, d.StoreID, d.CampaignID
		}
		p.LastVisit = d.Day
	}
	if d.Payments > 0 {
		if p.FirstPaying == 0 {
			p.FirstPaying = d.Day
		}
		p.LastPaying = d.Day
	}
}

func (p *Person) trails(from sevenday.Day, known *metrics.Known, days []UserDay) {
	visited := func(d *UserDay) bool { return d.Visited }
	paid := func(d *UserDay) bool { return d.Payments > 0 }
	p.VisitWeeks = pack(extend(known.VisitWeeks, metrics.PeriodWeek, from, days, visited))
	p.VisitMonths = pack(extend(known.VisitMonths, metrics.PeriodMonth, from, days, visited))
	p.PayingWeeks = pack(extend(known.PayingWeeks, metrics.PeriodWeek, from, days, paid))
	p.PayingMonths = pack(extend(known.PayingMonths, metrics.PeriodMonth, from, days, paid))
}

// firstVisitPaid tells whether an order belongs to the first visit of a day.
func firstVisitPaid(t *metrics.Timeline, day sevenday.Day) bool {
	first := slices.IndexFunc(t.Visits, func(v metrics.Visit) bool { return v.Day == day })
	return first >= 0 && slices.ContainsFunc(t.Orders, func(o metrics.Order) bool {
		return metrics.VisitOf(t.Visits, o.DecidedAt) == first
	})
}

func firstRegister(t *metrics.Timeline) sevenday.Day {
	for i := range t.Entries {
		if t.Entries[i].Action == sevenday.ActionRegister {
			return t.Merchant.Calendar.Day(t.Entries[i].Time)
		}
	}
	return 0
}
