package simulate

import "sevenday"

// A fault is a record that breaks the contract. %E stands for an event id, %M
// for the merchant's id, %T for a good event time.
type fault struct {
	reason string
	kind   sevenday.RecordKind
	form   string
}

// The reasons are those of the dead letters.
var faults = []fault{
	{"not_json", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","portal":`},
	{"not_an_object", sevenday.KindEntry, `["%E","%M"]`},
	{"missing_field", sevenday.KindEntry, `{"event_time":"%T","merchant_id":"%M","user_id":"du-bad","portal":"scan"}`},
	{"bad_characters", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"no such id!","user_id":"du-bad","portal":"scan"}`},
	{"not_one_of_the_values", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","portal":"moon"}`},
	{"missing_field", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad"}`},
	{"missing_field", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","portal":"scan"}`},
	{"bad_time", sevenday.KindEntry, `{"event_id":"%E","event_time":"2026-01-01 08:00:00","merchant_id":"%M","user_id":"du-bad","portal":"scan"}`},
	{"time_too_early", sevenday.KindEntry, `{"event_id":"%E","event_time":"1999-12-31T23:59:59Z","merchant_id":"%M","user_id":"du-bad","portal":"scan"}`},
	{"unknown_schema_version", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","portal":"scan","schema":99}`},
	{"wrong_type", sevenday.KindTransaction, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","transaction_id":"t-%E","kind":"payment","amount":12.5,"method":"balance"}`},
	{"bad_amount", sevenday.KindTransaction, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","transaction_id":"t-%E","kind":"payment","amount":"-12.50","method":"balance"}`},
	{"conflicting_fields", sevenday.KindTransaction, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","transaction_id":"t-%E","kind":"payment","amount":"12.50","method":"balance","installments":3}`},
	{"missing_field", sevenday.KindCoupon, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","coupon_id":"c-%E","campaign_id":"k-1","stage":"redeemed"}`},
	{"not_one_of_the_values", sevenday.KindCoupon, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","coupon_id":"c-%E","campaign_id":"k-1","stage":"eaten"}`},
}

// spoil now and then sends a record that nobody can take.
func (d *today) spoil(time sevenday.Millis) {
	if !d.noise.chance(malformed) || time > d.world.now {
		return
	}
	f := faults[d.noise.IntN(len(faults))]
	d.planted.Malformed[f.reason]++
	d.forward(f.kind, d.fill(f.form, time), time, 0, noteRefused)
}

// fill writes a fault's form with its placeholders replaced.
func (d *today) fill(form string, time sevenday.Millis) []byte {
	b := d.buffer[:0]
	event := d.nextEvent()
	for i := 0; i < len(form); i++ {
		if form[i] != '%' {
			b = append(b, form[i])
			continue
		}
		i++
		switch form[i] {
		case 'E':
			b = appendHex(b, event)
		case 'M':
			b = append(b, d.p.MerchantID...)
		case 'T':
			b = d.stamp.append(b, time)
		}
	}
	return b
}
