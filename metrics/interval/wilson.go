package interval

import "math"

// Wilson returns the score interval of the rate successes/trials.
//
//	(p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n),  p = successes/trials, n = trials
//
// Every trial must count once: where a user can stand behind several trials,
// Clustered is the right one. With no successes the lower end is exactly 0, with
// no failures the upper end exactly 1. It is false without trials and when
// successes lie outside 0..trials, and panics unless 0 < level < 1.
//
// Source: Wilson, Journal of the American Statistical Association 22 (1927);
// checked against statsmodels in testdata/reference/interval.
func Wilson(successes, trials int64, level float64) (Interval, bool) {
	return wilson(float64(successes), float64(trials), level)
}

func wilson(successes, trials, level float64) (Interval, bool) {
	z := normalQuantile(level)
	if trials <= 0 || successes < 0 || successes > trials {
		return Interval{}, false
	}
	p := successes / trials
	shrink := 1 + z*z/trials
	center := (p + z*z/(2*trials)) / shrink
	half := z / shrink * math.Sqrt(p*(1-p)/trials+z*z/(4*trials*trials))
	i := around(center, half, MethodWilson)
	// Rounding leaves the two exact ends a few 1e-17 beside 0 and 1.
	if successes == 0 {
		i.Low = 0
	}
	if successes == trials {
		i.High = 1
	}
	return i, true
}

// NewcombeDifference returns the hybrid score interval of the difference
// p1 - p2 of two independent rates p = successes/trials.
//
//	low  = p1 - p2 - sqrt((p1-l1)² + (u2-p2)²)
//	high = p1 - p2 + sqrt((u1-p1)² + (p2-l2)²)
//
// where [l,u] are the rates' Wilson intervals. The ends lie in [-1,1]. It is
// false where either Wilson interval is.
//
// Source: Newcombe, Statistics in Medicine 17 (1998), method 10; checked against
// statsmodels in testdata/reference/interval.
func NewcombeDifference(successes1, trials1, successes2, trials2 int64, level float64) (Interval, bool) {
	first, ok1 := Wilson(successes1, trials1, level)
	second, ok2 := Wilson(successes2, trials2, level)
	if !ok1 || !ok2 {
		return Interval{}, false
	}
	p1 := float64(successes1) / float64(trials1)
	p2 := float64(successes2) / float64(trials2)
	return Interval{
		Low:    p1 - p2 - math.Hypot(p1-first.Low, second.High-p2),
		High:   p1 - p2 + math.Hypot(first.High-p1, p2-second.Low),
		Method: MethodNewcombe,
	}, true
}
