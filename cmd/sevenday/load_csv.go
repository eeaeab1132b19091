package main

import (
	"bufio"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sevenday"
	"sevenday/ingest/decode"
)

// csvReader reads a CSV file whose header names the fields.
type csvReader struct {
	name   string
	in     *csv.Reader
	header []string
}

func newCSVReader(name string, in io.Reader) (*csvReader, error) {
	r := &csvReader{name: name, in: csv.NewReader(bufio.NewReader(in))}
	r.in.ReuseRecord = true
	header, err := r.in.Read()
	if errors.Is(err, io.EOF) {
		return r, nil
	}
	if err != nil {
		return nil, r.broken(err)
	}
	for _, cell := range header {
		field := strings.TrimSpace(cell)
		if field == "" || slices.Contains(r.header, field) {
			return nil, sevenday.Invalidf("%s: its header names field %q twice, or a column has no name: name each column once", name, field)
		}
		r.header = append(r.header, field)
	}
	return r, nil
}

func (r *csvReader) broken(err error) error {
	return sevenday.Invalidf("read %s: %w: check its quotes", r.name, err)
}

func (r *csvReader) fields() ([]string, error) { return r.header, nil }

func (r *csvReader) each(kind sevenday.RecordKind, take func(rawRecord) error) error {
	if r.header == nil {
		return nil
	}
	converter, err := newCellConverter(kind, r.header)
	if err != nil {
		return err
	}
	for {
		cells, err := r.in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, csv.ErrFieldCount) {
			return r.broken(err)
		}
		line, _ := r.in.FieldPos(0)
		record := rawRecord{row: int64(line), done: r.in.InputOffset()}
		if err != nil {
			record.fault = fmt.Sprintf("it has %d cells, and the header %d", len(cells), len(r.header))
		} else {
			record.bytes = converter.record(cells)
		}
		if err := take(record); err != nil {
			return err
		}
	}
}

// cellForm is how the text of a cell stands in a record.
type cellForm uint8

const (
	asText    cellForm = iota
	asNumber           // bare, where it is a JSON number
	asBoolean          // bare, where it is true or false in any case
	asJSON             // as it is, where it is JSON
)

// cellConverter makes records of rows. A cell that is not what its field's
// schema wants is sent as text, so that ingest refuses it and says why.
type cellConverter struct {
	keys  []string // each `"field":`
	forms []cellForm
}

func newCellConverter(kind sevenday.RecordKind, header []string) (*cellConverter, error) {
	forms, err := cellForms(kind)
	if err != nil {
		return nil, err
	}
	c := &cellConverter{}
	for _, field := range header {
		c.keys = append(c.keys, string(appendQuoted(nil, field))+":")
		c.forms = append(c.forms, forms[field])
	}
	return c, nil
}

// cellForms reads from a kind's schema how each field stands in a record.
func cellForms(kind sevenday.RecordKind) (map[string]cellForm, error) {
	var schema struct {
		Properties map[string]struct {
			Type schemaTypes `json:"type"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(decode.Schema(kind), &schema); err != nil {
		return nil, err
	}
	forms := make(map[string]cellForm)
	for field, property := range schema.Properties {
		switch {
		case slices.Contains(property.Type, "integer"), slices.Contains(property.Type, "number"):
			forms[field] = asNumber
		case slices.Contains(property.Type, "boolean"):
			forms[field] = asBoolean
		case slices.Contains(property.Type, "array"), slices.Contains(property.Type, "object"):
			forms[field] = asJSON
		}
	}
	return forms, nil
}

// schemaTypes is a schema's type: one name, or a list.
type schemaTypes []string

// UnmarshalJSON reads either form.
func (t *schemaTypes) UnmarshalJSON(text []byte) error {
	var one string
	if err := json.Unmarshal(text, &one); err == nil {
		*t = schemaTypes{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(t))
}

func (c *cellConverter) record(cells []string) []byte {
	b := []byte{'{'}
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = appendCell(append(b, c.keys[i]...), c.forms[i], cell)
	}
	return append(b, '}')
}

func appendCell(b []byte, form cellForm, cell string) []byte {
	bare := strings.TrimSpace(cell)
	switch form {
	case asBoolean:
		if lower := strings.ToLower(bare); lower == "true" || lower == "false" {
			return append(b, lower...)
		}
	case asNumber:
		if isNumber(bare) {
			return append(b, bare...)
		}
	case asJSON:
		if json.Valid([]byte(bare)) {
			return append(b, bare...)
		}
	case asText:
	}
	return appendQuoted(b, cell)
}

// isNumber tells whether a text is a JSON number.
func isNumber(text string) bool {
	return text != "" && strings.Trim(text[:1], "-0123456789") == "" && json.Valid([]byte(text))
}

// appendQuoted appends a JSON string. Bytes that are no UTF-8 stay as they are:
// ingest refuses them and says so, instead of storing something else.
func appendQuoted(b []byte, text string) []byte {
	b = append(b, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = hex.AppendEncode(append(b, `\u00`...), []byte{c})
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
