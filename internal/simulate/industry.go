package simulate

import "sevenday"

// industry is how people behave at the mini programs of one kind of trade.
type industry struct {
	name     string
	share    float64 // of all merchants
	treated  float64 // share of the panel's merchants that adopt installments
	growth   float64 // of arrivals, a week; industries that grow faster adopt more, which misleads a naive reading
	day7     float64 // the middle merchant's seven-day retention, before all are scaled to the platform's mean
	oneTimer float64 // share of users who never return
	regular  float64 // share of users who return twice as often as occasional ones
	register float64 // probability that a user becomes a member on the first visit
	// conversion is the probability that a visit ends in a payment.
	conversion float64
	basket     float64 // median amount of an order in CNY
	sigma      float64 // of the logarithm of the amount
	weekday    [7]float64
	acquire    portalWeights // how people come for the first time
	revisit    portalWeights // how they come back
	levers     leverWeights
	shops      []string
}

type portalWeights [sevenday.Portals]float64

type leverWeights [sevenday.LeverCardPackage + 1]float64

// portals builds weights in the order scan, search, friend tab, payment
// success, collection, life account, card package, other.
func portals(weights ...float64) portalWeights {
	var p portalWeights
	copy(p[sevenday.PortalScan:], weights)
	return p
}

// levers builds weights in the order none, group purchase, takeaway, scheduled service.
func levers(weights ...float64) leverWeights {
	var l leverWeights
	copy(l[sevenday.LeverNone:], weights)
	return l
}

// The weeks' shapes, Monday first; each has the mean 1.
var (
	evenWeek    = [7]float64{1.00, 0.98, 0.98, 1.00, 1.02, 1.02, 1.00}
	commuteWeek = [7]float64{1.10, 1.08, 1.08, 1.08, 1.10, 0.82, 0.74}
	leisureWeek = [7]float64{0.88, 0.88, 0.90, 0.92, 1.04, 1.20, 1.18}
)

