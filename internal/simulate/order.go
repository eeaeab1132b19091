package simulate

import (
	"math"

	"sevenday"
)

// order is a payment that a visit ends in, with what follows from it: a coupon
// redeemed, the payment-success page, a refund.
func (d *today) order(u *user, visit sevenday.Millis, session uint64) {
	decided := visit + d.after(firstOrder, lastOrder)
	f := d.compose(u, session)
	paid := d.settle(&f, decided)
	from := d.buyer(u)
	d.payAndRefund(from, paid, f)
	if f.coupon != 0 {
		d.redeemed(from, u, paid+secondMillis, f)
	}
	if d.p.visits() && paid < d.start+dayMillis {
		d.thank(u, paid, session)
	}
}

// compose draws what is bought and how it is paid. Every order makes the same
// draws, so that a world without the effect of installments has the same orders.
func (d *today) compose(u *user, session uint64) orderFields {
	amount := d.p.basket * math.Exp(d.p.sigma*d.rng.NormFloat64())
	f := orderFields{
		id: d.nextEvent(), kind: sevenday.Payment, session: session,
		method: d.method(), lever: sevenday.Lever(d.rng.pick(d.p.levers[:])),
	}
	wish, choice := d.rng.Float64(), d.rng.Float64()
	if d.installs(wish) {
		amount *= d.p.adoption.multiple
		d.install(&f, amount, choice)
	}
	f.amount = d.money(amount)
	d.useCoupon(u, &f)
	d.peculiar(&f)
	return f
}

// installs tells whether a buyer of today pays by installments.
func (d *today) installs(wish float64) bool {
	return !d.p.adoption.idle && wish < d.p.adoption.takeUp(d.day)
}

func (d *today) install(f *orderFields, amount, choice float64) {
	var weights [len(plans)]float64
	for i, p := range plans {
		weights[i] = p.share
	}
	chosen := plans[pickAt(weights[:], choice)]
	f.method, f.installments = sevenday.MethodInstallments, chosen.installments
	f.fee = d.money(amount * chosen.fee)
}

// method draws how an order without installments is paid.
func (d *today) method() sevenday.Method {
	u := d.rng.Float64()
	switch {
	case d.p.Industry == "travel" && u < 0.8:
		return sevenday.MethodCreditWithholding
	case u < 0.55:
		return sevenday.MethodBalance
	case u < 0.75:
		return sevenday.MethodBankCard
	case u < 0.97:
		return sevenday.MethodCredit
	}
	return sevenday.MethodOther
}

// money rounds to what the merchant's currency has, at least its smallest coin.
func (d *today) money(hundredths float64) sevenday.Money {
	coin := 1.0
	if decimalsOf(d.p.Currency) == 0 {
		coin = 100
	}
	return sevenday.Money(max(1, math.Round(hundredths/coin)) * coin)
}

// useCoupon redeems the coupon in hand. It pays for goods beyond the amount,
// so that the money a buyer brings does not depend on it.
func (d *today) useCoupon(u *user, f *orderFields) {
	if u.coupon == 0 || !d.rng.chance(redeem) {
		return
	}
	f.coupon = u.coupon
	if u.is(holdsGift) {
		f.storedValue = giftCardAmount
		return
	}
	f.discount = d.money(float64(f.amount) / 10)
}

// peculiar is what only some merchants do: orders paid by gift cards alone,
// orders in another currency.
func (d *today) peculiar(f *orderFields) {
	if d.p.role == nil {
		return
	}
	if d.p.role.giftCards && f.installments == 0 && d.rng.chance(0.12) {
		f.storedValue += f.amount
		f.amount, f.method = 0, sevenday.MethodGiftCard
	}
	if d.p.role.foreign && d.rng.chance(0.05) {
		f.foreign = true
	}
}

// settle returns when the order is paid: rides are paid when they end, and one
// merchant collects half of its payments on the next morning.
func (d *today) settle(f *orderFields, decided sevenday.Millis) sevenday.Millis {
	if d.p.Industry != "travel" {
		return decided
	}
	f.orderedAt = decided
	if d.p.role != nil && d.p.role.nextMorning && d.rng.chance(0.5) {
		return d.start + dayMillis + d.after(8*hourMillis, 10*hourMillis)
	}
	return decided + d.after(4*minuteMillis, 30*minuteMillis)
}

// buyer is the sender of an order. Half of those who refuse consent are sent
// without any id: such an order counts in sales and in no user figure.
func (d *today) buyer(u *user) sender {
	s := d.identify(u)
	if u.is(assentRefused) && u.number%2 == 0 {
		return sender{number: u.number}
	}
	return s
}

// payAndRefund sends the payment and its refunds.
func (d *today) payAndRefund(from sender, paid sevenday.Millis, f orderFields) {
	fate := d.rng.Float64()
	full, partial := fate < fullRefund, fate >= fullRefund && fate < fullRefund+partialRefund
	when, early := d.refundTime(paid)
	if f.amount == 0 || !full && !partial {
		d.emitOrder(from, paid, f, 0)
		return
	}
	r := orderFields{id: f.id, kind: sevenday.Refund, method: f.method, installments: f.installments, amount: f.amount, foreign: f.foreign}
	if partial {
		r.amount = d.money(float64(f.amount) / 2)
	}
	if early {
		d.planted.RefundsFirst++
		d.emitOrder(from, when, r, 0)
		d.emitOrder(from, paid, f, 0)
		return
	}
	d.emitOrder(from, paid, f, 0)
	d.emitOrder(from, when, r, 0)
	if full {
		d.undo(from, when, f, r)
	}
}

// refundTime draws when a refund comes, and whether it is delivered before its payment.
func (d *today) refundTime(paid sevenday.Millis) (sevenday.Millis, bool) {
	atOnce, days := d.rng.chance(refundAtOnce), 1+d.rng.IntN(longestRefund)
	early := d.rng.chance(refundFirst)
	soon, late := d.after(2*minuteMillis, 20*minuteMillis), d.after(9*hourMillis, 20*hourMillis)
	if atOnce {
		return paid + soon, early
	}
	day := (paid-d.start)/dayMillis + sevenday.Millis(days)
	return d.start + day*dayMillis + late, false
}

// undo gives back the coupon of a wholly refunded order, and now and then
// refunds more than was paid.
func (d *today) undo(from sender, when sevenday.Millis, f, r orderFields) {
	if f.coupon != 0 {
		d.emitCoupon(from, when+secondMillis, couponFields{number: f.coupon, stage: sevenday.StageReturned, transaction: f.id, gift: f.storedValue > 0})
	}
	if d.noise.chance(excessRefund / fullRefund) {
		r.amount = 100
		d.emitOrder(from, when+minuteMillis, r, noteExcess)
	}
}
