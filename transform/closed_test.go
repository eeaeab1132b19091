package transform

import (
	"testing"
	"time"

	"sevenday"
)

// A merchant that had nothing on the newest day had that day all the same, and
// its day may end last.
func TestTheNewestDayClosesInEveryZone(t *testing.T) {
	at := func(text string) sevenday.Millis {
		instant, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return sevenday.Millis(instant.UnixMilli())
	}
	closed, err := closedBy(map[string]coveredRow{
		"shanghai": {TimeZone: "Asia/Shanghai", NewestEvent: at("2026-01-14T21:00:00+08:00")},
		"new-york": {TimeZone: "America/New_York", NewestEvent: at("2026-01-13T12:00:00-05:00")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := sevenday.Date(2026, time.January, 14); closed.LastDay != want || closed.Merchants != 2 {
		t.Errorf("%d merchants are closed up to %s, want 2 up to %s", closed.Merchants, closed.LastDay, want)
	}
	if want := at("2026-01-15T00:00:00-05:00"); closed.Watermark != want {
		t.Errorf("the watermark is %d, want %d", closed.Watermark, want)
	}
}
