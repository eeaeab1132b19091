package decode_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest/decode"
)

func FuzzEntry(f *testing.F)       { fuzz(f, sevenday.KindEntry) }
func FuzzTransaction(f *testing.F) { fuzz(f, sevenday.KindTransaction) }
func FuzzCoupon(f *testing.F)      { fuzz(f, sevenday.KindCoupon) }
func FuzzMerchant(f *testing.F)    { fuzz(f, sevenday.KindMerchant) }

// fuzz checks three things on any bytes: nothing panics, the naive decoder
// comes to the same result, and the same record in another spelling is the same.
func fuzz(f *testing.F, kind sevenday.RecordKind) {
	for _, file := range []string{kind.String(), "poison"} {
		for _, test := range readCases(f, file) {
			f.Add(test.payload)
		}
	}
	for _, example := range schemaOf(f, kind).Examples {
		f.Add([]byte(example))
	}
	decoder := newDecoder(f)
	f.Fuzz(func(t *testing.T, payload []byte) {
		// Both decoders keep nothing of a record that comes after the other.
		got, hash, _, refusal := decodeAny(decoder, kind, payload)
		if refusal != nil {
			checkRefusal(t, refusal)
		}
		want, good := naive(kind, payload)
		if good != (refusal == nil) {
			t.Fatalf("%s is good for the naive decoder: %v, refusal: %v", payload, good, refusal)
		}
		if !good {
			return
		}
		if diff := cmp.Diff(want, withoutHash(got)); diff != "" {
			t.Fatalf("%s differs (-naive +decoded):\n%s", payload, diff)
		}
		checkRespelled(t, decoder, kind, payload, got, hash)
	})
}

func checkRefusal(t *testing.T, refusal *decode.Refusal) {
	t.Helper()
	if refusal.Detail == "" || !strings.HasSuffix(refusal.Detail, ".") || len(refusal.Detail) > 300 {
		t.Fatalf("the refusal's detail %q is not one sentence", refusal.Detail)
	}
	for _, reason := range decode.Reasons {
		if refusal.Reason == reason {
			return
		}
	}
	t.Fatalf("the reason %q is not in the list", refusal.Reason)
}

func naive(kind sevenday.RecordKind, payload []byte) (any, bool) {
	if !readable(payload) {
		return nil, false
	}
	switch kind {
	case sevenday.KindEntry:
		return anyOf(naiveEntry(payload))
	case sevenday.KindTransaction:
		return anyOf(naiveTransaction(payload))
	case sevenday.KindCoupon:
		return anyOf(naiveCoupon(payload))
	default:
		return anyOf(naiveMerchant(payload))
	}
}

func anyOf[T any](record T, good bool) (any, bool) { return record, good }

func withoutHash(record any) any {
	switch r := record.(type) {
	case sevenday.Entry:
		r.ContentHash = 0
		return r
	case sevenday.Transaction:
		r.ContentHash = 0
		return r
	case sevenday.Coupon:
		r.ContentHash = 0
		return r
	}
	return record
}

// checkRespelled encodes the record with its fields in another order, other
// escapes and other space: what it says stays the same.
func checkRespelled(t *testing.T, decoder *decode.Decoder, kind sevenday.RecordKind, payload []byte, want any, wantHash uint64) {
	t.Helper()
	fields := json.NewDecoder(bytes.NewReader(payload))
	fields.UseNumber()
	var record map[string]any
	if err := fields.Decode(&record); err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(record, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got, hash, _, refusal := decodeAny(decoder, kind, text)
	if refusal != nil || hash != wantHash {
		t.Fatalf("%s in another spelling: hash %x, want %x, refusal %v", text, hash, wantHash, refusal)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s in another spelling differs:\n%s", payload, diff)
	}
}
