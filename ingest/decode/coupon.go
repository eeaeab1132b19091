package decode

import "sevenday"

var couponNeeds = setOf(fieldCouponID, fieldCampaignID, fieldStage)

// Coupon decodes a coupon record. See Decoder for what is returned and who owns it.
func (d *Decoder) Coupon(payload []byte, kafkaTime sevenday.Millis, into *sevenday.Coupon) (unknown int, refusal *Refusal) {
	r := d.scan(payload, sevenday.KindCoupon, couponFields)
	*into = sevenday.Coupon{Header: d.header(r, kafkaTime, couponNeeds)}
	if !into.Deleted && r.refusal == nil {
		d.couponBody(r, into)
	}
	if r.refusal != nil {
		*into = sevenday.Coupon{Header: identityOf(&into.Header)}
		return r.unknown, r.refusal
	}
	into.ContentHash = d.content.coupon(into)
	return r.unknown, nil
}

func (d *Decoder) couponBody(r *record, c *sevenday.Coupon) {
	r.needPerson(&c.Header)
	c.CouponID = r.label(fieldCouponID, maxID)
	c.CampaignID = r.label(fieldCampaignID, maxID)
	c.Kind = choice(r, fieldKind, sevenday.ParseCouponKind, sevenday.CouponKindNames, sevenday.CouponVoucher)
	c.Stage = choice(r, fieldStage, sevenday.ParseStage, sevenday.StageNames, 0)
	receiver := r.personID(fieldToUserID)
	r.needReceiver(c)
	c.Placement = choice(r, fieldPlacement, sevenday.ParsePlacement, sevenday.PlacementNames, sevenday.PlacementOther)
	c.FaceValue = r.money(fieldFaceValue, 2)
	c.MinSpend = r.money(fieldMinSpend, 2)
	c.ValidUntil = r.end(fieldValidUntil)
	c.TransactionID = r.label(fieldTransactionID, maxID)
	r.needOrder(c.Stage)
	if r.refusal == nil && !c.NoConsent {
		c.ToUser = d.people.user(receiver)
	}
}

func (r *record) needReceiver(c *sevenday.Coupon) {
	given := r.present.has(fieldToUserID)
	if c.Stage == sevenday.StageGifted && !given && !c.NoConsent {
		r.refuse(fieldToUserID, MissingField, "Send the user who got the gift; the stage gifted needs it.")
	}
	if c.Stage != sevenday.StageGifted && given {
		r.refuse(fieldToUserID, Conflicting, "Leave to_user_id out, or send the stage gifted.")
	}
}

func (r *record) needOrder(stage sevenday.Stage) {
	if (stage == sevenday.StageRedeemed || stage == sevenday.StageReturned) && !r.present.has(fieldTransactionID) {
		r.refuse(fieldTransactionID, MissingField, "Send the order's transaction_id; the stage %s needs it.", stage)
	}
}

// latest is the last instant of 2299-12-31 UTC, the last that the warehouse can hold.
const latest sevenday.Millis = 10413791999999

// end returns when something ends, 0 where it is absent. Later than the
// warehouse can hold, as in "9999-12-31", means never: it becomes the last
// instant that fits.
func (r *record) end(f field) sevenday.Millis {
	at := min(r.instant(f), latest)
	if r.present.has(f) && at < earliest {
		r.refuse(f, TimeTooEarly, "Send a time not before 2015-01-01T00:00:00Z.")
	}
	return at
}

func (c *content) coupon(k *sevenday.Coupon) uint64 {
	c.begin(sevenday.KindCoupon)
	c.header(&k.Header)
	c.text(fieldCouponID, k.CouponID)
	c.text(fieldCampaignID, k.CampaignID)
	c.number(fieldKind, uint64(k.Kind))
	c.number(fieldStage, uint64(k.Stage))
	c.number(fieldPlacement, uint64(k.Placement))
	c.number(fieldFaceValue, uint64(k.FaceValue))
	c.number(fieldMinSpend, uint64(k.MinSpend))
	c.number(fieldValidUntil, uint64(k.ValidUntil))
	c.text(fieldTransactionID, k.TransactionID)
	return c.sum()
}
