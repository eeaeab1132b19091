package decode

import "fmt"

// Reason says why a record was refused. It is stored in the warehouse and
// scripted against, so the list only grows.
type Reason string

// The closed list of reasons.
const (
	Empty           Reason = "empty"                  // no bytes at all
	Oversize        Reason = "oversize"               // more bytes than Config.MaxBytes
	NotJSON         Reason = "not_json"               // broken syntax, or something after the object
	NotUTF8         Reason = "not_utf8"               // bytes that are not UTF-8
	NotObject       Reason = "not_an_object"          // JSON, but an array, a string, a number...
	TooDeep         Reason = "too_deep"               // nested beyond 64 levels
	DuplicateField  Reason = "duplicate_field"        // a field of the contract given twice
	UnknownSchema   Reason = "unknown_schema_version" // a schema version this program does not know
	MissingField    Reason = "missing_field"          // absent, or null
	WrongType       Reason = "wrong_type"             // a number for a string, a float for an integer...
	NotOneOf        Reason = "not_one_of_the_values"  // a word outside its closed list
	TooShort        Reason = "too_short"              // an empty string
	TooLong         Reason = "too_long"               // a string longer than its field
	BadCharacters   Reason = "bad_characters"         // characters that its field cannot hold
	OutOfRange      Reason = "out_of_range"           // an integer outside its bounds
	BadTime         Reason = "bad_time"               // not RFC 3339 with a zone
	TimeTooEarly    Reason = "time_too_early"         // before the contract's first day
	TimeTooFarAhead Reason = "time_too_far_ahead"     // too long after the record's Kafka timestamp
	BadAmount       Reason = "bad_amount"             // not a plain decimal number, or a refund of nothing
	TooManyDecimals Reason = "too_many_decimals"      // finer than the currency's smallest unit
	UnknownCurrency Reason = "unknown_currency"       // not ISO 4217, or one with three decimals
	UnknownTimeZone Reason = "unknown_time_zone"      // not a name of the tz database
	SceneDisagrees  Reason = "scene_disagrees"        // portal and scene of a visit name different portals
	UnknownScene    Reason = "unknown_scene"          // an unmapped scene, where StrictScenes is set
	Conflicting     Reason = "conflicting_fields"     // fields that cannot be true together
)

// Reasons is the closed list in the order in which it is documented.
var Reasons = []Reason{
	Empty, Oversize, NotJSON, NotUTF8, NotObject, TooDeep, DuplicateField, UnknownSchema, MissingField, WrongType,
	NotOneOf, TooShort, TooLong, BadCharacters, OutOfRange, BadTime, TimeTooEarly, TimeTooFarAhead, BadAmount,
	TooManyDecimals, UnknownCurrency, UnknownTimeZone, SceneDisagrees, UnknownScene, Conflicting,
}

// Refusal says why a record was not taken. It holds no value of the record, so
// that ids of people cannot slip into logs and tables through it.
type Refusal struct {
	Reason Reason
	Field  string // the contract's name of the field, "stores.name" in lists; empty when the record as a whole is meant
	Detail string // one sentence that tells the producer what to do
}

// Error joins the reason, the field and the sentence.
func (r *Refusal) Error() string {
	if r.Field == "" {
		return fmt.Sprintf("%s: %s", r.Reason, r.Detail)
	}
	return fmt.Sprintf("%s in %s: %s", r.Reason, r.Field, r.Detail)
}

func refuse(reason Reason, format string, arguments ...any) *Refusal {
	return &Refusal{Reason: reason, Detail: fmt.Sprintf(format, arguments...)}
}
