package decode_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sevenday"
	"sevenday/ingest/decode"
)

// An oracle reads one JSON object in the plainest way there is: encoding/json,
// regular expressions, the time package. It judges only whether the record is
// good, not why it is bad.
type oracle struct {
	fields map[string]any // json.Number for numbers
	bad    bool
}

// newOracle reads an object that may hold the known fields once each.
func newOracle(text []byte, known ...string) *oracle {
	o := &oracle{fields: map[string]any{}}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if !json.Valid(text) || decoder.Decode(&o.fields) != nil || o.fields == nil {
		o.bad = true
		return o
	}
	names := topLevelNames(text)
	for _, name := range known {
		o.bad = o.bad || len(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n != name })) > 1
		if o.fields[name] == nil {
			delete(o.fields, name)
		}
	}
	return o
}

// readable tells whether a record is UTF-8, has no half surrogate pair and is
// not nested too deep: what encoding/json lets pass.
func readable(payload []byte) bool {
	if !json.Valid(payload) || !utf8.Valid(payload) || len(payload) > 1<<20 {
		return false
	}
	escapes := strings.ReplaceAll(string(payload), `\\`, "")
	escapes = surrogatePair.ReplaceAllString(escapes, "")
	return !surrogate.MatchString(escapes) && depth(payload) <= 64
}

var (
	surrogatePair = regexp.MustCompile(`(?i)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})`)
	surrogate     = regexp.MustCompile(`(?i)\\ud[89a-f][0-9a-f]{2}`)
)

func depth(text []byte) (deepest int) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	for level := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return deepest
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			level++
			deepest = max(deepest, level)
		case json.Delim('}'), json.Delim(']'):
			level--
		}
	}
}

func topLevelNames(text []byte) (names []string) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	for decoder.More() {
		name, _ := decoder.Token()
		names = append(names, name.(string))
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			return names
		}
	}
	return names
}

func (o *oracle) has(name string) bool { return o.fields[name] != nil }

func (o *oracle) need(ok bool) { o.bad = o.bad || !ok }

func (o *oracle) text(name, pattern string, most int) string {
	if !o.has(name) {
		return ""
	}
	text, ok := o.fields[name].(string)
	o.need(ok && text != "" && utf8.RuneCountInString(text) <= most && regexp.MustCompile(pattern).MatchString(text))
	return text
}

const plain = `^[^\x00-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]*$`

func (o *oracle) person(domain, name string, consent bool) sevenday.Person {
	id := o.text(name, plain, 128)
	o.need(len(id) <= 128)
	if id == "" || !consent {
		return sevenday.Nobody
	}
	mac := hmac.New(sha256.New, userKey)
	mac.Write([]byte(domain + "\x00" + id))
	return sevenday.Person(binary.BigEndian.Uint64(mac.Sum(nil)))
}

func (o *oracle) flag(name string, fallback bool) bool {
	if !o.has(name) {
		return fallback
	}
	value, ok := o.fields[name].(bool)
	o.need(ok)
	return value
}

func (o *oracle) integer(name string, least, most, fallback uint64) uint64 {
	if !o.has(name) {
		return fallback
	}
	number, _ := o.fields[name].(json.Number)
	value, err := strconv.ParseUint(string(number), 10, 64)
	o.need(err == nil && value >= least && value <= most)
	return value
}

// oneOf returns the position of the field's word in the list, from 1.
func (o *oracle) oneOf(name string, words []string, fallback int) uint8 {
	if !o.has(name) {
		return uint8(fallback)
	}
	word, _ := o.fields[name].(string)
	position := slices.Index(words, word) + 1
	o.need(position > 0)
	return uint8(position)
}

var (
	moneyForm   = regexp.MustCompile(`^(0|[1-9][0-9]{0,15})(\.[0-9]+)?$`)
	instantForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:(\d\d)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)
)

func (o *oracle) money(name string, decimals int) sevenday.Money {
	if !o.has(name) {
		return 0
	}
	text, _ := o.fields[name].(string)
	_, fraction, _ := strings.Cut(text, ".")
	if !moneyForm.MatchString(text) || len(fraction) > decimals {
		o.bad = true
		return 0
	}
	value, _ := new(big.Rat).SetString(text)
	return sevenday.Money(value.Mul(value, big.NewRat(100, 1)).Num().Int64())
}

func (o *oracle) instant(name string) sevenday.Millis {
	if !o.has(name) {
		return 0
	}
	text, _ := o.fields[name].(string)
	text = strings.ToUpper(text)
	form := instantForm.FindStringSubmatch(text)
	if form == nil {
		o.bad = true
		return 0
	}
	leap := form[1] == "60"
	if leap {
		text = text[:17] + "59.999" + form[3]
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	o.need(err == nil && (!leap || at.UTC().Format("15:04") == "23:59"))
	return sevenday.Millis(at.UnixMilli())
}

func (o *oracle) happened(name string) sevenday.Millis {
	at := o.instant(name)
	o.need(at >= millis("2015-01-01T00:00:00Z") && at <= kafkaTime+24*60*60*1000)
	return at
}

func (o *oracle) currency(name string) (string, int) {
	if !o.has(name) {
		return "", 2
	}
	text, _ := o.fields[name].(string)
	code, decimals, ok := decode.CurrencyOf(text)
	o.need(ok && decimals <= 2)
	return code, decimals
}

// zone takes what the time package takes, but for names that are no zones.
func (o *oracle) zone(name string) string {
	if !o.has(name) {
		return ""
	}
	zone, _ := o.fields[name].(string)
	_, err := time.LoadLocation(zone)
	o.need(err == nil && !notAZone.MatchString(zone))
	return zone
}

var notAZone = regexp.MustCompile(`^(|Local|localtime|posixrules|Factory|posix/.*|right/.*)$`)

// list returns the objects of a list.
func (o *oracle) list(name string, text []byte, known ...string) (items []*oracle) {
	if !o.has(name) {
		return nil
	}
	var fields map[string]json.RawMessage
	var raws []json.RawMessage
	if json.Unmarshal(text, &fields) != nil || json.Unmarshal(fields[name], &raws) != nil {
		o.bad = true
		return nil
	}
	for _, raw := range raws {
		item := newOracle(raw, known...)
		o.need(!item.bad)
		items = append(items, item)
	}
	return items
}
