package dashboards

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// readyTimeout bounds all checks together: what asks has to know soon.
const readyTimeout = 3 * time.Second

// live answers as long as the program can answer at all.
func live(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "live\n") }

// ready answers 200 when every check passes, else 503 with the names of those
// that don't; why they don't is for the log.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	status := http.StatusOK
	var lines strings.Builder
	for _, check := range s.config.Ready {
		word := "ready"
		if err := check.Ask(ctx); err != nil {
			status, word = http.StatusServiceUnavailable, "not ready"
			s.config.Log.Warn("not ready", "check", check.Name, "error", err)
		}
		fmt.Fprintf(&lines, "%s: %s\n", check.Name, word)
	}
	if lines.Len() == 0 {
		lines.WriteString("ready\n")
	}
	say(w, status, lines.String())
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // a client that went away is no fault
}
