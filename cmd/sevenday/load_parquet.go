package main

import (
	"bytes"
	"fmt"
	"io"

	"sevenday"
	"sevenday/internal/columnar"
)

// parquetReader reads a Parquet file whose columns are the fields.
type parquetReader struct {
	name string
	file *columnar.File
	size int64
}

func newParquetReader(name string, in io.ReaderAt, size int64) (*parquetReader, error) {
	file, err := columnar.Open(in, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &parquetReader{name: name, file: file, size: size}, nil
}

func (r *parquetReader) fields() ([]string, error) { return r.file.Columns(), nil }

func (r *parquetReader) each(_ sevenday.RecordKind, take func(rawRecord) error) error {
	row, rows := int64(0), max(r.file.Rows(), 1)
	err := r.file.Records(func(record []byte) error {
		row++
		return take(rawRecord{bytes: bytes.Clone(record), row: row, done: int64(float64(row) / float64(rows) * float64(r.size))})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", r.name, err)
	}
	return nil
}
