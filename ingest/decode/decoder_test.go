package decode_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest/decode"
)

const visit = `{"event_id":"e-1","event_time":"2026-11-21T18:30:00.2509+08:00","merchant_id":"m-1","user_id":"u-1","scene":"A100","x":1,"y":{"user_id":2}}`

func entry(t *testing.T, d *decode.Decoder, payload string) (sevenday.Entry, int) {
	t.Helper()
	var e sevenday.Entry
	unknown, refusal := d.Entry([]byte(payload), kafkaTime, &e)
	if refusal != nil {
		t.Fatalf("%s refused: %v", payload, refusal)
	}
	return e, unknown
}

func TestAnEntryHasItsDefaults(t *testing.T) {
	got, unknown := entry(t, newDecoder(t), visit)
	want := sevenday.Entry{
		Header: sevenday.Header{
			EventID: "e-1", MerchantID: "m-1", EventTime: millis("2026-11-21T10:30:00.250Z"), User: got.User, ContentHash: got.ContentHash,
		},
		Action: sevenday.ActionVisit, Portal: sevenday.PortalScan, PortalFromScene: true, Scene: "A100", Terminal: sevenday.TerminalAlipay,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entry differs (-want +got):\n%s", diff)
	}
	if unknown != 2 || got.User == sevenday.Nobody {
		t.Errorf("%d unknown fields and user %x, want 2 and somebody", unknown, got.User)
	}
}

func TestADecoderKeepsNothingOfTheRecordBefore(t *testing.T) {
	d := newDecoder(t)
	entry(t, d, `{"event_id":"e-0","event_time":"2026-11-20T00:00:00Z","merchant_id":"m-0","user_id":"u","anonymous_id":"a","store_id":"s",`+
		`"consent":true,"revision":3,"action":"follow","portal":"search","session_id":"s","campaign_id":"c","coupon_id":"k","terminal":"amap"}`)
	again, _ := entry(t, d, visit)
	fresh, _ := entry(t, newDecoder(t), visit)
	if diff := cmp.Diff(fresh, again); diff != "" {
		t.Errorf("the second record differs (-fresh decoder +used decoder):\n%s", diff)
	}
}

func TestARefusedRecordKeepsItsGoodIdsOnly(t *testing.T) {
	tests := []struct{ name, payload, event, merchant string }{
		{"both are good", `{"portal":"home","user_id":"u","event_id":"e-1","store_id":"s","event_time":"2026-11-21T00:00:00Z","merchant_id":"m-1"}`, "e-1", "m-1"},
		{"one is bad", `{"event_id":"e 1","merchant_id":"m-1"}`, "", "m-1"},
		{"one is given twice", `{"event_id":"e-1","merchant_id":"m-1","merchant_id":"m-2"}`, "e-1", ""},
		{"one is given three times", `{"event_id":"e-1","event_id":"e-2","event_id":"e-3","merchant_id":"m-1"}`, "", "m-1"},
		{"it is not JSON", `{"event_id":"e-1","merchant_id":"m-1"`, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var e sevenday.Entry
			_, refusal := newDecoder(t).Entry([]byte(test.payload), kafkaTime, &e)
			want := sevenday.Entry{Header: sevenday.Header{EventID: test.event, MerchantID: test.merchant}}
			if diff := cmp.Diff(want, e); refusal == nil || diff != "" {
				t.Errorf("refusal %v, entry differs (-want +got):\n%s", refusal, diff)
			}
		})
	}
}

func TestWithoutConsentNobodyIsThere(t *testing.T) {
	e, _ := entry(t, newDecoder(t), strings.Replace(visit, `"user_id"`, `"consent":false,"anonymous_id":"a-1","user_id"`, 1))
	if e.User != sevenday.Nobody || e.Anonymous != sevenday.Nobody || !e.NoConsent {
		t.Errorf("user %x, anonymous %x, NoConsent %v", e.User, e.Anonymous, e.NoConsent)
	}
	var c sevenday.Coupon
	gift := `{"event_id":"c-1","event_time":"2026-11-21T18:30:00+08:00","merchant_id":"m","coupon_id":"k","campaign_id":"a","stage":"gifted","to_user_id":"u-2","consent":%s,"user_id":"u-1"}`
	if _, refusal := newDecoder(t).Coupon(fmt.Appendf(nil, gift, "false"), kafkaTime, &c); refusal != nil || c.ToUser != sevenday.Nobody {
		t.Errorf("receiver %x, refusal %v; want nobody", c.ToUser, refusal)
	}
	if _, refusal := newDecoder(t).Coupon(fmt.Appendf(nil, gift, "true"), kafkaTime, &c); refusal != nil || c.ToUser == sevenday.Nobody {
		t.Errorf("receiver %x, refusal %v; want somebody", c.ToUser, refusal)
	}
}

func TestStrictScenesRefuseWhatOnlyTheTableCouldTell(t *testing.T) {
	strict := decode.New(decode.Config{UserKey: userKey, Scenes: scenes(t), StrictScenes: true})
	tests := []struct {
		name, fields string
		want         decode.Reason
	}{
		{"an unmapped scene", `"scene":"Z9"`, decode.UnknownScene},
		{"a mapped scene", `"scene":"A100"`, ""},
		{"an unmapped scene beside a portal", `"scene":"Z9","portal":"scan"`, ""},
		{"an unmapped scene of what is no visit", `"scene":"Z9","action":"follow"`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var e sevenday.Entry
			payload := `{"event_id":"e-1","event_time":"2026-11-21T18:30:00Z","merchant_id":"m-1","user_id":"u-1",` + test.fields + `}`
			_, refusal := strict.Entry([]byte(payload), kafkaTime, &e)
			if got := reasonOf(refusal); got != test.want {
				t.Errorf("%s: refused with %q, want %q", payload, got, test.want)
			}
		})
	}
}

