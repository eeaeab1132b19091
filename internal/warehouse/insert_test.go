package warehouse_test

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

var (
	//go:embed testdata/count.sql
	countRows string
	//go:embed testdata/count_parts.sql
	countParts string
	//go:embed testdata/deduplicating.sql
	createDeduplicating string
)

// dated is a row of the table of testdata/deduplicating.sql, which has a partition a day.
type dated struct {
	Number uint64
	Day    sevenday.Day
}

var datedLayout = warehouse.NewLayout(
	warehouse.UInt64("number", func(r *dated) *uint64 { return &r.Number }),
	warehouse.Day("day", func(r *dated) *sevenday.Day { return &r.Day }),
)

// datedRows returns rows spread over so many days.
func datedRows(count, days int) []dated {
	rows := make([]dated, count)
	for i := range rows {
		rows[i] = dated{uint64(i), sevenday.Day(20_000 + i%days)}
	}
	return rows
}

func insertDated(t *testing.T, db *warehouse.DB, rows []dated, options warehouse.InsertOptions) error {
	t.Helper()
	return warehouse.Insert(t.Context(), db, "every_type", datedLayout, rows, options)
}

func wantCount(t *testing.T, db *warehouse.DB, query string, want uint64) {
	t.Helper()
	if got := numbers(t, db, query, nil); !slices.Equal(got, []uint64{want}) {
		t.Errorf("counted %v, want %d: %s", got, want, query)
	}
}

func TestASecondInsertUnderOneTokenIsDropped(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	for i, token := range []string{"one", "one", "two"} {
		// Other rows under the same token: the token decides, not the content.
		rows := datedRows(10+i, 1)
		if err := insertDated(t, db, rows, warehouse.InsertOptions{DeduplicationToken: token, OneBlock: true}); err != nil {
			t.Fatal(err)
		}
	}
	wantCount(t, db, countRows, 10+12)
}

func TestOneBlockIsOnePart(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	// More than the server's own limits of a block, 65,536 and 1,048,449 rows.
	const count = 1_200_000
	err := insertDated(t, db, datedRows(count, 1), warehouse.InsertOptions{OneBlock: true, DeduplicationToken: "big"})
	if err != nil {
		t.Fatal(err)
	}
	wantCount(t, db, countParts, 1)
	wantCount(t, db, countRows, count)
}

func TestManyRowsTravelInSeveralBlocks(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	for _, count := range []int{1, 65_536, 65_537, 200_001} {
		statement(t, db, truncateEveryType)
		if err := insertDated(t, db, datedRows(count, 1), warehouse.InsertOptions{}); err != nil {
			t.Fatal(err)
		}
		wantCount(t, db, countRows, uint64(count))
	}
}

func TestPartitionsOfAnInsertAreUnlimitedUnlessOneIsAskedFor(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	rows := datedRows(300, 150)
	if err := insertDated(t, db, rows, warehouse.InsertOptions{}); err != nil {
		t.Error(err)
	}
	err := insertDated(t, db, rows, warehouse.InsertOptions{SinglePartition: true})
	wantError(t, err, sevenday.Internal, "every_type", "partitions")
	if err := insertDated(t, db, datedRows(5, 1), warehouse.InsertOptions{SinglePartition: true}); err != nil {
		t.Error(err)
	}
}

func TestAnInsertHasItsTimeLimit(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	w := warehouse.NewWriter(t.Context(), db, "every_type", datedLayout,
		warehouse.InsertOptions{MaxExecutionTime: 100 * time.Millisecond})
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err := w.Write(datedRows(65_536, 1)); err != nil {
			wantError(t, err, sevenday.Unavailable)
			if warehouse.Code(err) != warehouse.CodeTimeoutExceeded {
				t.Errorf("error code %d", warehouse.Code(err))
			}
			w.Abort()
			return
		}
	}
	t.Error("the insert was never ended")
}

func TestAnInsertOfNothingIsNoInsert(t *testing.T) {
	db := testservers.ClickHouse(t)
	if err := insertDated(t, db, nil, warehouse.InsertOptions{}); err != nil {
		t.Error(err)
	}
}

func TestAnInsertIntoNoTableIsNotFound(t *testing.T) {
	db := testservers.ClickHouse(t)
	err := insertDated(t, db, datedRows(1, 1), warehouse.InsertOptions{})
	wantError(t, err, sevenday.NotFound, "every_type")
}

func TestALayoutOfAnotherTypeIsRefused(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	wrong := warehouse.NewLayout(warehouse.Int64("number", func(n *int64) *int64 { return n }))
	err := warehouse.Insert(t.Context(), db, "every_type", wrong, []int64{1}, warehouse.InsertOptions{})
	wantError(t, err, sevenday.Internal, "number", "UInt64", "Int64")
}

func TestTheWayStaysUsableAfterAFailedInsert(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	for range 20 {
		rows := datedRows(200_000, 200)
		if err := insertDated(t, db, rows, warehouse.InsertOptions{SinglePartition: true}); err == nil {
			t.Fatal("200 partitions were taken for one")
		}
		wantCount(t, db, countRows, 0)
	}
}

func TestConcurrentInsertsShareALayout(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	failures := make(chan error)
	for i := range 8 {
		go func() {
			failures <- insertDated(t, db, datedRows(1000+i, 3), warehouse.InsertOptions{})
		}()
	}
	for range 8 {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
	wantCount(t, db, countRows, 8*1000+28)
}

func TestAWriterInsertsWhatComesBitByBit(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	for _, sizes := range [][]int{{}, {1}, {65_536}, {40_000, 40_000, 1}, {200_000}} {
		t.Run(fmt.Sprint(sizes), func(t *testing.T) {
			statement(t, db, truncateEveryType)
			w := warehouse.NewWriter(t.Context(), db, "every_type", datedLayout, warehouse.InsertOptions{})
			total := 0
			for _, size := range sizes {
				if err := w.Write(datedRows(size, 2)); err != nil {
					t.Fatal(err)
				}
				total += size
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			wantCount(t, db, countRows, uint64(total))
			if err := w.Write(datedRows(1, 1)); err == nil {
				t.Error("a closed writer took a row")
			}
		})
	}
}

func TestAWriterTellsWhyItFailed(t *testing.T) {
	db := testservers.ClickHouse(t)
	w := warehouse.NewWriter(t.Context(), db, "every_type", datedLayout, warehouse.InsertOptions{})
	wantError(t, errors.Join(w.Write(datedRows(1, 1)), w.Close()), sevenday.NotFound, "every_type")
}

func TestAnAbortedWriterEnds(t *testing.T) {
	db := testservers.ClickHouse(t)
	statement(t, db, createDeduplicating)
	w := warehouse.NewWriter(t.Context(), db, "every_type", datedLayout, warehouse.InsertOptions{})
	if err := w.Write(datedRows(10, 1)); err != nil {
		t.Fatal(err)
	}
	w.Abort()
	if err := w.Close(); !errors.Is(err, context.Canceled) {
		t.Errorf("Close after Abort: %v", err)
	}
	wantCount(t, db, countRows, 0)
}
