package attribution

import "sevenday"

// Channel is what credit goes to: a portal, or Direct for a payment that no
// visit came before. The portals have their own numbers. A visit that names no
// portal came through other.
type Channel uint8

// Direct takes the credit of payments without a touch.
const Direct = Channel(sevenday.Portals)

// Channels is the number of values a Channel can take, 0 included: the size of
// arrays indexed by channel.
const Channels = sevenday.Portals + 1

// Portals is how many portals a path can touch: the seven and other.
const Portals = sevenday.Portals - 1

// channelOf returns the channel of a visit through a portal.
func channelOf(p sevenday.Portal) Channel {
	if p == sevenday.PortalNone {
		return Channel(sevenday.PortalOther)
	}
	return Channel(p)
}

// String returns the portal's name or "direct".
func (c Channel) String() string {
	if c == Direct {
		return "direct"
	}
	return sevenday.Portal(c).String()
}
