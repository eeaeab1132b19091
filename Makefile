# Every target does its own set-up; `make` alone lists them.

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-zA-Z_-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-18s %s\n", $$1, $$2 }'

.PHONY: setup
setup: ## check prerequisites and fetch the embedded ClickHouse (178 MB, once)
	@scripts/setup.sh

.PHONY: build
build: ## build bin/sevenday
	CGO_ENABLED=0 go build -trimpath -o bin/sevenday ./cmd/sevenday
