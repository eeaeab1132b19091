// Command sevenday is the whole pipeline in one program: it takes the events of
// mini programs from Kafka into ClickHouse, makes the merchants' figures of them,
// and shows these on pages, in SQL and in files.
//
//	sevenday demo                    # everything on this machine, with simulated merchants
//	sevenday up                      # the same without the simulation
//	sevenday query retention --merchant m-0042 --n 0..30
//
// `sevenday help` lists the commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"sevenday/internal/warehouse"
)

func main() {
	warehouse.ChildMain()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(execute(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
