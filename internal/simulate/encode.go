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
	b := d.buffer[:0]
	b = append(b, `{"event_id":"`...)
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
