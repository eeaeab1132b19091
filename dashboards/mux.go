package dashboards

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// routes puts the API, the pages and the health checks behind one guard.
func (s *Server) routes() (http.Handler, error) {
	app, err := embedded()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	s.declare(newAPI(mux))
	mux.HandleFunc("/api/", s.noSuchQuestion)
	mux.HandleFunc("GET /livez", live)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("GET /assets/", app.serveAsset)
	mux.HandleFunc("GET /{$}", app.serveDocument)
	mux.HandleFunc("GET /m/{merchant}", app.serveDocument)
	// Answers are rows of repeated names and shrink to a tenth. There is no
	// secret in them that compression could give away.
	return s.guard(gzhttp.GzipHandler(mux)), nil
}

// noSuchQuestion answers paths and methods below /api/ that there are none for.
func (s *Server) noSuchQuestion(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write([]byte(noSuchQuestion)) // a client that went away is no fault
}

const noSuchQuestion = `{"title":"Not Found","status":404,"detail":"there is no such question: ` + apiPrefix + `/openapi.json lists them"}` + "\n"
