package queries

import (
	"os"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/coupon"
)

// life is how long a claimed coupon was seen, and whether it was redeemed then.
type life struct {
	age      sevenday.Day
	redeemed bool
}

// compareCurve compares the curve with the product over its days, coupon by coupon.
func compareCurve(t *testing.T, c *Catalog, w *world, q coupon.CurveQuery) {
	t.Helper()
	lives := map[string][]life{}
	for _, line := range w.linesIn(q.Scope) {
		for _, steps := range hands(line) {
			if value, l, ok := w.lifeOf(q, line.Merchant, steps); ok {
				lives["all"], lives[value] = append(lives["all"], l), append(lives[value], l)
			}
		}
	}
	rows, err := c.CouponCurve(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	for _, row := range rows {
		of := lives["all"]
		if row.Value != nil {
			of = lives[*row.Value]
		}
		want := coupon.CurveRow{N: row.N, Rate: metrics.Optional(1 - survival(of, row.N))}
		for _, l := range of {
			want.AtRisk += int64(b2i(int64(l.age) >= row.N))
			want.Redeemed += int64(b2i(int64(l.age) == row.N && l.redeemed))
			want.Censored += int64(b2i(int64(l.age) == row.N && !l.redeemed))
		}
		if diff := gocmp.Diff(want, row, cmpopts.IgnoreFields(coupon.CurveRow{}, "MerchantID", "Industry", "Value", "Low", "High", "State"), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Fatalf("%+v (-naive +catalog):\n%s", q, diff)
		}
		if row.Value == nil {
			steps += int(row.Redeemed + row.Censored)
		}
	}
	if steps != len(lives["all"]) {
		t.Fatalf("%+v: %d coupons in the curve, want %d", q, steps, len(lives["all"]))
	}
}

// lifeOf reads a coupon's life as the closed days have it.
func (w *world) lifeOf(q coupon.CurveQuery, m *metrics.Merchant, steps []metrics.Coupon) (string, life, bool) {
	steps = slices.DeleteFunc(slices.Clone(steps), func(c metrics.Coupon) bool {
		d := m.Calendar.Day(c.Time)
		return w.stateOf(m, d, d) != metrics.Final
	})
	s := tell(steps)
	if s.counted < 0 {
		return "", life{}, false
	}
	claimed := m.Calendar.Day(steps[s.counted].Time)
	if !w.within(m, q.Range, claimed) {
		return "", life{}, false
	}
	end := len(steps) - 1
	for end > 0 && s.states[end-1] == s.last() {
		end--
	}
	l := life{w.lastClosed(m) - claimed, false}
	switch s.last() {
	case sevenday.StageRedeemed, sevenday.StageGifted, sevenday.StageVoided:
		l = life{m.Calendar.Day(steps[end].Time) - claimed, s.last() == sevenday.StageRedeemed}
	}
	return steps[s.claims].Placement.String(), l, true
}

func (w *world) lastClosed(m *metrics.Merchant) sevenday.Day {
	d := m.Calendar.Day(w.horizon.Watermark)
	for w.stateOf(m, d, d) != metrics.Final {
		d--
	}
	return d
}

func survival(lives []life, n int64) float64 {
	s := 1.
	for a := sevenday.Day(0); int64(a) <= n; a++ {
		risk, events := 0, 0
		for _, l := range lives {
			risk += b2i(l.age >= a)
			events += b2i(l.age == a && l.redeemed)
		}
		if risk > 0 {
			s *= 1 - float64(events)/float64(risk)
		}
	}
	return s
}

// compareTransitions counts the records of the range, and those that cannot be.
func compareTransitions(t *testing.T, c *Catalog, w *world, q coupon.TransitionQuery) {
	t.Helper()
	want := map[bool]int64{}
	for _, line := range w.linesIn(q.Scope) {
		for _, steps := range hands(line) {
			for i := range steps {
				if !w.within(line.Merchant, q.Range, line.Merchant.Calendar.Day(steps[i].Time)) {
					continue
				}
				before := 0
				if i > 0 {
					s := tell(steps[:i])
					before = s.wrong
				}
				s := tell(steps[:i+1])
				want[s.wrong == before]++
			}
		}
	}
	rows, err := c.CouponTransitions(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	inRange, byDay := map[bool]int64{}, map[bool]int64{}
	for _, row := range rows {
		if row.Day == nil {
			inRange[row.Possible] += row.Records
		} else {
			byDay[row.Possible] += row.Records
		}
	}
	if diff := gocmp.Diff(want, inRange) + gocmp.Diff(want, byDay); diff != "" {
		t.Fatalf("%+v (-naive +catalog):\n%s", q, diff)
	}
}

// compareStates counts the coupons of the view of states, each of which stands
// there once.
func compareStates(t *testing.T, c *Catalog, w *world) {
	t.Helper()
	want := map[string]int64{}
	for _, line := range w.linesIn(metrics.Scope{}) {
		for _, steps := range hands(line) {
			s := tell(steps)
			want[w.shown(&s, steps)]++
		}
	}
	text, err := os.ReadFile("testdata/count_states.sql")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := warehouse.Select(t.Context(), c.DB, warehouse.LayoutOf[standing](), string(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, row := range rows {
		got[row.State] = row.N
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("states (-naive +view):\n%s", diff)
	}
}

// shown is the state with the expiry that the watermark tells.
func (w *world) shown(s *couponStory, steps []metrics.Coupon) string {
	until := sevenday.Millis(0)
	for _, c := range steps {
		if c.ValidUntil != 0 {
			until = c.ValidUntil
		}
	}
	switch s.last() {
	case sevenday.StageIssued, sevenday.StageClaimed, sevenday.StageReturned, sevenday.StageReceived:
		if until != 0 && until < w.horizon.Watermark {
			return sevenday.StageExpired.String()
		}
	}
	return s.last().String()
}

// standing is how many coupons stand in a state.
type standing struct {
	State string `ch:"state"`
	N     int64  `ch:"n"`
}
