package decode_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/ingest/scene"
)

// kafkaTime is the Kafka timestamp of all records in these tests: 2026-11-22T00:00:00Z.
const kafkaTime sevenday.Millis = 1795305600000

var userKey = []byte("0123456789abcdef0123456789abcdef")

func newDecoder(t testing.TB) *decode.Decoder {
	t.Helper()
	return decode.New(decode.Config{UserKey: userKey, Scenes: scenes(t)})
}

func scenes(t testing.TB) scene.Table {
	t.Helper()
	table, err := scene.Read(strings.NewReader("scene,portal,terminal,valid_from,valid_to,version\n"+
		"A100,scan,,,,1\nA200,search,amap,,,1\n"), "scenes.csv")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// decodeAny decodes a record of any kind and returns it with its content hash.
func decodeAny(d *decode.Decoder, kind sevenday.RecordKind, payload []byte) (any, uint64, int, *decode.Refusal) {
	switch kind {
	case sevenday.KindEntry:
		var e sevenday.Entry
		unknown, refusal := d.Entry(payload, kafkaTime, &e)
		return e, e.ContentHash, unknown, refusal
	case sevenday.KindTransaction:
		var e sevenday.Transaction
		unknown, refusal := d.Transaction(payload, kafkaTime, &e)
		return e, e.ContentHash, unknown, refusal
	case sevenday.KindCoupon:
		var e sevenday.Coupon
		unknown, refusal := d.Coupon(payload, kafkaTime, &e)
		return e, e.ContentHash, unknown, refusal
	default:
		var m sevenday.Merchant
		hash, unknown, refusal := d.Merchant(payload, kafkaTime, &m)
		return m, hash, unknown, refusal
	}
}

// A testCase is one case of a file in testdata; testdata/README.md has the form.
type testCase struct {
	name          string
	good          bool
	reason, field string
	payload       []byte
}

func readCases(t testing.TB, kind string) []testCase {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", kind+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	var base []byte
	var cases []testCase
	for number, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "", "#":
		case "base":
			base = []byte(rest)
		case "good":
			cases = append(cases, testCase{name: rest, good: true})
		case "bad":
			parts := strings.SplitN(rest, " ", 3)
			cases = append(cases, testCase{name: parts[2], reason: parts[0], field: strings.Trim(parts[1], "-")})
		case "+", "=", "~":
			cases[len(cases)-1].payload = payloadOf(t, base, word, rest)
		default:
			t.Fatalf("%s.txt:%d: line begins with %q", kind, number+1, word)
		}
	}
	return cases
}

func payloadOf(t testing.TB, base []byte, form, text string) []byte {
	t.Helper()
	switch form {
	case "=":
		return []byte(text)
	case "~":
		bytes, err := strconv.Unquote(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return []byte(bytes)
	}
	fields := map[string]json.RawMessage{}
	for _, object := range [][]byte{base, []byte(text)} {
		if err := json.Unmarshal(object, &fields); err != nil {
			t.Fatalf("%s: %v", object, err)
		}
	}
	var merged bytes.Buffer
	separator := "{"
	for name, value := range fields {
		merged.WriteString(separator + strconv.Quote(name) + ":")
		merged.Write(value)
		separator = ","
	}
	merged.WriteString("}")
	return merged.Bytes()
}

func TestRecordsAreJudgedAsTheirFilesSay(t *testing.T) {
	for _, kind := range sevenday.RecordKinds {
		t.Run(kind.String(), func(t *testing.T) {
			for _, test := range readCases(t, kind.String()) {
				t.Run(test.name, func(t *testing.T) { judge(t, kind, test) })
			}
		})
	}
}

func TestPoisonIsRefusedAsAnyKind(t *testing.T) {
	for _, test := range readCases(t, "poison") {
		t.Run(test.name, func(t *testing.T) {
			for _, kind := range sevenday.RecordKinds {
				judge(t, kind, test)
			}
		})
	}
}

func judge(t *testing.T, kind sevenday.RecordKind, test testCase) {
	t.Helper()
	_, _, _, refusal := decodeAny(newDecoder(t), kind, test.payload)
	switch {
	case test.good && refusal != nil:
		t.Errorf("%s %s refused: %v", kind, test.payload, refusal)
	case !test.good && refusal == nil:
		t.Errorf("%s %s accepted, want %s in %q", kind, test.payload, test.reason, test.field)
	case !test.good && (string(refusal.Reason) != test.reason || refusal.Field != test.field):
		t.Errorf("%s %s refused with %v, want %s in %q", kind, test.payload, refusal, test.reason, test.field)
	}
}

func TestEveryReasonHasACase(t *testing.T) {
	seen := map[string]bool{
		"oversize": true, "too_deep": true, "unknown_scene": true, // their own tests
	}
	for _, file := range []string{"entry", "transaction", "coupon", "merchant", "poison"} {
		for _, test := range readCases(t, file) {
			seen[test.reason] = true
		}
	}
	for _, reason := range decode.Reasons {
		if !seen[string(reason)] {
			t.Errorf("no case is refused with %s", reason)
		}
	}
}

func millis(text string) sevenday.Millis {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return sevenday.Millis(at.UnixMilli())
}
