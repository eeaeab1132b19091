package sales

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"sevenday/metrics/interval"
)

// Growth is how much the mean of some weeks grew over that of others, as a
// fraction: 0.7 is +70 %. Without an interval both ends are nil.
type Growth struct {
	Value     float64
	Low, High *float64
}

// WeeklyGrowth compares weekly figures (orders, net sales) of two spans.
//
//	growth = R - 1,  R = mean(after) / mean(before)
//	interval: R·exp(±t(ν)·se) - 1,  se² = s²(after)/(m·mean(after)²) + s²(before)/(n·mean(before)²)
//
// with the sample variances s² over the m and n weeks, and Welch's degrees of
// freedom ν. Weeks are the units because days are none: a week's days differ by
// weekday, and neighbors are alike. A trend within a span counts as noise and
// makes the interval wider. It is false without weeks after, and unless the
// weeks before have a positive mean. There is no interval where a span has fewer
// than two weeks, where nothing was sold after, and where no week differs from
// the others of its span.
//
// Source: the delta method for the logarithm of a ratio; Welch, Biometrika 34 (1947).
func WeeklyGrowth(before, after []float64) (Growth, bool) {
	m, n := newSpan(after), newSpan(before)
	if m.weeks == 0 || !(n.mean > 0) {
		return Growth{}, false
	}
	ratio := m.mean / n.mean
	growth := Growth{Value: ratio - 1}
	variance := m.relative + n.relative
	if m.weeks < 2 || n.weeks < 2 || !(m.mean > 0) || variance == 0 {
		return growth, true
	}
	freedom := variance * variance / (m.relative*m.relative/(m.weeks-1) + n.relative*n.relative/(n.weeks-1))
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: freedom}.Quantile((1 + interval.Level) / 2)
	half := t * math.Sqrt(variance)
	low, high := ratio*math.Exp(-half)-1, ratio*math.Exp(half)-1
	growth.Low, growth.High = &low, &high
	return growth, true
}

// span is what the interval needs to know of some weeks.
type span struct {
	weeks    float64
	mean     float64
	relative float64 // the mean's variance over the mean squared
}

func newSpan(weeks []float64) span {
	s := span{weeks: float64(len(weeks))}
	for _, x := range weeks {
		s.mean += x / s.weeks
	}
	for _, x := range weeks {
		s.relative += (x - s.mean) * (x - s.mean)
	}
	s.relative /= (s.weeks - 1) * s.weeks * s.mean * s.mean
	return s
}
