package dashboards

import (
	"crypto/rand"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
)

// contentPolicy lets the page load its own scripts, styles and pictures and
// talk to its own API, and nothing else.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

var securityHeaders = map[string]string{
	"Content-Security-Policy":      contentPolicy,
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY", // for browsers that don't know frame-ancestors
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=()",
}

// guard stands before every route: headers, the body limit, the host's name,
// cross-origin protection, and the end of panics.
func (s *Server) guard(next http.Handler) http.Handler {
	protected := http.NewCrossOriginProtection().Handler(s.hosts(s.recovered(next)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range securityHeaders {
			w.Header().Set(name, value)
		}
		if strings.HasPrefix(r.URL.Path, "/api/") {
			w.Header().Set("Cache-Control", "no-store")
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBodyBytes)
		protected.ServeHTTP(w, r)
	})
}

// hosts refuses names that are not ours when only this machine is served: a
// page elsewhere could point its own name here and read what it gets.
func (s *Server) hosts(next http.Handler) http.Handler {
	if !isLoopback(hostOf(s.config.Address)) {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostOf(r.Host)
		if !isLoopback(host) && !slices.Contains(s.config.Hosts, host) {
			http.Error(w, "this address serves its own machine only: ask for http://"+s.config.Address, http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hostOf(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil { // no port
		return strings.Trim(address, "[]")
	}
	return host
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// recovered ends a panic with a general answer; the log has the rest.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == any(http.ErrAbortHandler) {
				panic(fault)
			}
			id := rand.Text()
			s.config.Log.Error("panic", "path", r.URL.Path, "id", id, "fault", fault, "stack", string(debug.Stack()))
			http.Error(w, "something went wrong inside: the log has it under "+id, http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}
