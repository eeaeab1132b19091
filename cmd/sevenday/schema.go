package main

import (
	"strings"

	"github.com/spf13/cobra"

	"sevenday"
	"sevenday/ingest/decode"
)

func (a *app) schemaCommand() *cobra.Command {
	var names []string
	for _, kind := range sevenday.RecordKinds {
		names = append(names, kind.String())
	}
	return &cobra.Command{
		Use:     "schema " + strings.Join(names, "|"),
		Short:   "Print the JSON Schema of a kind of record",
		Example: "  sevenday schema entry > entry.schema.json",
		Args:    cobra.ExactArgs(1), ValidArgs: names,
		RunE: func(_ *cobra.Command, arguments []string) error {
			kind, ok := sevenday.ParseRecordKind(arguments[0])
			if !ok {
				return usagef("there is no schema %q: use one of %s", arguments[0], strings.Join(names, ", "))
			}
			_, err := a.out.Write(decode.Schema(kind))
			return err
		},
	}
}
