package dashboards

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"strings"
)

// bundle is the built app. Only .keep is there before it is built.
//
//go:embed all:web/dist
var bundle embed.FS

//go:embed placeholder.html
var placeholder []byte

// pages serves the app: hashed assets for ever, and one document for every page of it.
type pages struct {
	assets   http.Handler
	document []byte
	tag      string // the document's ETag
}

// newPages reads the app from files; without an index.html there it serves the placeholder.
func newPages(files fs.FS) (*pages, error) {
	document, err := fs.ReadFile(files, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		document, err = placeholder, nil
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(document)
	return &pages{
		assets:   http.FileServerFS(files),
		document: document,
		tag:      `"` + hex.EncodeToString(sum[:8]) + `"`,
	}, nil
}

func embedded() (*pages, error) {
	files, err := fs.Sub(bundle, "web/dist")
	if err != nil {
		return nil, err
	}
	return newPages(files)
}

// serveDocument serves the app's one document, asked for again on every visit
// and sent again only when it changed.
func (p *pages) serveDocument(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", p.tag)
	if r.Header.Get("If-None-Match") == p.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Method != http.MethodHead {
		_, _ = w.Write(p.document) // a client that went away is no fault
	}
}

// serveAsset serves a built file, whose name holds its hash. Folders are not listed.
func (p *pages) serveAsset(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/") {
		http.NotFound(w, r)
		return
	}
	p.assets.ServeHTTP(immutable{w}, r)
}

// immutable lets clients keep what was found for ever, and nothing else.
type immutable struct{ http.ResponseWriter }

func (w immutable) WriteHeader(status int) {
	if status == http.StatusOK || status == http.StatusNotModified {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.ResponseWriter.WriteHeader(status)
}
