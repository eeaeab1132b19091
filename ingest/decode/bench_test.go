package decode_test

import (
	"testing"

	"sevenday"
	"sevenday/ingest/decode"
)

// The records are of the size and the shape that producers send: about 300 bytes.
const (
	benchEntry = `{"event_id":"0199d0f2-7c1b-7cc3-9a50-64c1f2a1b9e4","event_time":"2026-11-21T18:30:00.250+08:00",` +
		`"merchant_id":"fruit-shop-17","user_id":"2088001122334455","action":"visit","portal":"scan","terminal":"alipay",` +
		`"session_id":"s-0199d0f2-7c1b","campaign_id":"autumn-2026"}`
	benchTransaction = `{"event_id":"0199d0f2-7c1b-7cc3-9a50-64c1f2a1b9e4","event_time":"2026-11-21T18:30:00.250+08:00",` +
		`"merchant_id":"fruit-shop-17","user_id":"2088001122334455","transaction_id":"order-20261121-0042","kind":"payment",` +
		`"amount":"12.50","currency":"CNY","method":"installments","installments":12,"merchant_fee":"0.30"}`
	benchCoupon = `{"event_id":"0199d0f2-7c1b-7cc3-9a50-64c1f2a1b9e4","event_time":"2026-11-21T18:30:00.250+08:00",` +
		`"merchant_id":"fruit-shop-17","user_id":"2088001122334455","coupon_id":"coupon-4711-01","campaign_id":"autumn-2026",` +
		`"stage":"claimed","placement":"payment_success","face_value":"10.00","min_spend":"50","valid_until":"2026-12-31T23:59:59+08:00"}`
)

func BenchmarkDecoder(b *testing.B) {
	b.Run("entry", func(b *testing.B) {
		var e sevenday.Entry
		run(b, benchEntry, func(d *decode.Decoder, p []byte) *decode.Refusal { _, r := d.Entry(p, kafkaTime, &e); return r })
	})
	b.Run("entry without ids", func(b *testing.B) {
		var e sevenday.Entry
		run(b, benchEntry[:len(benchEntry)-1]+`,"consent":false}`, func(d *decode.Decoder, p []byte) *decode.Refusal {
			_, r := d.Entry(p, kafkaTime, &e)
			return r
		})
	})
	b.Run("transaction", func(b *testing.B) {
		var e sevenday.Transaction
		run(b, benchTransaction, func(d *decode.Decoder, p []byte) *decode.Refusal {
			_, r := d.Transaction(p, kafkaTime, &e)
			return r
		})
	})
	b.Run("coupon", func(b *testing.B) {
		var e sevenday.Coupon
		run(b, benchCoupon, func(d *decode.Decoder, p []byte) *decode.Refusal { _, r := d.Coupon(p, kafkaTime, &e); return r })
	})
}

func run(b *testing.B, record string, decodeOne func(*decode.Decoder, []byte) *decode.Refusal) {
	b.Helper()
	decoder, payload := newDecoder(b), []byte(record)
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if refusal := decodeOne(decoder, payload); refusal != nil {
			b.Fatal(refusal)
		}
	}
}
