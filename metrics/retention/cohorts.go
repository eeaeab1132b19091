package retention

import (
	"math/bits"

	"sevenday"
)

// Return is who came back to a merchant in one period: a row of view
// retention_sums, whose arrays Sums explains.
type Return struct {
	MerchantID string       `ch:"merchant_id"`
	Value      string       `ch:"value,low"` // of the breakdown
	Day        sevenday.Day `ch:"day"`
	Back       []uint32     `ch:"back"`
	First      []uint32     `ch:"first"`
}

// Later is a cohort by how long its members were seen: Later[i] are those who
// were active in the FromN+i-th period after or later.
type Later struct {
	MerchantID string       `ch:"merchant_id"`
	Value      string       `ch:"value"` // of the breakdown
	Day        sevenday.Day `ch:"day"`   // first day of the cohort's period
	Users      uint32       `ch:"users"`
	Later      []uint32     `ch:"later"`
}

// cohort is one merchant's cohort of a period, put together from who returned.
type cohort struct {
	counts
	last    [MaxN + 1]uint32 // members by the period in which they were last active, those later than MaxN under MaxN
	bracket uint32           // members who were active in the bracket that is asked for
}

// cohorts are those of one merchant and value. Its slice is reused.
type cohortLine struct {
	base int32 // period of the first
	line []cohort
}

func (c *cohortLine) at(index int32) *cohort {
	if len(c.line) == 0 {
		c.base = index
	}
	for index < c.base {
		c.line = append(c.line, cohort{})
		copy(c.line[1:], c.line)
		c.line[0] = cohort{}
		c.base--
	}
	for int(index-c.base) >= len(c.line) {
		c.line = append(c.line, cohort{})
	}
	return &c.line[index-c.base]
}

// returned adds a row of returns in the period index to the cohorts it looks back to.
func (c *cohortLine) returned(index int32, r *Return) {
	for n, users := range r.Back {
		if users > 0 {
			c.at(index - int32(n)).back[n] += users
		}
	}
	for n, users := range r.First {
		if users > 0 {
			c.at(index - int32(n)).first[n] += users
		}
	}
}

// member adds one member of the cohort: bit n of mask tells whether it returned
// in the n-th period after, last in which period it did so last.
func (c *cohort) member(mask uint32, last int32, bracket uint32) {
	c.back[0]++
	first := bits.TrailingZeros32(mask &^ 1)
	if first <= MaxN {
		c.first[first]++
	}
	for rest := mask &^ 1; rest != 0; rest &= rest - 1 {
		c.back[bits.TrailingZeros32(rest)]++
	}
	c.last[min(last, MaxN)]++
	if mask&bracket != 0 {
		c.bracket++
	}
}

// returnedBy tells for a measure how many members returned, n = 0..MaxN.
func (c *cohort) returnedBy(measure Measure, q *Query, to *[MaxN + 1]uint32) {
	switch measure {
	case WithinN:
		to[0] = 0
		for n := 1; n <= MaxN; n++ {
			to[n] = to[n-1] + c.first[n]
		}
	case UnboundedN:
		*to = c.last
		for n := MaxN; n > 0; n-- {
			to[n-1] += to[n]
		}
	case Bracket:
		to[q.ToN] = c.bracket
	default:
		*to = c.back
	}
}
