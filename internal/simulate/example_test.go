package simulate_test

import (
	"context"
	"fmt"
	"time"

	"sevenday"
	"sevenday/internal/simulate"
)

func ExampleWorld_Stream() {
	world, err := simulate.NewWorld(simulate.Config{Seed: 1, Merchants: 12, Days: 20, Events: 5000, Until: sevenday.Date(2026, time.May, 31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	sent := int64(0)
	truth, err := world.Stream(context.Background(), func(simulate.Record) error { sent++; return nil })
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, tally := range truth.Records {
		sent -= tally.Produced
	}
	fmt.Println(truth.From, truth.Until, truth.Claims[0].Claim, truth.Claims[0].Expected, "uncounted:", sent)
	// Output: 2026-05-12 2026-05-31 mini_programs 12 uncounted: 0
}
