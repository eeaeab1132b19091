// Package decode turns one JSON record of the event contract into its Go form,
// or into a Refusal that names the field, a reason from a closed list and what
// to do. The JSON Schema files that tell producers the contract are embedded
// here too and stay in step with the decoder by tests.
//
// It is pure: no I/O beyond Go's own time zone database, no clock, no state
// from one record to the next. It does not send dead letters and does not look
// at other records: revisions, conflicts and links are settled later.
//
//	decoder := decode.New(decode.Config{UserKey: key})
//	var entry sevenday.Entry
//	unknown, refusal := decoder.Entry(payload, kafkaTime, &entry)
//
// # Strictness
//
// A record is one JSON object in UTF-8 with nothing but white space around it.
// JSON null means that the field is absent. A field of the contract that
// appears twice is refused, because readers of JSON disagree about which one
// counts. Escapes that make half a surrogate pair, control characters and
// characters that turn the direction of text are refused in every field of the
// contract. Fields that the contract does not know are checked to be JSON, at
// most 64 levels deep, and counted.
//
// A tombstone (deleted is true) is read for event_id, merchant_id, revision,
// deleted and schema; whatever else it carries is not looked at.
//
// # Where the decoder is stricter than the schemas
//
// A JSON Schema sees parsed JSON and has no clock, no currency table and no
// scene table. So these are refused by the decoder alone: fields given twice,
// integers written as 1.0, 1e0 or -0, half surrogate pairs, ids of people over
// 128 bytes, times before 2015 or too far ahead, an order time outside its
// bounds, spans that end before they begin, currencies that are not known or
// have three decimals, more decimals than the currency has, scenes that
// disagree with the portal or (strict) are unknown, unknown time zones, stores
// or capability spans listed twice, nesting and size beyond the limits. In a
// tombstone the schemas check more than the decoder, as said above.
package decode
