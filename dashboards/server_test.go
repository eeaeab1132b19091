package dashboards

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
)

var update = flag.Bool("update", false, "rewrite web/openapi.json")

// site is a server under test, its figures and its log.
type site struct {
	*fixture
	server *Server
	log    *bytes.Buffer
	clock  time.Time
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{fixture: newFixture(), log: &bytes.Buffer{}, clock: time.Unix(1_800_000_000, 0)}
	server, err := New(Config{
		Figures: s.fixture, Progress: fixtureStages,
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Now: func() time.Time { return s.clock },
	})
	if err != nil {
		t.Fatal(err)
	}
	s.server = server
	return s
}

func (s *site) ask(t *testing.T, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	r.Host = "127.0.0.1:8080"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	return w
}

func (s *site) get(t *testing.T, target string) *httptest.ResponseRecorder {
	t.Helper()
	return s.ask(t, http.MethodGet, target)
}

func decode[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %.300s", err, w.Body)
	}
	return v
}

func TestAPI_EveryQuestionIsAnswered(t *testing.T) {
	s := open(t)
	for _, target := range []string{
		"/progress", "/freshness", "/report", "/merchants", "/ingest", "/uplift", "/uplift?industry=catering",
		"/sales", "/sales?last=28&merchant=m-retail-00&grain=range", "/coupons?from=2026-11-01&to=2026-11-08", "/loop?last=28",
		"/conversion?industry=retail", "/portals?last=28&grain=range",
		"/retention", "/retention?n=0..30&cohort=all&activity=paying&period=week&by=portal&measure=day_n&aggregation=pooled&grain=range",
	} {
		w := s.get(t, apiPrefix+target)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: got %d %v %.200s", target, w.Code, w.Header(), w.Body)
		}
		if body := strings.TrimSpace(w.Body.String()); body == "null" || body == "[]" {
			t.Errorf("%s: the answer is %s", target, body)
		}
	}
}

func TestAPI_ABadParameterIsNamedWithTheFix(t *testing.T) {
	s := open(t)
	for target, want := range map[string][2]string{
		"/sales?from=2026-13-01":                       {"query.from", "date"},
		"/sales?from=2026-11-02&to=2026-11-02":         {"query.to", "the day after the last"},
		"/sales?last=0":                                {"query.last", ">= 1"},
		"/sales?last=7&to=2026-11-02":                  {"query.last", "not both"},
		"/sales?merchant=a&industry=retail":            {"query.industry", "not both"},
		"/sales?merchant=%27%20OR%201=1":               {"query.merchant", "a merchant id"},
		"/sales?industry=Re%20tail":                    {"query.industry", "an industry"},
		"/sales?grain=hour":                            {"query.grain", "both, range, day"},
		"/sales?naem=x":                                {"query.naem", "unknown"},
		"/retention?n=31":                              {"query.n", "0 to 30"},
		"/retention?n=7..3":                            {"query.n", "smaller end first"},
		"/retention?cohort=old":                        {"query.cohort", "new, all"},
		"/retention?activity=click":                    {"query.activity", "visit, paying"},
		"/retention?period=year":                       {"query.period", "day, week, month"},
		"/retention?by=moon":                           {"query.by", "portal"},
		"/retention?measure=day":                       {"query.measure", "day_n"},
		"/uplift?merchant=a&industry=retail":           {"query.industry", "not both"},
		"/portals?merchant=" + strings.Repeat("a", 65): {"query.merchant", "<= 64"},
	} {
		w := s.get(t, apiPrefix+target)
		got := w.Body.String()
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) {
			t.Errorf("%s: got %d %s, want 422 about %s saying %q", target, w.Code, got, want[0], want[1])
		}
		if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("%s: content type %s", target, ct)
		}
	}
	if len(s.asked) > 1 { // freshness alone may be asked for
		t.Errorf("bad questions reached the figures: %v", s.asked)
	}
}

