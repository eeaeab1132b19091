package funnel

import (
	"math"
	"math/bits"
	"slices"

	"sevenday"
)

// subBuckets is how many buckets each doubling of a time has: a bucket is at most
// 1/64 of its times wide, so its middle is within 0.8 % of each of them. Stored
// buckets have their numbers by it: another value needs another table.
const (
	subBuckets     = 64
	subBucketsBits = 6
)

// bucketOf returns the bucket of a time that is not negative. Times under 128
// milliseconds have a bucket each.
func bucketOf(t sevenday.Millis) uint32 {
	shift := max(bits.Len64(uint64(t))-subBucketsBits-1, 0)
	return uint32(shift)*subBuckets + uint32(uint64(t)>>shift)
}

// middle returns the time that stands for a bucket's.
func middle(bucket uint32) sevenday.Millis {
	if bucket < 2*subBuckets {
		return sevenday.Millis(bucket)
	}
	shift := bucket/subBuckets - 1
	low := sevenday.Millis(bucket-shift*subBuckets) << shift
	return low + (sevenday.Millis(1)<<shift)/2
}

// Levels are the quantiles that a row shows.
var Levels = [...]float64{0.25, 0.5, 0.75, 0.9}

// Quantiles are the times at Levels: the least time that at least such a share
// of the users took no longer than.
type Quantiles [len(Levels)]sevenday.Millis

// rank returns which of n times, counted from 1 in ascending order, is the
// quantile at a level.
func rank(level float64, n uint64) uint64 {
	return max(uint64(math.Ceil(level*float64(n))), 1)
}

// exactQuantiles returns the quantiles of times, which it puts in order; false
// without any.
func exactQuantiles(times []sevenday.Millis) (q Quantiles, ok bool) {
	if len(times) == 0 {
		return q, false
	}
	slices.Sort(times)
	for i, level := range Levels {
		q[i] = times[rank(level, uint64(len(times)))-1]
	}
	return q, true
}

// bucketQuantiles returns the quantiles of times that are known by their
// buckets, in ascending order, with the count of each: within 0.8 % of the exact
// ones. It is false without any.
func bucketQuantiles(buckets []uint32, counts []uint64) (q Quantiles, ok bool) {
	n := uint64(0)
	for _, count := range counts {
		n += count
	}
	if n == 0 {
		return q, false
	}
	for i, level := range Levels {
		seen := uint64(0)
		for j, bucket := range buckets {
			if seen += counts[j]; seen >= rank(level, n) {
				q[i] = middle(bucket)
				break
			}
		}
	}
	return q, true
}
