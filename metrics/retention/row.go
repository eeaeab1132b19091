package retention

import (
	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
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

// bounds makes the interval of some sums at a level.
type bounds func(interval.ClusterSums, float64) (interval.Interval, bool)

// wilson is for cells in which each user counts once.
func wilson(sums interval.ClusterSums, level float64) (interval.Interval, bool) {
	return interval.Wilson(int64(sums.C), int64(sums.V), level)
}

func (a *Answer) merchantRow(value string, c *cellSums) Row {
	row := a.row(value, c)
	row.MerchantID = metrics.Optional(a.Merchant)
	row.Merchants = metrics.Optional[int64](1)
	if c.cohort == 0 && a.Cohort == CohortAll {
		row.count(c, a.Users.sums(value, c), interval.Clustered)
	} else {
		row.count(c, c.ClusterSums, wilson)
	}
	if a.Cohort == CohortNew && c.cohort != 0 && a.historyBegins != 0 {
		row.HistoryDays = metrics.Optional(int64(c.cohort - a.historyBegins))
	}
	return row
}

func (a *Answer) pooledRow(value string, c *cellSums) Row {
	row := a.row(value, c)
	row.Aggregation = metrics.Optional(Pooled)
	row.Merchants = metrics.Optional(c.Clusters)
	row.count(c, c.ClusterSums, interval.Clustered)
	return row
}

func (a *Answer) distinctRow(value string, c *cellSums) Row {
	row := a.row(value, c)
	row.Aggregation = metrics.Optional(Distinct)
	row.count(c, c.ClusterSums, wilson)
	if a.Cohort == CohortAll && c.cohort == 0 {
		row.Low, row.High = nil, nil // a user counts in many cohorts
	}
	return row
}

// meanRow is the plain mean of the merchants' rates.
func (a *Answer) meanRow(value string, c *cellSums) Row {
	row := a.row(value, c)
	row.Aggregation = metrics.Optional(MerchantMean)
	row.Merchants = metrics.Optional(c.rates.n)
	if c.state == metrics.NotDue || c.rates.n == 0 {
		return row
	}
	means := c.rates.means()
	row.Rate = metrics.Optional(means.Sum / float64(means.N))
	if i, ok := interval.MeanT(means, interval.Level); ok {
		row.Low, row.High = metrics.Optional(max(i.Low, 0)), metrics.Optional(min(i.High, 1))
	}
	return row
}

// count fills in users, rate and, from the sums over clusters, the interval. A
// cell that is not due has its cohort only.
func (r *Row) count(c *cellSums, clusters interval.ClusterSums, b bounds) {
	r.CohortUsers = metrics.Optional(int64(c.V))
	if c.state == metrics.NotDue {
		return
	}
	r.ReturnedUsers = metrics.Optional(int64(c.C))
	if c.V == 0 {
		return
	}
	r.Rate = metrics.Optional(c.C / c.V)
	if i, ok := b(clusters, interval.Level); ok {
		r.Low, r.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
}
