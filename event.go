package sevenday

// RecordKind tells which of the four topics a record belongs to.
type RecordKind uint8

// The four kinds of record of the event contract.
const (
	KindEntry RecordKind = iota + 1
	KindTransaction
	KindCoupon
	KindMerchant
)

// RecordKinds lists the kinds in the order in which they are always shown.
var RecordKinds = [...]RecordKind{KindEntry, KindTransaction, KindCoupon, KindMerchant}

var recordKinds = enumeration{"kind", []string{"", "entry", "transaction", "coupon", "merchant"}}

// String returns the name that `sevenday schema` and `load --kind` take.
func (k RecordKind) String() string { return recordKinds.name(uint8(k)) }

// Plural returns the name of the kind's topic and table: "entries", "transactions", ...
func (k RecordKind) Plural() string {
	return [...]string{"", "entries", "transactions", "coupons", "merchants"}[k]
}

// Topic returns the Kafka topic of the kind: "sevenday.entries", ...
func (k RecordKind) Topic() string { return "sevenday." + k.Plural() }

// ParseRecordKind is the inverse of String.
func ParseRecordKind(name string) (RecordKind, bool) {
	value, ok := recordKinds.parse(name)
	return RecordKind(value), ok
}

// DeadLetterTopic is where refused records go, with the reason.
const DeadLetterTopic = "sevenday.deadletter"

// Person is a keyed 64-bit hash of a user id or of an anonymous id; raw ids
// never leave the decoder. Nobody (0) stands for a record without a person:
// it counts in totals and in no figure about users.
type Person uint64

// Nobody is the person of records that carry no id or no consent.
const Nobody Person = 0

// Millis is a point in time in milliseconds since 1970-01-01 UTC, the contract's
// resolution. Zero means absent: the contract refuses times before 2015.
type Millis int64

// Action is what a user did in an entry record.
type Action uint8

// The actions of an entry. Visit is the default.
const (
	ActionVisit Action = iota + 1
	ActionRegister
	ActionCollect
	ActionUncollect
	ActionFollow
	ActionUnfollow
)

var actions = enumeration{"action", []string{"", "visit", "register", "collect", "uncollect", "follow", "unfollow"}}

func (a Action) String() string { return actions.name(uint8(a)) }

// ParseAction is the inverse of String.
func ParseAction(name string) (Action, bool) { v, ok := actions.parse(name); return Action(v), ok }

// ActionNames lists every action's name.
func ActionNames() []string { return actions.values() }

// Portal is the way a user reached a mini program.
type Portal uint8

// The seven portals, and other for what is none of them. PortalNone is a
// record that names no portal.
const (
	PortalNone Portal = iota
	PortalScan
	PortalSearch
	PortalFriendTab
	PortalPaymentSuccess
	PortalCollection
	PortalLifeAccount
	PortalCardPackage
	PortalOther
)

var portals = enumeration{"portal", []string{
	"", "scan", "search", "friend_tab", "payment_success", "collection", "life_account", "card_package", "other",
}}

// Portals is the number of values a Portal can take, PortalNone included: the size of arrays indexed by portal.
const Portals = 9

func (p Portal) String() string { return portals.name(uint8(p)) }

// ParsePortal is the inverse of String.
func ParsePortal(name string) (Portal, bool) { v, ok := portals.parse(name); return Portal(v), ok }

// PortalNames lists the seven portals and other.
func PortalNames() []string { return portals.values() }

// Terminal is the app in which the same mini program was shown.
type Terminal uint8

// The terminals. Alipay is the default.
const (
	TerminalAlipay Terminal = iota + 1
	TerminalAmap
	TerminalKoubei
	TerminalEleme
	TerminalDingtalk
	TerminalOther
)

var terminals = enumeration{"terminal", []string{"", "alipay", "amap", "koubei", "eleme", "dingtalk", "other"}}

func (t Terminal) String() string { return terminals.name(uint8(t)) }

// ParseTerminal is the inverse of String.
func ParseTerminal(name string) (Terminal, bool) {
	v, ok := terminals.parse(name)
	return Terminal(v), ok
}

// TerminalNames lists every terminal's name.
func TerminalNames() []string { return terminals.values() }

// TransactionKind is the sign of a transaction: a payment or a refund. Amounts are never negative.
type TransactionKind uint8

// The kinds of transaction.
const (
	Payment TransactionKind = iota + 1
	Refund
)

var transactionKinds = enumeration{"transaction kind", []string{"", "payment", "refund"}}

func (k TransactionKind) String() string { return transactionKinds.name(uint8(k)) }

// ParseTransactionKind is the inverse of String.
func ParseTransactionKind(name string) (TransactionKind, bool) {
	v, ok := transactionKinds.parse(name)
	return TransactionKind(v), ok
}

// TransactionKindNames lists every kind's name.
func TransactionKindNames() []string { return transactionKinds.values() }

// Method is how an order was paid.
type Method uint8

// The payment methods. Credit is Huabei paid in one go, Installments Huabei by installments.
const (
	MethodBalance Method = iota + 1
	MethodBankCard
	MethodCredit
	MethodInstallments
	MethodCreditWithholding
	MethodGiftCard
	MethodPoints
	MethodOther
)

var methods = enumeration{"method", []string{
	"", "balance", "bank_card", "credit", "installments", "credit_withholding", "gift_card", "points", "other",
}}

func (m Method) String() string { return methods.name(uint8(m)) }

