package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Config is what is in force: defaults, then the YAML file, then the environment
// (SEVENDAY_DIR, SEVENDAY_CLICKHOUSE, ...), then flags, the later the stronger.
type Config struct {
	Dir        string        `koanf:"dir"`        // the data directory of the embedded form
	ClickHouse string        `koanf:"clickhouse"` // DSN of a server that runs elsewhere; empty: the embedded one
	Kafka      string        `koanf:"kafka"`      // host:port[,...] of a cluster that runs elsewhere; empty: the embedded one
	HTTP       string        `koanf:"http"`       // address of the pages
	Every      time.Duration `koanf:"every"`      // pause between two batches
	Lateness   time.Duration `koanf:"lateness"`   // how long after a day's end its events may still come
	Scenes     string        `koanf:"scenes"`     // CSV file of scene codes; empty: the shipped table
	Strict     bool          `koanf:"strict_scenes"`
	AcceptLoss bool          `koanf:"accept_loss"` // declare lost what Kafka removed before it was read
	NewEpoch   []string      `koanf:"new_epoch"`   // topics that were deleted and made anew
	Log        string        `koanf:"log"`         // debug, info, warn or error
}

const defaultConfigFile = "sevenday.yaml"

func declareSharedFlags(flags *pflag.FlagSet) {
	flags.String("dir", ".sevenday", "directory that holds everything of the embedded form")
	flags.String("clickhouse", "", "use this ClickHouse: clickhouse://user:password@host:9000/database")
	flags.String("kafka", "", "use this Kafka: host:port[,host:port]")
	flags.String("config", "", "YAML file of settings (default sevenday.yaml where there is one)")
	flags.String("log", "info", "what to tell on stderr: debug, info, warn, error")
}

// configure reads the configuration that a command works with.
func (a *app) configure(command *cobra.Command) error {
	k := koanf.New(".")
	path, _ := command.Flags().GetString("config")
	if path == "" {
		if _, err := os.Stat(defaultConfigFile); err == nil {
			path = defaultConfigFile
		}
	}
	if path != "" {
		if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
			return usagef("read configuration %s: %w: check that the file is there and is YAML", path, err)
		}
	}
	environment := env.Provider(".", env.Opt{Prefix: "SEVENDAY_", TransformFunc: func(name, value string) (string, any) {
		return strings.ToLower(strings.TrimPrefix(name, "SEVENDAY_")), value
	}})
	if err := k.Load(environment, nil); err != nil {
		return err
	}
	flags := posflag.ProviderWithFlag(command.Flags(), ".", k, func(f *pflag.Flag) (string, any) {
		return strings.ReplaceAll(f.Name, "-", "_"), posflag.FlagVal(command.Flags(), f)
	})
	if err := k.Load(flags, nil); err != nil {
		return err
	}
	if err := k.Unmarshal("", &a.config); err != nil {
		return usagef("read configuration: %w", err)
	}
	directory, err := filepath.Abs(a.config.Dir)
	if err != nil {
		return err
	}
	a.config.Dir = directory
	var level slog.Level
	if err := level.UnmarshalText([]byte(a.config.Log)); err != nil {
		return usagef("--log %q is unknown: use debug, info, warn or error", a.config.Log)
	}
	a.log = slog.New(slog.NewTextHandler(a.notes, &slog.HandlerOptions{Level: level}))
	return nil
}
