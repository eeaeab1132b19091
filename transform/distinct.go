package transform

import (
	"context"
	"slices"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/activity"
	"sevenday/metrics/retention"
)

// The tables of the figures in which a user counts once.
const (
	distinctSums    = "retention_distinct_by_run"
	distinctPersons = "distinct_persons_by_run"
)

var (
	distinctDayLayout  = warehouse.LayoutOf[retention.DistinctDay]()
	distinctSumsLayout = warehouse.LayoutOf[retention.MerchantSums]()
	personLayout       = warehouse.LayoutOf[activity.Person]()
	lastDaysLayout     = warehouse.LayoutOf[lastDays]()
)

// foldDistinct counts the cohorts in which a user counts once over the merchants
// of a group, from the facts that the merchants' folds have just written.
func (b *Batch) foldDistinct(ctx context.Context, run Run, groups []groupToFold, spans warehouse.Given) error {
	for i := range groups {
		g := &groups[i]
		w := &groupWalk{
			batch: b, group: g, spans: spans, fold: retention.DistinctFold{From: g.from},
			merchant: &metrics.Merchant{Merchant: sevenday.Merchant{MerchantID: g.MerchantID}, Run: run.ID, From: g.from},
		}
		if err := w.walk(ctx); err != nil {
			return err
		}
		b.progress("distinct users", int64(i+1), int64(len(groups)))
	}
	return nil
}

// groupWalk goes through the persons of a group, with what earlier runs kept of
// them beside the days that are read.
type groupWalk struct {
	batch    *Batch
	group    *groupToFold
	merchant *metrics.Merchant // stands for the group
	spans    warehouse.Given
	fold     retention.DistinctFold
	known    *cursor[knownPerson, *knownPerson]

	person  sevenday.Person // at hand; Nobody for none
	before  metrics.Known   // what is known of that person
	days    []activity.UserDay
	persons []activity.Person
	lacking []activity.Person // whose last days have to be looked up
}

