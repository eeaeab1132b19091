package benchmark

import (
	"cmp"
	"math"
	"slices"
)

const (
	// MinOwners is how many owners must stand behind a band. With fewer, three
	// percentiles of three owners each would be nearly all of them.
	MinOwners = 10
	// MaxShare is the largest share of a group's users that one owner may have.
	MaxShare = 0.4
	// MinSupport is how many trials (users of a cohort, visits, orders) must stand
	// behind an owner's value: below that it is a draw of the dice, and cheap to make up.
	MinSupport = 30
	// TailOwners is how many owners the 10th and the 90th percentile take. With
	// fewer, they would share two owners with their neighbors.
	TailOwners = 13
	// estimable is the share of the largest value of a percentile that the others
	// must have in all, the second largest aside, who may be the attacker.
	estimable = 0.1
	// digits is how many significant digits of a percentile are shown.
	digits = 2
)

// Refusal is why a group has no band.
type Refusal string

// The refusals.
const (
	TooFewOwners  Refusal = "too_few_owners" // fewer than MinOwners with a value
	DominantOwner Refusal = "dominant_owner" // one has more than MaxShare of the users
)

// Point is one mini program's part in a figure.
type Point struct {
	Owner   string
	Above   float64 // above the line: returned users, net sales; never negative
	Below   float64 // below it: users of the cohort, days; 0 where it has no value
	Support float64 // trials behind it
	Users   float64 // distinct users of the mini program
}

// Band is what may be shown of a group. A percentile is nil where it is left
// out, all of them where the group is refused.
type Band struct {
	P10, P25, P50, P75, P90 *float64
	Merchants               int // mini programs that have a value
	Owners                  int // of them
	Refused                 Refusal
}

// BandOf makes the band of a group from the points of its mini programs.
//
//	owner's value = sum above the line / sum below it, over the owner's points
//	percentile p  = mean of the values whose ranks lie within 1.5 of p·(owners - 1)
//
// Ranks begin at 0. The order of the points does not matter, nor how an owner's
// are split up. Points with nothing below the line have no value and do not
// count; owners with less than MinSupport behind them do not count either.
//
// Source: docs/metrics.md, benchmarks; the dominance of a percentile is the p %
// rule of the Handbook on Statistical Disclosure Control (2010), section 4.2.
func BandOf(points []Point) Band {
	owners, merchants := ownersOf(points)
	band := Band{Merchants: merchants, Owners: len(owners)}
	switch {
	case len(owners) < MinOwners:
		band.Refused = TooFewOwners
	case dominated(owners):
		band.Refused = DominantOwner
	default:
		band.show(owners)
	}
	return band
}

// owner is all that one owner has in a group.
type owner struct {
	value, users float64
}

// ownersOf returns the owners that count, by value, and how many mini programs
// with a value they have.
func ownersOf(points []Point) ([]owner, int) {
	sums, programs := map[string]Point{}, map[string]int{}
	for _, p := range points {
		if p.Below <= 0 {
			continue
		}
		s := sums[p.Owner]
		s.Above, s.Below, s.Support, s.Users = s.Above+p.Above, s.Below+p.Below, s.Support+p.Support, s.Users+p.Users
		sums[p.Owner] = s
		programs[p.Owner]++
	}
	var owners []owner
	merchants := 0
	for name, s := range sums {
		if s.Support >= MinSupport {
			owners = append(owners, owner{max(s.Above, 0) / s.Below, s.Users})
			merchants += programs[name]
		}
	}
	slices.SortFunc(owners, func(a, b owner) int { return cmp.Compare(a.value, b.value) })
	return owners, merchants
}

func dominated(owners []owner) bool {
	all, most := 0.0, 0.0
	for _, o := range owners {
		all, most = all+o.users, max(most, o.users)
	}
	return most > MaxShare*all
}

func (b *Band) show(owners []owner) {
	if len(owners) >= TailOwners {
		b.P10, b.P90 = percentile(owners, 10), percentile(owners, 90)
	}
	b.P25, b.P50, b.P75 = percentile(owners, 25), percentile(owners, 50), percentile(owners, 75)
}

// percentile is the rounded mean of the owners around a percentile; nil where
// one of them could be estimated from it.
func percentile(owners []owner, percent int) *float64 {
	first, last := ranks(percent, len(owners))
	around := owners[first : last+1]
	if exposed(around) {
		return nil
	}
	sum := 0.0
	for _, o := range around {
		sum += o.value
	}
	rounded := round(sum / float64(len(around)))
	return &rounded
}

// ranks returns the first and the last rank that are within 1.5 of a
// percentile's: three, or four where that lies between two. Of four, all but the
// median drop the one nearest to the median, which is the median's.
func ranks(percent, owners int) (first, last int) {
	center := percent * (owners - 1) // in hundredths
	first = max((center-150+99)/100, 0)
	last = min((center+150)/100, owners-1)
	switch {
	case last-first < 3 || percent == 50:
		return first, last
	case percent < 50:
		return first, first + 2
	default:
		return last - 2, last
	}
}

// exposed tells that the second largest value's owner could estimate the largest
// one from the sum within a tenth. Values are ascending; that all are 0 could be
// told without estimating.
func exposed(around []owner) bool {
	n := len(around)
	rest := 0.0
	for _, o := range around[:n-2] {
		rest += o.value
	}
	return rest <= estimable*around[n-1].value
}

// round keeps two significant digits.
func round(x float64) float64 {
	if x == 0 {
		return 0
	}
	scale := math.Pow(10, float64(digits-1)-math.Floor(math.Log10(x)))
	return math.Round(x*scale) / scale
}
