#!/bin/bash
# Runs every fuzz target for a while: fuzz.sh 30s. Inputs that fail are kept in
# the package's testdata/fuzz, where ordinary tests find them again.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-30s}
while read -r package; do
	targets=$(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true)
	for target in $targets; do
		echo "== $package $target ($time)"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package"
	done
done < <(git grep -l --untracked '^func Fuzz' -- '*_test.go' | xargs -n 1 dirname | sort -u | sed 's|^|./|')
