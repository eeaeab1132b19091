package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sevenday"
)

const stdinName = "-"

// source is one file that is being loaded.
type source struct {
	name   string
	kind   sevenday.RecordKind
	size   int64 // in bytes; 0 when it isn't known, as of a pipe
	reader recordReader
	file   *os.File // nil for standard input
}

// rawRecord is a record as a file holds it.
type rawRecord struct {
	bytes []byte // one JSON object where the file is sound; the receiver may keep it
	row   int64  // its line, or its row, in the file, from 1
	done  int64  // how many bytes of the file have been read
	fault string // why it can't be sent; empty for a good one
}

// recordReader reads one file from its beginning to its end.
type recordReader interface {
	// fields names the fields of the first record, none for an empty file. What
	// it has read of the file each will hand over too.
	fields() ([]string, error)
	// each hands the records to take, in the file's order, and ends with the
	// first error of take or of the file.
	each(kind sevenday.RecordKind, take func(rawRecord) error) error
}

func openSource(name string, stdin io.Reader) (*source, error) {
	if name == stdinName {
		reader, err := readerOf("standard input", "", bufio.NewReaderSize(stdin, readAhead))
		return &source{name: "standard input", reader: reader}, err
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	s := &source{name: name, file: file}
	if err := s.inspect(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return s, nil
}

func (s *source) inspect() error {
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return sevenday.Invalidf("%s is a folder: name its files", s.name)
	}
	if info.Mode().IsRegular() {
		s.size = info.Size()
	}
	ahead := bufio.NewReaderSize(s.file, readAhead)
	extension := strings.ToLower(filepath.Ext(s.name))
	begin, err := peek(ahead, len(parquetMagic))
	if err != nil {
		return fmt.Errorf("read %s: %w", s.name, err)
	}
	if extension == ".parquet" || string(begin) == parquetMagic {
		s.reader, err = newParquetReader(s.name, s.file, s.size)
		return err
	}
	s.reader, err = readerOf(s.name, extension, ahead)
	return err
}

func (s *source) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

const (
	// readAhead is how much of a file is looked at to tell its format.
	readAhead    = 1 << 16
	parquetMagic = "PAR1"
	gzipMagic    = "\x1f\x8b"
	byteOrder    = "\ufeff" // what some programs write before UTF-8
)

// readerOf returns the reader of a text file: CSV by its extension, or where a
// first line that is no JSON names fields; else NDJSON, whose bad lines ingest
// refuses with a reason.
func readerOf(name, extension string, ahead *bufio.Reader) (recordReader, error) {
	begin, err := peek(ahead, readAhead)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if bytes.HasPrefix(begin, []byte(byteOrder)) {
		begin = begin[len(byteOrder):]
		if _, err := ahead.Discard(len(byteOrder)); err != nil {
			return nil, err
		}
	}
	switch text := bytes.TrimLeft(begin, " \t\r\n"); {
	case bytes.HasPrefix(begin, []byte(parquetMagic)):
		return nil, usagef("%s is Parquet, which can't be read from a pipe: name the file", name)
	case bytes.HasPrefix(begin, []byte(gzipMagic)):
		return nil, usagef("%s is compressed: use `zcat FILE | sevenday load -`", name)
	case extension == ".csv" || extension == "" && namesFields(text):
		return newCSVReader(name, ahead)
	case bytes.HasPrefix(text, []byte("[")):
		return nil, usagef("%s is one JSON array: NDJSON has an object on each line, as `jq -c '.[]'` writes them", name)
	default:
		return &lineReader{name: name, in: ahead}, nil
	}
}

// namesFields tells whether a text's first line is the header of a CSV file of
// records, all of which name a merchant.
func namesFields(text []byte) bool {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	for name := range bytes.SplitSeq(header, []byte(",")) {
		if string(bytes.Trim(name, " \r\"")) == "merchant_id" {
			return true
		}
	}
	return false
}

// peek looks at the next size bytes, or at all there are.
func peek(ahead *bufio.Reader, size int) ([]byte, error) {
	begin, err := ahead.Peek(size)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return begin, err
}
