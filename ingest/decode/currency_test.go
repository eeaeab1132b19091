package decode

import (
	"testing"
	"time"

	"golang.org/x/text/currency"
)

// CLDR's list of 2017 and ours must agree about every tender of our years that
// both can know.
func TestEveryTenderOfCLDRIsKnown(t *testing.T) {
	from := time.Date(2015, 1, 2, 0, 0, 0, 0, time.UTC)
	count := 0
	for tender := currency.Query(currency.Historical); tender.Next(); {
		if to, ended := tender.To(); !tender.IsTender() || ended && to.Before(from) {
			continue
		}
		count++
		if _, _, ok := currencyOf(tender.Unit().String()); !ok {
			t.Errorf("%v, tender in %v, is not known", tender.Unit(), tender.Region())
		}
	}
	if count < 200 {
		t.Errorf("CLDR lists %d tenders; the test shows little", count)
	}
}

func TestCurrenciesHaveTheDecimalsOfISO4217(t *testing.T) {
	for code, want := range map[string]int{"CNY": 2, "USD": 2, "JPY": 0, "KRW": 0, "CLP": 0, "KWD": 3, "IQD": 3, "HKD": 2, "SLE": 2, "ZWG": 2} {
		if got, decimals, ok := currencyOf(code); !ok || got != code || decimals != want {
			t.Errorf("currencyOf(%s) = %s, %d, %v; want %d decimals", code, got, decimals, ok, want)
		}
	}
	for _, code := range []string{"", "XAU", "XXX", "XTS", "CLF", "DEM", "cny", "CN"} {
		if _, _, ok := currencyOf(code); ok {
			t.Errorf("%q is taken for a currency", code)
		}
	}
}
