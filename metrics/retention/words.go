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

// The measures. A plain question asks for the first three.
const (
	DayN       Measure = "day_n"       // active in period n exactly
	WithinN    Measure = "within_n"    // active in at least one of the periods 1..n
	UnboundedN Measure = "unbounded_n" // active in period n or later, as far as seen
	Bracket    Measure = "bracket"     // active in at least one of the periods FromN..ToN
	RollingN   Measure = "rolling_n"   // a visit began in the n-th 24 hours since the user's own first
)

// How figures of several merchants are put together.
const (
	Pooled       = "pooled"        // merchant-user pairs
	Distinct     = "distinct"      // a user's first period in the industry or platform
	MerchantMean = "merchant_mean" // the plain mean of the merchants' rates
)

// The breakdowns. Those by a visit take a new user's first visit and, for cohorts
// of everybody, the first visit of the cohort's period. A new buyer whose first
// visit came only after the cohort's period has no value: what is published does
// not change by it.
const (
	ByPortal    = "portal" // is kept; the others are counted when they are asked for
	ByTerminal  = "terminal"
	ByStore     = "store"
	ByCampaign  = "campaign"
	ByPaidFirst = "paid_first" // "true" where an order belongs to the user's first visit, else "false"
	ByIndustry  = "industry"   // the merchant's
	ByCity      = "city"       // the merchant's
)

// MaxN is the last n that is kept; arrays over n have at most MaxN+1 places.
const MaxN = 30
