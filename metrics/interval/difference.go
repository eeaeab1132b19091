package interval

import "math"

// CrossSums are the sums over the clusters that stand behind both of two rates
// R = C/V which a difference is taken of.
type CrossSums struct {
	Clusters int64
	VV       float64 // trials of the one times trials of the other
	VC       float64 // trials of the first times successes of the second
	CV       float64 // successes of the first times trials of the second
	CC       float64 // successes times successes
}

// OneCross returns the sums of a single cluster with v1, v2 trials of each rate,
// c1, c2 of them successful.
func OneCross(v1, c1, v2, c2 float64) CrossSums {
	return CrossSums{Clusters: 1, VV: v1 * v2, VC: v1 * c2, CV: c1 * v2, CC: c1 * c2}
}

// Add adds the sums of other clusters.
func (s *CrossSums) Add(other CrossSums) {
	s.Clusters += other.Clusters
	s.VV += other.VV
	s.VC += other.VC
	s.CV += other.CV
	s.CC += other.CC
}

// ClusteredDifference returns the interval of the difference R1 - R2 of two
// rates whose trials come in clusters that may stand behind both: the linearized
// difference's standard error with the t quantile, cut to [-1,1].
//
//	R1 - R2 ± t(G-1) · sqrt(G/(G-1) · sum ((c1 - R1·v1)/V1 - (c2 - R2·v2)/V2)²)
//
// where G counts the clusters behind either. With fewer than FewClusters
// clusters, or where they do not spread, it is the NewcombeDifference of the
// sums, and its Method says so. It is false where a rate has no trials (V = 0) or
// C lies outside [0,V], and panics unless 0 < level < 1.
//
// Source: Cochran, Sampling Techniques (1977), section 6.3, for the difference of
// two ratios.
func ClusteredDifference(first, second ClusterSums, both CrossSums, level float64) (Interval, bool) {
	mustBeLevel(level)
	for _, s := range [...]*ClusterSums{&first, &second} {
		if s.V <= 0 || s.C < 0 || s.C > s.V {
			return Interval{}, false
		}
	}
	clusters := first.Clusters + second.Clusters - both.Clusters
	variance := differenceVariance(&first, &second, &both)
	if clusters < FewClusters || variance == 0 {
		return NewcombeDifference(int64(first.C), int64(first.V), int64(second.C), int64(second.V), level)
	}
	g := float64(clusters)
	half := tQuantile(level, g-1) * math.Sqrt(g/(g-1)*variance)
	difference := first.C/first.V - second.C/second.V
	return Interval{Low: max(difference-half, -1), High: min(difference+half, 1), Method: MethodClustered}, true
}

// differenceVariance returns the sum of squared linearized residuals, 0 where
// there is no spread between the clusters.
func differenceVariance(first, second *ClusterSums, both *CrossSums) float64 {
	r1, r2 := first.C/first.V, second.C/second.V
	residual := func(s *ClusterSums, r float64) float64 { return (s.CC - 2*r*s.VC + r*r*s.VV) / (s.V * s.V) }
	cross := (both.CC - r2*both.CV - r1*both.VC + r1*r2*both.VV) / (first.V * second.V)
	sum := residual(first, r1) + residual(second, r2) - 2*cross
	scale := first.CC/(first.V*first.V) + second.CC/(second.V*second.V)
	if sum <= noSpread*scale {
		return 0
	}
	return sum
}
