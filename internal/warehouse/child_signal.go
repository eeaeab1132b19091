package warehouse

import (
	"os"
	"os/signal"
	"syscall"
)

// forwardTermination passes SIGTERM on to the program that this process keeps.
func forwardTermination(program *os.Process) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		for range signals {
			// It fails only when the program has ended, which Wait reports.
			_ = program.Signal(syscall.SIGTERM)
		}
	}()
}
