package dashboards

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/loop"
	"sevenday/metrics/uplift"
	"sevenday/queries"
)

var (
	preview      = flag.String("preview", "", "serve the pages with made-up figures on this host:port until interrupted")
	previewState = flag.String("preview-state", "full", "what to show: full, filling (nothing published), broken (some questions fail)")
)

// TestPreview shows the pages to a person or a browser test:
//
//	go test ./dashboards -run TestPreview -preview 127.0.0.1:8099 -timeout 0
func TestPreview(t *testing.T) {
	if *preview == "" {
		t.Skip("it serves only with -preview host:port")
	}
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server, err := New(previewed(*previewState))
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

func previewed(state string) Config {
	full := newFixture()
	config := Config{Address: *preview, Figures: full, Progress: fixtureStages}
	switch state {
	case "filling":
		config.Figures = nothingYet{full}
		config.Progress = func() []Stage {
			return []Stage{
				{Name: "servers", State: Done},
				{Name: "simulate", State: Running, Done: 1_200_000, Total: 2_400_000, Detail: "records"},
				{Name: "ingest", State: Running, Done: 900_000, Detail: "records"},
				{Name: "settle", State: Waiting},
				{Name: "fold", State: Waiting},
				{Name: "publish", State: Failed, Detail: "no space left"},
			}
		}
	case "broken":
		config.Figures = broken{full}
	}
	return config
}

func fixtureStages() []Stage {
	return []Stage{
		{Name: "servers", State: Done},
		{Name: "load", State: Done, Done: 2_400_000, Total: 2_400_000, Detail: "records"},
		{Name: "publish", State: Done},
	}
}

// nothingYet is what a demo shows in its first minute.
type nothingYet struct{ *fixture }

func (nothingYet) Freshness(context.Context) (queries.Freshness, error) {
	return queries.Freshness{}, &sevenday.Error{Kind: sevenday.Unavailable, Op: "ask", Subject: "clickhouse"}
}

func (nothingYet) Uplift(context.Context, metrics.Scope) ([]uplift.Result, error) { return nil, nil }

// broken fails in one place, which must leave the others on show.
type broken struct{ *fixture }

func (broken) Loop(context.Context, loop.Query) ([]loop.Row, error) {
	return nil, fmt.Errorf("a fault that the log explains")
}
