package attribution_test

import (
	"fmt"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/attribution"
)

func ExampleFold() {
	merchant, err := metrics.NewMerchant(sevenday.DefaultMerchant("tea house"), 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	const hour = 60 * 60 * 1000
	fold := attribution.NewFold()
	fold.Person(&metrics.Timeline{
		Merchant: merchant, Person: 1,
		Visits: []metrics.Visit{{Start: 0, Portal: sevenday.PortalSearch}, {Start: 48 * hour, Portal: sevenday.PortalScan}},
		Orders: []metrics.Order{{PaidAt: 49 * hour, DecidedAt: 49 * hour, Currency: "CNY", Amount: 1001, Refunded: 2}},
	})
	fold.Merchant(merchant)
	for _, row := range fold.Touches {
		fmt.Println(row.Channel, "last", row.LastTouch, "linear", row.Linear, "decay", row.TimeDecay, "of", row.Net)
	}
	// Output:
	// search last 0.00 linear 5.00 decay 3.33 of 9.99
	// scan last 9.99 linear 4.99 decay 6.66 of 9.99
}

func ExampleChain_RemovalEffects() {
	var chain attribution.Chain
	scan, search := attribution.Channel(sevenday.PortalScan), attribution.Channel(sevenday.PortalSearch)
	chain[attribution.Start][scan], chain[attribution.Start][search] = 6, 4
	chain[scan][attribution.Conversion], chain[scan][attribution.Null] = 3, 3
	chain[search][scan], chain[search][attribution.Null] = 2, 2
	effects := chain.RemovalEffects()
	fmt.Println(scan, effects.Float(scan), search, effects.Float(search))
	// Output: scan 1 search 0.25
}
