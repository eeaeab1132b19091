package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"sevenday"
)

// The exit codes, which scripts rely on.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3 // done, but something was refused, withheld or doesn't add up
)

// app is what the commands share: the configuration in force and where results
// and messages go.
type app struct {
	config Config
	in     io.Reader
	out    io.Writer // the result only
	notes  io.Writer // progress and errors
	log    *slog.Logger
}

// errPartial marks a command that did its work and has something to complain
// about, which it has printed already.
var errPartial = errors.New("something was refused, withheld or doesn't add up")

// errUsage marks a wrong use of a command.
type errUsage struct{ error }

func (e errUsage) Unwrap() error { return e.error }

func usagef(format string, arguments ...any) error {
	return errUsage{fmt.Errorf(format, arguments...)}
}

// execute runs the command line and returns the exit code.
func execute(ctx context.Context, arguments []string, in io.Reader, out, notes io.Writer) int {
	a := &app{in: in, out: out, notes: notes}
	root := a.rootCommand()
	root.SetArgs(arguments)
	root.SetOut(out)
	root.SetErr(notes)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errPartial) {
		fmt.Fprintf(notes, "sevenday: %s\n", oneLine(err))
	}
	return exitCode(err)
}

func exitCode(err error) int {
	var usage errUsage
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.As(err, &usage):
		return exitUsage
	default:
		return exitFailed
	}
}

// oneLine keeps an error to one line, as scripts and logs expect.
func oneLine(err error) string {
	return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}

// invalidIsUsage turns an Invalid error about what the user asked into a wrong use.
func invalidIsUsage(err error) error {
	if err != nil && sevenday.KindOf(err) == sevenday.Invalid {
		return errUsage{err}
	}
	return err
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "sevenday",
		Short: "Retention, conversion and installment uplift of mini programs, from raw events",
		Long: `Sevenday takes what happens in merchants' mini programs from Kafka, keeps it in
ClickHouse and turns it into figures: seven-day retention, conversion by portal,
coupons, and what installments really did to sales.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done, but something was refused,
withheld or doesn't add up.`,
		Example: `  sevenday demo                                        # see it all on this machine
  sevenday up --dir data                               # run it for your own events
  sevenday load --dir data --wait entries.ndjson
  sevenday run --dir data
  sevenday query retention --dir data --format json`,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(command *cobra.Command, _ []string) error { return a.configure(command) },
		// With these an unknown command is a wrong number of arguments, and so a wrong use.
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return errUsage{err} })
	declareSharedFlags(root.PersistentFlags())
	root.AddCommand(
		a.demoCommand(), a.upCommand(), a.ingestCommand(), a.runCommand(), a.serveCommand(),
		a.simulateCommand(), a.loadCommand(), a.merchantsCommand(),
		a.queryCommand(), a.reportCommand(), a.reconcileCommand(), a.explainCommand(), a.schemaCommand(),
		a.doctorCommand(), a.migrateCommand(), a.versionCommand(),
	)
	usageArguments(root)
	return root
}

// usageArguments makes a wrong number of arguments a wrong use, here and in
// the commands below.
func usageArguments(command *cobra.Command) {
	if check := command.Args; check != nil {
		command.Args = func(c *cobra.Command, arguments []string) error {
			if err := check(c, arguments); err != nil {
				return errUsage{err}
			}
			return nil
		}
	}
	for _, sub := range command.Commands() {
		usageArguments(sub)
	}
}
