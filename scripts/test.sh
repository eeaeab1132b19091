#!/bin/bash
# Runs Go tests: test.sh PACKAGE... [-- FLAG...]. The output is go test's own, in
# the order in which packages finish, so its last lines say how it ended.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=() flags=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do packages+=("$1"); shift; done
[ $# -gt 0 ] && shift
flags=("$@")
# Packages that start servers share two cores badly; two at a time is what fits.
exec go test -shuffle=on -p 2 -timeout 14m "${flags[@]}" "${packages[@]}"
