package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sevenday/internal/columnar"
)

// parquetRow is a transaction as a program that likes Parquet writes it.
type parquetRow struct {
	EventID       string    `parquet:"event_id"`
	EventTime     time.Time `parquet:"event_time,timestamp(microsecond)"`
	MerchantID    string    `parquet:"merchant_id"`
	UserID        *string   `parquet:"user_id,optional"`
	TransactionID string    `parquet:"transaction_id"`
	Kind          string    `parquet:"kind"`
	Amount        int64     `parquet:"amount,decimal(2:18)"`
	Method        string    `parquet:"method"`
}

func payments(t *testing.T) string {
	t.Helper()
	user := "u-1"
	at := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	var content bytes.Buffer
	err := columnar.Write(&content, []parquetRow{
		{"t-1", at, "m-1", &user, "o-1", "payment", 1250, "balance"},
		{"t-2", at.Add(time.Hour), "m-1", nil, "o-2", "payment", 7, "other"},
		{"t-3", at.Add(time.Hour), "m-1", &user, "o-3", "gift", 100, "other"}, // no such kind
	})
	if err != nil {
		t.Fatal(err)
	}
	return content.String()
}

const (
	goodEntries = `{"event_id":"e-1","event_time":"2026-03-01T10:00:00+08:00","merchant_id":"m-1","user_id":"u-1","portal":"scan"}
{"event_id":"e-2","event_time":"2026-03-02T10:00:00+08:00","merchant_id":"m-1","user_id":"u-1","portal":"search"}
`
	badEntries = `{"event_id":"e-3","event_time":"2026-03-02","merchant_id":"m-1","user_id":"u-1","portal":"scan"}
oops
{"event_id":"e-4","event_time":"2026-03-02T10:00:00+08:00","merchant_id":"m-1","user_id":"u-2","portal":"scan"}
`
	merchantsCSV = "merchant_id,name,industry,time_zone,updated_at,stores\n" +
		`m-1,Fruit,retail,Asia/Tokyo,2026-01-01T00:00:00Z,"[{""store_id"":""s-1""}]"` + "\n"
	badMerchantsCSV = "merchant_id,name,updated_at\nm-2,Tea,yesterday\n"
)

// ledger is what `query ingest` says of one kind's partitions together.
type ledger struct{ Received, Landed, Refused, Settled int64 }

func ingested(t *testing.T, dir string) map[string]ledger {
	t.Helper()
	result := call(t, "", "query", "ingest", "--dir", dir, "--format", "json")
	var rows []struct {
		Kind   string
		AddsUp bool `json:"adds_up"`
		ledger
	}
	if err := json.Unmarshal([]byte(result.stdout), &rows); err != nil {
		t.Fatalf("query ingest printed %q: %v\n%s", result.stdout, err, result.stderr)
	}
	sums := make(map[string]ledger)
	for _, row := range rows {
		if !row.AddsUp {
			t.Errorf("%+v does not add up", row)
		}
		sum := sums[row.Kind]
		sums[row.Kind] = ledger{
			sum.Received + row.Received, sum.Landed + row.Landed, sum.Refused + row.Refused, sum.Settled + row.Settled,
		}
	}
	return sums
}

