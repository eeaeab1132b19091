package transform

import (
	"time"

	"sevenday"
	"sevenday/metrics"
)

// DefaultLateness is how long after a day's end its events may still come
// before the day counts as complete.
const DefaultLateness = 2 * time.Hour

// horizon says how far the events that are settled reach. AsOf is the newest
// event, or now while that event is under 24 hours old, so that a shop's Sunday
// closes without Monday's first customer. The watermark is AsOf less the
// lateness, but not beyond the newest event of any Kafka partition that ingest
// is behind on, and never before what was declared or published.
func horizon(stands []stand, now sevenday.Millis, lateness time.Duration, floor sevenday.Millis) metrics.Horizon {
	newest, behind := sevenday.Millis(0), sevenday.Millis(1<<62)
	for _, s := range stands {
		if s.Kind == sevenday.KindMerchant {
			continue
		}
		newest = max(newest, s.NewestEvent)
		if s.LogEnd > s.Off+1 && s.NewestEvent > 0 {
			behind = min(behind, s.NewestEvent)
		}
	}
	asOf := newest
	if newest > 0 && now-newest < millis(24*time.Hour) {
		asOf = max(now, newest)
	}
	watermark := max(min(asOf-millis(lateness), behind), floor)
	return metrics.Horizon{Watermark: watermark, AsOf: max(asOf, watermark)}
}
