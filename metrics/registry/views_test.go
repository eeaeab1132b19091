package registry

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func isChinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestEveryPublishedViewIsWholeInBothLanguages(t *testing.T) {
	for _, v := range PublishedViews() {
		if v.English.Grain == "" || !strings.HasSuffix(v.English.Use, ".") {
			t.Errorf("%s: the English text is %+v, want a grain and a sentence", v.Name, v.English)
		}
		if !isChinese(v.Chinese.Grain) || !isChinese(v.Chinese.Use) || !strings.HasSuffix(v.Chinese.Use, "。") {
			t.Errorf("%s: the Chinese text is %+v, want a grain and a sentence", v.Name, v.Chinese)
		}
		for _, c := range v.Columns {
			if c.Type == "" || c.English == "" || !isChinese(c.Chinese) {
				t.Errorf("%s.%s: type %q, explained as %q and %q", v.Name, c.Name, c.Type, c.English, c.Chinese)
			}
		}
	}
}

func TestEveryPublishedViewBelongsToDefinitionsThatExist(t *testing.T) {
	for _, v := range PublishedViews() {
		if len(v.Definitions) == 0 {
			t.Errorf("%s belongs to no definition", v.Name)
		}
		for _, name := range v.Definitions {
			if d, ok := Find(name); !ok || d.Name != name {
				t.Errorf("%s: there is no definition of the name %s", v.Name, name)
			}
			if !slices.Contains(ViewsOf(name), v.Name) {
				t.Errorf("ViewsOf(%s) lacks %s", name, v.Name)
			}
		}
	}
}

func TestKeysAreColumns(t *testing.T) {
	for _, v := range PublishedViews() {
		for _, key := range v.Key {
			if !slices.ContainsFunc(v.Columns, func(c Column) bool { return c.Name == key }) {
				t.Errorf("%s has no column %s", v.Name, key)
			}
		}
	}
}

func TestViewsAreFoundByTheirNames(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range Views() {
		if seen[v.Name] {
			t.Errorf("%s is there twice", v.Name)
		}
		seen[v.Name] = true
		found, ok := FindView(v.Name)
		if d, ok := Find(v.Name); ok && d.Name != v.Name {
			t.Errorf("%s is an alias of the definition %s, which would hide the view", v.Name, d.Name)
		}
		if published := v.Internal == ""; ok != published || (published && found.Name != v.Name) {
			t.Errorf("FindView(%s) = %q, %t", v.Name, found.Name, ok)
		}
	}
}

func TestAViewsCommentTellsRowUseAndKey(t *testing.T) {
	days, _ := FindView("loop_sums")
	want := "One row is a day of a merchant's payments. Divide each step by paid; paid_again_not_claimed by paid - claimed. Key: merchant_id, day."
	if got := days.Comment(); got != want {
		t.Errorf("loop_sums says %q, want %q", got, want)
	}
}

func TestWordsOfViewsAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, v := range PublishedViews() {
		for _, c := range v.Columns {
			if own := v.Name + "." + c.Name; viewWords[own] != (words{}) {
				used[own] = true
				continue
			}
			used[c.Name] = true
		}
	}
	for name := range viewWords {
		if !used[name] {
			t.Errorf("the words of %s belong to no view's column", name)
		}
	}
}

func TestEnumerationsTellTheirValues(t *testing.T) {
	transactions, _ := FindView("transactions")
	for _, c := range transactions.Columns {
		kind, values := c.Values()
		switch c.Name {
		case "kind":
			if kind != "Enum8" || !slices.Equal(values, []string{"payment", "refund"}) {
				t.Errorf("%s is a %s of %v", c.Name, kind, values)
			}
		case "amount", "currency", "ordered_at":
			if kind != c.Type || values != nil {
				t.Errorf("%s is a %s of %v, want %s", c.Name, kind, values, c.Type)
			}
		}
	}
}
