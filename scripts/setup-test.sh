#!/bin/sh
# What the tests need beyond the program: a browser for the pages, DuckDB for a
# second reckoning of the figures, and the real Kafka broker. What is missing is
# named with the way to get it; the tests that need it are skipped then, and say so.
set -eu
cd "$(dirname "$0")/.."

missing() { echo "setup: $1" >&2; }

have_browser() {
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

# Only a machine that is ours to change gets packages: root, with apt.
install_browser() {
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "setup: installing Debian's chromium (about 100 MB, once)"
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 ||
			missing "apt-get could not install chromium: the tests in a browser are skipped"
	else
		missing "no chromium: the tests in a browser are skipped (Debian: apt-get install chromium)"
	fi
}

fetch_broker() {
	for program in java mvn; do
		command -v "$program" >/dev/null || {
			missing "no $program: the tests with the real Kafka broker are skipped (Debian: apt-get install openjdk-17-jre-headless maven)"
			return
		}
	done
	scripts/kafka/fetch.sh >/dev/null
}

# npm keeps what is installed beside the files; it is done again when they change.
install_duckdb() {
	installed=testdata/duckdb/node_modules/.package-lock.json
	[ ! "$installed" -nt testdata/duckdb/package-lock.json ] || return 0
	(cd testdata/duckdb && npm ci --no-audit --no-fund >/dev/null 2>&1) ||
		missing "npm could not install DuckDB: the comparison of the figures with DuckDB's is skipped"
}

have_browser || install_browser
install_duckdb
fetch_broker
