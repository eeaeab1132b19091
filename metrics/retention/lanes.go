package retention

import "math/bits"

// lanes counts one cohort's members: how many came back in period n, n = 0..MaxN,
// and for how many n was the first return. A member is a mask of the periods in
// which it was active, bit n for the n-th after the cohort's, and is counted by
// eight additions however often it came back: the counters are bytes, eight to
// a word. No byte counts more than the members, of which there are as many as
// lane 0 of back says; when they are 255, the caller spills the lanes.
type lanes struct {
	back  [4]uint64
	first [4]uint64 // lane 0 takes the members who never came back
}

// window is the bits of the periods that a return is looked for in.
const window = 1<<(MaxN+1) - 1

// spread has bit i of a byte in byte i of a word.
var spread = func() (table [256]uint64) {
	for pattern := range table {
		for i := range 8 {
			table[pattern] |= uint64(pattern>>i&1) << (8 * i)
		}
	}
	return table
}()

func (l *lanes) full() bool { return uint8(l.back[0]) == 255 }

// add counts a member. Bit 0 of the mask must be set.
func (l *lanes) add(mask uint32) {
	l.back[0] += spread[uint8(mask)]
	l.back[1] += spread[uint8(mask>>8)]
	l.back[2] += spread[uint8(mask>>16)]
	l.back[3] += spread[uint8(mask>>24)]
	first := bits.TrailingZeros32(mask&^1) & 31 // 32, for none, becomes 0
	l.first[first>>3] += 1 << (8 * (first & 7))
}

// counts are lanes of full width.
type counts struct {
	back  [MaxN + 1]uint32
	first [MaxN + 1]uint32
}

// add adds what the lanes counted.
func (c *counts) add(l *lanes) {
	for word := range l.back {
		addBytes(c.back[:], 8*word, l.back[word])
		addBytes(c.first[:], 8*word, l.first[word])
	}
}

// addBytes adds a word's bytes to the counters from the first on.
func addBytes(to []uint32, first int, word uint64) {
	for word != 0 {
		lane := bits.TrailingZeros64(word) / 8
		to[first+lane] += uint32(uint8(word >> (8 * lane)))
		word &^= 0xff << (8 * lane)
	}
}
