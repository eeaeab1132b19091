package interval

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Level is the confidence level of every printed interval.
const Level = 0.95

// Method names how an interval was made; it is printed beside the interval.
type Method string

// The methods.
const (
	MethodWilson    Method = "wilson"    // score interval of one rate
	MethodNewcombe  Method = "newcombe"  // hybrid score interval of a difference of two rates
	MethodClustered Method = "clustered" // linearized ratio over clusters, t quantile
	MethodT         Method = "t"         // t interval of a plain mean
)

// Interval is a two-sided confidence interval, both ends in.
type Interval struct {
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Method Method  `json:"method"`
}

// around returns center plus and minus half, cut to [0,1].
func around(center, half float64, method Method) Interval {
	return Interval{Low: cut(center - half), High: cut(center + half), Method: method}
}

func cut(rate float64) float64 { return min(1, max(0, rate)) }

// normalQuantile returns the z that leaves (1-level)/2 in each tail. It panics
// unless 0 < level < 1, which is a mistake of the caller and never of the data.
func normalQuantile(level float64) float64 {
	mustBeLevel(level)
	return distuv.UnitNormal.Quantile((1 + level) / 2)
}

// tQuantile is normalQuantile for Student's t with the given degrees of freedom.
func tQuantile(level, degrees float64) float64 {
	mustBeLevel(level)
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: degrees}.Quantile((1 + level) / 2)
}

func mustBeLevel(level float64) {
	if math.IsNaN(level) || level <= 0 || level >= 1 {
		panic("interval: the level must lie between 0 and 1")
	}
}
