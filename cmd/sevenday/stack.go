package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"sevenday"
	"sevenday/ingest"
	"sevenday/ingest/deadletter"
	"sevenday/ingest/decode"
	"sevenday/ingest/scene"
	"sevenday/internal/broker"
	"sevenday/internal/warehouse"
	"sevenday/queries"
	"sevenday/transform"
)

// stack is the servers that a command works with, embedded or elsewhere, and
// the connections to them. Close it when done.
type stack struct {
	app       *app
	endpoints Endpoints
	server    *warehouse.Server // nil when ClickHouse runs elsewhere
	broker    *broker.Broker    // nil when Kafka runs elsewhere
	admin     *warehouse.DB
	ingest    *warehouse.DB
	batch     *warehouse.DB
	dashboard *warehouse.DB
	keys      deadletter.Keys
	scenes    scene.Table
	landed    chan struct{} // woken when ingest has landed something
	letters   chan struct{}
}

// startStack starts or reaches the servers, makes tables and topics, and reads
// the operator's key. The directory's lock must be held.
func (a *app) startStack(ctx context.Context) (s *stack, err error) {
	s = &stack{app: a, landed: make(chan struct{}, 1), letters: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
			s = nil
		}
	}()
	steps := []func(context.Context) error{s.startBroker, s.startWarehouse, s.connect, s.prepare}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s *stack) startBroker(ctx context.Context) error {
	s.endpoints.Kafka = s.app.config.Kafka
	if s.endpoints.Kafka != "" {
		return nil
	}
	started, err := broker.Start(ctx, broker.Config{Dir: filepath.Join(s.app.config.Dir, "kafka"), Log: s.app.log})
	if err != nil {
		return err
	}
	s.broker = started
	s.endpoints.Kafka = started.Addresses()[0]
	return nil
}

func (s *stack) startWarehouse(ctx context.Context) error {
	if s.app.config.ClickHouse != "" {
		return nil
	}
	server, err := warehouse.Start(ctx, warehouse.ServerConfig{Dir: filepath.Join(s.app.config.Dir, "clickhouse"), Log: s.app.log})
	if err != nil {
		return err
	}
	s.server = server
	s.endpoints.ClickHouse = server.Endpoint()
	return nil
}

// connect opens a connection for each part, as the user with just its rights;
// a server elsewhere is used as the one user that its DSN names.
func (s *stack) connect(ctx context.Context) error {
	for _, c := range []struct {
		user string
		db   **warehouse.DB
	}{
		{warehouse.UserAdmin, &s.admin},
		{warehouse.UserIngest, &s.ingest},
		{warehouse.UserBatch, &s.batch},
		{warehouse.UserDashboard, &s.dashboard},
	} {
		var err error
		if s.server == nil {
			*c.db, err = warehouse.DialDSN(ctx, s.app.config.ClickHouse)
		} else {
			*c.db, err = warehouse.Dial(ctx, s.endpoints.ClickHouse, c.user)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *stack) prepare(ctx context.Context) error {
	if _, err := migrate(ctx, s.admin); err != nil {
		return err
	}
	if err := broker.EnsureTopics(ctx, s.kafka(), broker.DefaultPartitions); err != nil {
		return err
	}
	var err error
	if s.keys, err = deadletter.LoadOrCreateKeys(s.app.config.Dir); err != nil {
		return err
	}
	s.scenes, err = s.app.readScenes()
	return err
}

func (a *app) readScenes() (scene.Table, error) {
	if a.config.Scenes == "" {
		return scene.Shipped()
	}
	file, err := os.Open(a.config.Scenes)
	if err != nil {
		return scene.Table{}, usagef("read scene codes: %w", err)
	}
	defer func() { a.complain(file.Close()) }()
	return scene.Read(file, a.config.Scenes)
}

func (s *stack) kafka() []string { return addresses(s.endpoints.Kafka) }

func (s *stack) close() error {
	var failures []error
	for _, db := range []*warehouse.DB{s.admin, s.ingest, s.batch, s.dashboard} {
		if db != nil {
			failures = append(failures, db.Close())
		}
	}
	if s.broker != nil {
		s.broker.Close()
	}
	if s.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 8*time.Second)
		defer cancel()
		failures = append(failures, s.server.Stop(ctx))
	}
	return errors.Join(failures...)
}

