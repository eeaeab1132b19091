// Package interval holds the confidence intervals that the figures share: of
// one rate, of the difference of two, of a rate whose trials come in clusters,
// and of a plain mean.
//
// Every function reads sums only, so that a database can make them in one pass
// and an industry's interval is that of its merchants' sums added up. None
// returns NaN: where the data allow no interval, the second result is false.
//
//	if i, ok := interval.Wilson(45, 100, interval.Level); ok {
//		fmt.Printf("%.3f to %.3f\n", i.Low, i.High) // 0.356 to 0.548
//	}
package interval
