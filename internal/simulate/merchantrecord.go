package simulate

import (
	"encoding/json"
	"fmt"
	"time"

	"sevenday"
)

// merchantRecord is a merchant in the contract's form.
type merchantRecord struct {
	MerchantID     string             `json:"merchant_id"`
	Name           string             `json:"name"`
	Owner          string             `json:"owner"`
	Stores         []storeRecord      `json:"stores,omitempty"`
	Industry       string             `json:"industry"`
	City           string             `json:"city"`
	TimeZone       string             `json:"time_zone"`
	Currency       string             `json:"currency"`
	UserIDScope    string             `json:"user_id_scope,omitempty"`
	SettlementDays int                `json:"settlement_days,omitempty"`
	Capabilities   []capabilityRecord `json:"capabilities,omitempty"`
	UpdatedAt      string             `json:"updated_at"`
}

type storeRecord struct {
	StoreID string `json:"store_id"`
	Name    string `json:"name"`
	City    string `json:"city"`
}

type capabilityRecord struct {
	Name       string `json:"name"`
	EnabledAt  string `json:"enabled_at"`
	DisabledAt string `json:"disabled_at,omitempty"`
	Void       bool   `json:"void,omitempty"`
}

func rfc3339(t sevenday.Millis) string {
	if t == 0 {
		return ""
	}
	return time.UnixMilli(int64(t)).UTC().Format(time.RFC3339Nano)
}

// encodeMerchant returns the merchant's record.
func encodeMerchant(m sevenday.Merchant) ([]byte, error) {
	r := merchantRecord{
		MerchantID: m.MerchantID, Name: m.Name, Owner: m.Owner, Industry: m.Industry, City: m.City,
		TimeZone: m.TimeZone, Currency: m.Currency, UserIDScope: m.UserIDScope.String(),
		SettlementDays: m.SettlementDays, UpdatedAt: rfc3339(m.UpdatedAt),
	}
	for _, s := range m.Stores {
		r.Stores = append(r.Stores, storeRecord(s))
	}
	for _, c := range m.Capabilities {
		r.Capabilities = append(r.Capabilities, capabilityRecord{c.Name, rfc3339(c.EnabledAt), rfc3339(c.DisabledAt), c.Void})
	}
	b, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode merchant %s: %w", m.MerchantID, err)
	}
	return b, nil
}
