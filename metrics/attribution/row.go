package attribution

import (
	"sevenday"
	"sevenday/metrics"
)

// Row is what one model credits to one portal, or to direct, in one currency.
type Row struct {
	MerchantID    *string        `json:"merchant_id"`
	Industry      *string        `json:"industry"`
	Day           *sevenday.Day  `json:"day" doc:"day of the payments; null pools the days of the range that are final for the model"`
	Model         Model          `json:"model" enum:"last_touch,first_touch,linear,position,time_decay,shapley,markov"`
	Value         string         `json:"value" doc:"the portal that is credited, or direct for payments without a touch"`
	Payments      float64        `json:"payments" doc:"credited payments; a fraction where payments are shared"`
	PaymentsShare *float64       `json:"payments_share" doc:"payments / all payments of the row's day or range"`
	Currency      *string        `json:"currency"`
	Credit        sevenday.Money `json:"credit" doc:"credited net amount; the values of a model add up to the net sales"`
	CreditShare   *float64       `json:"credit_share" doc:"credit / net sales of the row's day or range"`
	FromLastTouch sevenday.Money `json:"from_last_touch" doc:"credit less what last_touch credits of the same payments: the credit that moves; it adds up to 0"`
	Fit           *string        `json:"fit" enum:"merchant,industry,both" doc:"markov: whose month the removal effects are of; industry where a merchant had fewer than 200 conversions"`
	State         metrics.State  `json:"state" enum:"final,open,not_due"`
}

// Query asks for credit by model and portal. Without ByDay there are the rows of
// the range only; without Models, all of them.
type Query struct {
	metrics.Scope
	metrics.Range
	ByDay  bool
	Models []Model
}

// Asks tells whether the query asks for a model.
func (q *Query) Asks(model Model) bool {
	if len(q.Models) == 0 {
		return true
	}
	for _, m := range q.Models {
		if m == model {
			return true
		}
	}
	return false
}

// EffectRow is the removal effect of one portal in one month's fit.
type EffectRow struct {
	MerchantID    *string       `json:"merchant_id"`
	Industry      *string       `json:"industry" doc:"whose fit it is; null where it is the merchant's own"`
	Month         sevenday.Day  `json:"month" doc:"first day of the month"`
	Fit           string        `json:"fit" enum:"merchant,industry"`
	Value         string        `json:"value" doc:"the portal"`
	Paths         int64         `json:"paths" doc:"paths that began in the month"`
	Conversions   int64         `json:"conversions" doc:"paths that ended in a payment"`
	RemovalEffect *float64      `json:"removal_effect" doc:"share of the probability of a conversion that is lost without the portal; null without a conversion"`
	CreditShare   *float64      `json:"credit_share" doc:"the classic Markov share: the effect / the sum of all effects"`
	State         metrics.State `json:"state" enum:"final,open,not_due"`
}

// EffectQuery asks for the removal effects of the months that a range touches:
// for a merchant those that its payments are split by, for an industry its own,
// for the platform those of each industry.
type EffectQuery struct {
	metrics.Scope
	metrics.Range
}

// PaymentRow is what one model gives of one payment to one portal.
type PaymentRow struct {
	MerchantID    string          `json:"merchant_id"`
	Day           sevenday.Day    `json:"day" doc:"day of the payment"`
	TransactionID string          `json:"transaction_id"`
	PaidAt        sevenday.Millis `json:"paid_at" doc:"milliseconds since 1970"`
	Currency      string          `json:"currency"`
	Net           sevenday.Money  `json:"net" doc:"of the payment, as far as refunds are known"`
	Model         Model           `json:"model" enum:"last_touch,first_touch,linear,position,time_decay,shapley,markov"`
	Value         string          `json:"value" doc:"the portal that is credited, or direct for a payment without a touch"`
	Weight        float64         `json:"weight" doc:"share of the payment, in steps of 1e-9; those of a model add up to 1"`
	Credit        sevenday.Money  `json:"credit" doc:"share of the net amount; those of a model add up to it"`
}

// PaymentQuery asks for the credits of a merchant's payments, one by one.
type PaymentQuery struct {
	Merchant string
	metrics.Range
	Models []Model
}