func reasonOf(refusal *decode.Refusal) decode.Reason {
	if refusal == nil {
		return ""
	}
	return refusal.Reason
}

func TestSizeAndDepthAreBounded(t *testing.T) {
	nested := func(levels int) string { // the record itself is the first level
		return `{"a":` + strings.Repeat("[", levels-1) + strings.Repeat("]", levels-1) + `}`
	}
	tests := []struct {
		name, payload string
		want          decode.Reason
	}{
		{"1 MiB", `{"a":"` + strings.Repeat("x", 1<<20-8) + `"}`, decode.MissingField},
		{"a byte more", `{"a":"` + strings.Repeat("x", 1<<20-7) + `"}`, decode.Oversize},
		{"64 levels", nested(64), decode.MissingField},
		{"65 levels", nested(65), decode.TooDeep},
		{"10,000 levels", nested(10_000), decode.TooDeep},
		{"10,000 objects", `{"a":` + strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_001), decode.TooDeep},
		{"500,000 open lists", strings.Repeat("[", 500_000), decode.TooDeep},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, _, refusal := decodeAny(newDecoder(t), sevenday.KindEntry, []byte(test.payload))
			if got := reasonOf(refusal); got != test.want {
				t.Errorf("refused with %q, want %q", got, test.want)
			}
		})
	}
}

func TestRefusalsNeverQuoteTheRecord(t *testing.T) {
	for _, kind := range sevenday.RecordKinds {
		for name := range schemaOf(t, kind).Properties {
			for _, value := range []string{`"secret 2088\u0000"`, `{"secret":2088}`, `["secret 2088"]`, `20882088208820882088`, `"2088secret` + strings.Repeat("x", 300) + `"`, `2088x`} {
				payload := fmt.Sprintf(`{"event_id":"e","merchant_id":"m","event_time":"2026-11-21T18:30:00Z","user_id":"u",%q:%s}`, name, value)
				_, _, _, refusal := decodeAny(newDecoder(t), kind, []byte(payload))
				if refusal != nil && (strings.Contains(refusal.Error(), "secret") || strings.Contains(refusal.Error(), "2088")) {
					t.Errorf("%s: the refusal shows what it refuses: %v", payload, refusal)
				}
			}
		}
	}
}

func TestAMerchantOwnsItsStrings(t *testing.T) {
	payload := []byte(`{"merchant_id":"m-1","name":"Green Hill","updated_at":"2026-11-21T18:30:00Z","stores":[{"store_id":"s-1"}]}`)
	var m sevenday.Merchant
	if _, _, refusal := newDecoder(t).Merchant(payload, kafkaTime, &m); refusal != nil {
		t.Fatal(refusal)
	}
	for i := range payload {
		payload[i] = '#'
	}
	want := sevenday.DefaultMerchant("m-1")
	want.Name, want.UpdatedAt, want.Stores = "Green Hill", millis("2026-11-21T18:30:00Z"), []sevenday.Store{{StoreID: "s-1"}}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("the merchant changed with the payload (-want +got):\n%s", diff)
	}
}

func TestUnknownFieldsAreCountedInListsToo(t *testing.T) {
	payload := `{"merchant_id":"m-1","name":"n","updated_at":"2026-11-21T18:30:00Z","x":1,"stores":[{"store_id":"s-1","y":1},{"store_id":"s-2","z":1}]}`
	if _, _, unknown, refusal := decodeAny(newDecoder(t), sevenday.KindMerchant, []byte(payload)); unknown != 3 || refusal != nil {
		t.Errorf("%d unknown fields, refusal %v; want 3", unknown, refusal)
	}
}

func TestEventsAreDecodedWithoutAllocation(t *testing.T) {
	d, payload := newDecoder(t), []byte(benchTransaction)
	var transaction sevenday.Transaction
	var refusal *decode.Refusal
	allocations := testing.AllocsPerRun(100, func() { _, refusal = d.Transaction(payload, kafkaTime, &transaction) })
	if refusal != nil || allocations != 0 {
		t.Errorf("%v allocations a transaction, refusal %v; want none", allocations, refusal)
	}
}

func Example() {
	decoder := decode.New(decode.Config{UserKey: []byte("0123456789abcdef0123456789abcdef")})
	kafkaTime := sevenday.Millis(1795305600000) // 2026-11-22
	var payment sevenday.Transaction
	_, refusal := decoder.Transaction([]byte(`{
		"event_id": "t-1", "event_time": "2026-11-21T18:30:00+08:00", "merchant_id": "fruit-shop-17",
		"transaction_id": "o-1", "kind": "payment", "method": "balance", "amount": 12.5
	}`), kafkaTime, &payment)
	fmt.Println(refusal)
	// Output: wrong_type in amount: Send a decimal number in quotes, such as "12.50"; a JSON number would become a float.
}
