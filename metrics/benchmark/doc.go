// Package benchmark sets a merchant beside its industry without telling it
// anything about any other company: percentiles of a figure over the owners of
// the industry's mini programs, or a refusal and its reason.
//
//	band := benchmark.BandOf(points) // points of one group
//	if band.Refused == "" {
//		fmt.Println(*band.P50)
//	}
//
// # What is shown
//
// Owners are counted, not mini programs: all that an owner has in the group is
// one point, so nobody becomes ten by splitting up. A group is shown when at
// least MinOwners owners stand behind it and none of them has more than
// MaxShare of the users. A point needs MinSupport trials behind it.
//
// A percentile is no owner's value. It is the mean of the three owners (for the
// median of an even number of owners four) around it, rounded to two significant
// digits. It is left out where one of them is so large beside the others that the
// second largest could estimate it within a tenth.
//
// # Which attacks that closes
//
// The attacker is an owner of the group who knows all its own figures, and reads
// everything that is published.
//
//   - Subtracting oneself from a total: there is no total, and no mean of all.
//     Every percentile has three owners, at least two of whom no other percentile
//     has; so any sum or difference of percentiles has at least three owners in
//     it, two of them others than the attacker. The percentiles of the tails are
//     left out while there are too few owners for that.
//   - Reading an extreme: the smallest, the largest and the middle value are
//     nobody's to see, because no percentile is a value.
//   - A giant among dwarfs: dominance over the group's users, and over the sum
//     behind each percentile.
//   - Made-up owners: they must have real users, or else the one real owner
//     dominates the group; and a point must have enough behind it.
//   - Subtracting groups: a merchant is in exactly one group for each metric, its
//     industry (and for money its currency). There are no groups within groups,
//     none over all industries, and no choice of days, so no group's complement
//     can be had: what is refused cannot be made up from what is shown.
//   - Comparing two viewers, or oneself in and out of the group: everybody of a
//     group is shown the same band, whatever its own value.
//   - Comparing two releases, between which one owner came or left: the days are
//     whole weeks that move on together for everybody, so every value moves. Were
//     all others to stand still, a difference that singles out a value would take
//     at least two of the rounded numbers, each three times over, and so would miss it
//     by up to six half steps of rounding, of 0.5 % or more each.
//
// What it does not close: several owners who put their figures together are one
// attacker with several known values, and three of them can know a fourth. And
// where all owners are alike, so is whoever is one of them.
package benchmark
