package ingest

import (
	"slices"

	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// couponRow is a row of coupons_log.
type couponRow struct {
	coordinates
	sevenday.Coupon
}

var couponsLog = &logTable[couponRow]{
	kind: sevenday.KindCoupon,
	layout: warehouse.NewLayout(slices.Concat(
		coordinateColumns(func(r *couponRow) *coordinates { return &r.coordinates }),
		headerColumns(func(r *couponRow) *sevenday.Header { return &r.Header }),
		[]warehouse.Column[couponRow]{
			warehouse.String("coupon_id", func(r *couponRow) *string { return &r.CouponID }),
			warehouse.String("campaign_id", func(r *couponRow) *string { return &r.CampaignID }),
			warehouse.Enum8("kind", func(r *couponRow) *sevenday.CouponKind { return &r.Kind }),
			warehouse.Enum8("stage", func(r *couponRow) *sevenday.Stage { return &r.Stage }),
			warehouse.UInt64("to_user", func(r *couponRow) *sevenday.Person { return &r.ToUser }),
			warehouse.Enum8("placement", func(r *couponRow) *sevenday.Placement { return &r.Placement }),
			warehouse.Money("face_value", func(r *couponRow) *sevenday.Money { return &r.FaceValue }),
			warehouse.Money("min_spend", func(r *couponRow) *sevenday.Money { return &r.MinSpend }),
			warehouse.Millis("valid_until", func(r *couponRow) *sevenday.Millis { return &r.ValidUntil }),
			warehouse.String("transaction_id", func(r *couponRow) *string { return &r.TransactionID }),
		},
	)...),
	at: func(r *couponRow) *coordinates { return &r.coordinates },
	decode: func(d *decode.Decoder, payload []byte, kafkaTime sevenday.Millis, r *couponRow) (int, *decode.Refusal) {
		return d.Coupon(payload, kafkaTime, &r.Coupon)
	},
}
