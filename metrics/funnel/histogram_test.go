package funnel

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
)

func TestABucketsMiddleIsCloseToEachOfItsTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := sevenday.Millis(rapid.Int64Range(0, int64(MaxWindow)).Draw(t, "time"))
		bucket := bucketOf(at)
		off := float64(middle(bucket)-at) / float64(max(at, 1))
		if off > 0.008 || off < -0.008 || bucketOf(middle(bucket)) != bucket || bucketOf(at+1) < bucket || bucketOf(at+1) > bucket+1 {
			t.Fatalf("%d is in bucket %d, whose middle is %d", at, bucket, middle(bucket))
		}
	})
}

func TestQuantilesOfBucketsAreCloseToTheExactOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) sevenday.Millis {
			return sevenday.Millis(rapid.Int64Range(0, int64(DefaultWindow)).Draw(t, "time"))
		}), 1, 50).Draw(t, "times")
		exact, ok := exactQuantiles(times)
		var buckets []uint32
		var counts []uint64
		for _, at := range times { // in order now
			if b := bucketOf(at); len(buckets) == 0 || buckets[len(buckets)-1] != b {
				buckets, counts = append(buckets, b), append(counts, 0)
			}
			counts[len(counts)-1]++
		}
		close, closeOK := bucketQuantiles(buckets, counts)
		if !ok || !closeOK {
			t.Fatal("no quantiles")
		}
		for i, level := range Levels {
			if bucketOf(close[i]) != bucketOf(exact[i]) {
				t.Fatalf("the quantile at %v is %d, by buckets %d", level, exact[i], close[i])
			}
			atMost := 0
			for _, at := range times {
				if at <= exact[i] {
					atMost++
				}
			}
			if float64(atMost) < level*float64(len(times)) || !slices.Contains(times, exact[i]) {
				t.Fatalf("%d of %d took at most %d: no quantile at %v", atMost, len(times), exact[i], level)
			}
		}
	})
	if _, ok := exactQuantiles(nil); ok {
		t.Error("no times have quantiles")
	}
	if _, ok := bucketQuantiles(nil, nil); ok {
		t.Error("no buckets have quantiles")
	}
}
