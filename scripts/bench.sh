#!/bin/bash
# Prints how fast the parts are and what memory they take. Nothing is asserted:
# figures depend on the machine, which is printed first.
set -euo pipefail
cd "$(dirname "$0")/.."
benchtime=${BENCHTIME:-1s}

machine() {
	echo "machine: $(nproc) cores, $(awk '/^MemTotal/ { printf "%.1f GB", $2 / 1e6 }' /proc/meminfo 2>/dev/null || echo 'unknown memory')"
	echo "program: $(git rev-parse --short HEAD 2>/dev/null || echo unknown), $(go env GOVERSION) $(go env GOOS)/$(go env GOARCH)"
	echo
}

# Go's own benchmarks, one package at a time so that they don't disturb one another.
benchmarks() {
	git grep -l --untracked '^func Benchmark' -- '*_test.go' | xargs -n 1 dirname | sort -u |
		while read -r package; do
			go test -run '^$' -bench . -benchmem -benchtime "$benchtime" "./$package" | grep -E '^(pkg:|Benchmark|FAIL|---)' || true
			echo
		done
}

# The whole program from outside; EVENTS=1000000,10000000,50000000 for larger worlds.
pipeline() {
	CGO_ENABLED=0 go build -trimpath -o bin/sevenday ./cmd/sevenday
	go run ./internal/benchpipeline -binary bin/sevenday -events "${EVENTS:-1000000}"
	echo
}

machine
pipeline
benchmarks