// The first six are large enough at 480 merchants for an effect of installments
// to be identified in each; the others show the refusal.
var industries = []*industry{
	{
		name: "catering", share: 0.15, treated: 0.46, growth: 0.010, day7: 0.40, oneTimer: 0.22, regular: 0.30,
		register: 0.30, conversion: 0.42, basket: 98, sigma: 0.55, weekday: leisureWeek,
		acquire: portals(55, 15, 8, 12, 1, 4, 2, 3), revisit: portals(50, 12, 6, 8, 8, 8, 6, 2), levers: levers(60, 12, 28),
		shops: []string{"noodle restaurant", "hot pot restaurant", "bakery", "tea house"},
	},
	{
		name: "retail", share: 0.15, treated: 0.50, growth: 0.022, day7: 0.33, oneTimer: 0.28, regular: 0.26,
		register: 0.35, conversion: 0.30, basket: 96, sigma: 0.70, weekday: leisureWeek,
		acquire: portals(34, 26, 10, 18, 2, 5, 2, 3), revisit: portals(30, 20, 6, 12, 12, 9, 9, 2), levers: levers(84, 16),
		shops: []string{"fruit shop", "supermarket", "book shop", "stationery shop"},
	},
	{
		name: "travel", share: 0.15, treated: 0.52, growth: 0.028, day7: 0.45, oneTimer: 0.15, regular: 0.35,
		register: 0.70, conversion: 0.48, basket: 86, sigma: 0.45, weekday: commuteWeek,
		acquire: portals(72, 10, 4, 8, 1, 2, 1, 2), revisit: portals(74, 6, 2, 5, 6, 3, 3, 1), levers: levers(100),
		shops: []string{"bike rental", "charging station", "ride service", "ferry line"},
	},
	{
		name: "life_service", share: 0.15, treated: 0.48, growth: 0.016, day7: 0.25, oneTimer: 0.36, regular: 0.20,
		register: 0.40, conversion: 0.26, basket: 158, sigma: 0.60, weekday: leisureWeek,
		acquire: portals(28, 30, 12, 14, 2, 8, 3, 3), revisit: portals(24, 22, 8, 10, 12, 12, 10, 2), levers: levers(54, 14, 0, 32),
		shops: []string{"laundry", "hair salon", "fitness studio", "language school"},
	},
	{
		name: "healthcare", share: 0.15, treated: 0.45, growth: 0.006, day7: 0.19, oneTimer: 0.42, regular: 0.16,
		register: 0.55, conversion: 0.32, basket: 118, sigma: 0.60, weekday: evenWeek,
		acquire: portals(30, 38, 5, 14, 1, 8, 1, 3), revisit: portals(28, 30, 3, 10, 10, 13, 4, 2), levers: levers(70, 0, 0, 30),
		shops: []string{"dental clinic", "pharmacy", "optician", "physiotherapy practice"},
	},
	{
		name: "automobile_aftermarket", share: 0.15, treated: 0.55, growth: 0.034, day7: 0.08, oneTimer: 0.60, regular: 0.08,
		register: 0.30, conversion: autoConversion, basket: 260, sigma: 0.65, weekday: leisureWeek,
		acquire: portals(26, 42, 6, 14, 1, 7, 1, 3), revisit: portals(24, 32, 4, 10, 10, 12, 6, 2), levers: levers(66, 6, 0, 28),
		shops: []string{"car repair shop", "car wash", "tire dealer", "car beauty shop"},
	},
	{
		name: "scenic_spots", share: 0.025, treated: 0.34, growth: 0.012, day7: 0.06, oneTimer: 0.70, regular: 0.05,
		register: 0.15, conversion: 0.38, basket: 132, sigma: 0.50, weekday: leisureWeek,
		acquire: portals(40, 34, 8, 8, 1, 5, 1, 3), revisit: portals(40, 28, 6, 8, 6, 8, 2, 2), levers: levers(76, 24),
		shops: []string{"garden", "museum", "mountain park"},
	},
	{
		name: "service_reservation", share: 0.025, treated: 0.34, growth: 0.012, day7: 0.22, oneTimer: 0.38, regular: 0.18,
		register: 0.45, conversion: 0.28, basket: 148, sigma: 0.55, weekday: evenWeek,
		acquire: portals(20, 44, 8, 12, 2, 9, 2, 3), revisit: portals(18, 34, 6, 8, 14, 12, 6, 2), levers: levers(30, 0, 0, 70),
		shops: []string{"house cleaning", "photo studio", "moving service"},
	},
	{
		name: "urban_services", share: 0.025, treated: 0.25, growth: 0.004, day7: 0.38, oneTimer: 0.24, regular: 0.30,
		register: 0.60, conversion: 0.34, basket: 46, sigma: 0.45, weekday: commuteWeek,
		acquire: portals(46, 30, 2, 10, 2, 7, 1, 2), revisit: portals(44, 24, 2, 8, 10, 8, 2, 2), levers: levers(100),
		shops: []string{"car park", "library", "water bill desk"},
	},
	{
		name: sevenday.IndustryOther, share: 0.025, treated: 0.25, growth: 0.010, day7: 0.25, oneTimer: 0.36, regular: 0.20,
		register: 0.30, conversion: 0.24, basket: 88, sigma: 0.60, weekday: evenWeek,
		acquire: portals(34, 28, 10, 14, 2, 6, 2, 4), revisit: portals(30, 22, 8, 10, 12, 9, 6, 3), levers: levers(100),
		shops: []string{"flower stall", "print shop", "pet boarding"},
	},
}

// The shop kinds' cities.
var cities = []string{
	"Hangzhou", "Shanghai", "Beijing", "Shenzhen", "Guangzhou", "Chengdu", "Wuhan", "Xi'an", "Nanjing", "Chongqing",
}

// identified tells whether the industry is meant to be large enough for an effect of its own.
func (i *industry) identified() bool { return i.share >= 0.1 }

// kindShares are the shares of one-timers, occasional users and regulars.
func (i *industry) kindShares() [kinds]float64 {
	return [kinds]float64{i.oneTimer, 1 - i.oneTimer - i.regular, i.regular}
}

// weekdayIndex counts from Monday, 0 to 6. 1970-01-01 was a Thursday.
func weekdayIndex(d sevenday.Day) int { return ((int(d)+3)%7 + 7) % 7 }
