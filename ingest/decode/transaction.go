package decode

import "sevenday"

// maxOrderAge is the most by which an order may come before its payment.
const maxOrderAge = 30 * 24 * hour

var transactionNeeds = setOf(fieldTransactionID, fieldKind, fieldAmount, fieldMethod)

// Transaction decodes a transaction record. See Decoder for what is returned and who owns it.
func (d *Decoder) Transaction(payload []byte, kafkaTime sevenday.Millis, into *sevenday.Transaction) (unknown int, refusal *Refusal) {
	r := d.scan(payload, sevenday.KindTransaction, transactionFields)
	*into = sevenday.Transaction{Header: d.header(r, kafkaTime, transactionNeeds)}
	if !into.Deleted && r.refusal == nil {
		transactionBody(r, into)
	}
	if r.refusal != nil {
		*into = sevenday.Transaction{Header: identityOf(&into.Header)}
		return r.unknown, r.refusal
	}
	into.ContentHash = d.content.transaction(into)
	return r.unknown, nil
}

func transactionBody(r *record, t *sevenday.Transaction) {
	t.TransactionID = r.label(fieldTransactionID, maxID)
	t.Kind = choice(r, fieldKind, sevenday.ParseTransactionKind, sevenday.TransactionKindNames, 0)
	r.amounts(t)
	t.Method = choice(r, fieldMethod, sevenday.ParseMethod, sevenday.MethodNames, 0)
	t.Installments = uint8(r.integer(fieldInstallments, 2, 36, 0))
	r.needInstallments(t.Method)
	t.Lever = choice(r, fieldLever, sevenday.ParseLever, sevenday.LeverNames, sevenday.LeverNone)
	t.OrderedAt = r.instant(fieldOrderedAt)
	r.orderBeforePayment(t)
	t.CouponID = r.label(fieldCouponID, maxID)
	t.SessionID = r.label(fieldSessionID, maxLabel)
}

func (r *record) amounts(t *sevenday.Transaction) {
	code, decimals := r.currency(fieldCurrency)
	t.Currency = code
	t.Amount = r.money(fieldAmount, decimals)
	if t.Kind == sevenday.Refund && t.Amount == 0 {
		r.refuse(fieldAmount, BadAmount, "Send the refunded amount, more than 0; kind makes it a refund, not a sign.")
	}
	t.Discount = r.money(fieldDiscount, decimals)
	t.StoredValue = r.money(fieldStoredValue, decimals)
	t.MerchantFee = r.money(fieldMerchantFee, decimals)
}

func (r *record) needInstallments(method sevenday.Method) {
	given := r.present.has(fieldInstallments)
	if method == sevenday.MethodInstallments && !given {
		r.refuse(fieldInstallments, MissingField, "Send how many installments were agreed, 2 to 36; the method installments needs it.")
	}
	if method != sevenday.MethodInstallments && given {
		r.refuse(fieldInstallments, Conflicting, "Leave installments out, or send the method installments.")
	}
}

func (r *record) orderBeforePayment(t *sevenday.Transaction) {
	if !r.present.has(fieldOrderedAt) {
		return
	}
	if t.OrderedAt > t.EventTime {
		r.refuse(fieldOrderedAt, Conflicting, "Send an ordered_at that is not after event_time.")
	}
	if t.OrderedAt < t.EventTime-maxOrderAge {
		r.refuse(fieldOrderedAt, Conflicting, "Send an ordered_at at most 30 days before event_time.")
	}
}

func (c *content) transaction(t *sevenday.Transaction) uint64 {
	c.begin(sevenday.KindTransaction)
	c.header(&t.Header)
	c.text(fieldTransactionID, t.TransactionID)
	c.number(fieldKind, uint64(t.Kind))
	c.number(fieldAmount, uint64(t.Amount))
	c.number(fieldDiscount, uint64(t.Discount))
	c.number(fieldStoredValue, uint64(t.StoredValue))
	c.text(fieldCurrency, t.Currency)
	c.number(fieldMethod, uint64(t.Method))
	c.number(fieldInstallments, uint64(t.Installments))
	c.number(fieldMerchantFee, uint64(t.MerchantFee))
	c.number(fieldLever, uint64(t.Lever))
	c.number(fieldOrderedAt, uint64(t.OrderedAt))
	c.text(fieldCouponID, t.CouponID)
	c.text(fieldSessionID, t.SessionID)
	return c.sum()
}
