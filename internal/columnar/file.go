package columnar

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"sevenday"
)

// File is an open Parquet file. It reads from the reader it was opened on and
// owns nothing that must be closed. It belongs to one goroutine.
type File struct {
	file *parquet.File
	root *node
	row  [][]parquet.Value // the current row's values, by leaf column
}

// Open reads the footer of a Parquet file of size bytes. A file that is no
// Parquet, or has a column that no JSON value can stand for, is an Invalid
// error that names it.
func Open(r io.ReaderAt, size int64) (*File, error) {
	var file *parquet.File
	err := contained(func() (err error) {
		// The indexes help searches only, and we read from end to end.
		file, err = parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		return err
	})
	if err != nil {
		return nil, err
	}
	root, err := plan(file.Root())
	if err != nil {
		return nil, err
	}
	return &File{file: file, root: root, row: make([][]parquet.Value, root.to)}, nil
}

// Rows returns how many rows the file says it has.
func (f *File) Rows() int64 { return f.file.NumRows() }

// Columns returns the names of the top-level columns in the file's order.
func (f *File) Columns() []string {
	names := make([]string, len(f.root.children))
	for i, child := range f.root.children {
		names[i] = child.name
	}
	return names
}

// rowsAtOnce is how many rows are fetched together: enough that the library's
// work per call doesn't count, few enough to stay in the processor's cache.
const rowsAtOnce = 128

// Records hands every row to each as one JSON object, in the file's order. The
// bytes are valid until each returns. Columns become fields as follows:
//
//	decimals        a string without superfluous zeros: "12.5"
//	timestamps      RFC 3339 in UTC; without "Z" where the file has local times,
//	                because then only its owner knows the zone
//	dates           "2026-11-21"
//	text, enums     a string; bytes that are no UTF-8 stay as they are
//	JSON            the text as it is
//	numbers, bools  themselves; NaN and infinities are left out
//	UUIDs           the usual form with dashes
//	groups, lists   objects and arrays; a map is a list of key and value
//
// Nulls are left out of objects, and are null in lists. An error of each ends
// the reading and is returned; a damaged file is an Invalid error.
func (f *File) Records(each func(record []byte) error) error {
	var record []byte
	for _, group := range f.file.RowGroups() {
		err := readRows(group, func(row parquet.Row) error {
			err := contained(func() error {
				record = f.appendRecord(record[:0], row)
				return nil
			})
			if err != nil {
				return err
			}
			return each(record)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *File) appendRecord(b []byte, row parquet.Row) []byte {
	clear(f.row)
	row.Range(func(column int, values []parquet.Value) bool {
		f.row[column] = values
		return true
	})
	return f.root.appendObject(b, f.row)
}

func readRows(group parquet.RowGroup, each func(parquet.Row) error) (err error) {
	rows := group.Rows()
	defer func() { err = errors.Join(err, rows.Close()) }()
	buffer := make([]parquet.Row, rowsAtOnce)
	for left := group.NumRows(); left > 0; {
		n, err := readSome(rows, buffer)
		for _, row := range buffer[:n] {
			if err := each(row); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		left -= int64(n)
	}
	return nil
}

// readSome reads at least one row. The end of the file is an error: the footer
// has promised more.
func readSome(rows parquet.Rows, buffer []parquet.Row) (n int, err error) {
	err = contained(func() error {
		var err error
		n, err = rows.ReadRows(buffer)
		if n > 0 && errors.Is(err, io.EOF) {
			return nil
		}
		if n == 0 && err == nil {
			return io.ErrNoProgress
		}
		return err
	})
	return n, err
}

// contained runs the library on a file's bytes. It panics on some damaged
// files, and one broken file must not take the program along.
func contained(read func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = damaged(fmt.Errorf("%v", r))
		}
	}()
	if err := read(); err != nil {
		return damaged(err)
	}
	return nil
}

func damaged(cause error) error {
	return &sevenday.Error{
		Kind: sevenday.Invalid, Op: "read Parquet", Err: cause,
		Fix: "check that the file is Parquet and was copied whole",
	}
}