func (w *groupWalk) walk(ctx context.Context) error {
	keys := []foldKey{{w.merchant.MerchantID, w.merchant.From}}
	w.known = openCursor[knownPerson](ctx, w.batch.DB, knownPersonLayout, statement("stream_known"),
		map[string]any{"table": distinctPersons}, warehouse.Rows("keys", foldKeyLayout, keys))
	defer w.known.close()
	if err := w.known.advance(); err != nil {
		return err
	}
	err := warehouse.StreamGiven(ctx, w.batch.DB, distinctDayLayout, statement("distinct_days"), w.parameters(), w.spans,
		func(days []retention.DistinctDay) error {
			for i := range days {
				if err := w.day(ctx, &days[i]); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		return err
	}
	return w.end(ctx)
}

func (w *groupWalk) parameters() map[string]any {
	return map[string]any{"industry": w.group.industry, "run": w.merchant.Run, "reads": max(w.group.reads, 0)}
}

// day takes the next active day of a person at one of the merchants.
func (w *groupWalk) day(ctx context.Context, d *retention.DistinctDay) error {
	if d.Person != w.person {
		if err := w.begin(ctx, d.Person); err != nil {
			return err
		}
	}
	w.fold.Day(d)
	if d.Registered {
		if w.before.Register == 0 || d.RegisterDay < w.before.Register {
			w.before.Register = d.RegisterDay
		}
		return nil
	}
	if n := len(w.days); n == 0 || w.days[n-1].Day != d.Day {
		w.days = append(w.days, activity.UserDay{Day: d.Day, Portal: d.Portal})
	}
	day := &w.days[len(w.days)-1]
	day.Visited = day.Visited || d.Visited
	if d.Paid {
		day.Payments = 1
	}
	return nil
}

// begin ends the person at hand and begins the next.
func (w *groupWalk) begin(ctx context.Context, next sevenday.Person) error {
	if err := w.passOver(ctx, next); err != nil {
		return err
	}
	w.know(next)
	w.fold.Known(next, &w.before)
	return nil
}

// passOver ends the person at hand, and those before the next of whom no day is
// left that was read.
func (w *groupWalk) passOver(ctx context.Context, next sevenday.Person) error {
	finished := w.person
	if err := w.finish(ctx); err != nil {
		return err
	}
	for w.known.ok && w.known.current.Person.Person < next {
		if known := &w.known.current.Person; known.Person != finished && w.lostDays(known) {
			w.know(w.known.current.Person.Person)
			if err := w.finish(ctx); err != nil {
				return err
			}
		}
		if err := w.known.advance(); err != nil {
			return err
		}
	}
	return nil
}

// know makes a person the one at hand, with what the stream of known persons,
// which has come to it or is beyond, says of it.
func (w *groupWalk) know(person sevenday.Person) {
	w.person = person
	none := activity.Person{}
	known := &none
	if w.known.ok && w.known.current.Person.Person == person {
		known = &w.known.current.Person
	}
	known.Known(&w.before, w.merchant.From)
}

// lostDays tells whether something is kept of the person that is made anew.
func (w *groupWalk) lostDays(p *activity.Person) bool {
	return max(p.LastVisit, p.LastPaying, p.Register) >= w.merchant.From
}

// finish keeps what is now known of the person at hand.
func (w *groupWalk) finish(ctx context.Context) error {
	if w.person == sevenday.Nobody {
		return nil
	}
	p := activity.PersonOf(w.merchant, w.person, &w.before, w.days)
	w.person, w.days = sevenday.Nobody, w.days[:0]
	if (p.FirstVisit != 0 && p.LastVisit == 0) || (p.FirstPaying != 0 && p.LastPaying == 0) {
		w.lacking = append(w.lacking, p)
		return nil
	}
	w.persons = append(w.persons, p)
	if len(w.persons) < flushRows {
		return nil
	}
	return w.flush(ctx)
}

func (w *groupWalk) flush(ctx context.Context) error {
	err := warehouse.Insert(ctx, w.batch.DB, distinctPersons, personLayout, w.persons, warehouse.InsertOptions{})
	w.persons = w.persons[:0]
	return err
}

// end ends the group and stores its figures.
func (w *groupWalk) end(ctx context.Context) error {
	const lastPerson = ^sevenday.Person(0)
	if err := w.passOver(ctx, lastPerson); err != nil {
		return err
	}
	if err := w.lookUp(ctx); err != nil {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	w.fold.Group(w.merchant)
	rows := slices.DeleteFunc(w.fold.Rows, func(r retention.MerchantSums) bool { return !r.Fresh(w.merchant.From) })
	return warehouse.Insert(ctx, w.batch.DB, distinctSums, distinctSumsLayout, rows, warehouse.InsertOptions{})
}

// lastDays are the last days on which a person was active at a group's merchants.
type lastDays struct {
	Person     sevenday.Person `ch:"person"`
	LastVisit  sevenday.Day    `ch:"last_visit"`
	LastPaying sevenday.Day    `ch:"last_paying"`
}

// lookUp finds the last days of the persons who lost those that were kept.
func (w *groupWalk) lookUp(ctx context.Context) error {
	const atOnce = 5000
	for some := range slices.Chunk(w.lacking, atOnce) {
		ids := make([]uint64, len(some))
		for i := range some {
			ids[i] = uint64(some[i].Person)
		}
		parameters := w.parameters()
		parameters["persons"] = ids
		last := make(map[sevenday.Person]lastDays, len(some))
		err := warehouse.StreamGiven(ctx, w.batch.DB, lastDaysLayout, statement("last_days"), parameters, w.spans, func(rows []lastDays) error {
			for _, row := range rows {
				last[row.Person] = row
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i := range some {
			some[i].LastVisit, some[i].LastPaying = last[some[i].Person].LastVisit, last[some[i].Person].LastPaying
		}
	}
	w.persons = append(w.persons, w.lacking...)
	return nil
}
