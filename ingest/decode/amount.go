package decode

import "sevenday"

// money returns an amount with at most decimals (0..2) decimals, 0 where it is absent.
func (r *record) money(f field, decimals int) sevenday.Money {
	value, ok := r.take(f, tokenString, `a decimal number in quotes, such as "12.50"; a JSON number would become a float`)
	if !ok {
		return 0
	}
	amount, err := sevenday.ParseMoney(value.text, decimals)
	if err == nil {
		return amount
	}
	// ParseMoney's words quote the value, which must not leave the record.
	if _, err := sevenday.ParseMoney(value.text, len(value.text)); err == nil {
		r.refuse(f, TooManyDecimals, "Send at most %d decimals, no more than the currency has.", decimals)
		return 0
	}
	r.refuse(f, BadAmount, `Send a decimal number without sign, exponent or leading zeros and with at most 16 digits before the point, such as "12.50".`)
	return 0
}

// currency returns a currency's code and how many decimals it has; "" and 2
// where it is absent, which means the merchant's.
func (r *record) currency(f field) (code string, decimals int) {
	value, ok := r.take(f, tokenString, "a string")
	if !ok {
		return "", 2
	}
	code, decimals, ok = currencyOf(value.text)
	if !ok {
		r.refuse(f, UnknownCurrency, `Send a code of ISO 4217 in capital letters, such as "CNY".`)
		return "", 2
	}
	if decimals > 2 {
		r.refuse(f, UnknownCurrency, "Send amounts in a currency of at most two decimals; amounts are kept in hundredths.")
		return "", 2
	}
	return code, decimals
}
