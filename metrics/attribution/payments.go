package attribution

import (
	"sevenday"
	"sevenday/metrics"
)

// StoredTouch is one portal of one payment's path as it was stored.
type StoredTouch struct {
	Industry      string          `ch:"industry"` // of the merchant
	Day           sevenday.Day    `ch:"day"`
	TransactionID string          `ch:"transaction_id"`
	PaidAt        sevenday.Millis `ch:"paid_at"`
	Currency      string          `ch:"currency,low"`
	Net           sevenday.Money  `ch:"net"`
	Path          uint32          `ch:"path"`
	Place         uint8           `ch:"place"`
	Given
}

// PaymentAnswer is everything that the rows of one question about payments are
// made from.
type PaymentAnswer struct {
	PaymentQuery
	Fits    Fits
	Touches []StoredTouch // by payment, in the order of Place
}

// Rows returns what every model that is asked for gives of each payment to each
// portal of its path, in the order of payments, models, and first touch. Under
// every model the weights of a payment add up to 1 and its credits to its net
// amount.
//
// Source: docs/metrics.md, credit by payment.
func (a *PaymentAnswer) Rows() []PaymentRow {
	rows := []PaymentRow{}
	for start := 0; start < len(a.Touches); {
		touches := a.Touches[start:]
		portals := Decode(nil, touches[0].Path)
		touches = touches[:len(portals)]
		for place, model := range Models {
			if (&Query{Models: a.Models}).Asks(model) {
				rows = append(rows, a.rows(touches, portals, place)...)
			}
		}
		start += len(portals)
	}
	return rows
}

// rows are those of one payment and model.
func (a *PaymentAnswer) rows(touches []StoredTouch, portals []Channel, model int) []PaymentRow {
	weights, money := a.shares(touches, portals, model)
	rows := make([]PaymentRow, len(portals))
	for i, portal := range portals {
		rows[i] = PaymentRow{
			MerchantID: a.Merchant, Day: touches[i].Day, TransactionID: touches[i].TransactionID, PaidAt: touches[i].PaidAt,
			Currency: touches[i].Currency, Net: touches[i].Net, Model: Models[model], Value: portal.String(),
			Weight: float64(weights[i]) / Unit, Credit: money[i],
		}
	}
	return rows
}

// shares returns the weights and credits of one payment under a model.
func (a *PaymentAnswer) shares(touches []StoredTouch, portals []Channel, model int) (weights [Portals]uint64, money [Portals]sevenday.Money) {
	if model < Rules {
		for i := range touches {
			ruleWeights, ruleMoney := touches[i].rules()
			weights[i], money[i] = ruleWeights[model], ruleMoney[model]
		}
		return weights, money
	}
	month := metrics.PeriodMonth.First(metrics.PeriodMonth.Index(touches[0].Day))
	effects := a.Fits.effects(a.Fits.of(a.Merchant, touches[0].Industry, month))
	weights = effects.Split(portals)
	for i, credit := range Divide(touches[0].Net, weights[:len(portals)]) {
		money[i] = sevenday.Money(credit)
	}
	return weights, money
}
