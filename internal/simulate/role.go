package simulate

import "sevenday"

// role is a merchant that shows something an ordinary one does not.
type role struct {
	industry string
	number   int
	// apart keeps the merchant out of the panel of installments: it switched
	// them on long before the history, and is left out and counted there.
	apart bool
	// control keeps an ordinary merchant from ever adopting installments.
	control      bool
	paymentsOnly bool // sends no entries and no coupons
	giftCards    bool // some orders are paid by gift cards alone
	credit       bool // switches the credit exemption on
	yearAgo      bool // grew from a quarter within a year
	foreign      bool // a few orders come in another currency
	nextMorning  bool // half the orders are paid on the morning after
	size         float64
	change       func(m *sevenday.Merchant)
	basket       float64 // factor on the industry's baskets, 0 for 1
}

// The merchants with fixed ids, which links and documents name.
const (
	FruitShop   = "demo-fruit-shop"
	BikeSharing = "demo-bike-sharing"
	Pharmacy    = "demo-pharmacy"
	CoffeeChain = "demo-coffee-chain"
	// NoVisits sends payments and nothing else.
	NoVisits = "demo-clinic-no-visits"
)

var roles = []*role{
	{industry: "catering", number: 0, apart: true, giftCards: true, size: 5, change: func(m *sevenday.Merchant) {
		named(m, CoffeeChain, "Demo coffee chain (演示)", "Shanghai")
		m.Stores = stores(CoffeeChain, "Shanghai", 12)
	}, basket: 0.5},
	{industry: "retail", number: 0, apart: true, size: 3, change: func(m *sevenday.Merchant) {
		named(m, FruitShop, "Demo fruit shop (演示)", "Hangzhou")
	}},
	{industry: "travel", number: 0, apart: true, credit: true, size: 10, change: func(m *sevenday.Merchant) {
		named(m, BikeSharing, "Demo bike sharing (演示)", "Chengdu")
	}, basket: 0.1},
	{industry: "healthcare", number: 0, apart: true, yearAgo: true, size: 12, change: func(m *sevenday.Merchant) {
		named(m, Pharmacy, "Demo pharmacy (演示)", "Guangzhou")
	}},
	{industry: "healthcare", number: 1, control: true, paymentsOnly: true, size: 1.5, change: func(m *sevenday.Merchant) {
		named(m, NoVisits, "Demo clinic without visits (演示)", "Beijing")
	}},
	{industry: "catering", number: 1, apart: true, change: abroad("Tokyo", "Asia/Tokyo", "JPY"), basket: 20},
	{industry: "retail", number: 1, apart: true, change: abroad("New York", "America/New_York", "USD"), basket: 0.3},
	{industry: "travel", number: 1, apart: true, change: abroad("Paris", "Europe/Paris", "EUR"), basket: 0.2},
	{industry: "life_service", number: 1, apart: true, foreign: true, change: abroad("Hong Kong", "Asia/Hong_Kong", "HKD")},
	{industry: "automobile_aftermarket", number: 1, change: abroad("Ürümqi", "Asia/Urumqi", sevenday.DefaultCurrency)},
	{industry: "travel", number: 2, apart: true, nextMorning: true, change: func(m *sevenday.Merchant) { m.SettlementDays = 1 }},
	{industry: "retail", number: 2, change: scoped},
	{industry: "life_service", number: 2, change: scoped},
}

func roleOf(industry string, number int) *role {
	for _, r := range roles {
		if r.industry == industry && r.number == number {
			return r
		}
	}
	return nil
}

func (r *role) play(p *program) {
	r.change(&p.Merchant)
	if r.size > 0 {
		p.size = r.size
	}
	if r.basket > 0 {
		p.basket *= r.basket
	}
}

func named(m *sevenday.Merchant, id, name, city string) {
	m.MerchantID, m.Owner, m.Name, m.City, m.Stores = id, id, name, city, nil
}

func abroad(city, zone, currency string) func(m *sevenday.Merchant) {
	return func(m *sevenday.Merchant) { m.City, m.TimeZone, m.Currency = city, zone, currency }
}

func scoped(m *sevenday.Merchant) { m.UserIDScope = sevenday.ScopeMerchant }

// growing tells whether the merchant's arrivals follow the industry's growth;
// those with a story of their own stand still but for it.
func (p *program) growing() bool { return p.role == nil || (!p.role.credit && !p.role.yearAgo) }
