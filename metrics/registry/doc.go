// Package registry holds what every figure means, in English and Chinese: the
// question it answers, what is counted over what, the time it needs, its states
// and the columns of its rows. The command line, the pages and docs/metrics.md
// print these words and no others.
//
//	definition, ok := registry.Find("day_n")
//	fmt.Println(definition.Text(registry.English).Question)
//
// It is data. What a figure is computed by stands in the metric's own package.
package registry
