package interval

import "math"

// MethodLogLog is the interval of a survival curve.
const MethodLogLog Method = "log_log"

// Lifetimes counts those whose time ends at one age: by the event, or because
// nobody can see further (censored).
type Lifetimes struct {
	Age      int32 // in whole periods since the beginning, 0 or more
	Events   int64
	Censored int64
}

// Survival is one step of a survival curve.
type Survival struct {
	Lifetimes
	AtRisk   int64   // without the event and not censored before the age
	Survival float64 // share without the event up to and including the age
	Interval Interval
	Bounded  bool // there is an interval: somebody is left without the event
}

// KaplanMeier returns the survival curve of lifetimes that stand in ascending
// order of age, each age once: a step for each of them.
//
//	S(t) = product over ages a <= t of (1 - d(a)/n(a))
//
// d(a) are the events at age a, n(a) those at risk: with an age of a or more. Who
// is censored at an age was at risk at it. The interval is
//
//	S ^ exp(±z·sqrt(V)/log S),  V = sum of d/(n·(n-d))
//
// with Greenwood's variance on the scale of log(-log S), so that it lies in
// [0,1]. While S = 1 it is [1,1]; where S = 0 there is none. Ages without anybody
// at risk cannot be. Each lifetime must vary independently of the others. It
// panics unless 0 < level < 1.
//
// Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data
// (2002), section 1.4; checked against lifelines in testdata/reference/coupon.
func KaplanMeier(lives []Lifetimes, level float64) []Survival {
	z := normalQuantile(level)
	atRisk := int64(0)
	for _, l := range lives {
		atRisk += l.Events + l.Censored
	}
	curve := make([]Survival, len(lives))
	survival, variance := 1., 0.
	for i, l := range lives {
		n, d := float64(atRisk), float64(l.Events)
		curve[i] = Survival{Lifetimes: l, AtRisk: atRisk}
		if l.Events == atRisk && atRisk > 0 {
			survival = 0
		} else if l.Events > 0 {
			survival *= 1 - d/n
			variance += d / (n * (n - d))
		}
		curve[i].Survival = survival
		curve[i].Interval, curve[i].Bounded = logLog(survival, variance, z)
		atRisk -= l.Events + l.Censored
	}
	return curve
}

func logLog(survival, variance, z float64) (Interval, bool) {
	if survival == 0 {
		return Interval{}, false
	}
	if survival == 1 {
		return Interval{Low: 1, High: 1, Method: MethodLogLog}, true
	}
	// log S is negative, so the larger exponent makes the lower end.
	spread := z * math.Sqrt(variance) / -math.Log(survival)
	return Interval{
		Low:    math.Pow(survival, math.Exp(spread)),
		High:   math.Pow(survival, math.Exp(-spread)),
		Method: MethodLogLog,
	}, true
}
