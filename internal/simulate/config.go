package simulate

import (
	"errors"
	"time"

	"sevenday"
)

// Config says how large the world is and when it ends.
type Config struct {
	// Seed decides every draw. Two worlds that differ in it share nothing but the industries.
	Seed uint64
	// Merchants is the number of mini programs, default 480, at least 10. From
	// 480 on six industries have 30 adopters and 30 controls of installments each.
	Merchants int
	// Days is the length of the history, default 90, from 14 to 300. Cases that
	// need more than there is (installments: 62 to 67 days, credit exemption: 86,
	// year on year: 28 to 34) are not planted and have no claim.
	Days int
	// Events is about how many records come out, default 2,500,000; users are
	// scaled to it. With under some 40 a merchant and day there are weeks without sales.
	Events int
	// Until is the history's last day in every merchant's own zone, default
	// yesterday in Shanghai. Where it is not over yet, at merchants farther
	// west, the history ends at Now and Live sends the rest.
	Until sevenday.Day
	// Now is the clock, default time.Now. It is read once when the world is
	// planned, and Live waits by it.
	Now func() time.Time

	// withoutUplift leaves the same people with the same draws but no effect
	// of installments: the counterfactual that tests compare with.
	withoutUplift bool
}

const (
	defaultMerchants = 480
	defaultDays      = 90
	defaultEvents    = 2_500_000
	minMerchants     = 10 // fewer leave no room for the four merchants with a story
	minDays          = 14
	maxDays          = 300 // more would run into the pharmacy's weeks of a year ago
	minEvents        = 1000
	maxEvents        = 1_000_000_000
)

// earliest keeps even a member of a year ago and more after the contract's first instant, 2015-01-01.
var earliest = sevenday.Date(2018, time.January, 1)

// WithDefaults returns the configuration with every zero field filled, but for Seed.
func (c Config) WithDefaults() Config {
	if c.Merchants == 0 {
		c.Merchants = defaultMerchants
	}
	if c.Days == 0 {
		c.Days = defaultDays
	}
	if c.Events == 0 {
		c.Events = defaultEvents
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Until == 0 {
		c.Until = yesterday(c.Now())
	}
	return c
}

// yesterday is the last day that is over for merchants in Shanghai, which has had no clock changes since 1991.
func yesterday(now time.Time) sevenday.Day {
	return sevenday.DayOf(now.In(time.FixedZone(sevenday.DefaultTimeZone, 8*3600))) - 1
}

// Validate reports all faults at once, as Invalid errors; nil when there are none.
func (c Config) Validate() error {
	var faults []error
	check := func(ok bool, format string, arguments ...any) {
		if !ok {
			faults = append(faults, sevenday.Invalidf(format, arguments...))
		}
	}
	check(c.Merchants >= minMerchants, "%d merchants: take at least %d", c.Merchants, minMerchants)
	check(c.Days >= minDays && c.Days <= maxDays, "%d days: take %d to %d", c.Days, minDays, maxDays)
	check(c.Events >= minEvents && c.Events <= maxEvents, "%d events: take %d to %d", c.Events, minEvents, maxEvents)
	check(c.Until >= earliest, "until %s: take %s or later", c.Until, earliest)
	return errors.Join(faults...)
}
