package interval

import "math"

// ClusterSums are the sums over clusters that the interval of a ratio needs. A
// cluster is whatever varies independently: a user within one merchant, a
// merchant within an industry. v is a cluster's share of the denominator
// (visits), c its share of the numerator (converted visits). float64 holds
// whole numbers exactly up to 2^53, about 9e15.
type ClusterSums struct {
	Clusters int64   // how many clusters; one with v = 0 counts as well
	V        float64 // sum of v
	C        float64 // sum of c
	VV       float64 // sum of v²
	VC       float64 // sum of v·c
	CC       float64 // sum of c²
}

// OneCluster returns the sums of a single cluster.
func OneCluster(v, c float64) ClusterSums {
	return ClusterSums{Clusters: 1, V: v, C: c, VV: v * v, VC: v * c, CC: c * c}
}

// Add adds the sums of other clusters; no cluster may stand in both.
func (s *ClusterSums) Add(other ClusterSums) {
	s.Clusters += other.Clusters
	s.V += other.V
	s.C += other.C
	s.VV += other.VV
	s.VC += other.VC
	s.CC += other.CC
}

// FewClusters is the number of clusters below which their spread says too
// little about the rate, so that Clustered falls back on Wilson.
const FewClusters = 10

// noSpread is the residual sum of squares, relative to its largest term, that
// is taken for zero: above the rounding of float64 (2e-16 a term), far below
// the residuals of any two clusters that differ.
const noSpread = 1e-13

// Clustered returns the interval of the rate R = C/V when its trials come in
// clusters: the linearized ratio's standard error with the t quantile, cut to
// [0,1].
//
//	R ± t(G-1) · sqrt(G/(G-1) · sum (c - R·v)²) / V
//
// with fewer than FewClusters clusters, or when all clusters have the very same
// rate, it is the Wilson interval of C out of V, and its Method says so. It is
// false without trials (V = 0) and when C lies outside [0,V], and panics unless
// 0 < level < 1.
//
// Source: Cochran, Sampling Techniques (1977), section 6.3, with the survey
// factor G/(G-1); the error is checked against the delta method of numpy in
// testdata/reference/interval.
func Clustered(sums ClusterSums, level float64) (Interval, bool) {
	mustBeLevel(level)
	se := sums.standardError()
	if sums.Clusters < FewClusters || se == 0 {
		return wilson(sums.C, sums.V, level)
	}
	if sums.V <= 0 || sums.C < 0 || sums.C > sums.V {
		return Interval{}, false
	}
	half := tQuantile(level, float64(sums.Clusters-1)) * se
	return around(sums.C/sums.V, half, MethodClustered), true
}

// standardError returns the linearized standard error of C/V, 0 where there is
// no spread between the clusters or too few of them to tell.
func (s ClusterSums) standardError() float64 {
	if s.Clusters < 2 || s.V <= 0 {
		return 0
	}
	ratio := s.C / s.V
	residual := s.CC - 2*ratio*s.VC + ratio*ratio*s.VV
	if residual <= noSpread*max(s.CC, ratio*ratio*s.VV) {
		return 0
	}
	g := float64(s.Clusters)
	return math.Sqrt(g/(g-1)*residual) / s.V
}
