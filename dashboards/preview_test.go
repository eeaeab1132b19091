package dashboards

import (
	"flag"
	"os"
	"os/signal"
	"syscall"
	"testing"
)

var preview = flag.String("preview", "", "serve the pages with made-up figures on this host:port until interrupted")

// TestPreview shows the pages to a person or a browser test:
//
//	go test ./dashboards -run TestPreview -preview 127.0.0.1:8099 -timeout 0
func TestPreview(t *testing.T) {
	if *preview == "" {
		t.Skip("it serves only with -preview host:port")
	}
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	figures := newFixture()
	server, err := New(Config{Address: *preview, Figures: figures, Uplifts: figures, Progress: fixtureStages})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

func fixtureStages() []Stage {
	return []Stage{
		{Name: "servers", State: Done},
		{Name: "load", State: Done, Done: 2_400_000, Total: 2_400_000, Detail: "records"},
		{Name: "publish", State: Done},
	}
}
