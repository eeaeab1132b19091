package decode

import "strings"

// The currencies of ISO 4217 that were legal tender at some time since 2015,
// the contract's first year, by the number of decimals of their minor unit.
//
// Source: ISO 4217 list one (2026) and, for those withdrawn since 2015 (ANG BGN
// BYR CUC HRK LTL MRO SLL STD VEF ZWL), list three. Funds, metals, units of
// account and test codes are left out: nobody pays an order in them. It is kept
// here because golang.org/x/text/currency knows the codes of 2017 and the
// decimals of local habit (IQD 0) instead of the standard's (IQD 3).
const (
	currencies0 = "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
	currencies2 = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD " +
		"CDF CHF CNY COP CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD " +
		"HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL MAD MDL MGA MKD MMK " +
		"MNT MOP MRO MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB " +
		"SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH " +
		"USD UYU UZS VED VEF VES WST XCD XCG YER ZAR ZMW ZWG ZWL"
	currencies3 = "BHD IQD JOD KWD LYD OMR TND"
)

type currencyInfo struct {
	code     string
	decimals int
}

var currencies = func() map[string]currencyInfo {
	known := map[string]currencyInfo{}
	for decimals, list := range map[int]string{0: currencies0, 2: currencies2, 3: currencies3} {
		for code := range strings.FieldsSeq(list) {
			known[code] = currencyInfo{code, decimals}
		}
	}
	return known
}()

// currencyOf returns the code, in memory that outlives the payload, and the
// number of decimals of its minor unit.
func currencyOf(code string) (string, int, bool) {
	if code == "CNY" {
		return "CNY", 2, true
	}
	known, ok := currencies[code]
	return known.code, known.decimals, ok
}