// holder names this process in leases.
func holder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	return fmt.Sprintf("%s/%d", host, os.Getpid())
}

func (s *stack) settler() *transform.Settler {
	return &transform.Settler{DB: s.ingest, Holder: holder(), Log: s.app.log}
}

func (s *stack) newBatch(tell func(stage string, done, total int64)) *transform.Batch {
	return &transform.Batch{
		DB: s.batch, Settler: &transform.Settler{DB: s.batch, Holder: holder(), Log: s.app.log},
		Metrics: folds, Checks: checks(), Lateness: s.app.config.Lateness, Progress: tell,
	}
}

func (s *stack) newIngester() (*ingest.Ingester, error) {
	renewed, err := kindsOf(s.app.config.NewEpoch)
	if err != nil {
		return nil, err
	}
	return ingest.New(ingest.Config{
		Brokers: s.kafka(), DB: s.ingest, Log: s.app.log,
		AcceptLoss: s.app.config.AcceptLoss, NewEpoch: renewed,
		Decode: decode.Config{UserKey: s.keys.User[:], Scenes: s.scenes, StrictScenes: s.app.config.Strict},
		Sealer: deadletter.NewSealer(s.keys.Seal),
		Landed: func(sevenday.RecordKind) { wake(s.landed); wake(s.letters) },
	})
}

// kindsOf finds the kinds of record that the topics hold.
func kindsOf(topics []string) ([]sevenday.RecordKind, error) {
	var kinds []sevenday.RecordKind
	for _, topic := range topics {
		found := false
		for _, kind := range sevenday.RecordKinds {
			if kind.Topic() == topic {
				kinds, found = append(kinds, kind), true
			}
		}
		if !found {
			return nil, usagef("--new-epoch %q is no topic of records: use sevenday.entries, sevenday.transactions, sevenday.coupons or sevenday.merchants", topic)
		}
	}
	return kinds, nil
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// runIngest lands, settles and feeds dead letters until ctx ends.
func (s *stack) runIngest(ctx context.Context, ingester *ingest.Ingester) error {
	writer := broker.NewWriter(s.kafka())
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return ingester.Run(ctx) })
	parts.Go(func() error { return s.settler().Run(ctx, s.landed) })
	parts.Go(func() error {
		feeder := deadletter.NewFeeder(s.ingest, writer, s.app.log)
		feeder.Run(ctx, s.letters, func() []deadletter.Position { return positions(ingester.Status()) })
		return nil
	})
	return errors.Join(parts.Wait(), writer.Close())
}

func positions(status ingest.Status) []deadletter.Position {
	var all []deadletter.Position
	for _, p := range status.Partitions {
		all = append(all, deadletter.Position{Kind: p.Kind, Epoch: p.Epoch, Partition: p.Partition, Mark: p.Mark})
	}
	return all
}

// runBatches makes a batch now and then, the first when first is closed.
func (s *stack) runBatches(ctx context.Context, first <-chan struct{}, tell func(stage string, done, total int64)) error {
	select {
	case <-first:
	case <-ctx.Done():
		return nil
	}
	for {
		run, err := s.newBatch(tell).Run(ctx, time.Minute)
		if err != nil && ctx.Err() == nil {
			s.app.log.Error("the batch failed and is tried again", "error", err)
		}
		if len(run.Withheld) > 0 {
			s.app.log.Error("merchants keep their earlier figures: `sevenday query checks` says what checks found in the new ones", "merchants", len(run.Withheld))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(s.app.config.Every):
		}
	}
}

func (s *stack) catalog() *queries.Catalog { return &queries.Catalog{DB: s.dashboard} }
