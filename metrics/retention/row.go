package retention

import (
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

// Query asks for retention. The zero value of each field is its default.
type Query struct {
	metrics.Scope
	metrics.Range          // of cohort days
	Cohort        Cohort   // default CohortNew
	Activity      Activity // default ActivityVisit
	Period        Period   // default PeriodDay
	By            string   // "" or "portal"
	FromN, ToN    int      // closed range of n; both zero means 7
}
