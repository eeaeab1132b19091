package retention

import (
	"slices"
	"strings"

	"sevenday"
)

// Place is a merchant in scope.
type Place struct {
	MerchantID string       `ch:"merchant_id"`
	TimeZone   string       `ch:"time_zone"`
	Industry   string       `ch:"industry"`
	City       string       `ch:"city"`
	Currency   string       `ch:"currency"`
	FirstDay   sevenday.Day `ch:"first_day"` // of its history; 0 without any, and where not asked for
}

// site is what counts of a merchant when its cohorts are put together.
type site struct {
	zoneName string
	zone     Zone
	value    string // of a breakdown that is the merchant's own
	currency string
}

// Cohorts puts the cohorts of merchants together. It is given streams of rows,
// each ordered by merchant and closed with End. Its memory grows with the cells
// that are asked for, not with the rows.
type Cohorts struct {
	query  Query
	table  table
	locate func(merchantID string) (at site, ok bool) // ok is false for a merchant that is not in scope

	names map[string]string // values that outlive the rows they came with

	merchant string // the one at hand, where one has begun
	begun    bool
	inScope  bool
	site     site
	lines    map[string]*cohortLine
	holding  []Measure // what the lines hold
	walked   []Measure // what a walk is to find
	bracket  uint32    // the bits of its periods
}

func newCohorts(q Query, locate func(string) (site, bool)) *Cohorts {
	c := &Cohorts{query: q, locate: locate, names: make(map[string]string), lines: make(map[string]*cohortLine)}
	c.table = newTable(&c.query)
	c.bracket, c.walked = q.bracket(), q.measures()
	if !q.Persons() {
		c.walked = []Measure{UnboundedN} // the rest is stored
	}
	return c
}

// Return takes a row of returns: all measures but UnboundedN.
func (c *Cohorts) Return(r *Return) {
	if c.begin(r.MerchantID) {
		c.holding = []Measure{DayN, WithinN}
		c.line(c.valueOf(r.Value)).returned(c.query.Period.Index(r.Day), r)
	}
}

// Later takes a cohort of measure UnboundedN.
func (c *Cohorts) Later(l *Later) {
	if !c.begin(l.MerchantID) {
		return
	}
	var returned [MaxN + 1]uint32
	copy(returned[c.query.FromN:], l.Later)
	c.addCohort(c.valueOf(l.Value), c.query.Period.Index(l.Day), UnboundedN, l.Users, &returned)
}

// End ends a stream.
func (c *Cohorts) End() {
	c.flush()
	c.table.end()
	c.begun = false
}

// begin begins a merchant, unless it is the one at hand, and tells whether it is in scope.
func (c *Cohorts) begin(merchantID string) bool {
	if c.begun && merchantID == c.merchant {
		return c.inScope
	}
	c.flush()
	c.begun, c.merchant = true, strings.Clone(merchantID)
	if c.site, c.inScope = c.locate(merchantID); c.inScope {
		c.table.begin(c.site.zoneName, c.site.zone)
	}
	return c.inScope
}

// flush adds the cohorts of the merchant at hand to the table.
func (c *Cohorts) flush() {
	var returned [MaxN + 1]uint32
	for value, line := range c.lines {
		for i := range line.line {
			one := &line.line[i]
			for _, measure := range c.holding {
				if one.back[0] > 0 {
					one.returnedBy(measure, &c.query, &returned)
					c.addCohort(value, line.base+int32(i), measure, one.back[0], &returned)
				}
			}
		}
		line.line = line.line[:0]
	}
}

func (c *Cohorts) addCohort(value string, cohort int32, measure Measure, users uint32, returned *[MaxN + 1]uint32) {
	if place := slices.Index(c.table.measures, measure); place >= 0 && c.wants(cohort) {
		c.table.add(value, cohort, place, users, returned)
	}
}

// wants tells whether a cohort of the merchant at hand is asked for. Where its
// period has not begun, some clock is fast: there is nothing to show yet.
func (c *Cohorts) wants(cohort int32) bool {
	return c.query.inRange(cohort) && c.query.Period.First(cohort) <= c.site.zone.Begun
}

// member counts a member of a cohort of the merchant at hand.
func (c *Cohorts) member(m *member) {
	c.holding = c.walked
	c.line(m.value).at(m.cohort).member(m.mask, m.last, c.bracket)
}

// on tells whether an instant lies on a day of the merchant at hand.
func (c *Cohorts) on(instant sevenday.Millis, day sevenday.Day) bool {
	return c.site.zone.Calendar.Day(instant) == day
}

func (c *Cohorts) line(value string) *cohortLine {
	line := c.lines[value]
	if line == nil {
		line = new(cohortLine)
		c.lines[value] = line
	}
	return line
}

// valueOf is the value of the breakdown under which a row counts.
func (c *Cohorts) valueOf(value string) string {
	switch c.query.By {
	case "":
		return ""
	case ByIndustry, ByCity:
		return c.site.value
	}
	return c.keep(value)
}

// keep returns a value that outlives the row it came with.
func (c *Cohorts) keep(value string) string {
	name, ok := c.names[value]
	if !ok {
		name = strings.Clone(value)
		c.names[name] = name
	}
	return name
}
