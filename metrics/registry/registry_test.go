package registry

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

func TestEveryDefinitionIsWholeInBothLanguages(t *testing.T) {
	for _, d := range All() {
		if d.Unit == "" || d.Direction == "" || d.Version < 1 {
			t.Errorf("%s: unit %q, direction %q, version %d: all must be set", d.Name, d.Unit, d.Direction, d.Version)
		}
		if d.English.Title == "" || d.English.Question == "" {
			t.Errorf("%s has no title or question", d.Name)
		}
		if d.Unit == Fraction && (d.English.Numerator == "" || d.English.Denominator == "" || d.English.States == "") {
			t.Errorf("%s: a fraction needs its numerator, denominator and states", d.Name)
		}
		english, chinese := reflect.ValueOf(d.English), reflect.ValueOf(d.Chinese)
		for i := range english.NumField() {
			field := english.Type().Field(i)
			if english.Field(i).Kind() == reflect.Slice {
				if english.Field(i).Len() != chinese.Field(i).Len() {
					t.Errorf("%s: %d %s in English, %d in Chinese", d.Name, english.Field(i).Len(), field.Name, chinese.Field(i).Len())
				}
				continue
			}
			if english.Field(i).IsZero() != chinese.Field(i).IsZero() {
				t.Errorf("%s: %s is there in one language only", d.Name, field.Name)
			}
		}
		if !strings.ContainsFunc(d.Chinese.Question, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: the Chinese question %q is not Chinese", d.Name, d.Chinese.Question)
		}
	}
}

func TestNumbersAgreeBetweenLanguages(t *testing.T) {
	number := regexp.MustCompile(`\d+`)
	for _, d := range All() {
		for _, pair := range [][2]string{{d.English.Window, d.Chinese.Window}, {d.English.Interval, d.Chinese.Interval}} {
			for _, found := range number.FindAllString(pair[0], -1) {
				if !strings.Contains(pair[1], found) {
					t.Errorf("%s: %s of %q is missing in %q", d.Name, found, pair[0], pair[1])
				}
			}
		}
	}
}

func TestNamesAndAliasesAreUnique(t *testing.T) {
	seen := map[string]string{}
	for _, d := range All() {
		for _, name := range append([]string{d.Name}, d.Aliases...) {
			if other, ok := seen[name]; ok {
				t.Errorf("%q names both %s and %s", name, other, d.Name)
			}
			seen[name] = d.Name
			if found, ok := Find(name); !ok || found.Name != d.Name {
				t.Errorf("Find(%q) = %q, %t, want %s", name, found.Name, ok, d.Name)
			}
		}
	}
	if _, ok := Find("nothing"); ok {
		t.Error("Find(nothing) found something")
	}
}

func TestEveryColumnIsExplainedInBothLanguages(t *testing.T) {
	used := map[string]bool{}
	for _, d := range All() {
		for _, column := range d.Columns {
			used[column.Name] = true
			if column.English == "" || column.Chinese == "" {
				t.Errorf("%s: column %s is explained as %q and %q", d.Name, column.Name, column.English, column.Chinese)
			}
		}
	}
	for name := range columnWords {
		if !used[name] {
			t.Errorf("the words of column %s belong to no definition", name)
		}
	}
}

func TestColumnsTellTheirTypes(t *testing.T) {
	retention, _ := Find("retention")
	want := map[string]Column{
		"cohort_day": {Type: "day", Nullable: true}, "n": {Type: "integer"}, "rate": {Type: "number", Nullable: true},
		"state": {Type: "string"}, "cohort_users": {Type: "integer", Nullable: true},
	}
	for _, got := range retention.Columns {
		if w, ok := want[got.Name]; ok && (got.Type != w.Type || got.Nullable != w.Nullable) {
			t.Errorf("column %s is a %s, nullable %t; want %s, %t", got.Name, got.Type, got.Nullable, w.Type, w.Nullable)
		}
	}
}
