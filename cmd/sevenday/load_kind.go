package main

import (
	"path/filepath"
	"slices"
	"strings"

	"sevenday"
)

// kindOf tells what a file's records are: what --kind says, else what its name
// says, else what its first record's fields say. A file without any record may
// be of any kind.
func (l *loading) kindOf(s *source) (sevenday.RecordKind, error) {
	if l.kind != 0 {
		return l.kind, nil
	}
	if kind := kindOfName(filepath.Base(s.name)); kind != 0 {
		return kind, nil
	}
	fields, err := s.reader.fields()
	if err != nil {
		return 0, err
	}
	if kind := kindOfFields(fields); kind != 0 {
		return kind, nil
	}
	return 0, usagef("%s: neither its name nor its first record's fields tell the kind: say --kind %s", s.name, strings.Join(kindNames(), "|"))
}

// kindOfName tells the kind that a file's base name begins with, 0 for none.
func kindOfName(base string) sevenday.RecordKind {
	for _, kind := range sevenday.RecordKinds {
		beginning := kind.String()
		if kind == sevenday.KindEntry {
			beginning = "entr" // entry and entries
		}
		if strings.HasPrefix(base, beginning) {
			return kind
		}
	}
	return 0
}

// kindOfFields tells the kind that has such fields, 0 for none.
func kindOfFields(fields []string) sevenday.RecordKind {
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(fields, name) })
	}
	switch {
	case has("stage"):
		return sevenday.KindCoupon
	case has("amount"):
		return sevenday.KindTransaction
	case has("portal", "scene", "action"):
		return sevenday.KindEntry
	case has("updated_at") && !has("event_id"):
		return sevenday.KindMerchant
	default:
		return 0
	}
}
