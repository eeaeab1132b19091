package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/internal/columnar"
)

// rowsOf reads a file as load does: the records that would be sent, and the
// faults of those that would not.
func rowsOf(t *testing.T, name, content string, kind sevenday.RecordKind) (records, faults []string, err error) {
	t.Helper()
	s, err := openSource(stored(t, name, content), nil)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}()
	err = s.reader.each(kind, func(r rawRecord) error {
		if r.fault != "" {
			faults = append(faults, r.fault)
			return nil
		}
		records = append(records, string(r.bytes))
		return nil
	})
	return records, faults, err
}

func stored(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheKindIsToldByNameThenByFields(t *testing.T) {
	entry := `{"event_id":"e","portal":"scan"}`
	for _, test := range []struct {
		name, content string
		want          sevenday.RecordKind
	}{
		{"entries-2026.ndjson", "", sevenday.KindEntry},
		{"entry.csv", "", sevenday.KindEntry},
		{"transactions.ndjson", entry, sevenday.KindTransaction}, // the name is the stronger
		{"coupon_log.ndjson", "", sevenday.KindCoupon},
		{"merchants.ndjson", "", sevenday.KindMerchant},
		{"old-entries.ndjson", `{"stage":"issued","amount":"1","portal":"scan"}`, sevenday.KindCoupon},
		{"a.ndjson", `{"amount":"1","scene":"1001","updated_at":"x"}`, sevenday.KindTransaction},
		{"a.ndjson", "\n  \n" + entry, sevenday.KindEntry},
		{"a.ndjson", `{"scene":"1001"}`, sevenday.KindEntry},
		{"a.ndjson", `{"action":"collect"}`, sevenday.KindEntry},
		{"a.ndjson", `{"updated_at":"2026-01-01T00:00:00Z"}`, sevenday.KindMerchant},
		{"a.ndjson", `{"updated_at":"x","stage":null}`, sevenday.KindMerchant}, // null is absent
		{"a.csv", "merchant_id,portal\nm,scan\n", sevenday.KindEntry},
		{"a", "merchant_id,amount\nm,1\n", sevenday.KindTransaction}, // CSV without the extension
		{"a.ndjson", `{"updated_at":"x","event_id":"e"}`, 0},
		{"a.ndjson", `{}`, 0},
		{"a.ndjson", ``, 0},
		{"a.ndjson", `oops`, 0},
	} {
		s, err := openSource(stored(t, test.name, test.content), nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := (&loading{}).kindOf(s)
		if got != test.want {
			t.Errorf("kind of %s with %q = %v, want %v", test.name, test.content, got, test.want)
		}
		var usage errUsage
		if test.want == 0 && !errors.As(err, &usage) {
			t.Errorf("%s with %q: %v, want a wrong use", test.name, test.content, err)
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheKindFlagIsStrongerThanTheName(t *testing.T) {
	s := &source{name: "entries.ndjson"}
	if kind, err := (&loading{kind: sevenday.KindCoupon}).kindOf(s); kind != sevenday.KindCoupon || err != nil {
		t.Errorf("kindOf = %v, %v, want coupon", kind, err)
	}
}

func TestLinesAreSentByteForByte(t *testing.T) {
	content := "\ufeff{ \"a\" : 1.0 }\r\n\n \t\nno json\n{\"b\":\"\xff\"}\n{\"last\":true}"
	records, _, err := rowsOf(t, "x.ndjson", content, sevenday.KindEntry)
	want := []string{"{ \"a\" : 1.0 }\r", "no json", "{\"b\":\"\xff\"}", `{"last":true}`}
	if diff := cmp.Diff(want, records); diff != "" || err != nil {
		t.Errorf("records (-want +got), error %v:\n%s", err, diff)
	}
}

func TestTheLineThatToldTheKindIsSentToo(t *testing.T) {
	s, err := openSource(stdinName, strings.NewReader("{\"portal\":\"scan\"}\n{\"portal\":\"search\"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if kind, err := (&loading{}).kindOf(s); kind != sevenday.KindEntry || err != nil {
		t.Fatalf("kindOf = %v, %v", kind, err)
	}
	var got []string
	err = s.reader.each(s.kind, func(r rawRecord) error {
		got = append(got, string(r.bytes))
		return nil
	})
	if diff := cmp.Diff([]string{`{"portal":"scan"}`, `{"portal":"search"}`}, got); diff != "" || err != nil {
		t.Errorf("records (-want +got), error %v:\n%s", err, diff)
	}
}

func TestALineThatKafkaCantTakeIsAFaultAndItsNeighborsAreNot(t *testing.T) {
	long := strings.Repeat("x", maxRecordBytes)
	content := `{"a":1}` + "\n" + long + "\n" + long + "y\n" + `{"b":2}` + "\n"
	records, faults, err := rowsOf(t, "x.ndjson", content, sevenday.KindEntry)
	if err != nil || len(records) != 2 || len(faults) != 2 || records[1] != `{"b":2}` {
		t.Errorf("%d records, faults %v, error %v; want the two short ones and two faults", len(records), faults, err)
	}
}

func TestCellsAreTypedAsTheSchemaSays(t *testing.T) {
	content := "\ufeffevent_id, user_id ,revision,consent,amount,store_id,extra\n" +
		"e-1,0042,3,TRUE,12.50,,7\n" +
		"\"e\"\"2\n水果\",x,3.5e1,no, 1.00,s,\n" +
		"e-3,\xff,many,False,,,\n"
	records, _, err := rowsOf(t, "x.csv", content, sevenday.KindTransaction)
	want := []string{
		`{"event_id":"e-1","user_id":"0042","revision":3,"consent":true,"amount":"12.50","extra":"7"}`,
		`{"event_id":"e\"2\u000a水果","user_id":"x","revision":3.5e1,"consent":"no","amount":" 1.00","store_id":"s"}`,
		"{\"event_id\":\"e-3\",\"user_id\":\"\xff\",\"revision\":\"many\",\"consent\":false}",
	}
	if diff := cmp.Diff(want, records); diff != "" || err != nil {
		t.Errorf("records (-want +got), error %v:\n%s", err, diff)
	}
}

func TestNestedCellsHoldJSON(t *testing.T) {
	content := "merchant_id,settlement_days,stores,capabilities\n" +
		`m,3,"[{""store_id"":""s""}]",oops` + "\n"
	records, _, err := rowsOf(t, "x.csv", content, sevenday.KindMerchant)
	want := []string{`{"merchant_id":"m","settlement_days":3,"stores":[{"store_id":"s"}],"capabilities":"oops"}`}
	if diff := cmp.Diff(want, records); diff != "" || err != nil {
		t.Errorf("records (-want +got), error %v:\n%s", err, diff)
	}
}

func TestARowOfAnotherWidthIsAFault(t *testing.T) {
	records, faults, err := rowsOf(t, "x.csv", "merchant_id,amount\nm,1\nm\nm,1,2\nm,2\n", sevenday.KindTransaction)
	if err != nil || len(records) != 2 || len(faults) != 2 {
		t.Errorf("records %v, faults %v, error %v; want two of each", records, faults, err)
	}
}

func TestFilesThatAreNotWhatTheySeemAreNamed(t *testing.T) {
	for _, test := range []struct{ name, content, want string }{
		{"a.ndjson", "\x1f\x8b\x08\x00", "compressed"},
		{"a.json", " [\n{}]", "JSON array"},
		{"a.parquet", "merchant_id\n", "Parquet"},
		{"a.ndjson", "PAR1 and no more", "Parquet"},
		{"a.csv", "a,b,a\n", `"a"`},
		{"a.csv", "a,\n", "no name"},
		{"a.csv", "a,b\n\"open,1\n", "quotes"},
	} {
		_, _, err := rowsOf(t, test.name, test.content, sevenday.KindEntry)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s with %q = %v, want an error about %s", test.name, test.content, err, test.want)
		}
	}
	if _, err := openSource(stdinName, strings.NewReader("PAR1....")); err == nil {
		t.Error("Parquet from standard input is taken")
	}
	if _, err := openSource(t.TempDir(), nil); err == nil {
		t.Error("a folder is taken")
	}
}

func TestParquetRowsAreRecordsAndTheProgressEndsAtTheSize(t *testing.T) {
	var content bytes.Buffer
	if err := columnar.Write(&content, []parquetRow{{EventID: "e-1"}, {EventID: "e-2"}}); err != nil {
		t.Fatal(err)
	}
	s, err := openSource(stored(t, "rows", content.String()), nil) // known by its first bytes
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	var done int64
	err = s.reader.each(sevenday.KindTransaction, func(r rawRecord) error {
		var record struct {
			EventID string `json:"event_id"`
		}
		done = r.done
		err := json.Unmarshal(r.bytes, &record)
		ids = append(ids, record.EventID)
		return err
	})
	if diff := cmp.Diff([]string{"e-1", "e-2"}, ids); diff != "" || err != nil || done != s.size {
		t.Errorf("read %v to byte %d of %d, error %v", ids, done, s.size, err)
	}
}

func TestTheKeyIsTheMerchantWhereItIsPlainToSee(t *testing.T) {
	for record, want := range map[string]string{
		`{"merchant_id":"m-1","x":2}`:               "m-1",
		`{"a":"the \"merchant_id\": \"no\"","b":1}`: "",
		"{ \"merchant_id\" :\n \"m 2\" }":           "m 2",
		`{"merchant_id":"a\u0041"}`:                 "",
		`{"merchant_id":7}`:                         "",
		`{"merchant_id":""}`:                        "",
		`{"merchant_id"`:                            "",
		`{"merchant_id":"cut`:                       "",
		`oops`:                                      "",
	} {
		if got := string(keyOf(sevenday.KindEntry, []byte(record))); got != want {
			t.Errorf("keyOf(entry, %s) = %q, want %q", record, got, want)
		}
	}
}

func TestAMerchantRecordAlwaysHasAKeyAndABrokenOneNoMerchants(t *testing.T) {
	if got := string(keyOf(sevenday.KindMerchant, []byte(`{"stores":[{"merchant_id":"x"}],"merchant_id":"m-1"}`))); got != "m-1" {
		t.Errorf("key = %q, want m-1", got)
	}
	first, second := keyOf(sevenday.KindMerchant, []byte(`{"merchant_id":"m-1"`)), keyOf(sevenday.KindMerchant, []byte(`{}`))
	if !bytes.HasPrefix(first, []byte("?")) || !bytes.HasPrefix(second, []byte("?")) || bytes.Equal(first, second) {
		t.Errorf("keys of broken records are %q and %q, want two different ones that no merchant has", first, second)
	}
}