func TestAPI_UnknownPathsAndMethodsAreProblemsToo(t *testing.T) {
	s := open(t)
	for _, w := range []*httptest.ResponseRecorder{
		s.get(t, "/api/v1/nothing"), s.get(t, "/api/"), s.ask(t, http.MethodDelete, "/api/v1/sales"),
	} {
		if w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != "application/problem+json" || !json.Valid(w.Body.Bytes()) {
			t.Errorf("got %d %s %s", w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
}

func TestAPI_ParametersReachTheQuery(t *testing.T) {
	s := open(t)
	s.get(t, apiPrefix+"/retention?merchant=m-1&from=2026-11-01&to=2026-11-08&n=0..30&cohort=all&activity=paying&period=week&by=portal")
	want := retention.Query{
		Cohort: retention.CohortAll, Activity: retention.ActivityPaying, Period: retention.PeriodWeek, By: "portal", FromN: 0, ToN: 30,
	}
	want.Merchant = "m-1"
	want.From, want.To = sevenday.Date(2026, time.November, 1), sevenday.Date(2026, time.November, 8)
	if diff := cmp.Diff(want, s.lastAny); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
}

func TestAPI_LastEndsWithTheLastFinalDay(t *testing.T) {
	s := open(t)
	for target, want := range map[string][2]sevenday.Day{
		"/sales?last=28":          {fixtureClosed - 27, fixtureClosed + 1},
		"/conversion?last=28":     {fixtureClosed - 28, fixtureClosed},
		"/loop?last=28":           {fixtureClosed - 57, fixtureClosed - 29},
		"/retention?last=28&n=7":  {fixtureClosed - 34, fixtureClosed - 6},
		"/retention?last=7&n=0":   {fixtureClosed - 6, fixtureClosed + 1},
		"/sales?last=1&grain=day": {fixtureClosed, fixtureClosed + 1},
	} {
		s.get(t, apiPrefix+target)
		body, err := json.Marshal(s.lastAny)
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ From, To sevenday.Day }
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if got.From != want[0] || got.To != want[1] {
			t.Errorf("%s asks for [%s, %s), want [%s, %s)", target, got.From, got.To, want[0], want[1])
		}
	}
}

func TestAPI_NZeroIsItsOwnAnswer(t *testing.T) {
	s := open(t)
	for _, row := range decode[[]retention.Row](t, s.get(t, apiPrefix+"/retention?n=0&merchant=m-1")) {
		if row.N != 0 {
			t.Fatalf("n = %d in an answer to n=0", row.N)
		}
	}
	if q, ok := s.lastAny.(retention.Query); !ok || q.FromN != 0 || q.ToN == 0 {
		t.Errorf("the figures were asked %+v, which means n = 7", s.lastAny)
	}
}

func TestAPI_GrainMeasureAndAggregationChooseRows(t *testing.T) {
	s := open(t)
	rows := decode[[]retention.Row](t, s.get(t, apiPrefix+"/retention?n=0..30&grain=range&measure=day_n&aggregation=merchant_mean"))
	if len(rows) != 31 {
		t.Errorf("%d rows, want one for each n", len(rows))
	}
	for _, row := range rows {
		if row.CohortDay != nil || row.Measure != retention.DayN || *row.Aggregation != retention.MerchantMean {
			t.Errorf("unwanted row %+v", row)
		}
	}
	for _, row := range decode[[]struct{ Day *sevenday.Day }](t, s.get(t, apiPrefix+"/sales?grain=day")) {
		if row.Day == nil {
			t.Error("grain=day holds the pooled row")
		}
	}
}

func TestAPI_ErrorsGetTheStatusOfTheirKind(t *testing.T) {
	for kind, want := range statuses {
		s := open(t)
		s.err = &sevenday.Error{Kind: kind, Op: "read", Subject: "m-1", Err: errors.New("SELECT secret FROM host:9000")}
		w := s.get(t, apiPrefix+"/sales")
		if w.Code != want || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: got %d %s", kind, w.Code, w.Body)
		}
		_, hidden := details[kind]
		if strings.Contains(w.Body.String(), "SELECT") == hidden {
			t.Errorf("%s: the answer is %s", kind, w.Body)
		}
		if !hidden {
			continue
		}
		_, id, found := strings.Cut(decode[struct{ Instance string }](t, w).Instance, "urn:sevenday:error:")
		if !found || !strings.Contains(s.log.String(), id) || !strings.Contains(s.log.String(), "SELECT secret") {
			t.Errorf("%s: the log %q does not explain %q", kind, s.log, w.Body)
		}
	}
}

type panicking struct{ *fixture }

func (panicking) Sales(context.Context, sales.Query) ([]sales.Row, error) { panic("boom") }

func TestAPI_APanicIsOneGeneralAnswer(t *testing.T) {
	f := newFixture()
	log := &bytes.Buffer{}
	server, err := New(Config{Figures: panicking{f}, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{fixture: f, server: server, log: log}
	w := s.get(t, apiPrefix+"/sales")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "boom") || !strings.Contains(log.String(), "boom") {
		t.Errorf("got %d %s; log %s", w.Code, w.Body, log)
	}
}

func TestServer_EveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	s := open(t)
	wanted := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
			"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	}
	for _, target := range []string{"/", "/m/m-1", "/assets/none.js", "/nothing", "/livez", "/readyz", "/api/v1/sales", "/api/v1/openapi.json", "/api/v1/sales?n=1"} {
		w := s.get(t, target)
		for name, want := range wanted {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", target, name, got, want)
			}
		}
	}
}

func TestServer_AForeignNameForThisMachineIsRefused(t *testing.T) {
	s := open(t)
	for host, want := range map[string]int{
		"evil.example": http.StatusMisdirectedRequest, "127.0.0.1.evil.example:8080": http.StatusMisdirectedRequest,
		"localhost:8080": http.StatusOK, "[::1]:8080": http.StatusOK, "127.0.0.1": http.StatusOK,
	} {
		if w := s.ask(t, http.MethodGet, "/api/v1/freshness", "Host", host); w.Code != want {
			t.Errorf("%s: got %d, want %d", host, w.Code, want)
		}
	}
}

