package sevenday

// Merchant is one mini program as its records describe it.
type Merchant struct {
	MerchantID     string
	Name           string // the id where no record gave a name
	Owner          string // the company; the merchant id where none was given
	Industry       string
	City           string
	TimeZone       string // a tz database name; decides the merchant's day
	Currency       string // ISO 4217
	UserIDScope    UserIDScope
	SettlementDays int // how many days after the decision payment may come
	Stores         []Store
	Capabilities   []Capability
	UpdatedAt      Millis
}

// Defaults of a merchant's fields; a merchant without any record has them all.
const (
	DefaultTimeZone = "Asia/Shanghai"
	DefaultCurrency = "CNY"
	IndustryOther   = "other"
)

// Industries lists the shipped industries; operators may send others.
var Industries = []string{
	"catering", "retail", "travel", "life_service", "scenic_spots", "service_reservation",
	"healthcare", "automobile_aftermarket", "urban_services", IndustryOther,
}

// Store is one shop of a chain.
type Store struct {
	StoreID string
	Name    string
	City    string
}

// Capability is one span in which a merchant had something switched on.
type Capability struct {
	Name       string // "installments", "credit_exemption", ...
	EnabledAt  Millis
	DisabledAt Millis // 0 while it is on
	Void       bool   // the span was recorded by mistake and never held
}

// UserIDScope tells whether the same user has the same id at every merchant.
type UserIDScope uint8

// The scopes. ScopePlatform is the default.
const (
	ScopePlatform UserIDScope = iota + 1
	ScopeMerchant
)

var userIDScopes = enumeration{"user_id_scope", []string{"", "platform", "merchant"}}

func (s UserIDScope) String() string { return userIDScopes.name(uint8(s)) }

// ParseUserIDScope is the inverse of String.
func ParseUserIDScope(name string) (UserIDScope, bool) {
	v, ok := userIDScopes.parse(name)
	return UserIDScope(v), ok
}

// DefaultMerchant is what is assumed of a merchant that sent events but no record.
func DefaultMerchant(id string) Merchant {
	return Merchant{
		MerchantID: id, Name: id, Owner: id, Industry: IndustryOther,
		TimeZone: DefaultTimeZone, Currency: DefaultCurrency, UserIDScope: ScopePlatform,
	}
}
