package queries

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryAnswerEqualsANaiveCountOfTheTimelines(t *testing.T) {
	for seed := range uint64(2) {
		c, w := publishedWorld(t, seed)
		for name, compare := range map[string]func(*testing.T, *Catalog, *world){
			"conversion": compareConversion, "sales": compareSales, "loop": compareLoop,
			"coupons": compareCoupons, "merchants": compareMerchants,
		} {
			t.Run(name, func(t *testing.T) { compare(t, c, w) })
		}
	}
}

// compare fails the test unless the answer to a question is the naive one.
func compare[R any](t *testing.T, question any, naive, got []R, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%+v: %v", question, err)
	}
	if diff := cmp.Diff(naive, got); diff != "" {
		t.Fatalf("%+v (-naive +catalog):\n%s", question, diff)
	}
}
