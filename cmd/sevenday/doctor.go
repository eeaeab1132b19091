package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"sevenday/internal/broker"
	"sevenday/internal/warehouse"
	"sevenday/queries"
	"sevenday/transform"
)

// doctorWait bounds each of the doctor's questions.
const doctorWait = 10 * time.Second

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Print the settings in force, without secrets, and check each part",
		Long: `Print the settings in force, without secrets, and check each part. The exit code
is 0 when every required part answers; warnings never change it.`,
		Example: "  sevenday doctor --dir data",
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			a.printSettings()
			e, err := a.endpoints()
			if err != nil {
				return err
			}
			return a.examine(command.Context(), e)
		},
	}
}

func (a *app) printSettings() {
	clickHouse, kafka := "embedded", "embedded"
	if a.config.ClickHouse != "" {
		clickHouse = "elsewhere (the DSN holds a password and is not shown)"
	}
	if a.config.Kafka != "" {
		kafka = a.config.Kafka
	}
	fmt.Fprintf(a.out, "dir         %s\nclickhouse  %s\nkafka       %s\nlateness    %s\nscenes      %s\n\n",
		a.config.Dir, clickHouse, kafka, orDefault(a.config.Lateness.String(), "0s", transform.DefaultLateness.String()),
		orDefault(a.config.Scenes, "", "the shipped table"))
}

func orDefault(value, empty, otherwise string) string {
	if value == empty {
		return otherwise
	}
	return value
}

// examine asks each part and prints what it says.
func (a *app) examine(ctx context.Context, e Endpoints) error {
	sick := 0
	check := func(part string, ask func(context.Context) (string, error)) {
		var word string
		err := within(ctx, doctorWait, func(ctx context.Context) (err error) {
			word, err = ask(ctx)
			return err
		})
		if err != nil {
			sick++
			fmt.Fprintf(a.out, "FAIL  %-11s %s\n", part, oneLine(err))
			return
		}
		fmt.Fprintf(a.out, "ok    %-11s %s\n", part, word)
	}
	check("Kafka", func(ctx context.Context) (string, error) { return examineKafka(ctx, e) })
	var db *warehouse.DB
	check("ClickHouse", func(ctx context.Context) (word string, err error) {
		db, err = a.dial(ctx, warehouse.UserAdmin)
		return "answers", err
	})
	if db == nil {
		return errors.New("a required part does not answer: see above")
	}
	defer func() { a.complain(db.Close()) }()
	check("migrations", func(ctx context.Context) (string, error) { return examineMigrations(ctx, db) })
	catalog := &queries.Catalog{DB: db}
	check("hop one", func(ctx context.Context) (string, error) { return examineIngest(ctx, catalog) })
	check("hop two", func(ctx context.Context) (string, error) { return examineSettling(ctx, catalog) })
	a.warn(ctx, catalog)
	if sick > 0 {
		return fmt.Errorf("%d required parts do not answer: see above", sick)
	}
	return nil
}

func examineKafka(ctx context.Context, e Endpoints) (string, error) {
	if e.Kafka == "" {
		return "", errors.New("no address: name --kafka or start `sevenday up`")
	}
	ends, err := broker.EndOffsets(ctx, addresses(e.Kafka), "sevenday.entries")
	return fmt.Sprintf("%s, %d partitions of sevenday.entries", e.Kafka, len(ends)), err
}

func examineMigrations(ctx context.Context, db *warehouse.DB) (string, error) {
	sources, err := tables()
	if err != nil {
		return "", err
	}
	migrations, err := warehouse.MigrationStatus(ctx, db, sources...)
	if err != nil {
		return "", err
	}
	for _, m := range migrations {
		if !m.Applied {
			return "", fmt.Errorf("%s is pending: call `sevenday migrate`", m.Name)
		}
	}
	return fmt.Sprintf("%d applied", len(migrations)), nil
}

func examineIngest(ctx context.Context, catalog *queries.Catalog) (string, error) {
	rows, err := catalog.Ingest(ctx)
	if err != nil {
		return "", err
	}
	landed, refused, lag := int64(0), int64(0), int64(0)
	for _, row := range rows {
		landed += row.Landed
		refused += row.Refused
		lag += row.Lag
		if !row.AddsUp {
			return "", fmt.Errorf("%s partition %d does not add up: call `sevenday query ingest`", row.Kind, row.Partition)
		}
	}
	return fmt.Sprintf("%d landed, %d refused, %d behind", landed, refused, lag), nil
}

func examineSettling(ctx context.Context, catalog *queries.Catalog) (string, error) {
	rows, err := catalog.Ingest(ctx)
	if err != nil {
		return "", err
	}
	settled, waiting := int64(0), int64(0)
	for _, row := range rows {
		settled += row.Settled
		waiting += row.Received - row.Settled
	}
	return fmt.Sprintf("%d settled, %d waiting", settled, waiting), nil
}

// warn lists what an operator should look at and what stops nothing.
func (a *app) warn(ctx context.Context, catalog *queries.Catalog) {
	merchants, err := catalog.Merchants(ctx)
	if err != nil {
		a.complain(err)
		return
	}
	for _, m := range merchants {
		if !m.Declared {
			fmt.Fprintf(a.out, "warn  merchant %s sent events and no merchant record: send one, or its days are cut in Asia/Shanghai\n", m.MerchantID)
		}
	}
	freshness, err := catalog.Freshness(ctx)
	if err == nil && freshness.Run == 0 {
		fmt.Fprintln(a.out, "warn  nothing is published yet: call `sevenday run`")
	}
}
