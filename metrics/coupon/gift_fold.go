package coupon

import (
	"sort"

	"sevenday"
	"sevenday/metrics"
)

const (
	// comeIn is how long after a gift a first visit or payment was brought by it,
	// and how long before a first visit a gift may have been.
	comeIn = 30 * day
	// giftReach is how many days after a gift its row can still change. A change of
	// clocks can push the end a day further.
	giftReach sevenday.Day = 31
	// GiftDays is how many days after the first a new user's return and spending
	// are looked at.
	GiftDays sevenday.Day = 7
)

// GiftDay counts the gifts that were received on a day: a row of table gift_days.
type GiftDay struct {
	metrics.Key
	Day       sevenday.Day `ch:"day"`
	Gifts     uint64       `ch:"gifts"`     // coupons received
	Receivers uint64       `ch:"receivers"` // users who received one
	New       uint64       `ch:"new"`       // of them: without a visit, payment or register before
	Came      uint64       `ch:"came"`      // of the new ones: with a visit or payment within 30 days
}

// GiftCohort counts the new users of a day, those whom a gift brought apart from
// the others: a row of table gift_cohorts.
type GiftCohort struct {
	metrics.Key
	Day     sevenday.Day   `ch:"day"`
	Gifted  bool           `ch:"gifted"` // received a coupon within 30 days up to the first visit
	Users   uint64         `ch:"users"`
	Day7    uint64         `ch:"day_7"`    // active on the seventh day after
	Within7 uint64         `ch:"within_7"` // active on one of the seven days after
	Net     sevenday.Money `ch:"net"`      // of the orders paid from the day to the seventh after, in the merchant's currency
}

// GiftFold counts who received gifts, and what became of the new users among
// them beside other new users.
type GiftFold struct {
	Days    []GiftDay
	Cohorts []GiftCohort

	days    map[sevenday.Day]*GiftDay
	cohorts map[cohortKey]*GiftCohort
}

type cohortKey struct {
	day    sevenday.Day
	gifted bool
}

// NewGiftFold returns an empty fold.
func NewGiftFold() *GiftFold {
	return &GiftFold{days: make(map[sevenday.Day]*GiftDay), cohorts: make(map[cohortKey]*GiftCohort)}
}

// Reads is the first cohort that can still change and the gifts before it; that
// is further back than the first gift that can.
func (f *GiftFold) Reads(from sevenday.Day) sevenday.Day { return from - GiftDays - giftReach }

// Person reads one person's gifts and first days.
func (f *GiftFold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	f.readGifts(t)
	f.readFirstDays(t)
}

func (f *GiftFold) readGifts(t *metrics.Timeline) {
	last := sevenday.Day(0)
	for i := range t.Coupons {
		c := &t.Coupons[i]
		if c.Stage != sevenday.StageReceived {
			continue
		}
		received := t.Merchant.Calendar.Day(c.Time)
		sums := f.days[received]
		if sums == nil {
			sums = new(GiftDay)
			f.days[received] = sums
		}
		sums.Gifts++
		if received == last {
			continue // a user counts once for each day
		}
		last = received
		sums.Receivers++
		if unknown(t, c.Time, received) {
			sums.New++
			sums.Came += uint64(one(cameIn(t, c.Time)))
		}
	}
}

// unknown tells that the person had neither visited, paid nor registered before
// an instant of a day.
func unknown(t *metrics.Timeline, instant sevenday.Millis, day sevenday.Day) bool {
	for _, known := range [...]sevenday.Day{t.Known.FirstVisit, t.Known.FirstPaying, t.Known.Register} {
		if known != 0 && known < day {
			return false
		}
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Time >= instant {
			break
		}
		if e.Action == sevenday.ActionVisit || e.Action == sevenday.ActionRegister {
			return false
		}
	}
	return len(t.Orders) == 0 || t.Orders[0].PaidAt >= instant
}

