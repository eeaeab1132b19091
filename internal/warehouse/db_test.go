package warehouse_test

import (
	"database/sql"
	_ "embed"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

//go:embed testdata/parameters.sql
var selectParameters string

// parameterLayout is the part of everyType that testdata/parameters.sql gives back.
var parameterLayout = warehouse.NewLayout(
	warehouse.String("text", func(r *everyType) *string { return &r.Text }),
	warehouse.UInt64("number", func(r *everyType) *sevenday.Person { return &r.Number }),
	warehouse.Int64("signed", func(r *everyType) *int64 { return &r.Signed }),
	warehouse.Float64("real", func(r *everyType) *float64 { return &r.Real }),
	warehouse.Bool("truth", func(r *everyType) *bool { return &r.Truth }),
	warehouse.Millis("moment", func(r *everyType) *sevenday.Millis { return &r.Moment }),
	warehouse.Money("amount", func(r *everyType) *sevenday.Money { return &r.Amount }),
	warehouse.Day("day", func(r *everyType) *sevenday.Day { return &r.Day }),
	warehouse.NullableInt32("maybe_number", func(r *everyType) *sql.Null[int32] { return &r.MaybeNumber }),
	warehouse.Strings("texts", func(r *everyType) *[]string { return &r.Texts }),
	warehouse.UInt64s("numbers", func(r *everyType) *[]uint64 { return &r.Numbers }),
	warehouse.MillisArray("moments", func(r *everyType) *[]sevenday.Millis { return &r.Moments }),
	warehouse.String("word", func(r *everyType) *string { return &r.Word }),
)

// anyText returns text that is hard to quote.
func anyText() *rapid.Generator[string] {
	hard := rapid.SampledFrom([]rune{'\'', '"', '\\', '\n', '\t', '\r', 0, 'n', 'N', ',', '[', ']', '{', '}', '`', '愛', 'a'})
	return rapid.StringOf(hard)
}

func TestParametersArriveAsTheyAre(t *testing.T) {
	db := testservers.ClickHouse(t)
	rapid.Check(t, func(r *rapid.T) {
		want := everyType{
			Text:    anyText().Draw(r, "text"),
			Number:  sevenday.Person(rapid.Uint64().Draw(r, "number")),
			Signed:  rapid.Int64().Draw(r, "signed"),
			Real:    rapid.Float64().Draw(r, "real"),
			Truth:   rapid.Bool().Draw(r, "truth"),
			Moment:  sevenday.Millis(rapid.Int64Range(0, 4e12).Draw(r, "moment")),
			Amount:  sevenday.Money(rapid.Int64Range(-1e17, 1e17).Draw(r, "amount")),
			Day:     sevenday.Day(rapid.Int32Range(0, 60_000).Draw(r, "day")),
			Texts:   rapid.SliceOfN(anyText(), 1, 3).Draw(r, "texts"),
			Numbers: rapid.SliceOfN(rapid.Uint64(), 1, 3).Draw(r, "numbers"),
			Moments: []sevenday.Millis{1, 1_700_000_000_123},
			Word:    "visit",
		}
		got, err := warehouse.Select(t.Context(), db, parameterLayout, selectParameters, map[string]any{
			"text": want.Text, "person": want.Number, "signed": want.Signed, "real": want.Real, "truth": want.Truth,
			"moment": want.Moment, "amount": want.Amount, "day": want.Day, "maybe_number": nil,
			"texts": want.Texts, "numbers": want.Numbers, "moments": want.Moments, "action": sevenday.ActionVisit,
		})
		if err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff([]everyType{want}, got); diff != "" {
			r.Fatalf("parameters changed on the way (-sent +got):\n%s", diff)
		}
	})
}

func TestAValueThatIsNoParameterIsRefused(t *testing.T) {
	db := testservers.ClickHouse(t)
	_, err := warehouse.Select(t.Context(), db, numberLayout, manyNumbers, map[string]any{"limit": struct{}{}})
	wantError(t, err, sevenday.Internal, "limit", "struct {}")
}

func TestAMissingParameterIsAnError(t *testing.T) {
	db := testservers.ClickHouse(t)
	_, err := warehouse.Select(t.Context(), db, numberLayout, manyNumbers, nil)
	wantError(t, err, sevenday.Internal, "limit")
}

// dsn writes the endpoint as an address for one user.
func dsn(endpoint warehouse.Endpoint, user string) string {
	return fmt.Sprintf("clickhouse://%s:%s@%s/%s", user, endpoint.Users[user], endpoint.Native, endpoint.Database)
}

func TestADSNConnectsAndMakesTheDatabase(t *testing.T) {
	endpoint := testservers.Endpoint(t)
	db, err := warehouse.DialDSN(t.Context(), dsn(endpoint, warehouse.UserAdmin))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	statement(t, db, createEveryType)
	if db.Database() != endpoint.Database {
		t.Errorf("database %s, want %s", db.Database(), endpoint.Database)
	}
}

func TestABadDSNIsRefusedWithoutRepeatingItsPassword(t *testing.T) {
	for _, bad := range []string{
		"localhost:9000", "http://u:secret@localhost:8123/db", "clickhouse://u:secret@:/%zz", "postgres://u:secret@h/db",
	} {
		_, err := warehouse.DialDSN(t.Context(), bad)
		wantError(t, err, sevenday.Invalid, "clickhouse://user:password@host:9000/database")
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error tells the password: %v", bad, err)
		}
	}
}

func TestAServerThatDoesNotAnswerIsUnavailable(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = warehouse.DialDSN(t.Context(), "clickhouse://u:secret@"+address+"/db")
	wantError(t, err, sevenday.Unavailable, address, "check that the server runs")
}

func TestAUserThatTheEndpointDoesNotNameIsRefused(t *testing.T) {
	_, err := warehouse.Dial(t.Context(), testservers.Endpoint(t), "nobody")
	wantError(t, err, sevenday.Invalid, "nobody")
}

func TestTheNativeConnectionSeesTheSameDatabase(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	if err := insertDated(t, db, datedRows(3, 1), warehouse.InsertOptions{}); err != nil {
		t.Fatal(err)
	}
	var count uint64
	if err := db.Native().QueryRow(t.Context(), countRows).Scan(&count); err != nil || count != 3 {
		t.Errorf("error %v, %d rows, want 3", err, count)
	}
}