// ParseMethod is the inverse of String.
func ParseMethod(name string) (Method, bool) { v, ok := methods.parse(name); return Method(v), ok }

// MethodNames lists every payment method's name.
func MethodNames() []string { return methods.values() }

// Lever is the conversion lever behind an order, beside installments.
type Lever uint8

// The levers. LeverNone is the default.
const (
	LeverNone Lever = iota + 1
	LeverGroupPurchase
	LeverTakeaway
	LeverScheduledService
	LeverCardPackage
)

var levers = enumeration{"lever", []string{"", "none", "group_purchase", "takeaway", "scheduled_service", "card_package"}}

func (l Lever) String() string { return levers.name(uint8(l)) }

// ParseLever is the inverse of String.
func ParseLever(name string) (Lever, bool) { v, ok := levers.parse(name); return Lever(v), ok }

// LeverNames lists every lever's name.
func LeverNames() []string { return levers.values() }

// CouponKind is what a coupon is.
type CouponKind uint8

// The kinds of coupon. Voucher is the default.
const (
	CouponVoucher CouponKind = iota + 1
	CouponDiscount
	CouponGiftCard
	CouponPoints
)

var couponKinds = enumeration{"coupon kind", []string{"", "voucher", "discount", "gift_card", "points"}}

func (k CouponKind) String() string { return couponKinds.name(uint8(k)) }

// ParseCouponKind is the inverse of String.
func ParseCouponKind(name string) (CouponKind, bool) {
	v, ok := couponKinds.parse(name)
	return CouponKind(v), ok
}

// CouponKindNames lists every kind's name.
func CouponKindNames() []string { return couponKinds.values() }

// Stage is a step in a coupon's life.
type Stage uint8

// The stages. StageReceived is never sent: it is written to the receiver's
// timeline when somebody gifts a coupon.
const (
	StageIssued Stage = iota + 1
	StageClaimed
	StageGifted
	StageRedeemed
	StageReturned
	StageExpired
	StageVoided
	StageReceived
)

var stages = enumeration{"stage", []string{
	"", "issued", "claimed", "gifted", "redeemed", "returned", "expired", "voided", "received",
}}

func (s Stage) String() string { return stages.name(uint8(s)) }

// ParseStage is the inverse of String for the stages that records may carry; received is not one.
func ParseStage(name string) (Stage, bool) {
	v, ok := stages.parse(name)
	return Stage(v), ok && Stage(v) != StageReceived
}

// StageNames lists the stages that records may carry.
func StageNames() []string { return stages.values()[:StageVoided] }

// Placement is where a coupon was shown: a portal, a life account message, or other.
type Placement uint8

// The placements have the portals' numbers; PlacementLifeAccountMessage follows them.
const (
	PlacementPaymentSuccess     = Placement(PortalPaymentSuccess)
	PlacementOther              = Placement(PortalOther)
	PlacementLifeAccountMessage = Placement(PortalOther + 1)
)

// Placements is the number of values a Placement can take, the absent one included.
const Placements = 10

var placements = enumeration{"placement", []string{
	"", "scan", "search", "friend_tab", "payment_success", "collection", "life_account", "card_package", "other",
	"life_account_message",
}}

func (p Placement) String() string { return placements.name(uint8(p)) }

// ParsePlacement is the inverse of String.
func ParsePlacement(name string) (Placement, bool) {
	v, ok := placements.parse(name)
	return Placement(v), ok
}

// PlacementNames lists every placement's name.
func PlacementNames() []string { return placements.values() }

// Header holds what the three kinds of event have in common. Ids of people are
// already hashed. Optional strings are empty when absent.
type Header struct {
	EventID    string
	MerchantID string
	EventTime  Millis // 0 only in a tombstone
	StoreID    string
	User       Person // 0 when absent or without consent
	Anonymous  Person // 0 when absent or without consent
	NoConsent  bool
	Revision   uint32
	Deleted    bool // a tombstone: nothing but EventID, MerchantID and Revision is meant
	// ContentHash is a 64-bit hash of the decoded fields without the ids of
	// people: two records of one identity and revision that differ in it are a conflict.
	ContentHash uint64
}

// Entry is a user reaching a mini program through a portal, or doing something there.
type Entry struct {
	Header
	Action Action
	Portal Portal
	// PortalFromScene tells that the record named no portal: Portal was mapped from its scene.
	PortalFromScene bool
	Scene           string
	Terminal        Terminal
	SessionID       string
	CampaignID      string
	CouponID        string
}

// Transaction is a payment or a refund of one order.
type Transaction struct {
	Header
	TransactionID string
	Kind          TransactionKind
	Amount        Money // new money, after coupons, points and gift cards; never negative
	Discount      Money
	StoredValue   Money
	Currency      string // ISO 4217; empty means the merchant's
	Method        Method
	Installments  uint8 // 2..36 for MethodInstallments, else 0
	MerchantFee   Money
	Lever         Lever
	OrderedAt     Millis // 0 when absent
	CouponID      string
	SessionID     string
}

// Coupon is one step in the life of one coupon in one user's hands.
type Coupon struct {
	Header
	CouponID      string
	CampaignID    string
	Kind          CouponKind
	Stage         Stage
	ToUser        Person // the receiver of a gift
	Placement     Placement
	FaceValue     Money
	MinSpend      Money
	ValidUntil    Millis // 0 when absent
	TransactionID string
}