// cameIn tells whether the person visited or paid within 30 days after an instant
// before which there was nothing.
func cameIn(t *metrics.Timeline, instant sevenday.Millis) bool {
	if len(t.Orders) > 0 && t.Orders[0].PaidAt-instant <= comeIn {
		return true
	}
	first := firstVisit(t)
	return first >= 0 && t.Entries[first].Time-instant <= comeIn
}

// firstVisit returns the index of the first visit entry, -1 without one.
func firstVisit(t *metrics.Timeline) int {
	for i := range t.Entries {
		if t.Entries[i].Action == sevenday.ActionVisit {
			return i
		}
	}
	return -1
}

// readFirstDays counts a new user: one whose first active day by visits it is,
// and who had not registered on an earlier day.
func (f *GiftFold) readFirstDays(t *metrics.Timeline) {
	first := firstVisit(t)
	if first < 0 {
		return
	}
	calendar := t.Merchant.Calendar
	cohort := t.Known.FirstVisit
	if cohort == 0 {
		cohort = calendar.Day(t.Entries[first].Time)
	}
	row := t.Merchant.Row(cohort + GiftDays)
	if !row.Fresh(t.Merchant.From) || registeredBefore(t, cohort) {
		return
	}
	// Entries before the cohort's are another action's.
	begin := t.Entries[first].Time
	gifted := receivedBefore(t.Coupons, begin)
	sums := f.cohorts[cohortKey{cohort, gifted}]
	if sums == nil {
		sums = new(GiftCohort)
		f.cohorts[cohortKey{cohort, gifted}] = sums
	}
	sums.Users++
	end := calendar.End(cohort + GiftDays)
	last := lastReturn(t.Entries[first:], end)
	sums.Within7 += uint64(one(last >= calendar.End(cohort)))
	sums.Day7 += uint64(one(last >= calendar.Start(cohort+GiftDays)))
	sums.Net += netBetween(t, calendar.Start(cohort), end)
}

func registeredBefore(t *metrics.Timeline, cohort sevenday.Day) bool {
	if t.Known.Register != 0 {
		return t.Known.Register < cohort
	}
	start := t.Merchant.Calendar.Start(cohort)
	for i := range t.Entries {
		if t.Entries[i].Time >= start {
			return false
		}
		if t.Entries[i].Action == sevenday.ActionRegister {
			return true
		}
	}
	return false
}

// receivedBefore tells whether a coupon was received within 30 days up to an instant.
func receivedBefore(coupons []metrics.Coupon, instant sevenday.Millis) bool {
	for i := range coupons {
		c := &coupons[i]
		if c.Stage == sevenday.StageReceived && c.Time <= instant && instant-c.Time <= comeIn {
			return true
		}
	}
	return false
}

// lastReturn is the time of the last visit entry before end.
func lastReturn(entries []metrics.Entry, end sevenday.Millis) sevenday.Millis {
	last := sevenday.Millis(0)
	for i := range entries {
		if entries[i].Time >= end {
			break
		}
		if entries[i].Action == sevenday.ActionVisit {
			last = entries[i].Time
		}
	}
	return last
}

// netBetween is what the orders paid in [start, end) brought.
func netBetween(t *metrics.Timeline, start, end sevenday.Millis) (net sevenday.Money) {
	from := sort.Search(len(t.Orders), func(i int) bool { return t.Orders[i].PaidAt >= start })
	for i := from; i < len(t.Orders) && t.Orders[i].PaidAt < end; i++ {
		if t.Orders[i].Currency == t.Merchant.Currency {
			net += t.Orders[i].Net()
		}
	}
	return net
}

// Merchant turns the days into rows.
func (f *GiftFold) Merchant(m *metrics.Merchant) {
	for day, sums := range f.days {
		sums.Key, sums.Day = m.Row(day+giftReach), day
		f.Days = append(f.Days, *sums)
	}
	for key, sums := range f.cohorts {
		sums.Key, sums.Day, sums.Gifted = m.Row(key.day+GiftDays), key.day, key.gifted
		f.Cohorts = append(f.Cohorts, *sums)
	}
	clear(f.days)
	clear(f.cohorts)
}
