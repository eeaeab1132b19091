#!/bin/sh
# Copies the jars of Apache Kafka (about 43 MB) into the user's cache, through
# Maven, and prints the folder. A second call finds them there.
set -eu
version=4.1.0
here=$(cd "$(dirname "$0")" && pwd)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/sevenday/kafka-$version
if [ ! -e "$folder/complete" ]; then
	command -v mvn >/dev/null || {
		echo "Maven is missing: install it (Debian: apt-get install maven)" >&2
		exit 1
	}
	mkdir -p "$folder/lib"
	mvn --quiet --batch-mode --file "$here/pom.xml" \
		org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
		-DoutputDirectory="$folder/lib" >&2
	touch "$folder/complete"
fi
echo "$folder"
