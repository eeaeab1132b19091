package warehouse_test

import (
	"context"
	_ "embed"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

var (
	//go:embed testdata/many_numbers.sql
	manyNumbers string
	//go:embed testdata/many_texts.sql
	manyTexts string
	//go:embed testdata/sleep.sql
	sleepMinute string
)

func TestAStreamGivesAllRowsInOrderInBlocksOfTheAskedSize(t *testing.T) {
	db := testservers.ClickHouse(t)
	next, blocks := uint64(0), 0
	err := warehouse.Stream(t.Context(), db, numberLayout, manyNumbers, map[string]any{"limit": 100_000},
		func(rows []uint64) error {
			blocks++
			if len(rows) > 1000 {
				t.Errorf("a block of %d rows", len(rows))
			}
			for _, n := range rows {
				if n != next {
					t.Fatalf("row %d is %d", next, n)
				}
				next++
			}
			return nil
		}, warehouse.Settings{"max_block_size": "1000"})
	if err != nil || next != 100_000 || blocks < 100 {
		t.Errorf("error %v, %d rows in %d blocks", err, next, blocks)
	}
}

func TestACallbacksErrorEndsTheStream(t *testing.T) {
	db := testservers.ClickHouse(t)
	stop := errors.New("enough")
	calls := 0
	err := warehouse.Stream(t.Context(), db, numberLayout, manyNumbers, map[string]any{"limit": uint64(1) << 40},
		func([]uint64) error { calls++; return stop })
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("error %v after %d calls, want %v after 1", err, calls, stop)
	}
	if err := db.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAResultMustHaveTheLayoutsColumns(t *testing.T) {
	db := testservers.ClickHouse(t)
	pair := warehouse.NewLayout(
		warehouse.UInt64("n", func(r *[2]uint64) *uint64 { return &r[0] }),
		warehouse.UInt64("m", func(r *[2]uint64) *uint64 { return &r[1] }),
	)
	_, err := warehouse.Select(t.Context(), db, pair, manyNumbers, map[string]any{"limit": 1})
	wantError(t, err, sevenday.Internal, "lacks the columns m")
	other := warehouse.NewLayout(warehouse.UInt64("m", func(n *uint64) *uint64 { return n }))
	_, err = warehouse.Select(t.Context(), db, other, manyNumbers, map[string]any{"limit": 1})
	wantError(t, err, sevenday.Internal, "column n UInt64 that the layout lacks")
	signed := warehouse.NewLayout(warehouse.Int64("n", func(n *int64) *int64 { return n }))
	_, err = warehouse.Select(t.Context(), db, signed, manyNumbers, map[string]any{"limit": 1})
	wantError(t, err, sevenday.Internal, "column n", "UInt64", "Int64")
}

func TestALayoutWithTwoColumnsOfOneNamePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	column := warehouse.UInt64("n", func(n *uint64) *uint64 { return n })
	warehouse.NewLayout(column, column)
}

func TestAnUnknownSettingIsRefused(t *testing.T) {
	db := testservers.ClickHouse(t)
	_, err := warehouse.Select(t.Context(), db, numberLayout, manyNumbers, map[string]any{"limit": 1},
		warehouse.Settings{"max_blok_size": "1"})
	wantError(t, err, sevenday.Internal, "max_blok_size")
}

func TestACanceledQueryEndsSoon(t *testing.T) {
	db := testservers.ClickHouse(t)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	start := time.Now()
	_, err := warehouse.Select(ctx, db, numberLayout, sleepMinute, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	// The query itself takes a minute.
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestStringsOfAStreamMayBeKept(t *testing.T) {
	db := testservers.ClickHouse(t)
	texts := warehouse.NewLayout(
		warehouse.String("text", func(r *everyType) *string { return &r.Text }),
		warehouse.Strings("texts", func(r *everyType) *[]string { return &r.Texts }),
	)
	// Blocks of one memory follow each other.
	got, err := warehouse.Select(t.Context(), db, texts, manyTexts, nil, warehouse.Settings{"max_block_size": "64"})
	if err != nil || len(got) != 1000 {
		t.Fatal(len(got), err)
	}
	for i, row := range got {
		if want := strconv.Itoa(i); row.Text != want || !slices.Equal(row.Texts, []string{want}) {
			t.Fatalf("row %d: %q %q", i, row.Text, row.Texts)
		}
	}
}