func TestServer_CrossSiteWritesAreRefused(t *testing.T) {
	w := open(t).ask(t, http.MethodPost, "/api/v1/sales", "Sec-Fetch-Site", "cross-site")
	if w.Code != http.StatusForbidden {
		t.Errorf("got %d, want 403", w.Code)
	}
}

func TestServer_AnswersShrinkForClientsThatCanUnpack(t *testing.T) {
	s := open(t)
	plain := s.get(t, apiPrefix+"/merchants")
	packed := s.ask(t, http.MethodGet, apiPrefix+"/merchants", "Accept-Encoding", "gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len()*3 > plain.Body.Len() {
		t.Fatalf("%d bytes packed, %d plain", packed.Body.Len(), plain.Body.Len())
	}
	reader, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(reader)
	if err != nil || !bytes.Equal(unpacked, plain.Body.Bytes()) {
		t.Errorf("unpacked differently, %v", err)
	}
}

func TestReady_NamesWhatIsNot(t *testing.T) {
	f := newFixture()
	server, err := New(Config{Figures: f, Log: slog.New(slog.DiscardHandler), Ready: []Check{
		{Name: "warehouse", Ask: func(context.Context) error { return nil }},
		{Name: "kafka", Ask: func(context.Context) error { return errors.New("dial 10.0.0.7: refused") }},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{fixture: f, server: server}
	w := s.get(t, "/readyz")
	if w.Code != http.StatusServiceUnavailable || w.Body.String() != "warehouse: ready\nkafka: not ready\n" {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
	if w := s.get(t, "/livez"); w.Code != http.StatusOK {
		t.Errorf("live: got %d", w.Code)
	}
}

func TestPages_WithoutABundleThePlaceholderSaysHowToBuildIt(t *testing.T) {
	p, err := newPages(fstest.MapFS{".keep": {}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	p.serveDocument(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if !strings.Contains(w.Body.String(), "make web") {
		t.Errorf("got %s", w.Body)
	}
}

func TestPages_AssetsAreKeptForEverAndTheDocumentIsAskedFor(t *testing.T) {
	p, err := newPages(fstest.MapFS{"index.html": {Data: []byte("<p>app")}, "assets/a-1.js": {Data: []byte("1")}})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/assets/a-1.js": "public, max-age=31536000, immutable", "/assets/none.js": "", "/assets/": "",
	} {
		w := httptest.NewRecorder()
		p.serveAsset(w, httptest.NewRequest(http.MethodGet, path, nil))
		if got := w.Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control %q, want %q", path, got, want)
		}
	}
	first := httptest.NewRecorder()
	p.serveDocument(first, httptest.NewRequest(http.MethodGet, "/", nil))
	again := httptest.NewRequest(http.MethodGet, "/", nil)
	again.Header.Set("If-None-Match", first.Header().Get("ETag"))
	second := httptest.NewRecorder()
	p.serveDocument(second, again)
	if first.Body.String() != "<p>app" || second.Code != http.StatusNotModified || second.Body.Len() != 0 {
		t.Errorf("first %q, then %d %q", first.Body, second.Code, second.Body)
	}
}

func TestServer_RunServesUntilItsContextEnds(t *testing.T) {
	f := newFixture()
	server, err := New(Config{Address: "127.0.0.1:0", Figures: f})
	if err != nil {
		t.Fatal(err)
	}
	url, err := server.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	response, err := http.Get(url + "/livez")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	cancel()
	if err := <-done; err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("Run returned %v after status %d", err, response.StatusCode)
	}
}

func TestServer_ATakenPortIsSaidWithTheFix(t *testing.T) {
	f := newFixture()
	first, err := New(Config{Address: "127.0.0.1:0", Figures: f})
	if err != nil {
		t.Fatal(err)
	}
	url, err := first.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.listener.Close() }()
	second, err := New(Config{Address: strings.TrimPrefix(url, "http://"), Figures: f})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := second.Listen(); sevenday.KindOf(err) != sevenday.Conflict || !strings.Contains(err.Error(), "port 0") {
		t.Errorf("got %v", err)
	}
}

func TestConfig_ReportsEveryFaultAtOnce(t *testing.T) {
	_, err := New(Config{Address: "nowhere"})
	for _, want := range []string{"no figures", "nowhere"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

// The page's types are made from this file; rewrite it with -update.
func TestAPI_TheCheckedInDescriptionIsCurrent(t *testing.T) {
	const path = "web/openapi.json"
	var got bytes.Buffer
	if err := json.Indent(&got, open(t).get(t, apiPrefix+"/openapi.json").Body.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s is not what the routes say; run go test ./dashboards -update and npm run generate (-file +routes):\n%s", path, diff)
	}
}
