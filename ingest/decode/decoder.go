package decode

import (
	"sevenday"
	"sevenday/ingest/scene"
)

// DefaultMaxBytes is the largest record that is decoded: 1 MiB, which is also
// what Kafka brokers take by default and what a dead letter keeps whole.
const DefaultMaxBytes = 1 << 20

// Config says what a decoder needs beside the record.
type Config struct {
	// UserKey is the secret under which ids of people are hashed; 32 random bytes
	// are best. Another key makes other persons, so it must never change by accident.
	UserKey []byte
	// Scenes maps scene codes to portals. The zero table knows none.
	Scenes scene.Table
	// StrictScenes refuses a visit whose portal would have to come from an unmapped
	// scene. Otherwise its portal is other.
	StrictScenes bool
	// MaxBytes is the largest record taken, in bytes; DefaultMaxBytes when 0.
	MaxBytes int
}

// A Decoder decodes records of all four kinds. It reuses its memory from record
// to record, so every goroutine needs its own.
//
// Strings of decoded events alias the payload: copy them before the payload is
// reused. Merchants own their strings. kafkaTime is the record's Kafka
// timestamp, against which times are judged.
//
// Each method overwrites *into, returns how many fields the contract does not
// know, and a nil refusal for a good record. When a record is refused, *into
// holds its event id and merchant id where these were good themselves, so that
// a refusal can be counted where it belongs, and nothing else.
type Decoder struct {
	config  Config
	people  *hasher
	record  record
	item    record // of a merchant's lists
	content content
	zones   map[string]bool // time zones found to exist
}

// New returns a decoder. It panics when UserKey is empty.
func New(config Config) *Decoder {
	if config.MaxBytes == 0 {
		config.MaxBytes = DefaultMaxBytes
	}
	return &Decoder{config: config, people: newHasher(config.UserKey), zones: map[string]bool{}}
}

// scan reads payload's fields into d.record, and notes there what refuses the record already.
func (d *Decoder) scan(payload []byte, kind sevenday.RecordKind, known fieldSet) *record {
	r := &d.record
	r.reset(kind.String(), known)
	switch {
	case len(payload) == 0:
		r.refusal = refuse(Empty, "Send one JSON object per message; this one has no bytes.")
	case len(payload) > d.config.MaxBytes:
		r.refusal = refuse(Oversize, "Send at most %d bytes per message; this one has %d.", d.config.MaxBytes, len(payload))
	default:
		s := newScanner(payload)
		r.refusal = s.document(r)
	}
	if r.refusal != nil {
		r.present = 0
	}
	r.refuseTwice()
	return r
}

// knownSchema refuses versions of the contract that this program does not know.
func (r *record) knownSchema() {
	const version = 1
	value, ok := r.take(fieldSchema, tokenNumber, "a whole number, without quotes")
	if ok && value.text != "1" {
		r.refuse(fieldSchema, UnknownSchema, "Send schema %d, or leave it out; this program knows no other version.", version)
	}
}
