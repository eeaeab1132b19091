#!/bin/bash
# Asks the vulnerability databases: audit.sh GOVULNCHECK WEBFOLDER. Findings are
# printed, and what could not be asked is said; neither fails a build, because a
# database changes without the code.
set -uo pipefail
cd "$(dirname "$0")/.."
govulncheck=$1 web=$2

# ask NAME COMMAND...: runs it and says how it went.
ask() {
	local name=$1 output status
	shift
	output=$("$@" 2>&1)
	status=$?
	if [ $status = 0 ]; then
		echo "audit: $name: nothing known"
	elif grep -qiE 'dial tcp|no such host|timeout|timed out|forbidden|refused|ENOTFOUND|ECONN|EAI_AGAIN|audit endpoint|unexpected (http )?status|status code|Forbidden' <<<"$output"; then
		echo "audit: $name: the database could not be reached: $(tail -n 1 <<<"$output")"
	else
		echo "audit: $name: look at this"
		echo "$output"
	fi
}

if [ -x "$govulncheck" ] || make --no-print-directory "$govulncheck"; then
	ask "Go modules (govulncheck)" "$govulncheck" ./...
else
	echo "audit: Go modules: govulncheck could not be installed"
fi
ask "npm packages (npm audit)" npm --prefix "$web" audit --omit=dev
exit 0
