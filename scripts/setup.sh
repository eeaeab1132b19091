#!/bin/sh
# Checks what the build needs and puts the library of the embedded ClickHouse
# into the user's cache, where the program looks for it. Run again, it only checks.
set -eu
cd "$(dirname "$0")/.."

die() {
	echo "setup: $1" >&2
	exit 1
}

# at_least FOUND WANTED: compares dotted versions.
at_least() {
	[ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n | head -n 1)" = "$2" ]
}

check_prerequisites() {
	go=$(go env GOVERSION 2>/dev/null) || go=
	at_least "${go#go}" 1.26 ||
		die "Go >= 1.26 is needed (found: ${go:-none}): get it from https://go.dev/dl"
	node=$(node --version 2>/dev/null) || node=
	at_least "${node#v}" 20.0 ||
		die "Node >= 20 is needed (found: ${node:-none}): get it from https://nodejs.org or your system's packages"
	command -v npm >/dev/null ||
		die "npm is needed: it comes with Node from https://nodejs.org; Debian packages it as npm"
}

# The npm package of this platform. Its C library must be glibc, or macOS's own.
library_package() {
	case "$(uname -s)-$(uname -m)" in
	Linux-x86_64) echo @chdb/lib-linux-x64-gnu ;;
	Linux-aarch64) echo @chdb/lib-linux-arm64-gnu ;;
	Darwin-x86_64) echo @chdb/lib-darwin-x64 ;;
	Darwin-arm64) echo @chdb/lib-darwin-arm64 ;;
	*) die "no library for $(uname -s) on $(uname -m): put clickhouse >= 25.3 on PATH instead" ;;
	esac
}

# The pinned version and hash stand in the program, once.
pins=internal/warehouse/library.go
version=$(sed -n 's/^const LibraryVersion = "\(.*\)"$/\1/p' "$pins")
hash_for() { sed -n "s|^[[:space:]]*\"$1\": *\"\([0-9a-f]*\)\",\$|\1|p" "$pins"; }

sha256() {
	if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# verify FILE: compares with the pin; a platform without one has npm's check only.
verify() {
	wanted=$(hash_for "$(go env GOOS)/$(go env GOARCH)")
	if [ -z "$wanted" ]; then
		echo "setup: no hash of the library is pinned for this platform" >&2
		return
	fi
	found=$(sha256 "$1")
	[ "$found" = "$wanted" ] || die "$1 has SHA-256 $found, not the pinned $wanted"
}

fetch_library() {
	package=$(library_package)
	mkdir -p "$directory"
	# Beside its destination, so that the last step is a rename.
	temporary=$(mktemp -d "$directory/download.XXXXXX")
	trap 'rm -rf "$temporary"' EXIT
	trap 'exit 130' INT TERM
	echo "setup: downloading the embedded ClickHouse, $package $version (178 MB, 566 MB on disk)"
	(cd "$temporary" && npm pack --silent "$package@$version" >/dev/null) ||
		die "npm could not fetch $package@$version: check the network and npm's registry, then run make setup again"
	tar -xzf "$temporary"/*.tgz -C "$temporary" package/libchdb.so
	verify "$temporary/package/libchdb.so"
	mv "$temporary/package/libchdb.so" "$directory/libchdb.so"
	echo "setup: $directory/libchdb.so"
}

check_prerequisites
[ -n "$version" ] || die "$pins names no version of the library"
directory="${XDG_CACHE_HOME:-$HOME/.cache}/sevenday/libchdb-$version"
[ -f "$directory/libchdb.so" ] || fetch_library
