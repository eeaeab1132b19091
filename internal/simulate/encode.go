package simulate

import (
	"strconv"

	"sevenday"
)

// stamp writes instants as RFC 3339 in one zone. It remembers the last day it
// wrote, because a program's records of one day follow each other.
type stamp struct {
	offset int64 // seconds east of UTC
	day    int64
	date   [11]byte // "2026-11-21T" of the day
}

const (
	secondMillis = sevenday.Millis(1000)
	minuteMillis = 60 * secondMillis
	hourMillis   = 60 * minuteMillis
	dayMillis    = 24 * hourMillis
)

// append writes t with milliseconds and the offset: "2026-11-21T08:30:00.250+08:00".
func (s *stamp) append(b []byte, t sevenday.Millis) []byte {
	local := int64(t) + s.offset*1000
	day := local / int64(dayMillis)
	if day != s.day {
		s.day = day
		copy(s.date[:], sevenday.Day(day).String())
		s.date[10] = 'T'
	}
	b = append(b, s.date[:]...)
	millis := local - day*int64(dayMillis)
	b = appendClock(b, millis/1000)
	b = append(b, '.')
	b = appendDigits(b, millis%1000, 3)
	return appendOffset(b, s.offset)
}

func appendClock(b []byte, second int64) []byte {
	b = appendDigits(b, second/3600, 2)
	b = append(b, ':')
	b = appendDigits(b, second/60%60, 2)
	b = append(b, ':')
	return appendDigits(b, second%60, 2)
}

func appendOffset(b []byte, seconds int64) []byte {
	sign := byte('+')
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	b = append(b, sign)
	b = appendDigits(b, seconds/3600, 2)
	b = append(b, ':')
	return appendDigits(b, seconds/60%60, 2)
}

// appendDigits writes n with at least width digits.
func appendDigits(b []byte, n int64, width int) []byte {
	var digits [20]byte
	i := len(digits)
	for ; n > 0 || width > 0; width-- {
		i--
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return append(b, digits[i:]...)
}

const hexDigits = "0123456789abcdef"

// appendHex writes all sixteen digits of an id.
func appendHex(b []byte, id uint64) []byte {
	for shift := 60; shift >= 0; shift -= 4 {
		b = append(b, hexDigits[id>>shift&15])
	}
	return b
}

// field opens a member: ,"name":
func field(b []byte, name string) []byte {
	b = append(b, ',', '"')
	b = append(b, name...)
	return append(b, '"', ':')
}

// text appends a member whose value needs no escaping.
func text(b []byte, name, value string) []byte {
	b = append(field(b, name), '"')
	b = append(b, value...)
	return append(b, '"')
}

func hexText(b []byte, name string, prefix byte, id uint64) []byte {
	b = append(field(b, name), '"', prefix, '-')
	return append(appendHex(b, id), '"')
}

// amountText appends a money member. Currencies without minor units get none.
func amountText(b []byte, name string, amount sevenday.Money, decimals int) []byte {
	b = append(field(b, name), '"')
	if decimals == 0 {
		b = strconv.AppendInt(b, int64(amount)/100, 10)
	} else {
		b = amount.Append(b)
	}
	return append(b, '"')
}

// header is what the three kinds of event have in common.
type header struct {
	event    uint64
	time     sevenday.Millis
	sender   sender
	revision uint32
	notes    notes
}

// sender says under which ids a record goes out.
type sender struct {
	number    uint32
	user      bool // under the user id
	anonymous bool // under the anonymous id; with both the record links them
	refused   bool // consent is false
}

// open begins a record with its header.
func (d *today) open(h header) []byte {
	b := append(d.buffer[:0], `{"event_id":"`...)
	b = appendHex(b, h.event)
	b = append(b, `","event_time":"`...)
	b = d.stamp.append(b, h.time)
	b = append(b, '"')
	b = text(b, "merchant_id", d.p.MerchantID)
	b = d.appendSender(b, h.sender)
	if h.revision > 0 {
		b = strconv.AppendUint(field(b, "revision"), uint64(h.revision), 10)
	}
	return b
}

func (d *today) appendSender(b []byte, s sender) []byte {
	if s.user {
		b = append(field(b, "user_id"), '"')
		b = append(d.appendUserID(b, s.number), '"')
	}
	if s.anonymous {
		b = hexText(b, "anonymous_id", 'a', derive(d.p.seed, partAnonymous, uint64(s.number)))
	}
	if s.refused {
		b = append(field(b, "consent"), "false"...)
	}
	if stores := d.p.Stores; len(stores) > 0 {
		i := derive(d.p.seed, partUser, uint64(s.number)) % uint64(len(stores))
		b = text(b, "store_id", stores[i].StoreID)
	}
	return b
}

// appendUserID writes the id of the program's numbered user. Most merchants
// share the platform's people: the numbers walk the pool in steps that are
// prime to its size, so nobody is met twice at one merchant.
func (d *today) appendUserID(b []byte, number uint32) []byte {
	if d.p.UserIDScope == sevenday.ScopeMerchant {
		b = append(b, "du-own-"...)
		return appendDigits(b, int64(number), 7)
	}
	b = append(b, "du-"...)
	b = appendDigits(b, int64(d.world.person(d.p, number)), 8)
	if lap := uint64(number) / d.world.pool; lap > 0 {
		b = append(b, '-')
		b = strconv.AppendUint(b, lap, 10)
	}
	return b
}

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
	b := append(d.buffer[:0], `{"event_id":"`...)
	b = append(appendHex(b, event), '"')
	b = text(b, "merchant_id", d.p.MerchantID)
	return append(b, `,"revision":1,"deleted":true`...)
}
