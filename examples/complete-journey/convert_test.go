package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sevenday/internal/columnar"
)

// soldLine is a row of the package's file.
type soldLine struct {
	Household int64     `parquet:"household_id"`
	Store     int64     `parquet:"store_id"`
	Basket    int64     `parquet:"basket_id"`
	Product   int64     `parquet:"product_id"`
	Sales     float64   `parquet:"sales_value"`
	Time      time.Time `parquet:"transaction_timestamp,timestamp(microsecond)"`
}

var (
	morning = time.Date(2017, 1, 1, 11, 53, 26, 0, time.UTC)
	evening = time.Date(2017, 12, 31, 23, 59, 59, 0, time.UTC)
)

// wheel packs lines as the package does.
func wheel(t *testing.T, lines ...soldLine) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "some.whl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	member, err := archive.Create(linesInWheel)
	if err == nil {
		err = columnar.Write(member, lines)
	}
	if err == nil {
		err = archive.Close()
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBasketsBecomePaymentsInTheOrderOfTime(t *testing.T) {
	path := wheel(
		t,
		soldLine{Household: 2, Store: 9, Basket: 20, Sales: 0.1, Time: evening},
		soldLine{Household: 1, Store: 10, Basket: 10, Sales: 1.5, Time: morning},
		soldLine{Household: 2, Store: 9, Basket: 20, Sales: 0.2, Time: evening},
		soldLine{Household: 3, Store: 11, Basket: 30, Sales: 1.8e-15, Time: evening}, // nothing paid
	)
	dir := t.TempDir()
	if err := convert(path, dir, io.Discard); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		transactionsFile: `{"event_id":"basket-10","event_time":"2017-01-01T11:53:26Z","merchant_id":"store-10","user_id":"household-1","transaction_id":"10","kind":"payment","amount":"1.50","currency":"USD","method":"other"}
{"event_id":"basket-20","event_time":"2017-12-31T23:59:59Z","merchant_id":"store-9","user_id":"household-2","transaction_id":"20","kind":"payment","amount":"0.30","currency":"USD","method":"other"}
`,
		merchantsFile: `{"merchant_id":"store-9","name":"Store 9","industry":"retail","time_zone":"UTC","currency":"USD","updated_at":"2018-01-02T00:00:00Z"}
{"merchant_id":"store-10","name":"Store 10","industry":"retail","time_zone":"UTC","currency":"USD","updated_at":"2018-01-02T00:00:00Z"}
`,
	}
	for name, content := range want {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(content, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestABasketWhoseLinesDisagreeIsAnError(t *testing.T) {
	first := soldLine{Household: 1, Store: 1, Basket: 7, Sales: 1, Time: morning}
	for name, second := range map[string]soldLine{
		"household": {Household: 2, Store: 1, Basket: 7, Sales: 1, Time: morning},
		"store":     {Household: 1, Store: 2, Basket: 7, Sales: 1, Time: morning},
		"time":      {Household: 1, Store: 1, Basket: 7, Sales: 1, Time: evening},
		"cents":     {Household: 1, Store: 1, Basket: 7, Sales: 0.005, Time: morning},
	} {
		err := convert(wheel(t, first, second), t.TempDir(), io.Discard)
		if err == nil || !strings.Contains(err.Error(), "basket 7") {
			t.Errorf("another %s = %v, want an error about basket 7", name, err)
		}
	}
}

func TestTheCommittedExpectationIsRead(t *testing.T) {
	want, err := readExpected("expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if want.Transactions != 155370 || want.New.MerchantMean.Stores != 455 || len(want.BusiestStores) != 20 ||
		want.BusiestStores[11].NetAmount.String() != "78874.10" || want.BusiestStores[0].Within7 != 49 || want.All.Pooled.Day7 != 27694 {
		t.Errorf("expected.json is read as %+v", want)
	}
}

func TestOneDifferenceFails(t *testing.T) {
	var c comparisons
	c.addReturns("all", returns{3, 2, 1}, returns{3, 2, 1})
	var out bytes.Buffer
	if err := report(&out, c); err != nil || !strings.Contains(out.String(), "3 of 3 figures are equal") {
		t.Errorf("report of equal figures = %v:\n%s", err, out.String())
	}
	c.add("rate", 0.1, 0.2)
	out.Reset()
	if err := report(&out, c); err == nil || strings.Count(out.String(), "DIFFERS") != 1 {
		t.Errorf("report of one difference = %v:\n%s", err, out.String())
	}
	if err := report(&out, nil); err == nil {
		t.Error("no comparison at all is taken for success")
	}
}
