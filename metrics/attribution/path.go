package attribution

import (
	"math"

	"sevenday"
	"sevenday/metrics"
)

const hour sevenday.Millis = 60 * 60 * 1000

// Lookback is how long before a payment a visit still touches it; a visit at
// exactly that distance does, and so does one at the payment's own instant.
const Lookback = 7 * 24 * hour

// LookbackDays is how many days after a touch the last payment can come that it
// still touches: what waits for it is final when they are over.
const LookbackDays = sevenday.Day(Lookback / (24 * hour))

// lookbackReach is how many days apart a touch and its payment can lie. A change
// of clocks can push seven times 24 hours a day further.
const lookbackReach = LookbackDays + 1

// halfLife is the age at which a touch is worth half a fresh one.
const halfLife = 48 * hour

// fresh is the worth of a touch at the payment's own instant, in time_decay. It
// leaves 24 bits for adding up the touches of one path.
const fresh = 1 << 40

// Path is the touches of one payment, collapsed to its distinct portals in the
// order in which they were first touched. The zero value has none.
type Path struct {
	portals [Portals]Channel
	touches [Portals]uint64 // of each of them
	worth   [Portals]uint64 // the sum over its touches of what age leaves of fresh
	slots   [sevenday.Portals]uint8
	n       int // distinct portals
	total   uint64
	last    int // slot of the last touch
}

// Touch appends a touch that came some time before the payment. Touches come
// oldest first.
func (p *Path) Touch(c Channel, before sevenday.Millis) {
	slot := int(p.slots[c]) - 1
	if slot < 0 {
		slot = p.n
		p.portals[slot] = c
		p.n++
		p.slots[c] = uint8(p.n)
	}
	p.touches[slot]++
	p.total++
	p.last = slot
	p.worth[slot] += worth(before)
}

// worth is what age leaves of a touch.
func worth(age sevenday.Millis) uint64 {
	return uint64(math.Round(fresh * math.Exp2(-float64(age)/float64(halfLife))))
}

// read makes the path of a payment from the visits that touch it.
func (p *Path) read(visits []metrics.Visit, payment sevenday.Millis) {
	*p = Path{}
	if alike(visits) { // most are: then every model gives all to the one portal
		if len(visits) > 0 {
			p.portals[0], p.touches[0], p.worth[0] = channelOf(visits[0].Portal), uint64(len(visits)), fresh
			p.n, p.total = 1, uint64(len(visits))
		}
		return
	}
	for i := range visits {
		p.Touch(channelOf(visits[i].Portal), payment-visits[i].Start)
	}
}

// alike tells whether all visits came through one portal.
func alike(visits []metrics.Visit) bool {
	for i := 1; i < len(visits); i++ {
		if channelOf(visits[i].Portal) != channelOf(visits[0].Portal) {
			return false
		}
	}
	return true
}

// Portals lists the distinct portals in the order in which they were first
// touched, or Direct where there is none. The list is the path's own.
func (p *Path) Portals() []Channel {
	if p.n == 0 {
		return direct
	}
	return p.portals[:p.n]
}

var direct = []Channel{Direct}

// Last is the portal of the last touch, or Direct.
func (p *Path) Last() Channel { return p.Portals()[p.last] }

// codeBits holds a portal's number.
const codeBits = 4

// Code packs the distinct portals into a number, the first touched in the lowest
// four bits; 0 is the path without a touch.
func (p *Path) Code() uint32 {
	code := uint32(0)
	for i := p.n - 1; i >= 0; i-- {
		code = code<<codeBits | uint32(p.portals[i])
	}
	return code
}

// Decode appends the portals of a path's code to list, in the order in which
// they were first touched; Direct where there is none.
func Decode(list []Channel, code uint32) []Channel {
	if code == 0 {
		return append(list, Direct)
	}
	for ; code != 0; code >>= codeBits {
		list = append(list, Channel(code&(1<<codeBits-1)))
	}
	return list
}
