package uplift_test

import (
	"fmt"

	"sevenday/metrics/uplift"
)

func ExampleCallawaySantAnna() {
	rows := uplift.Rows{
		Unit:    []string{"a", "a", "b", "b", "c", "c", "d", "d"},
		Time:    []int{1, 2, 1, 2, 1, 2, 1, 2},
		Group:   []int{2, 2, 2, 2, uplift.Never, uplift.Never, uplift.Never, uplift.Never},
		Outcome: []float64{10, 15, 20, 27, 10, 11, 20, 23},
	}
	panel, err := uplift.NewPanel(rows)
	if err != nil {
		fmt.Println(err)
		return
	}
	effects, err := uplift.CallawaySantAnna(panel, uplift.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	average, _ := effects.Simple()
	fmt.Printf("%.1f ± %.2f\n", average.Overall.Estimate, average.Overall.SE)
	// Output: 4.0 ± 1.00
}
