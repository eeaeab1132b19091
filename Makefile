# Every target does its own set-up; `make` alone lists them.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

GOLANGCI_LINT_VERSION := v2.15.0
GOFUMPT_VERSION := v0.12.0
GOVULNCHECK_VERSION := v1.1.4

# Tools are built here, with their version in the path, so that a raised pin is built anew.
TOOLS := $(CURDIR)/.cache/bin
GOLANGCI_LINT := $(TOOLS)/golangci-lint-$(GOLANGCI_LINT_VERSION)
GOFUMPT := $(TOOLS)/gofumpt-$(GOFUMPT_VERSION)
GOVULNCHECK := $(TOOLS)/govulncheck-$(GOVULNCHECK_VERSION)

WEB := dashboards/web
WEB_INSTALLED := $(WEB)/node_modules/.package-lock.json

# What `make test` runs; GOTESTFLAGS adds to it (-v, -run NAME).
PACKAGES ?= ./...
GOTESTFLAGS ?=
# Packages whose code is concurrent and whose tests are affordable under the race
# detector, which needs a C compiler and slows the simulated worlds down eightfold.
RACE_PACKAGES ?= ./dashboards/... ./ingest/scene/... ./ingest/decode/...
FUZZTIME ?= 30s
BENCHTIME ?= 1s

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-zA-Z_-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-12s %s\n", $$1, $$2 }'

.PHONY: setup
setup: ## check prerequisites and fetch the embedded ClickHouse (178 MB, once)
	@scripts/setup.sh

.PHONY: setup-test
setup-test: setup ## the same for the tests: a browser, and the real Kafka broker (43 MB, once)
	@scripts/setup-test.sh

# --- the pages ---------------------------------------------------------------

$(WEB_INSTALLED): $(WEB)/package-lock.json $(WEB)/package.json
	cd $(WEB) && npm ci --no-audit --no-fund

.PHONY: web
web: $(WEB_INSTALLED) ## build the pages that the binary embeds
	cd $(WEB) && npm run --silent build

.PHONY: web-check
web-check: $(WEB_INSTALLED) ## check the pages' types
	cd $(WEB) && npm run --silent check

.PHONY: web-test
web-test: $(WEB_INSTALLED) ## test the pages' model, charts and formats
	cd $(WEB) && npm run --silent test

# --- the program -------------------------------------------------------------

.PHONY: build
build: web ## build bin/sevenday, with the pages inside
	CGO_ENABLED=0 go build -trimpath -o bin/sevenday ./cmd/sevenday

.PHONY: demo
demo: setup build ## simulated merchants, the whole pipeline and the pages, on this machine
	bin/sevenday demo

.PHONY: real
real: setup build ## a year of real grocery baskets (32 MB, once), compared with pandas' figures
	go run ./examples/complete-journey -sevenday bin/sevenday

# --- tests -------------------------------------------------------------------

.PHONY: test
test: setup-test web ## everything that must pass: Go and the pages
	@scripts/test.sh $(PACKAGES) -- $(GOTESTFLAGS)
	$(MAKE) --no-print-directory web-test

.PHONY: test-race
test-race: ## the packages whose concurrency fits under the race detector
	CGO_ENABLED=1 go test -race -shuffle=on $(GOTESTFLAGS) $(RACE_PACKAGES)

.PHONY: torture
torture: setup-test web ## the tests of crashes, restarts and faults, over and over (COUNT=10)
	scripts/test.sh ./ingest/... ./transform/... ./cmd/... -- -count=$${COUNT:-10} -timeout=4h $(GOTESTFLAGS)

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (30s) each
	@scripts/fuzz.sh $(FUZZTIME)

.PHONY: test-all
test-all: test test-race fuzz ## test, test-race and fuzz

.PHONY: bench
bench: setup web ## speed and memory, as tables; nothing is asserted
	@BENCHTIME=$(BENCHTIME) scripts/bench.sh

# --- checks ------------------------------------------------------------------

$(GOLANGCI_LINT):
	@scripts/install-tool.sh $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint $(GOLANGCI_LINT_VERSION)

$(GOFUMPT):
	@scripts/install-tool.sh $@ mvdan.cc/gofumpt $(GOFUMPT_VERSION)

$(GOVULNCHECK):
	@scripts/install-tool.sh $@ golang.org/x/vuln/cmd/govulncheck $(GOVULNCHECK_VERSION)

.PHONY: lint
lint: $(GOLANGCI_LINT) web web-check ## golangci-lint with gofumpt, and the pages' types
	go vet ./...
	$(GOLANGCI_LINT) run --allow-parallel-runners ./...

.PHONY: fmt
fmt: $(GOLANGCI_LINT) $(GOFUMPT) ## format the Go code
	$(GOFUMPT) -w .
	$(GOLANGCI_LINT) fmt ./...

.PHONY: generate
generate: $(WEB_INSTALLED) ## write the files that are made from others
	go run ./internal/definitions -lang en >docs/metrics.md
	go run ./internal/definitions -lang zh >docs/metrics.zh-CN.md
	cd $(WEB) && npm run --silent generate

.PHONY: verify
verify: ## fail when a generated file or go.mod is stale
	@scripts/verify.sh

.PHONY: audit
audit: ## known vulnerabilities, as far as the databases can be reached
	@scripts/audit.sh $(GOVULNCHECK) $(WEB)

.PHONY: check
check: verify lint test ## what CI runs

.PHONY: clean
clean: ## remove what the other targets made here (not the caches in your home)
	rm -rf bin .cache $(WEB)/node_modules coverage.out
	find $(WEB)/dist -mindepth 1 ! -name .keep -delete
