package ingest

import (
	"slices"

	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// entryRow is a row of entries_log.
type entryRow struct {
	coordinates
	sevenday.Entry
}

var entriesLog = &logTable[entryRow]{
	kind: sevenday.KindEntry,
	layout: warehouse.NewLayout(slices.Concat(
		coordinateColumns(func(r *entryRow) *coordinates { return &r.coordinates }),
		headerColumns(func(r *entryRow) *sevenday.Header { return &r.Header }),
		[]warehouse.Column[entryRow]{
			warehouse.Enum8("action", func(r *entryRow) *sevenday.Action { return &r.Action }),
			warehouse.Enum8("portal", func(r *entryRow) *sevenday.Portal { return &r.Portal }),
			warehouse.Bool("portal_from_scene", func(r *entryRow) *bool { return &r.PortalFromScene }),
			warehouse.String("scene", func(r *entryRow) *string { return &r.Scene }),
			warehouse.Enum8("terminal", func(r *entryRow) *sevenday.Terminal { return &r.Terminal }),
			warehouse.String("session_id", func(r *entryRow) *string { return &r.SessionID }),
			warehouse.String("campaign_id", func(r *entryRow) *string { return &r.CampaignID }),
			warehouse.String("coupon_id", func(r *entryRow) *string { return &r.CouponID }),
		},
	)...),
	at: func(r *entryRow) *coordinates { return &r.coordinates },
	decode: func(d *decode.Decoder, payload []byte, kafkaTime sevenday.Millis, r *entryRow) (int, *decode.Refusal) {
		return d.Entry(payload, kafkaTime, &r.Entry)
	},
}
