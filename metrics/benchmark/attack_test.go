package benchmark

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// release is what a group's percentiles tell before they are rounded: for each
// the owners, by rank, of whom it is the sum.
func release(owners int) [][]int {
	percents := []int{25, 50, 75}
	if owners >= TailOwners {
		percents = []int{10, 25, 50, 75, 90}
	}
	var sums [][]int
	for _, percent := range percents {
		first, last := ranks(percent, owners)
		var sum []int
		for rank := first; rank <= last; rank++ {
			sum = append(sum, rank)
		}
		sums = append(sums, sum)
	}
	return sums
}

// solves lists the unknowns of n that some sums determine: those whose unit
// vector lies in the sums' row space.
func solves(n int, sums ...[]int) []int {
	var rows [][]float64
	for _, sum := range sums {
		row := make([]float64, n)
		for _, unknown := range sum {
			row[unknown] = 1
		}
		rows = append(rows, row)
	}
	var solved []int
	for _, row := range reduced(rows) {
		at := slices.IndexFunc(row, func(x float64) bool { return math.Abs(x) > 1e-9 })
		rest := 0
		for _, x := range row {
			if math.Abs(x) > 1e-9 {
				rest++
			}
		}
		if rest == 1 {
			solved = append(solved, at)
		}
	}
	slices.Sort(solved)
	return solved
}

// reduced is the reduced row echelon form, without zero rows. A unit vector is in
// the row space just when it is one of its rows.
func reduced(rows [][]float64) [][]float64 {
	done := 0
	for column := 0; len(rows) > 0 && column < len(rows[0]) && done < len(rows); column++ {
		pivot := done
		for i := done; i < len(rows); i++ {
			if math.Abs(rows[i][column]) > math.Abs(rows[pivot][column]) {
				pivot = i
			}
		}
		if math.Abs(rows[pivot][column]) < 1e-9 {
			continue
		}
		rows[done], rows[pivot] = rows[pivot], rows[done]
		scale := rows[done][column]
		for j := range rows[done] {
			rows[done][j] /= scale
		}
		for i := range rows {
			if factor := rows[i][column]; i != done {
				for j := range rows[i] {
					rows[i][j] -= factor * rows[done][j]
				}
			}
		}
		done++
	}
	return rows[:done]
}

func TestEveryPercentileHasThreeOwnersAndTwoOfItsOwn(t *testing.T) {
	for n := MinOwners; n <= 1000; n++ {
		seen := map[int]int{}
		sums := release(n)
		for _, sum := range sums {
			for _, rank := range sum {
				seen[rank]++
			}
		}
		for i, sum := range sums {
			alone := 0
			for _, rank := range sum {
				if seen[rank] == 1 {
					alone++
				}
			}
			if len(sum) < 3 || alone < 2 || sum[0] < 0 || sum[len(sum)-1] >= n {
				t.Fatalf("of %d owners percentile %d has ranks %v, %d of them its own", n, i, sum, alone)
			}
		}
	}
}

func TestNoOwnerCanSubtractAnotherFromTheBand(t *testing.T) {
	for n := MinOwners; n <= 60; n++ {
		for attacker := range n {
			known := []int{attacker}
			if solved := solves(n, append(release(n), known)...); len(solved) != 1 {
				t.Fatalf("of %d owners the one of rank %d finds out %v", n, attacker, solved)
			}
		}
	}
}

func TestOneNumberOfTwoReleasesSinglesOutNobody(t *testing.T) {
	for n := MinOwners + 1; n <= 24; n++ {
		for left := range n {
			after := release(n - 1)
			for _, sum := range after {
				for i, rank := range sum {
					if rank >= left {
						sum[i]++
					}
				}
			}
			for _, sum := range slices.Concat(release(n), after) {
				for attacker := range n {
					if solved := solves(n, sum, []int{attacker}); len(solved) != 1 {
						t.Fatalf("of %d owners, %d having left, the one of rank %d finds out %v from one number", n, left, attacker, solved)
					}
				}
			}
		}
	}
}

// drawGroup draws owners with one to three mini programs each.
func drawGroup(t *rapid.T) []Point {
	var points []Point
	value := rapid.Float64Range(0, 1000)
	for o := range rapid.IntRange(8, 40).Draw(t, "owners") {
		for range rapid.IntRange(1, 3).Draw(t, "programs") {
			below := float64(rapid.IntRange(0, 200).Draw(t, "below"))
			points = append(points, Point{
				Owner: fmt.Sprint(o), Above: below * value.Draw(t, "value"), Below: below, Support: below,
				Users: float64(rapid.IntRange(1, 100).Draw(t, "users")),
			})
		}
	}
	return points
}

// naive is every owner's value, ascending, of those who count.
func naive(points []Point) []float64 {
	above, below := map[string]float64{}, map[string]float64{}
	for _, p := range points {
		above[p.Owner], below[p.Owner] = above[p.Owner]+p.Above, below[p.Owner]+p.Below
	}
	var values []float64
	for name := range above {
		if below[name] >= MinSupport {
			values = append(values, above[name]/below[name])
		}
	}
	slices.Sort(values)
	return values
}

func percentilesOf(b *Band) map[int]*float64 {
	return map[int]*float64{10: b.P10, 25: b.P25, 50: b.P50, 75: b.P75, 90: b.P90}
}

func TestNobodyBehindAPercentileCanEstimateAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := drawGroup(t)
		values, band := naive(points), BandOf(points)
		for percent, shown := range percentilesOf(&band) {
			if shown == nil {
				continue
			}
			first, last := ranks(percent, len(values))
			sum := 0.0
			for _, v := range values[first : last+1] {
				sum += v
			}
			for attacker := first; attacker <= last; attacker++ {
				for victim := first; victim <= last; victim++ {
					// What the attacker cannot tell from the victim is what the others add.
					blur := sum - values[attacker] - values[victim]
					if victim != attacker && blur < 0.1*values[victim]*(1-1e-9) {
						t.Fatalf("percentile %d of %v: %v knows %v within %v", percent, values, values[attacker], values[victim], blur)
					}
				}
			}
			if mean := sum / float64(last-first+1); math.Abs(*shown-mean) > 0.05*mean*(1+1e-9) {
				t.Fatalf("percentile %d is shown as %v, the mean of its owners is %v", percent, *shown, mean)
			}
		}
	})
}

func TestABandDoesNotTellWhoseValuesAreWhose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := drawGroup(t)
		band := BandOf(points)
		swapped := slices.Clone(points)
		names := rapid.Permutation([]string{"0", "1", "2", "3", "4", "5", "6", "7"}).Draw(t, "who")
		for i := range swapped {
			if n, err := strconv.Atoi(swapped[i].Owner); err == nil && n < len(names) {
				swapped[i].Owner = names[n]
			}
		}
		if diff := cmp.Diff(band, BandOf(swapped)); diff != "" {
			t.Fatalf("(-before +after owners changed places):\n%s", diff)
		}
	})
}

func TestSplittingUpMakesNoMoreOwners(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := drawGroup(t)
		for i := range points { // whole numbers, whose halves add up exactly
			points[i].Above = math.Floor(points[i].Above)
		}
		var split []Point
		for _, p := range points {
			half := p
			half.Above, half.Below, half.Support, half.Users = p.Above/2, p.Below/2, p.Support/2, p.Users/2
			split = append(split, half, half)
		}
		want, got := BandOf(points), BandOf(split)
		want.Merchants, got.Merchants = 0, 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-whole +split):\n%s", diff)
		}
	})
}
