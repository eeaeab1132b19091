package funnel

import (
	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// Counter counts any funnel over the events of a scope, for the questions that
// the stored sums do not answer. It keeps the cells of the answer and, for exact
// quantiles, one time for each step after the first that a user reached.
type Counter struct {
	query    Query
	engine   *Engine
	calendar *sevenday.Calendar
	last     metrics.LastDays
	final    sevenday.Day // the last day that is final for the merchant at hand
	days     map[sevenday.Day]*dayTally
	touched  []*dayTally // since the last cluster ended
}

// dayTally is one day, or with day 0 the range, that is being counted.
type dayTally struct {
	sums  [MaxSteps]interval.ClusterSums
	times [MaxSteps][]sevenday.Millis
	users stepCounts // of the cluster at hand
}

// NewCounter returns a counter for a valid question with its defaults filled in.
func NewCounter(q Query) *Counter {
	return &Counter{query: q, engine: NewEngine(&q.Funnel), days: make(map[sevenday.Day]*dayTally)}
}

// Lists tells whether events of the kind are needed.
func (c *Counter) Lists(kind Kind) bool { return c.engine.Lists(kind) }

// Merchant begins a merchant: how its days are cut, how far they reach, and the
// last of them that is final.
func (c *Counter) Merchant(calendar *sevenday.Calendar, last metrics.LastDays, final sevenday.Day) {
	c.endCluster()
	c.calendar, c.last, c.final = calendar, last, final
}

// Person counts one person's events at the merchant at hand, and puts them in
// order. Events of kinds that the funnel does not list may be among them.
func (c *Counter) Person(events []Event) {
	Sort(events)
	c.engine.Deepest(events, c.calendar, c.count)
	if c.query.Merchant != "" {
		c.endCluster()
	}
}

func (c *Counter) count(day sevenday.Day, try *Try) {
	if day < c.query.From || (c.query.To != 0 && day >= c.query.To) || day > c.last.Begun {
		return
	}
	c.countOn(day, try)
	if day <= c.final {
		c.countOn(0, try)
	}
}

func (c *Counter) countOn(day sevenday.Day, try *Try) {
	t := c.days[day]
	if t == nil {
		t = new(dayTally)
		c.days[day] = t
	}
	if t.users[0] == 0 {
		c.touched = append(c.touched, t)
	}
	for step := range try.Depth {
		t.users[step]++
		if step > 0 {
			t.times[step] = append(t.times[step], try.At[step]-try.At[0])
		}
	}
}

// endCluster adds the cluster at hand, a user or a merchant, to the cells it touched.
func (c *Counter) endCluster() {
	for _, t := range c.touched {
		for step := range c.query.Steps {
			t.sums[step].Add(interval.OneCluster(float64(t.users[0]), float64(t.users[step])))
		}
		t.users = stepCounts{}
	}
	c.touched = c.touched[:0]
}

// Cells returns every step of every day, and of the range, on which somebody
// entered. It is called once, after the last person.
func (c *Counter) Cells() []Cell {
	c.endCluster()
	var cells []Cell
	for day, t := range c.days {
		for step := range c.query.Steps {
			cell := Cell{Day: day, Step: step, Sums: t.sums[step]}
			if q, ok := exactQuantiles(t.times[step]); ok {
				cell.Times = &q
			}
			cells = append(cells, cell)
		}
	}
	return cells
}
