#!/bin/bash
# Fails when a file that is made from others is not what they make it. It
# compares in a copy, and changes nothing here.
set -euo pipefail
cd "$(dirname "$0")/.."
stale=0

# same FILE COMMAND...: compares the file with what the command prints.
same() {
	local file=$1
	shift
	if ! diff -q <("$@") "$file" >/dev/null; then
		echo "verify: $file is stale: run make generate" >&2
		stale=1
	fi
}

same docs/metrics.md go run ./internal/definitions -lang en
same docs/metrics.zh-CN.md go run ./internal/definitions -lang zh
if ! go mod tidy -diff >/dev/null; then
	echo "verify: go.mod or go.sum is stale: run go mod tidy" >&2
	stale=1
fi
exit $stale
