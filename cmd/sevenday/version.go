package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"sevenday/internal/warehouse"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the program's version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			revision := "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, setting := range info.Settings {
					if setting.Key == "vcs.revision" {
						revision = setting.Value
					}
				}
			}
			_, err := fmt.Fprintf(a.out, "sevenday revision %s, %s %s/%s, embedded ClickHouse %s\n",
				revision, runtime.Version(), runtime.GOOS, runtime.GOARCH, warehouse.LibraryVersion)
			return err
		},
	}
}
