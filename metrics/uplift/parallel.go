package uplift

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls work(0) .. work(n-1) on all processors and returns when the
// last has ended. Each call must write to places of its own.
func inParallel(n int, work func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	group.Wait()
}
