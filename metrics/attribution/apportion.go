package attribution

import "math/bits"

// Unit is the weight of a whole payment: weights are integers of 1e-9.
const Unit = 1_000_000_000

// apportion divides amount by parts, by the largest remainder: each gets the
// whole number below its exact share, and what is then left goes, one by one, to
// those whose shares were cut most; of equals to the earlier one.
//
//	sum(shares) = amount,  |shares[i] - amount*parts[i]/sum(parts)| < 1
//
// parts must not all be 0, their sum must fit 64 bits, and there are at most
// Portals of them; shares is as long as parts.
func apportion(amount uint64, parts, shares []uint64) {
	total := uint64(0)
	for _, part := range parts {
		total += part
	}
	left := amount
	var remainders [Portals]uint64
	for i, part := range parts {
		high, low := bits.Mul64(amount, part)
		shares[i], remainders[i] = bits.Div64(high, low, total)
		left -= shares[i]
	}
	// The remainders add up to left times total, and each is below total: there
	// are more of them than units left.
	for ; left > 0; left-- {
		most := 0
		for i := range parts {
			if remainders[i] > remainders[most] {
				most = i
			}
		}
		shares[most]++
		remainders[most] = 0
	}
}
