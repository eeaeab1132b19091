package ingest

import (
	"slices"

	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// merchantRow is a row of merchants_log. The merchant's lists lie in parallel
// arrays, as the table has them.
type merchantRow struct {
	coordinates
	sevenday.Merchant
	ContentHash    uint64
	SettlementDays uint16
	StoreIDs       []string
	StoreNames     []string
	StoreCities    []string
	Capabilities   []string
	EnabledAt      []sevenday.Millis
	DisabledAt     []sevenday.Millis
	Void           []bool
}

var merchantsLog = &logTable[merchantRow]{
	kind: sevenday.KindMerchant,
	layout: warehouse.NewLayout(slices.Concat(
		coordinateColumns(func(r *merchantRow) *coordinates { return &r.coordinates }),
		[]warehouse.Column[merchantRow]{
			warehouse.String("merchant_id", func(r *merchantRow) *string { return &r.MerchantID }),
			warehouse.UInt64("content_hash", func(r *merchantRow) *uint64 { return &r.ContentHash }),
			warehouse.String("name", func(r *merchantRow) *string { return &r.Name }),
			warehouse.String("owner", func(r *merchantRow) *string { return &r.Owner }),
			warehouse.Strings("store_ids", func(r *merchantRow) *[]string { return &r.StoreIDs }),
			warehouse.Strings("store_names", func(r *merchantRow) *[]string { return &r.StoreNames }),
			warehouse.Strings("store_cities", func(r *merchantRow) *[]string { return &r.StoreCities }),
			warehouse.String("industry", func(r *merchantRow) *string { return &r.Industry }),
			warehouse.String("city", func(r *merchantRow) *string { return &r.City }),
			warehouse.String("time_zone", func(r *merchantRow) *string { return &r.TimeZone }),
			warehouse.String("currency", func(r *merchantRow) *string { return &r.Currency }),
			warehouse.Enum8("user_id_scope", func(r *merchantRow) *sevenday.UserIDScope { return &r.UserIDScope }),
			warehouse.UInt16("settlement_days", func(r *merchantRow) *uint16 { return &r.SettlementDays }),
			warehouse.Strings("capability_names", func(r *merchantRow) *[]string { return &r.Capabilities }),
			warehouse.MillisArray("capability_enabled_at", func(r *merchantRow) *[]sevenday.Millis { return &r.EnabledAt }),
			warehouse.MillisArray("capability_disabled_at", func(r *merchantRow) *[]sevenday.Millis { return &r.DisabledAt }),
			warehouse.Bools("capability_void", func(r *merchantRow) *[]bool { return &r.Void }),
			warehouse.Millis("updated_at", func(r *merchantRow) *sevenday.Millis { return &r.UpdatedAt }),
		},
	)...),
	at: func(r *merchantRow) *coordinates { return &r.coordinates },
	decode: func(d *decode.Decoder, payload []byte, kafkaTime sevenday.Millis, r *merchantRow) (int, *decode.Refusal) {
		hash, unknown, refusal := d.Merchant(payload, kafkaTime, &r.Merchant)
		if refusal == nil {
			r.ContentHash = hash
			r.flatten()
		}
		return unknown, refusal
	},
}

// flatten spreads the merchant's lists over the arrays.
func (r *merchantRow) flatten() {
	r.SettlementDays = uint16(r.Merchant.SettlementDays)
	for _, store := range r.Stores {
		r.StoreIDs = append(r.StoreIDs, store.StoreID)
		r.StoreNames = append(r.StoreNames, store.Name)
		r.StoreCities = append(r.StoreCities, store.City)
	}
	for _, capability := range r.Merchant.Capabilities {
		r.Capabilities = append(r.Capabilities, capability.Name)
		r.EnabledAt = append(r.EnabledAt, capability.EnabledAt)
		r.DisabledAt = append(r.DisabledAt, capability.DisabledAt)
		r.Void = append(r.Void, capability.Void)
	}
}
