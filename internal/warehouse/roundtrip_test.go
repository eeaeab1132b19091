package warehouse_test

import (
	"database/sql"
	_ "embed"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

var (
	//go:embed testdata/every_type.sql
	createEveryType string
	//go:embed testdata/select_every_type.sql
	selectEveryType string
)

type choice uint8

// everyType has a field for each kind of column.
type everyType struct {
	Number       sevenday.Person
	Text         string
	Word         string
	Tiny         uint8
	Small        uint16
	Medium       uint32
	SignedMedium int32
	Signed       int64
	Real         float64
	Truth        bool
	Deleted      bool
	Moment       sevenday.Millis
	Amount       sevenday.Money
	Day          sevenday.Day
	Choice       choice
	MaybeNumber  sql.Null[int32]
	MaybeDay     sql.Null[sevenday.Day]
	MaybeReal    sql.Null[float64]
	Texts        []string
	Moments      []sevenday.Millis
	Truths       []bool
	Mediums      []uint32
	Numbers      []uint64
	Signeds      []int64
	Reals        []float64
}

var everyTypeLayout = warehouse.NewLayout(
	warehouse.UInt64("number", func(r *everyType) *sevenday.Person { return &r.Number }),
	warehouse.String("text", func(r *everyType) *string { return &r.Text }),
	warehouse.LowCardinality("word", func(r *everyType) *string { return &r.Word }),
	warehouse.UInt8("tiny", func(r *everyType) *uint8 { return &r.Tiny }),
	warehouse.UInt16("small", func(r *everyType) *uint16 { return &r.Small }),
	warehouse.UInt32("medium", func(r *everyType) *uint32 { return &r.Medium }),
	warehouse.Int32("signed_medium", func(r *everyType) *int32 { return &r.SignedMedium }),
	warehouse.Int64("signed", func(r *everyType) *int64 { return &r.Signed }),
	warehouse.Float64("real", func(r *everyType) *float64 { return &r.Real }),
	warehouse.Bool("truth", func(r *everyType) *bool { return &r.Truth }),
	warehouse.Bool("is_deleted", func(r *everyType) *bool { return &r.Deleted }),
	warehouse.Millis("moment", func(r *everyType) *sevenday.Millis { return &r.Moment }),
	warehouse.Money("amount", func(r *everyType) *sevenday.Money { return &r.Amount }),
	warehouse.Day("day", func(r *everyType) *sevenday.Day { return &r.Day }),
	warehouse.Enum8("choice", func(r *everyType) *choice { return &r.Choice }),
	warehouse.NullableInt32("maybe_number", func(r *everyType) *sql.Null[int32] { return &r.MaybeNumber }),
	warehouse.NullableDay("maybe_day", func(r *everyType) *sql.Null[sevenday.Day] { return &r.MaybeDay }),
	warehouse.NullableFloat64("maybe_real", func(r *everyType) *sql.Null[float64] { return &r.MaybeReal }),
	warehouse.Strings("texts", func(r *everyType) *[]string { return &r.Texts }),
	warehouse.MillisArray("moments", func(r *everyType) *[]sevenday.Millis { return &r.Moments }),
	warehouse.Bools("truths", func(r *everyType) *[]bool { return &r.Truths }),
	warehouse.UInt32s("mediums", func(r *everyType) *[]uint32 { return &r.Mediums }),
	warehouse.UInt64s("numbers", func(r *everyType) *[]uint64 { return &r.Numbers }),
	warehouse.Int64s("signeds", func(r *everyType) *[]int64 { return &r.Signeds }),
	warehouse.Float64s("reals", func(r *everyType) *[]float64 { return &r.Reals }),
)

// numbered numbers the rows, so that the table gives them back in their order.
func numbered(rows []everyType) []everyType {
	for i := range rows {
		rows[i].Number = sevenday.Person(i)
	}
	return rows
}

func anyRow(t *rapid.T) everyType {
	return everyType{
		Text:         rapid.String().Draw(t, "text"),
		Word:         rapid.SampledFrom([]string{"", "a", "b", "ü"}).Draw(t, "word"),
		Tiny:         rapid.Uint8().Draw(t, "tiny"),
		Small:        rapid.Uint16().Draw(t, "small"),
		Medium:       rapid.Uint32().Draw(t, "medium"),
		SignedMedium: rapid.Int32().Draw(t, "signed_medium"),
		Signed:       rapid.Int64().Draw(t, "signed"),
		Real:         rapid.Float64().Draw(t, "real"),
		Truth:        rapid.Bool().Draw(t, "truth"),
		Deleted:      rapid.Bool().Draw(t, "deleted"),
		Moment:       sevenday.Millis(rapid.Int64Range(-1e12, 4e12).Draw(t, "moment")),
		Amount:       sevenday.Money(rapid.Int64Range(-999999999999999999, 999999999999999999).Draw(t, "amount")),
		Day:          sevenday.Day(rapid.Int32Range(0, math.MaxUint16).Draw(t, "day")),
		Choice:       rapid.SampledFrom([]choice{0, 1, 127}).Draw(t, "choice"),
		MaybeNumber:  maybe(t, "maybe_number", rapid.Int32()),
		MaybeDay:     maybe(t, "maybe_day", rapid.Just(sevenday.Day(20000))),
		MaybeReal:    maybe(t, "maybe_real", rapid.Float64()),
		Texts:        rapid.SliceOf(rapid.String()).Draw(t, "texts"),
		Moments:      []sevenday.Millis{1, 2},
		Truths:       rapid.SliceOf(rapid.Bool()).Draw(t, "truths"),
		Mediums:      rapid.SliceOf(rapid.Uint32()).Draw(t, "mediums"),
		Numbers:      rapid.SliceOf(rapid.Uint64()).Draw(t, "numbers"),
		Signeds:      rapid.SliceOf(rapid.Int64()).Draw(t, "signeds"),
		Reals:        []float64{math.Inf(1), -0.5},
	}
}

func maybe[F any](t *rapid.T, label string, values *rapid.Generator[F]) sql.Null[F] {
	if rapid.Bool().Draw(t, label+" is null") {
		return sql.Null[F]{}
	}
	return sql.Null[F]{V: values.Draw(t, label), Valid: true}
}

func TestEveryTypeComesBackAsItWentIn(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createEveryType)
	rapid.Check(t, func(r *rapid.T) {
		statement(t, db, truncateEveryType)
		want := numbered(rapid.SliceOfN(rapid.Custom(anyRow), 1, 20).Draw(r, "rows"))
		err := warehouse.Insert(t.Context(), db, "every_type", everyTypeLayout, want, warehouse.InsertOptions{})
		if err != nil {
			r.Fatal(err)
		}
		got, err := warehouse.Select(t.Context(), db, everyTypeLayout, selectEveryType, nil)
		if err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateNaNs()); diff != "" {
			r.Fatalf("rows changed on the way (-inserted +selected):\n%s", diff)
		}
	})
}

