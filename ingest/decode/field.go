package decode

import "math/bits"

// A field is one name of the contract, whichever record it belongs to. The
// numbers go into content hashes, which are compared with stored ones: append
// fields at the end, never reorder them.
type field uint8

const (
	fieldNone field = iota
	fieldSchema
	fieldEventID
	fieldMerchantID
	fieldRevision
	fieldDeleted
	fieldEventTime
	fieldStoreID
	fieldUserID
	fieldAnonymousID
	fieldConsent
	fieldAction
	fieldPortal
	fieldScene
	fieldTerminal
	fieldSessionID
	fieldCampaignID
	fieldCouponID
	fieldTransactionID
	fieldKind
	fieldAmount
	fieldDiscount
	fieldStoredValue
	fieldCurrency
	fieldMethod
	fieldInstallments
	fieldMerchantFee
	fieldLever
	fieldOrderedAt
	fieldStage
	fieldToUserID
	fieldPlacement
	fieldFaceValue
	fieldMinSpend
	fieldValidUntil
	fieldName
	fieldOwner
	fieldStores
	fieldIndustry
	fieldCity
	fieldTimeZone
	fieldUserIDScope
	fieldSettlementDays
	fieldCapabilities
	fieldUpdatedAt
	fieldEnabledAt
	fieldDisabledAt
	fieldVoid
	fieldCount
)

var fieldNames = [fieldCount]string{
	"", "schema", "event_id", "merchant_id", "revision", "deleted", "event_time", "store_id", "user_id",
	"anonymous_id", "consent", "action", "portal", "scene", "terminal", "session_id", "campaign_id", "coupon_id",
	"transaction_id", "kind", "amount", "discount", "stored_value", "currency", "method", "installments",
	"merchant_fee", "lever", "ordered_at", "stage", "to_user_id", "placement", "face_value", "min_spend",
	"valid_until", "name", "owner", "stores", "industry", "city", "time_zone", "user_id_scope", "settlement_days",
	"capabilities", "updated_at", "enabled_at", "disabled_at", "void",
}

func (f field) String() string { return fieldNames[f] }

// A fieldSet holds up to 63 fields, one bit each.
type fieldSet uint64

func setOf(fields ...field) fieldSet {
	set := fieldSet(0)
	for _, f := range fields {
		set |= 1 << f
	}
	return set
}

func (s fieldSet) has(f field) bool { return s>>f&1 != 0 }

// first returns the field with the least number, fieldNone from an empty set.
func (s fieldSet) first() field {
	if s == 0 {
		return fieldNone
	}
	return field(bits.TrailingZeros64(uint64(s)))
}

// Which fields each record, and each item of a merchant's lists, may carry.
var (
	headerFields = setOf(
		fieldSchema, fieldEventID, fieldMerchantID, fieldRevision, fieldDeleted, fieldEventTime, fieldStoreID,
		fieldUserID, fieldAnonymousID, fieldConsent,
	)
	entryFields = headerFields | setOf(
		fieldAction, fieldPortal, fieldScene, fieldTerminal, fieldSessionID, fieldCampaignID, fieldCouponID,
	)
	transactionFields = headerFields | setOf(
		fieldTransactionID, fieldKind, fieldAmount, fieldDiscount, fieldStoredValue, fieldCurrency, fieldMethod,
		fieldInstallments, fieldMerchantFee, fieldLever, fieldOrderedAt, fieldCouponID, fieldSessionID,
	)
	couponFields = headerFields | setOf(
		fieldCouponID, fieldCampaignID, fieldKind, fieldStage, fieldToUserID, fieldPlacement, fieldFaceValue,
		fieldMinSpend, fieldValidUntil, fieldTransactionID,
	)
	merchantFields = setOf(
		fieldSchema, fieldMerchantID, fieldName, fieldOwner, fieldStores, fieldIndustry, fieldCity, fieldTimeZone,
		fieldCurrency, fieldUserIDScope, fieldSettlementDays, fieldCapabilities, fieldUpdatedAt,
	)
	storeFields      = setOf(fieldStoreID, fieldName, fieldCity)
	capabilityFields = setOf(fieldName, fieldEnabledAt, fieldDisabledAt, fieldVoid)
)

// fieldNamed returns the field of that name, fieldNone for a name the contract
// does not know. A switch over constants is a binary search over lengths and
// bytes, which a map is not.
func fieldNamed(text string) field {
	switch text {
	case "schema":
		return fieldSchema
	case "event_id":
		return fieldEventID
	case "merchant_id":
		return fieldMerchantID
	case "revision":
		return fieldRevision
	case "deleted":
		return fieldDeleted
	case "event_time":
		return fieldEventTime
	case "store_id":
		return fieldStoreID
	case "user_id":
		return fieldUserID
	case "anonymous_id":
		return fieldAnonymousID
	case "consent":
		return fieldConsent
	case "action":
		return fieldAction
	case "portal":
		return fieldPortal
	case "scene":
		return fieldScene
	case "terminal":
		return fieldTerminal
	case "session_id":
		return fieldSessionID
	case "campaign_id":
		return fieldCampaignID
	case "coupon_id":
		return fieldCouponID
	case "transaction_id":
		return fieldTransactionID
	case "kind":
		return fieldKind
	case "amount":
		return fieldAmount
	case "discount":
		return fieldDiscount
	case "stored_value":
		return fieldStoredValue
	case "currency":
		return fieldCurrency
	case "method":
		return fieldMethod
	case "installments":
		return fieldInstallments
	case "merchant_fee":
		return fieldMerchantFee
	case "lever":
		return fieldLever
	case "ordered_at":
		return fieldOrderedAt
	case "stage":
		return fieldStage
	case "to_user_id":
		return fieldToUserID
	case "placement":
		return fieldPlacement
	case "face_value":
		return fieldFaceValue
	case "min_spend":
		return fieldMinSpend
	case "valid_until":
		return fieldValidUntil
	case "name":
		return fieldName
	case "owner":
		return fieldOwner
	case "stores":
		return fieldStores
	case "industry":
		return fieldIndustry
	case "city":
		return fieldCity
	case "time_zone":
		return fieldTimeZone
	case "user_id_scope":
		return fieldUserIDScope
	case "settlement_days":
		return fieldSettlementDays
	case "capabilities":
		return fieldCapabilities
	case "updated_at":
		return fieldUpdatedAt
	case "enabled_at":
		return fieldEnabledAt
	case "disabled_at":
		return fieldDisabledAt
	case "void":
		return fieldVoid
	}
	return fieldNone
}
