package simulate

import "sevenday"

// visit is one visit: the way in, perhaps a second page, a registration, and
// either an order or a look at a coupon. It ends within half an hour.
func (d *today) visit(u *user, first bool, at sevenday.Millis) {
	portal, pull := d.choosePortal(u, first)
	p := d.p.conversionOn(d.day) * pull
	session := d.session(u, at)
	if d.p.visits() {
		d.spoil(at)
		d.observeVisit(u, d.look(u, at, portal, session), p)
		if first && d.rng.chance(d.registration()) {
			d.register(u, at+d.after(20*secondMillis, minuteMillis), portal, session)
		}
		d.reconsider(u, at, portal)
	}
	if first && portal == sevenday.PortalFriendTab {
		d.receiveGift(u, at)
	}
	if d.rng.chance(p) {
		d.order(u, at, session)
	} else if d.p.visits() && d.rng.chance(offerOnVisit) {
		d.offer(u, at+d.after(minuteMillis, 4*minuteMillis), sevenday.Placement(portal), claimOnVisit)
	}
}

func (d *today) registration() float64 {
	if d.p.credit.on {
		return 1 // a bike opens for members only
	}
	return d.p.register
}

// choosePortal draws how the user comes, and returns how much likelier such a
// visit buys than the user's mean visit.
func (d *today) choosePortal(u *user, first bool) (sevenday.Portal, float64) {
	mix := d.p.acquire
	if !first {
		mix = d.returnMix(u)
	}
	total, pull := 0.0, 0.0
	for i, w := range mix {
		total += w
		pull += w * portalPull[i]
	}
	portal := pickAt(mix[:], d.rng.Float64()*total)
	return sevenday.Portal(portal), portalPull[portal] * total / pull
}

// returnMix weighs the ways back: the user's habit, and what the user has
// collected, follows or holds.
func (d *today) returnMix(u *user) portalWeights {
	mix, total := d.p.revisit, 0.0
	for _, w := range mix {
		total += w
	}
	own := 0.0
	pull := func(portal sevenday.Portal, share float64) {
		mix[portal] += share * total
		own += share
	}
	pull(d.habit(u), favorite)
	if u.is(collected) {
		pull(sevenday.PortalCollection, viaCollection)
	}
	if u.is(followed) {
		pull(sevenday.PortalLifeAccount, viaAccount)
	}
	if u.coupon != 0 {
		pull(sevenday.PortalCardPackage, viaCard)
	}
	return mix
}

// habit is the person's favorite portal in this industry, the same at all its merchants.
func (d *today) habit(u *user) sevenday.Portal {
	hash := derive(d.world.person(d.p, u.number), partFavorite, d.p.nameHash)
	total := 0.0
	for _, w := range d.p.acquire {
		total += w
	}
	return sevenday.Portal(pickAt(d.p.acquire[:], unit(hash)*total))
}

// terminals people use, and how many of a hundred do.
var terminalWeights = []float64{
	sevenday.TerminalAlipay: 82, sevenday.TerminalAmap: 5, sevenday.TerminalKoubei: 4,
	sevenday.TerminalEleme: 5, sevenday.TerminalDingtalk: 2, sevenday.TerminalOther: 2,
}

func (d *today) terminal(u *user) sevenday.Terminal {
	hash := derive(d.world.person(d.p, u.number), partTerminal)
	return sevenday.Terminal(pickAt(terminalWeights, unit(hash)*100))
}

// session names the visit at merchants that send sessions, two in three.
func (d *today) session(u *user, at sevenday.Millis) uint64 {
	if d.p.number%3 == 0 {
		return 0
	}
	return derive(d.p.seed, partSession, uint64(u.number), uint64(at))
}

// look sends the visit's entries, and returns the portal that they tell: other
// where the first names an unmapped scene instead.
func (d *today) look(u *user, at sevenday.Millis, portal sevenday.Portal, session uint64) sevenday.Portal {
	f := entryFields{action: sevenday.ActionVisit, portal: portal, terminal: d.terminal(u), session: session}
	if portal == sevenday.PortalCardPackage {
		f.coupon = u.coupon
	}
	first, told := f, portal
	if d.noise.chance(sceneOnly) {
		first.scene, told = true, sevenday.PortalOther
	}
	d.emitEntry(d.sender(u), at, first)
	if d.rng.chance(secondPage) {
		d.emitEntry(d.sender(u), at+d.after(minuteMillis, 4*minuteMillis), f)
	}
	return told
}

// register makes the user a member, and links the anonymous id where there was one.
func (d *today) register(u *user, at sevenday.Millis, portal sevenday.Portal, session uint64) {
	d.act(u, at, sevenday.ActionRegister, portal, session)
	u.flags |= registered
}

// act sends an entry other than a visit, under the user's own id.
func (d *today) act(u *user, at sevenday.Millis, action sevenday.Action, portal sevenday.Portal, session uint64) {
	d.emitEntry(d.identify(u), at, entryFields{action: action, portal: portal, terminal: d.terminal(u), session: session})
}

// reconsider is a user who takes the mini program off the favorites, or unfollows.
func (d *today) reconsider(u *user, at sevenday.Millis, portal sevenday.Portal) {
	if u.is(collected) && d.rng.chance(uncollect) {
		d.act(u, at+minuteMillis, sevenday.ActionUncollect, portal, 0)
		u.flags &^= collected
	}
	if u.is(followed) && d.rng.chance(unfollow) {
		d.act(u, at+minuteMillis, sevenday.ActionUnfollow, portal, 0)
		u.flags &^= followed
	}
}

// sender says under which ids the user is known at the moment.
func (d *today) sender(u *user) sender {
	switch {
	case u.is(assentRefused):
		return sender{number: u.number, user: true, refused: true}
	case u.is(anonymous):
		return sender{number: u.number, anonymous: true}
	}
	return sender{number: u.number, user: true}
}

// identify is sender for what needs the user's own id: the first such record
// of an anonymous user carries both ids.
func (d *today) identify(u *user) sender {
	s := d.sender(u)
	if u.is(anonymous) {
		d.planted.Links++
		u.flags &^= anonymous
		s.user = true
	}
	return s
}