func TestNullsAreNotTheirValues(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createEveryType)
	rows := []everyType{{MaybeNumber: sql.Null[int32]{V: 5}}}
	if err := warehouse.Insert(t.Context(), db, "every_type", everyTypeLayout, rows, warehouse.InsertOptions{}); err != nil {
		t.Fatal(err)
	}
	got, err := warehouse.Select(t.Context(), db, everyTypeLayout, selectEveryType, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got[0].MaybeNumber != (sql.Null[int32]{}) {
		t.Errorf("null came back as %+v", got[0].MaybeNumber)
	}
}

func TestManyDistinctWordsFitADictionary(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createEveryType)
	want := numbered(make([]everyType, 70_000))
	for i := range want {
		want[i].Word = sevenday.Money(i).String()
	}
	err := warehouse.Insert(t.Context(), db, "every_type", everyTypeLayout, want, warehouse.InsertOptions{OneBlock: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []everyType
	// Blocks of other sizes than were sent, so that keys of other widths come back.
	err = warehouse.Stream(t.Context(), db, everyTypeLayout, selectEveryType, nil, func(rows []everyType) error {
		got = append(got, rows...)
		return nil
	}, warehouse.Settings{"max_block_size": "100"})
	if err != nil {
		t.Fatal(err)
	}
	same := slices.EqualFunc(want, got, func(a, b everyType) bool { return a.Number == b.Number && a.Word == b.Word })
	if !same {
		t.Error("words changed on the way")
	}
}

func TestADayThatDateCannotHoldIsRefused(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createEveryType)
	for _, day := range []sevenday.Day{-1, math.MaxUint16 + 1} {
		rows := []everyType{{Day: day}}
		err := warehouse.Insert(t.Context(), db, "every_type", everyTypeLayout, rows, warehouse.InsertOptions{})
		if err == nil {
			t.Errorf("day %d was inserted", int(day))
		}
	}
}
