// Package retention answers which share of a cohort comes back: on day n
// exactly, within n days, between two days, or on any day from n on; in days,
// weeks or months; by visits or by payments; of new users or of everybody active.
//
// The headline, seven-day retention, is day_7 of the new cohorts.
//
// A Fold keeps who came back by the period of the return, because no later event
// changes that. Cohorts puts these rows together again, merchant by merchant,
// when a question is asked. What is asked too seldom to be kept, a Walk counts
// from the persons' days.
package retention
