package ingest

import (
	"slices"

	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// transactionRow is a row of transactions_log.
type transactionRow struct {
	coordinates
	sevenday.Transaction
}

var transactionsLog = &logTable[transactionRow]{
	kind: sevenday.KindTransaction,
	layout: warehouse.NewLayout(slices.Concat(
		coordinateColumns(func(r *transactionRow) *coordinates { return &r.coordinates }),
		headerColumns(func(r *transactionRow) *sevenday.Header { return &r.Header }),
		[]warehouse.Column[transactionRow]{
			warehouse.String("transaction_id", func(r *transactionRow) *string { return &r.TransactionID }),
			warehouse.Enum8("kind", func(r *transactionRow) *sevenday.TransactionKind { return &r.Kind }),
			warehouse.Money("amount", func(r *transactionRow) *sevenday.Money { return &r.Amount }),
			warehouse.Money("discount", func(r *transactionRow) *sevenday.Money { return &r.Discount }),
			warehouse.Money("stored_value", func(r *transactionRow) *sevenday.Money { return &r.StoredValue }),
			warehouse.LowCardinality("currency", func(r *transactionRow) *string { return &r.Currency }),
			warehouse.Enum8("method", func(r *transactionRow) *sevenday.Method { return &r.Method }),
			warehouse.UInt8("installments", func(r *transactionRow) *uint8 { return &r.Installments }),
			warehouse.Money("merchant_fee", func(r *transactionRow) *sevenday.Money { return &r.MerchantFee }),
			warehouse.Enum8("lever", func(r *transactionRow) *sevenday.Lever { return &r.Lever }),
			warehouse.Millis("ordered_at", func(r *transactionRow) *sevenday.Millis { return &r.OrderedAt }),
			warehouse.String("coupon_id", func(r *transactionRow) *string { return &r.CouponID }),
			warehouse.String("session_id", func(r *transactionRow) *string { return &r.SessionID }),
		},
	)...),
	at: func(r *transactionRow) *coordinates { return &r.coordinates },
	decode: func(d *decode.Decoder, payload []byte, kafkaTime sevenday.Millis, r *transactionRow) (int, *decode.Refusal) {
		return d.Transaction(payload, kafkaTime, &r.Transaction)
	},
}
