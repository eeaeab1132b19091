package sevenday

import (
	"fmt"
	"strconv"
)

// Money is an amount in hundredths of a currency's unit (fen for CNY), the
// scale of the warehouse's Decimal(18, 2). Currencies without minor units
// (JPY) are kept in hundredths too, so that sums never need to know a scale.
type Money int64

// String formats the amount with two decimals: "-12.50".
func (m Money) String() string { return string(m.Append(nil)) }

// Append appends String's form to b.
func (m Money) Append(b []byte) []byte {
	magnitude := uint64(m)
	if m < 0 {
		b = append(b, '-')
		magnitude = -magnitude
	}
	b = strconv.AppendUint(b, magnitude/100, 10)
	return append(b, '.', byte('0'+magnitude%100/10), byte('0'+magnitude%10))
}

// maxMoneyDigits is the contract's limit of digits before the point; with two
// decimals 18 digits fit both int64 and Decimal(18, 2).
const maxMoneyDigits = 16

// ParseMoney reads a decimal string with at most 16 digits before the point and
// at most decimals (0..2) behind it: "12", "12.5", "12.50". Signs, exponents,
// separators, a bare point and leading zeros like "007" are refused.
func ParseMoney(s string, decimals int) (Money, error) {
	whole, digits := int64(0), 0
	i := 0
	for ; i < len(s) && isDigit(s[i]); i++ {
		digits++
		if digits > maxMoneyDigits {
			return 0, fmt.Errorf("%q has more than %d digits before the point", s, maxMoneyDigits)
		}
		whole = whole*10 + int64(s[i]-'0')
	}
	if digits == 0 || (digits > 1 && s[0] == '0') {
		return 0, fmt.Errorf(`%q is not a decimal number such as "12.50"`, s)
	}
	if i == len(s) {
		return Money(whole * 100), nil
	}
	fraction := s[i+1:]
	if s[i] != '.' || fraction == "" {
		return 0, fmt.Errorf(`%q is not a decimal number such as "12.50"`, s)
	}
	hundredths := int64(0)
	for _, c := range []byte(fraction) {
		if !isDigit(c) {
			return 0, fmt.Errorf(`%q is not a decimal number such as "12.50"`, s)
		}
		hundredths = hundredths*10 + int64(c-'0')
	}
	if len(fraction) > decimals {
		return 0, fmt.Errorf("%q has more than %d decimals", s, decimals)
	}
	if len(fraction) == 1 {
		hundredths *= 10
	}
	return Money(whole*100 + hundredths), nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// MarshalText formats the amount as String does, for JSON and CSV: money is
// never a JSON number, because readers would make a float of it.
func (m Money) MarshalText() ([]byte, error) { return m.Append(nil), nil }
