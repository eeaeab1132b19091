package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sevenday"
)

// maxRecordBytes is the longest record that is sent. It lies above what ingest
// takes, so that a record somewhat too large is refused where all can see it,
// and below what the topics take; longer ones are reported here.
const maxRecordBytes = 3 << 20

// lineReader reads NDJSON. Lines are handed over byte for byte, without their
// line feed; lines of white space are no records.
type lineReader struct {
	name  string
	in    *bufio.Reader
	first *rawRecord // read by fields already
	row   int64
	done  int64
}

func (r *lineReader) fields() ([]string, error) {
	record, err := r.next()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r.first = &record
	var object map[string]json.RawMessage
	if err := json.Unmarshal(record.bytes, &object); err != nil {
		return nil, usagef("%s: line %d is no JSON object: %w: correct it, or say --kind to have it refused", r.name, record.row, err)
	}
	var names []string
	for name, value := range object {
		if string(value) != "null" {
			names = append(names, name)
		}
	}
	return names, nil
}

func (r *lineReader) each(_ sevenday.RecordKind, take func(rawRecord) error) error {
	if r.first != nil {
		if err := take(*r.first); err != nil {
			return err
		}
	}
	for {
		record, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := take(record); err != nil {
			return err
		}
	}
}

// next returns the next line that isn't blank, io.EOF after the last.
func (r *lineReader) next() (rawRecord, error) {
	for {
		line, length, err := r.line()
		if err != nil && (length == 0 || !errors.Is(err, io.EOF)) {
			return rawRecord{}, err
		}
		r.row++
		r.done += length
		record := rawRecord{bytes: line, row: r.row, done: r.done}
		if length > maxRecordBytes {
			record.fault = fmt.Sprintf("it has %d bytes, and Kafka takes %d", length, maxRecordBytes)
		}
		if record.fault != "" || len(bytes.TrimSpace(line)) > 0 {
			return record, nil
		}
	}
}

// line reads up to a line feed, which length counts and the line lacks. Of a
// line that is too long only the length is kept.
func (r *lineReader) line() (line []byte, length int64, err error) {
	for {
		part, err := r.in.ReadSlice('\n')
		length += int64(len(part))
		if length <= maxRecordBytes+1 {
			line = append(line, part...)
		} else {
			line = nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(line, []byte("\n")), length, err
		}
	}
}
