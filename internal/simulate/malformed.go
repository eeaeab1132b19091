package simulate

import "sevenday"

// A fault is a record that breaks the contract. %E stands for an event id, %M
// for the merchant's id, %T for a good event time.
type fault struct {
	reason string
	kind   sevenday.RecordKind
	form   string
}

// The reasons are this package's words for what is wrong.
var faults = []fault{
	{"not_json", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","portal":`},
	{"not_an_object", sevenday.KindEntry, `["%E","%M"]`},
	{"event_id_missing", sevenday.KindEntry, `{"event_time":"%T","merchant_id":"%M","user_id":"du-bad","portal":"scan"}`},
	{"merchant_id_invalid", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"no such id!","user_id":"du-bad","portal":"scan"}`},
	{"portal_unknown", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","portal":"moon"}`},
	{"portal_and_scene_missing", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad"}`},
	{"person_missing", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","portal":"scan"}`},
	{"event_time_without_zone", sevenday.KindEntry, `{"event_id":"%E","event_time":"2026-01-01 08:00:00","merchant_id":"%M","user_id":"du-bad","portal":"scan"}`},
	{"event_time_too_old", sevenday.KindEntry, `{"event_id":"%E","event_time":"1999-12-31T23:59:59Z","merchant_id":"%M","user_id":"du-bad","portal":"scan"}`},
	{"schema_unknown", sevenday.KindEntry, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","portal":"scan","schema":99}`},
	{"amount_is_a_number", sevenday.KindTransaction, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","transaction_id":"t-%E","kind":"payment","amount":12.5,"method":"balance"}`},
	{"amount_negative", sevenday.KindTransaction, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","transaction_id":"t-%E","kind":"payment","amount":"-12.50","method":"balance"}`},
	{"installments_without_method", sevenday.KindTransaction, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","transaction_id":"t-%E","kind":"payment","amount":"12.50","method":"balance","installments":3}`},
	{"redeemed_without_transaction", sevenday.KindCoupon, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","coupon_id":"c-%E","campaign_id":"k-1","stage":"redeemed"}`},
	{"stage_unknown", sevenday.KindCoupon, `{"event_id":"%E","event_time":"%T","merchant_id":"%M","user_id":"du-bad","coupon_id":"c-%E","campaign_id":"k-1","stage":"eaten"}`},
}

// spoil now and then sends a record that nobody can take.
func (d *today) spoil(time sevenday.Millis) {
	if !d.noise.chance(malformed) {
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
