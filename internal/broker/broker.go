package broker

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"github.com/twmb/franz-go/pkg/kfake"

	"sevenday"
)

// Broker is a running embedded Kafka broker: one process, one node, loopback
// only. Everything acknowledged is on disk, so a killed process loses nothing.
type Broker struct {
	cluster   *kfake.Cluster
	addresses []string
	close     sync.Once
}

// Start starts the embedded broker and returns when it accepts connections.
// What an earlier broker kept under Dir is there again: topics, records,
// groups. A port that somebody else holds is a Conflict error.
func Start(ctx context.Context, config Config) (*Broker, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	config = config.WithDefaults()
	if err := os.MkdirAll(config.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the broker's data directory: %w", err)
	}
	port, err := choosePort(config)
	if err != nil {
		return nil, err
	}
	cluster, err := kfake.NewCluster(options(config, port)...)
	if err != nil {
		return nil, &sevenday.Error{Kind: sevenday.Internal, Op: "start the embedded Kafka broker in", Subject: config.Dir, Err: err}
	}
	broker := &Broker{cluster: cluster, addresses: cluster.ListenAddrs()}
	if err := rememberPort(config.Dir, port); err != nil {
		broker.Close()
		return nil, err
	}
	return broker, nil
}

func options(config Config, port int) []kfake.Opt {
	return []kfake.Opt{
		kfake.Ports(port),
		kfake.ClusterID("sevenday"),
		kfake.DataDir(dataDir(config.Dir)),
		// An acknowledged record must survive a power cut: ingest's ledger counts
		// offsets, and a broker that took one back would hand it out twice.
		kfake.SyncWrites(),
		kfake.WithLogger(logger{config.Log}),
	}
}

// Addresses returns the host:port pairs that clients connect to.
func (b *Broker) Addresses() []string { return append([]string(nil), b.addresses...) }

// Close saves the broker's state and stops it. Further calls do nothing.
func (b *Broker) Close() { b.close.Do(b.cluster.Close) }

// Compact removes at once what newer records of the same keys replace in
// compacted topics, instead of within the hour in which it happens by itself.
func (b *Broker) Compact() { b.cluster.Compact() }

// logger hands the broker's complaints to slog; its chatter about every
// request is dropped, because a healthy run is quiet.
type logger struct{ log *slog.Logger }

func (l logger) Logf(level kfake.LogLevel, format string, arguments ...any) {
	switch level {
	case kfake.LogLevelError:
		l.log.Error(fmt.Sprintf(format, arguments...), "part", "embedded kafka")
	case kfake.LogLevelWarn:
		l.log.Warn(fmt.Sprintf(format, arguments...), "part", "embedded kafka")
	case kfake.LogLevelNone, kfake.LogLevelInfo, kfake.LogLevelDebug:
	}
}
