// Package retention answers which share of a cohort comes back: on day n
// exactly, within n days, or on any day from n on; in days, weeks or months; by
// visits or by payments; of new users or of everybody active.
//
// The headline, seven-day retention, is day_7 of the new cohorts.
package retention
