#!/usr/bin/env bash
# Builds the commit that is checked out twice, in two directories, and compares every jar byte by byte.
# Further arguments go to Maven, such as: -o -pl platform/contracts
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in one another/place; do
	mkdir -p "$work/$copy"
	git archive HEAD | tar -x -C "$work/$copy"
	(cd "$work/$copy" && mvn -q -B -ntp -DskipTests "$@" package && find . -path '*/target/*.jar' -exec sha256sum {} + | sort -k 2) > "$work/${copy%%/*}.sums"
done
count=$(wc -l < "$work/one.sums")
diff "$work/one.sums" "$work/another.sums"
[ "$count" -gt 0 ]
echo "reproducible: $count jars are the same to the last byte"
