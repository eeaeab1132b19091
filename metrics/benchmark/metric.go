package benchmark

import "sevenday"

// Metric is a figure that merchants are compared by.
type Metric string

// The metrics, each over the last four whole weeks that are final for it.
const (
	Day7            Metric = "day_7"             // seven-day retention of new users
	VisitConversion Metric = "visit_conversion"  // visits followed by a payment within 24 hours
	Repurchase30    Metric = "repurchase_30"     // buyers of a day who paid again within 30 days
	AverageOrder    Metric = "average_order"     // net sales an order
	NetPerDay       Metric = "net_sales_per_day" // of a mini program
	OrdersPerDay    Metric = "orders_per_day"    // of a mini program
	VisitorsPerDay  Metric = "visitors_per_day"  // of a mini program
	NewBuyerShare   Metric = "new_buyer_share"   // buyers of a day who never paid before
)

// Metrics lists the metrics in the order in which they are always shown.
var Metrics = [...]Metric{Day7, VisitConversion, Repurchase30, AverageOrder, NetPerDay, OrdersPerDay, VisitorsPerDay, NewBuyerShare}

// Unit is what a metric is measured in.
type Unit string

// The units.
const (
	Fraction Unit = "fraction" // of 1
	Count    Unit = "count"
	Amount   Unit = "money" // in units of the currency, not in hundredths
)

// Unit returns what the metric is measured in.
func (m Metric) Unit() Unit {
	switch m {
	case AverageOrder, NetPerDay:
		return Amount
	case OrdersPerDay, VisitorsPerDay:
		return Count
	default:
		return Fraction
	}
}

// Days returns for how many days after a day its figure can still change, the
// merchant's settlement aside.
func (m Metric) Days() sevenday.Day {
	switch m {
	case Day7:
		return 7
	case VisitConversion:
		return 1
	case Repurchase30:
		return 30
	default:
		return 0
	}
}

// Program is one mini program's sums, each over the days of its metric.
type Program struct {
	MerchantID    string         `ch:"merchant_id"`
	Owner         string         `ch:"owner"`
	Industry      string         `ch:"industry"`
	Currency      string         `ch:"currency"`
	Users         uint64         `ch:"users"` // distinct, with a visit or a payment
	Days          uint64         `ch:"days"`  // of its history
	CohortUsers   uint64         `ch:"cohort_users"`
	ReturnedUsers uint64         `ch:"returned_users"`
	Visits        uint64         `ch:"visits"`
	Converted     uint64         `ch:"converted_visits"`
	Paid          uint64         `ch:"paid"`
	PaidAgain     uint64         `ch:"paid_again"`
	Orders        uint64         `ch:"orders"`
	OwnOrders     uint64         `ch:"own_orders"` // in the program's own currency
	Net           sevenday.Money `ch:"net"`
	Visitors      uint64         `ch:"visitors"` // user-days
	Buyers        uint64         `ch:"buyers"`   // user-days
	NewBuyers     uint64         `ch:"new_buyers"`
}

// point is the program's part in a metric. A figure per day stands on users, the
// others on what is below the line.
func (p *Program) point(m Metric) Point {
	point := Point{Owner: p.Owner, Users: float64(p.Users)}
	if p.Owner == "" {
		point.Owner = p.MerchantID // without an owner it is its own
	}
	point.Above, point.Below = p.ratio(m)
	point.Support = point.Below
	if m == NetPerDay || m == OrdersPerDay || m == VisitorsPerDay {
		point.Support = float64(p.Users)
	}
	return point
}

// ratio is what stands above and below the line of a metric.
func (p *Program) ratio(m Metric) (above, below float64) {
	switch m {
	case Day7:
		return float64(p.ReturnedUsers), float64(p.CohortUsers)
	case VisitConversion:
		return float64(p.Converted), float64(p.Visits)
	case Repurchase30:
		return float64(p.PaidAgain), float64(p.Paid)
	case AverageOrder:
		return float64(p.Net) / 100, float64(p.OwnOrders)
	case NetPerDay:
		return float64(p.Net) / 100, float64(p.Days)
	case OrdersPerDay:
		return float64(p.Orders), float64(p.Days)
	case VisitorsPerDay:
		return float64(p.Visitors), float64(p.Days)
	default:
		return float64(p.NewBuyers), float64(p.Buyers)
	}
}