func TestLoadThroughTheBinary(t *testing.T) {
	dir, files := t.TempDir(), t.TempDir()
	for name, content := range map[string]string{
		"entries.ndjson": goodEntries, "bad.ndjson": badEntries, "transactions.parquet": payments(t),
		"merchants.csv": merchantsCSV, "more-merchants.csv": badMerchantsCSV, "what.ndjson": "{}\n", "empty-entries.csv": "",
	} {
		if err := os.WriteFile(filepath.Join(files, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := func(name string) string { return filepath.Join(files, name) }
	nothing := call(t, "", "load", "--dir", dir, file("entries.ndjson"))
	if want := fmt.Sprintf("sevenday: nothing runs on %s: start `sevenday up --dir %s`\n", dir, dir); nothing.code != 1 || nothing.stderr != want {
		t.Errorf("load without up = %+v, want code 1 and %q", nothing, want)
	}
	up(t, dir, "--every", "1h")

	for _, test := range []struct {
		name      string
		stdin     string
		arguments []string
		code      int
		stderr    string // is part of what is printed
	}{
		{"good records of two files", "", []string{"--wait", file("entries.ndjson"), file("merchants.csv")}, 0, "3 records are in Kafka"},
		{"a bad row of Parquet", "", []string{"--wait", file("transactions.parquet")}, 3, "1 of 3 records were refused, the first because of not_one_of_the_values in kind"},
		{"bad lines", "", []string{"--wait", "--timeout", "5m", file("bad.ndjson")}, 3, "2 of 3 records were refused, the first because of "},
		{"bad lines without waiting", "", []string{file("bad.ndjson")}, 0, "3 records are in Kafka"},
		{"standard input", goodEntries, []string{"--wait", "--kind", "entry", "-"}, 0, "2 records are in Kafka"},
		{"flags after the file, and the fields tell the kind", goodEntries, []string{"-", "--wait"}, 0, "2 records are in Kafka"},
		{"a row that can't be sent", "merchant_id,portal\nm-1\n", []string{"--wait", "-"}, 3, "1 of 1 records were not sent, the first because of row 2"},
		{"an unknown kind", "", []string{"--kind", "order", file("entries.ndjson")}, 2, `--kind "order" is unknown`},
		{"an untold kind", "", []string{file("what.ndjson")}, 2, "say --kind"},
		{"no file", "", nil, 2, "arg"},
		{"an unknown flag", "", []string{"--source", "x", file("entries.ndjson")}, 2, "unknown flag"},
		{"a file that isn't there", "", []string{"--kind", "entry", file("nowhere.ndjson")}, 1, "nowhere.ndjson"},
		{"a file without a record", "", []string{"--kind", "entry", "--wait", file("empty-entries.csv")}, 0, "0 records"},
		{"no time to wait", "", []string{"--timeout", "0s", file("entries.ndjson")}, 2, "--timeout"},
		{"days are closed", goodEntries, []string{"--complete", "-"}, 0, "days up to and including 2026-03-02 are closed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := call(t, test.stdin, append([]string{"load", "--dir", dir}, test.arguments...)...)
			if got.code != test.code || !strings.Contains(got.stderr, test.stderr) || got.stdout != "" {
				t.Errorf("load %v = %+v\nwant code %d, %q on stderr and nothing on stdout", test.arguments, got, test.code, test.stderr)
			}
		})
	}

	t.Run("merchants are imported, and a refused one fails", func(t *testing.T) {
		if got := call(t, "", "merchants", "import", "--dir", dir, file("merchants.csv")); got.code != 0 {
			t.Errorf("import = %+v, want code 0", got)
		}
		got := call(t, "", "merchants", "import", "--dir", dir, file("more-merchants.csv"))
		if got.code != 1 || !strings.Contains(got.stderr, "bad_time in updated_at") {
			t.Errorf("import of a bad record = %+v, want code 1 and its reason", got)
		}
		if got := call(t, "", "merchants", "--dir", dir); got.code != 2 {
			t.Errorf("merchants alone = %+v, want code 2", got)
		}
	})

	t.Run("the next batch closes the days that were declared complete", func(t *testing.T) {
		got := call(t, "", "run", "--dir", dir, "--format", "json")
		var run struct{ Watermark int64 }
		if err := json.Unmarshal([]byte(got.stdout), &run); err != nil || got.code != 0 {
			t.Fatalf("run = %+v: %v", got, err)
		}
		want := time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC) // midnight in Tokyo, the merchant's zone
		if watermark := time.UnixMilli(run.Watermark).UTC(); !watermark.Equal(want) {
			t.Errorf("watermark = %s, want %s", watermark, want)
		}
	})

	t.Run("the ledger has them all", func(t *testing.T) {
		// Only what was waited for is sure to be settled: send once more and wait.
		if got := call(t, goodEntries, "load", "--dir", dir, "--wait", "-"); got.code != 0 {
			t.Fatalf("load = %+v", got)
		}
		want := map[string]ledger{
			"entry":       {Received: 16, Landed: 12, Refused: 4, Settled: 16},
			"transaction": {Received: 3, Landed: 2, Refused: 1, Settled: 3},
			"merchant":    {Received: 3, Landed: 2, Refused: 1, Settled: 3},
		}
		if diff := cmp.Diff(want, ingested(t, dir)); diff != "" {
			t.Errorf("ledger (-want +got):\n%s", diff)
		}
	})
}
