#!/bin/sh
# Builds a pinned tool: install-tool.sh FILE PACKAGE VERSION. The file's name
# ends with the version, so two versions live side by side.
set -eu
file=$1 package=$2 version=$3
mkdir -p "$(dirname "$file")"
temporary=$(mktemp -d "$(dirname "$file")/.build.XXXXXX")
trap 'rm -rf "$temporary"' EXIT
echo "installing $package $version (built from source, about a minute)" >&2
GOBIN="$temporary" GOFLAGS= go install "$package@$version"
mv "$temporary/$(basename "$package")" "$file"
