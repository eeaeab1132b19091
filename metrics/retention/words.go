package retention

import "sevenday/metrics"

// Cohort tells who is in the cohort of a day.
type Cohort string

// The cohorts.
const (
	CohortNew Cohort = "new" // users whose first active day at the merchant it is
	CohortAll Cohort = "all" // every user active on the day
)

// Activity tells what makes a user active on a day.
type Activity string

// The activities.
const (
	ActivityVisit  Activity = "visit"
	ActivityPaying Activity = "paying"
)

// Period is the calendar unit that cohorts and n are counted in.
type Period = metrics.Period

// The periods.
const (
	PeriodDay   = metrics.PeriodDay
	PeriodWeek  = metrics.PeriodWeek
	PeriodMonth = metrics.PeriodMonth
)

// Measure is the question a cell answers about its cohort.
type Measure string

// The measures.
const (
	DayN       Measure = "day_n"       // active in period n exactly
	WithinN    Measure = "within_n"    // active in at least one of the periods 1..n
	UnboundedN Measure = "unbounded_n" // active in period n or later, as far as seen
)

// How figures of several merchants are put together.
const (
	Pooled       = "pooled"        // merchant-user pairs
	Distinct     = "distinct"      // a user's first period in the industry or platform
	MerchantMean = "merchant_mean" // the plain mean of the merchants' rates
)

// ByPortal breaks cohorts down by the portal of the first visit (of the cohort
// day, for cohorts of everybody).
const ByPortal = "portal"

// MaxN is the last n that is kept; arrays over n have MaxN+1 places.
const MaxN = 30
