package interval

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

const curves = "../../testdata/reference/coupon"

// censored reads the reference panel: how many lives ended at each age.
func censored(t *testing.T) []Lifetimes {
	t.Helper()
	file, err := os.Open(filepath.Join(curves, "censored.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lives := make([]Lifetimes, 100)
	for i := range lives {
		lives[i].Age = int32(i)
	}
	for _, record := range records[1:] {
		days, err := strconv.Atoi(record[2])
		if err != nil {
			t.Fatal(err)
		}
		if record[3] == "1" {
			lives[days].Events++
		} else {
			lives[days].Censored++
		}
	}
	return lives
}

func TestKaplanMeierReachesTheReference(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(curves, "kaplan_meier.json"))
	if err != nil {
		t.Fatal(err)
	}
	var reference struct {
		Steps []struct {
			Day  int32   `json:"day"`
			S    float64 `json:"S"`
			Low  float64 `json:"S_lo_loglog"`
			High float64 `json:"S_hi_loglog"`
		} `json:"kaplan_meier"`
	}
	if err := json.Unmarshal(text, &reference); err != nil {
		t.Fatal(err)
	}
	curve := KaplanMeier(censored(t), Level)
	if len(reference.Steps) == 0 {
		t.Fatal("the reference has no steps")
	}
	for _, want := range reference.Steps {
		got := curve[want.Day]
		for _, pair := range [][2]float64{{got.Survival, want.S}, {got.Interval.Low, want.Low}, {got.Interval.High, want.High}} {
			if !got.Bounded || math.Abs(pair[0]-pair[1]) > 1e-9 {
				t.Errorf("day %d: %+v, want %+v", want.Day, got, want)
			}
		}
	}
}

func TestWithoutCensoringSurvivalIsTheShareThatIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lives := make([]Lifetimes, rapid.IntRange(1, 8).Draw(t, "ages"))
		total, left := int64(0), int64(0)
		for i := range lives {
			lives[i] = Lifetimes{Age: int32(i), Events: rapid.Int64Range(0, 20).Draw(t, "events")}
			total += lives[i].Events
		}
		left = total
		for i, step := range KaplanMeier(lives, Level) {
			left -= lives[i].Events
			want := 1.
			if total > 0 {
				want = float64(left) / float64(total)
			}
			if math.Abs(step.Survival-want) > 1e-12 || step.Bounded != (want > 0) {
				t.Fatalf("age %d of %v: %+v, want %v", i, lives, step, want)
			}
			if step.Bounded && (step.Interval.Low > step.Survival || step.Interval.High < step.Survival) {
				t.Fatalf("age %d of %v: the interval of %+v lies beside it", i, lives, step)
			}
		}
	})
}

func TestAnEmptyCurveHasNoSteps(t *testing.T) {
	if got := KaplanMeier(nil, Level); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
