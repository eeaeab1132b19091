package simulate

import "sevenday"

// faceValue is what every coupon shows, in hundredths.
const faceValue = sevenday.Money(500)

// campaigns that a merchant's coupons belong to.
var campaigns = [...]string{"demo-spring", "demo-regulars", "demo-friends"}

func (d *today) campaign(coupon uint32) string { return campaigns[coupon%uint32(len(campaigns))] }

func (d *today) couponID(coupon uint32) uint64 {
	return mix(derive(d.p.seed, partCoupon) + uint64(coupon)*golden)
}

// couponKind varies with the coupon's number; gifts are gift cards where there are any to give.
func (d *today) couponKind(f couponFields) sevenday.CouponKind {
	switch {
	case f.gift:
		return sevenday.CouponGiftCard
	case f.number%5 == 0:
		return sevenday.CouponDiscount
	case f.number%11 == 0:
		return sevenday.CouponPoints
	}
	return sevenday.CouponVoucher
}

// newCoupon names a coupon.
func (d *today) newCoupon() uint32 {
	d.people.coupons++
	return d.people.coupons
}

// validUntil is the midnight after the last day of a coupon claimed on the day.
func (d *today) validUntil(claimed int32) sevenday.Millis {
	return d.p.calendar.Start(sevenday.Day(claimed) + couponDays + 1)
}

// offer shows the user a coupon, who takes it with the probability. Nobody
// holds two, and who is not known by an id of the platform gets none.
func (d *today) offer(u *user, at sevenday.Millis, placement sevenday.Placement, claim float64) {
	takes := d.rng.chance(claim)
	if u.coupon != 0 || u.is(assentRefused) || u.is(anonymous) {
		return
	}
	f := couponFields{number: d.newCoupon(), stage: sevenday.StageIssued, placement: placement}
	d.emitCoupon(d.sender(u), at, f)
	if takes {
		d.claim(u, at+d.after(10*secondMillis, minuteMillis), f)
	}
}

func (d *today) claim(u *user, at sevenday.Millis, f couponFields) {
	f.stage, f.validUntil = sevenday.StageClaimed, d.validUntil(int32(d.day))
	d.emitCoupon(d.sender(u), at, f)
	if d.rng.chance(voided) {
		f.stage = sevenday.StageVoided
		d.emitCoupon(d.sender(u), at+minuteMillis, f)
		return
	}
	u.coupon, u.couponDay = f.number, int32(d.day)
	u.flags &^= holdsGift
}

// thank is the payment-success page: a coupon, a place among the favorites,
// the life account.
func (d *today) thank(u *user, paid sevenday.Millis, session uint64) {
	if d.rng.chance(offerOnPaid) {
		d.offer(u, paid+d.after(5*secondMillis, 30*secondMillis), sevenday.PlacementPaymentSuccess, claimOnPaid)
	}
	if d.rng.chance(collectOnPaid) && !u.is(collected) && !u.is(assentRefused) {
		d.act(u, paid+2*minuteMillis, sevenday.ActionCollect, sevenday.PortalPaymentSuccess, session)
		u.flags |= collected
	}
	if d.rng.chance(followOnPaid) && !u.is(followed) && !u.is(assentRefused) {
		d.act(u, paid+3*minuteMillis, sevenday.ActionFollow, sevenday.PortalPaymentSuccess, session)
		u.flags |= followed
	}
}

// answerMessage is a follower who claims from a message of the life account, without a visit.
func (d *today) answerMessage(u *user) {
	at := d.moment(opening, lastVisit)
	d.offer(u, at, sevenday.PlacementLifeAccountMessage, 1)
}

// redeemed closes the coupon that the order named.
func (d *today) redeemed(from sender, u *user, at sevenday.Millis, f orderFields) {
	d.emitCoupon(from, at, couponFields{
		number: f.coupon, stage: sevenday.StageRedeemed, transaction: f.id,
		gift: u.is(holdsGift), validUntil: d.validUntil(u.couponDay),
	})
	u.coupon = 0
	u.flags &^= holdsGift
}

// expire takes the coupon away after its last day. Platforms do not tell reliably.
func (d *today) expire(u *user) {
	if d.rng.chance(tellExpiry) {
		d.emitCoupon(d.sender(u), d.start+30*minuteMillis, couponFields{
			number: u.coupon, stage: sevenday.StageExpired, gift: u.is(holdsGift), validUntil: d.validUntil(u.couponDay),
		})
	}
	u.coupon = 0
	u.flags &^= holdsGift
}

// receiveGift gives the new user a coupon from somebody who was here before.
func (d *today) receiveGift(u *user, at sevenday.Millis) {
	if !d.rng.chance(gifted) || len(d.people.users) == 0 {
		return
	}
	giver := d.people.users[d.rng.IntN(len(d.people.users))]
	known := func(u *user) bool { return !u.is(assentRefused) && !u.is(anonymous) }
	if !known(u) || !known(&giver) || !d.p.visits() {
		return
	}
	before := at - d.after(30*minuteMillis, 90*minuteMillis)
	f := couponFields{number: d.newCoupon(), gift: true, stage: sevenday.StageIssued, placement: sevenday.PlacementOther}
	from := d.sender(&giver)
	d.emitCoupon(from, before, f)
	f.stage, f.validUntil = sevenday.StageClaimed, d.validUntil(int32(d.day))
	d.emitCoupon(from, before+minuteMillis, f)
	f.stage, f.to = sevenday.StageGifted, u.number
	d.emitCoupon(from, before+2*minuteMillis, f)
	d.planted.Gifts++
	u.coupon, u.couponDay = f.number, int32(d.day)
	u.flags |= holdsGift
}
