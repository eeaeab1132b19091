package metrics

import (
	"time"

	"sevenday"
)

// Key opens every row that a fold makes: whose it is and which run made it.
type Key struct {
	MerchantID string `ch:"merchant_id"`
	Run        uint64 `ch:"run"`
}

// Merchant is the merchant whose timelines a fold is reading.
type Merchant struct {
	Key
	sevenday.Merchant
	Calendar *sevenday.Calendar // of the merchant's time zone
}

// NewMerchant prepares a merchant for folding in a run. It fails when the tz
// database does not know the merchant's time zone.
func NewMerchant(m sevenday.Merchant, run uint64) (*Merchant, error) {
	location, err := time.LoadLocation(m.TimeZone)
	if err != nil {
		return nil, sevenday.Invalidf("merchant %s: time zone %q is unknown: send a merchant record with a tz database name", m.MerchantID, m.TimeZone)
	}
	return &Merchant{
		Key:      Key{MerchantID: m.MerchantID, Run: run},
		Merchant: m,
		Calendar: sevenday.NewCalendar(location),
	}, nil
}
