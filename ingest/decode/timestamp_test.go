package decode

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseTimeReadsWhatTheTimePackageWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", 60*rapid.IntRange(-23*60-59, 23*60+59).Draw(t, "zone"))
		seconds := rapid.Int64Range(-62167132800, 253402214400).Draw(t, "seconds") // years 0 to 9999 in any zone
		at := time.Unix(seconds, rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).In(zone)
		text := at.Format(time.RFC3339Nano)
		got, ok := parseTime(text)
		if !ok || int64(got) != at.UnixMilli() {
			t.Fatalf("parseTime(%s) = %d, %v; want %d", text, got, ok, at.UnixMilli())
		}
	})
}

func TestParseTimeKnowsTheGregorianLeapYears(t *testing.T) {
	for text, want := range map[string]bool{
		"2000-02-29T00:00:00Z": true, "2100-02-29T00:00:00Z": false, "2024-02-29T00:00:00Z": true, "2023-02-29T00:00:00Z": false,
		"2023-04-31T00:00:00Z": false, "2023-07-31T00:00:00Z": true, "2023-08-31T00:00:00Z": true, "2023-00-01T00:00:00Z": false,
	} {
		if _, got := parseTime(text); got != want {
			t.Errorf("parseTime(%s) = %v, want %v", text, got, want)
		}
	}
}

func TestALeapSecondStaysInItsDay(t *testing.T) {
	got, ok := parseTime("2017-01-01T07:59:60.5+08:00")
	if want := time.Date(2016, 12, 31, 23, 59, 59, 999_000_000, time.UTC).UnixMilli(); !ok || int64(got) != want {
		t.Errorf("got %d, %v; want the millisecond before, %d", got, ok, want)
	}
}

func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"2026-11-21T18:30:00.250+08:00", "2016-12-31T23:59:60Z", "2024-02-29t00:00:00z", "0000-01-01T00:00:00-23:59"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseTime(text)
		if !ok {
			return
		}
		again, ok := parseTime(time.UnixMilli(int64(got)).UTC().Format(time.RFC3339Nano))
		if year := time.UnixMilli(int64(got)).UTC().Year(); 0 <= year && year <= 9999 && (!ok || again != got) {
			t.Errorf("%q is %d, and written again %d, %v", text, got, again, ok)
		}
	})
}
