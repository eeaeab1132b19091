package interval_test

import (
	"fmt"

	"sevenday/metrics/interval"
)

func ExampleWilson() {
	i, ok := interval.Wilson(45, 100, interval.Level)
	fmt.Printf("%.3f to %.3f (%s) %v\n", i.Low, i.High, i.Method, ok)
	// Output: 0.356 to 0.548 (wilson) true
}
