package columnar_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/internal/columnar"
)

func open(t rapid.TB, content []byte) *columnar.File {
	t.Helper()
	file, err := columnar.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatalf("Open = %v", err)
	}
	return file
}

func records(t rapid.TB, file *columnar.File) []string {
	t.Helper()
	var all []string
	err := file.Records(func(record []byte) error {
		all = append(all, string(record))
		return nil
	})
	if err != nil {
		t.Fatalf("Records = %v", err)
	}
	return all
}

func written[R any](t rapid.TB, rows []R) []byte {
	t.Helper()
	var content bytes.Buffer
	if err := columnar.Write(&content, rows); err != nil {
		t.Fatalf("Write = %v", err)
	}
	return content.Bytes()
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestAnotherProgramsRowsAreTheRecordsWrittenByHand(t *testing.T) {
	file := open(t, read(t, "testdata/every.parquet"))
	want := strings.Split(strings.TrimSpace(string(read(t, "testdata/every.ndjson"))), "\n")
	if diff := cmp.Diff(want, records(t, file)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if file.Rows() != 3 {
		t.Errorf("Rows() = %d, want 3", file.Rows())
	}
	if columns := file.Columns(); len(columns) != 17 || columns[0] != "text" {
		t.Errorf("Columns() = %v, want 17 from text on", columns)
	}
}

// capability and row have what the contract nests.
type capability struct {
	Name string   `parquet:"name" json:"name"`
	Void *bool    `parquet:"void,optional" json:"void,omitempty"`
	Tags []string `parquet:"tags,list" json:"tags"`
}

type row struct {
	ID           string       `parquet:"id" json:"id"`
	Count        *int64       `parquet:"count,optional" json:"count,omitempty"`
	Capabilities []capability `parquet:"capabilities,list" json:"capabilities"`
	Plain        []int32      `parquet:"plain" json:"plain"`
}

func drawRow(t *rapid.T) row {
	word := rapid.StringMatching(`[a-z"\\ 水]{0,5}`)
	return row{
		ID:    word.Draw(t, "id"),
		Count: rapid.Ptr(rapid.Int64(), true).Draw(t, "count"),
		Capabilities: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) capability {
			return capability{
				Name: word.Draw(t, "name"), Void: rapid.Ptr(rapid.Bool(), true).Draw(t, "void"),
				Tags: rapid.SliceOfN(word, 0, 3).Draw(t, "tags"),
			}
		}), 0, 4).Draw(t, "capabilities"),
		Plain: rapid.SliceOfN(rapid.Int32(), 0, 3).Draw(t, "plain"),
	}
}

func TestRowsComeBackAsTheJSONOfTheirStructs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(drawRow), 1, 300).Draw(t, "rows")
		for i, got := range records(t, open(t, written(t, rows))) {
			var back row
			if err := json.Unmarshal([]byte(got), &back); err != nil {
				t.Fatalf("row %d is no JSON: %v\n%s", i, err, got)
			}
			if diff := cmp.Diff(rows[i], back); diff != "" {
				t.Fatalf("row %d (-want +got):\n%s", i, diff)
			}
		}
	})
}

func TestWholeNumbersInFloatsAreWrittenAsWholeNumbers(t *testing.T) {
	type measured struct {
		Value float64 `parquet:"value"`
	}
	rows := []measured{{2_000_000}, {1e21}, {-0.5}, {0}, {1e-7}, {math.Inf(1)}}
	want := []string{`{"value":2000000}`, `{"value":1e+21}`, `{"value":-0.5}`, `{"value":0}`, `{"value":1e-07}`, `{}`}
	if diff := cmp.Diff(want, records(t, open(t, written(t, rows)))); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

func TestAnErrorOfTheReaderOfRecordsEndsTheReading(t *testing.T) {
	enough := errors.New("enough")
	count := 0
	err := open(t, written(t, make([]row, 1000))).Records(func([]byte) error {
		if count++; count == 3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || count != 3 {
		t.Errorf("Records = %v after %d records, want %v after 3", err, count, enough)
	}
}

func TestAColumnThatNoFieldCanHoldIsNamed(t *testing.T) {
	type strange struct {
		Inner struct {
			TimeOfDay time.Duration `parquet:"time_of_day,time(millisecond)"`
		} `parquet:"inner"`
	}
	content := written(t, make([]strange, 1))
	_, err := columnar.Open(bytes.NewReader(content), int64(len(content)))
	if sevenday.KindOf(err) != sevenday.Invalid || !strings.Contains(err.Error(), "inner.time_of_day") {
		t.Errorf("Open = %v, want an invalid error that names inner.time_of_day", err)
	}
}

// Damage lies before the footer: a footer that names LZ4 for pages that are not
// makes the library ask for ever more memory, which no caller can contain.
func TestADamagedFileIsReadOrRefusedAndNeverACrash(t *testing.T) {
	whole := read(t, "testdata/every.parquet")
	footer := len(whole) - 8 - int(binary.LittleEndian.Uint32(whole[len(whole)-8:]))
	rapid.Check(t, func(t *rapid.T) {
		content := bytes.Clone(whole)
		for range rapid.IntRange(1, 4).Draw(t, "damages") {
			content[rapid.IntRange(4, footer-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		err := open(t, content).Records(func([]byte) error { return nil })
		if err != nil && sevenday.KindOf(err) != sevenday.Invalid {
			t.Fatalf("a damaged file is %v, want an invalid error", err)
		}
	})
}

func TestAFileCutShortIsRefused(t *testing.T) {
	whole := read(t, "testdata/every.parquet")
	for size := range whole {
		_, err := columnar.Open(bytes.NewReader(whole[:size]), int64(size))
		if sevenday.KindOf(err) != sevenday.Invalid {
			t.Fatalf("the first %d of %d bytes are %v, want an invalid error", size, len(whole), err)
		}
	}
}
