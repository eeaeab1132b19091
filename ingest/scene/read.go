package scene

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"sevenday"
)

//go:embed scenes.csv
var template []byte

// Template returns the shipped file: a header and how to fill it, without any code.
func Template() []byte { return bytes.Clone(template) }

// Shipped returns the table of the shipped file.
func Shipped() (Table, error) { return Read(bytes.NewReader(template), "scenes.csv") }

var header = []string{"scene", "portal", "terminal", "valid_from", "valid_to", "version"}

// Read reads a table from CSV with the header line
//
//	scene,portal,terminal,valid_from,valid_to,version
//
// Lines that begin with # are comments. Errors are Invalid and name the file as
// given in name, the line, the column and what to write instead.
func Read(r io.Reader, name string) (Table, error) {
	reader := csv.NewReader(withoutMark(r))
	reader.Comment = '#'
	reader.FieldsPerRecord = len(header)
	first, err := reader.Read()
	if err != nil {
		return Table{}, csvError(name, err)
	}
	if !slices.Equal(first, header) {
		return Table{}, invalid(name, "begin the file with the line %s", strings.Join(header, ","))
	}
	var rows []Row
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Table{}, csvError(name, err)
		}
		row, err := readRow(reader, fields)
		if err != nil {
			return Table{}, &sevenday.Error{Kind: sevenday.Invalid, Op: "read scene table", Subject: name, Err: err}
		}
		rows = append(rows, row)
	}
	table, clash := newTable(rows)
	if clash != nil {
		return Table{}, invalid(name, "lines %d and %d map scene %q at the same time in one version; end one or raise its version",
			clash[0].Line, clash[1].Line, clash[0].Scene)
	}
	return table, nil
}

// withoutMark drops the byte order mark that spreadsheets put before UTF-8.
func withoutMark(r io.Reader) io.Reader {
	buffered := bufio.NewReader(r)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		_, _ = buffered.Discard(len(mark)) // cannot fail: Peek has buffered them
	}
	return buffered
}

func invalid(name, format string, arguments ...any) error {
	return &sevenday.Error{Kind: sevenday.Invalid, Op: "read scene table", Subject: name, Err: fmt.Errorf(format, arguments...)}
}

func csvError(name string, err error) error {
	if errors.Is(err, io.EOF) {
		return invalid(name, "the file is empty; begin it with the line %s", strings.Join(header, ","))
	}
	kind := sevenday.Unavailable
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		kind = sevenday.Invalid
	}
	return &sevenday.Error{
		Kind: kind, Op: "read scene table", Subject: name, Err: err,
		Fix: fmt.Sprintf("each line has %d fields parted by commas", len(header)),
	}
}

// readRow reads one line's fields. Its errors name the line and the column.
func readRow(reader *csv.Reader, fields []string) (Row, error) {
	line, _ := reader.FieldPos(0)
	row := Row{Line: line}
	for column, read := range []func(*Row, string) error{readScene, readPortal, readTerminal, readFrom, readTo, readVersion} {
		if err := read(&row, strings.TrimSpace(fields[column])); err != nil {
			return Row{}, fmt.Errorf("line %d, %s: %w", line, header[column], err)
		}
	}
	return row, nil
}

// maxScene is the contract's limit for a scene, in characters.
const maxScene = 128

func readScene(row *Row, text string) error {
	if text == "" || len([]rune(text)) > maxScene {
		return fmt.Errorf("write the raw code, 1 to %d characters", maxScene)
	}
	row.Scene = text
	return nil
}

func readPortal(row *Row, text string) error {
	portal, ok := sevenday.ParsePortal(text)
	if !ok {
		return fmt.Errorf("%q is not a portal; write one of %s", text, strings.Join(sevenday.PortalNames(), ", "))
	}
	row.Portal = portal
	return nil
}

func readTerminal(row *Row, text string) error {
	if text == "" {
		return nil
	}
	terminal, ok := sevenday.ParseTerminal(text)
	if !ok {
		return fmt.Errorf("%q is not a terminal; leave it empty or write one of %s", text, strings.Join(sevenday.TerminalNames(), ", "))
	}
	row.Terminal = terminal
	return nil
}

func readFrom(row *Row, text string) (err error) {
	row.From, err = readTime(text)
	return err
}

func readTo(row *Row, text string) (err error) {
	row.To, err = readTime(text)
	if err == nil && row.To != 0 && row.To <= row.From {
		return errors.New("write a time after valid_from, or leave it empty")
	}
	return err
}

// readTime reads an instant, 0 for an empty field.
func readTime(text string) (sevenday.Millis, error) {
	if text == "" {
		return 0, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.UnixMilli() <= 0 {
		return 0, fmt.Errorf("%q is not a time; write one such as 2026-01-01T00:00:00+08:00, or leave it empty", text)
	}
	return sevenday.Millis(at.UnixMilli()), nil
}

func readVersion(row *Row, text string) error {
	version, err := strconv.ParseUint(text, 10, 32)
	if err != nil || version == 0 {
		return fmt.Errorf("%q is not a version; write a whole number from 1", text)
	}
	row.Version = uint32(version)
	return nil
}
