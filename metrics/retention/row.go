package retention

import (
	"cmp"

	"sevenday"
	"sevenday/metrics"
)

// Row is one cell as people get it, from the command line, the API and exports.
// Nil pointers are JSON nulls.
type Row struct {
	MerchantID    *string       `json:"merchant_id"`
	Industry      *string       `json:"industry"`
	Aggregation   *string       `json:"aggregation" doc:"pooled, distinct or merchant_mean; null for one merchant"`
	By            *string       `json:"by" doc:"the breakdown, null for none"`
	Value         *string       `json:"value" doc:"the breakdown's value, null for all"`
	Cohort        Cohort        `json:"cohort"`
	Activity      Activity      `json:"activity"`
	Period        Period        `json:"period"`
	CohortDay     *sevenday.Day `json:"cohort_day" doc:"the period's first day; null pools the final cells"`
	N             int           `json:"n"`
	Measure       Measure       `json:"measure"`
	Merchants     *int64        `json:"merchants" doc:"merchants behind the figure; of a merchant_mean those with a final cohort"`
	CohortUsers   *int64        `json:"cohort_users"`
	ReturnedUsers *int64        `json:"returned_users"`
	Rate          *float64      `json:"rate" doc:"fraction in [0,1]"`
	Low           *float64      `json:"low" doc:"lower end of the 95 % interval"`
	High          *float64      `json:"high"`
	State         metrics.State `json:"state" enum:"final,open,not_due"`
	HistoryDays   *int64        `json:"history_days" doc:"days of the merchant's history before the cohort; under 28 regulars may look new"`
}

// Query asks for retention. Cohort, Activity and Period left empty are new,
// visit and day.
type Query struct {
	metrics.Scope
	metrics.Range          // of cohort days
	Cohort        Cohort   // default CohortNew
	Activity      Activity // default ActivityVisit
	Period        Period   // default PeriodDay
	By            string   // "" or "portal"
	FromN, ToN    int      // closed range of n within 0..MaxN
}

// WithDefaults fills in the fields that the asker left out.
func (q Query) WithDefaults() Query {
	q.Cohort = cmp.Or(q.Cohort, CohortNew)
	q.Activity = cmp.Or(q.Activity, ActivityVisit)
	q.Period = cmp.Or(q.Period, PeriodDay)
	return q
}

// Validate says what is wrong with the question, naming the field.
func (q Query) Validate() error {
	switch {
	case q.Merchant != "" && q.Industry != "":
		return sevenday.Invalidf("merchant and industry exclude each other: name one of them")
	case q.Cohort != CohortNew && q.Cohort != CohortAll:
		return sevenday.Invalidf("cohort %q is unknown: use new or all", q.Cohort)
	case q.Activity != ActivityVisit && q.Activity != ActivityPaying:
		return sevenday.Invalidf("activity %q is unknown: use visit or paying", q.Activity)
	case q.Period != PeriodDay && q.Period != PeriodWeek && q.Period != PeriodMonth:
		return sevenday.Invalidf("period %q is unknown: use day, week or month", q.Period)
	case q.By != "" && q.By != ByPortal:
		return sevenday.Invalidf("breakdown %q is unknown: use portal", q.By)
	case q.FromN < 0 || q.FromN > q.ToN || q.ToN > MaxN:
		return sevenday.Invalidf("n must lie in 0..%d, as 7 or 0..%d", MaxN, MaxN)
	}
	return nil
}
