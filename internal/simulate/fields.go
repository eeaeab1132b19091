package simulate

import (
	"strconv"

	"sevenday"
)

// entryFields are an entry's own fields.
type entryFields struct {
	action   sevenday.Action
	portal   sevenday.Portal
	scene    bool // the record names an unmapped scene instead of the portal
	terminal sevenday.Terminal
	session  uint64 // 0 for none
	coupon   uint32
}

func (d *today) encodeEntry(h header, f entryFields) []byte {
	b := d.open(h)
	if f.action != sevenday.ActionVisit {
		b = text(b, "action", f.action.String())
	}
	switch {
	case f.scene:
		b = text(b, "scene", "demo-9001")
	case f.portal != sevenday.PortalNone:
		b = text(b, "portal", f.portal.String())
	}
	if f.terminal != sevenday.TerminalAlipay {
		b = text(b, "terminal", f.terminal.String())
	}
	if f.session != 0 {
		b = hexText(b, "session_id", 's', f.session)
	}
	if f.coupon != 0 {
		b = text(b, "campaign_id", d.campaign(f.coupon))
		b = hexText(b, "coupon_id", 'c', d.couponID(f.coupon))
	}
	return b
}

// orderFields are a transaction's own fields.
type orderFields struct {
	id           uint64
	kind         sevenday.TransactionKind
	amount       sevenday.Money
	discount     sevenday.Money
	storedValue  sevenday.Money
	fee          sevenday.Money
	method       sevenday.Method
	installments uint8
	lever        sevenday.Lever
	orderedAt    sevenday.Millis // 0 for none
	coupon       uint32
	session      uint64
	foreign      bool
}

func (d *today) encodeOrder(h header, f orderFields) []byte {
	b := d.open(h)
	b = hexText(b, "transaction_id", 't', f.id)
	b = text(b, "kind", f.kind.String())
	decimals := decimalsOf(d.p.Currency)
	if f.foreign {
		decimals = decimalsOf(sevenday.DefaultCurrency)
		b = text(b, "currency", sevenday.DefaultCurrency)
	}
	b = amountText(b, "amount", f.amount, decimals)
	b = text(b, "method", f.method.String())
	if f.installments > 0 {
		b = strconv.AppendUint(field(b, "installments"), uint64(f.installments), 10)
	}
	b = someAmount(b, "discount", f.discount, decimals)
	b = someAmount(b, "stored_value", f.storedValue, decimals)
	b = someAmount(b, "merchant_fee", f.fee, decimals)
	return d.appendContext(b, f)
}

func someAmount(b []byte, name string, amount sevenday.Money, decimals int) []byte {
	if amount == 0 {
		return b
	}
	return amountText(b, name, amount, decimals)
}

func (d *today) appendContext(b []byte, f orderFields) []byte {
	if f.lever > sevenday.LeverNone {
		b = text(b, "lever", f.lever.String())
	}
	if f.orderedAt != 0 {
		b = append(field(b, "ordered_at"), '"')
		b = append(d.stamp.append(b, f.orderedAt), '"')
	}
	if f.coupon != 0 {
		b = hexText(b, "coupon_id", 'c', d.couponID(f.coupon))
	}
	if f.session != 0 {
		b = hexText(b, "session_id", 's', f.session)
	}
	return b
}

// decimalsOf is the number of minor digits of the currencies that appear here.
func decimalsOf(currency string) int {
	if currency == "JPY" {
		return 0
	}
	return 2
}

// couponFields are a coupon record's own fields.
type couponFields struct {
	number      uint32
	gift        bool
	stage       sevenday.Stage
	to          uint32 // receiver of a gift
	placement   sevenday.Placement
	validUntil  sevenday.Millis // 0 for none
	transaction uint64
}

func (d *today) encodeCoupon(h header, f couponFields) []byte {
	b := d.open(h)
	b = hexText(b, "coupon_id", 'c', d.couponID(f.number))
	b = text(b, "campaign_id", d.campaign(f.number))
	if kind := d.couponKind(f); kind != sevenday.CouponVoucher {
		b = text(b, "kind", kind.String())
	}
	b = text(b, "stage", f.stage.String())
	if f.stage == sevenday.StageGifted {
		b = append(field(b, "to_user_id"), '"')
		b = append(d.appendUserID(b, f.to), '"')
	}
	if f.placement != 0 {
		b = text(b, "placement", f.placement.String())
	}
	b = amountText(b, "face_value", faceValue, decimalsOf(d.p.Currency))
	if f.validUntil != 0 {
		b = append(field(b, "valid_until"), '"')
		b = append(d.stamp.append(b, f.validUntil), '"')
	}
	if f.transaction != 0 {
		b = hexText(b, "transaction_id", 't', f.transaction)
	}
	return b
}

// encodeTombstone says that an event never happened.
func (d *today) encodeTombstone(event uint64) []byte {
	b := d.buffer[:0]
	b = append(b, `{"event_id":"`...)
	b = append(appendHex(b, event), '"')
	b = text(b, "merchant_id", d.p.MerchantID)
	return append(b, `,"revision":1,"deleted":true`...)
}
