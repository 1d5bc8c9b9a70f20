#!/usr/bin/env bash
# Known vulnerabilities in what is shipped, by the SBOM (first: mvn -Psbom -DskipTests package) and a database that is on this
# machine already (trivy image --download-db-only, on one that reaches it). Nothing is fetched.
# Ends with 0: none of the grades HIGH and CRITICAL; 1: some; 3: did not run, and why.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t boms < <(find services platform/demo-issuer -path '*/target/classes/META-INF/sbom/application.cdx.json' | sort)
if [ "${#boms[@]}" = 0 ]; then
	echo "vulnerabilities: NOT RUN, there is no SBOM: mvn -Psbom -DskipTests package" >&2
	exit 3
fi
if ! command -v trivy > /dev/null; then
	echo "vulnerabilities: NOT RUN, trivy is not installed (${#boms[@]} SBOMs are there)" >&2
	exit 3
fi
if ! [ -f "${TRIVY_CACHE_DIR:-$HOME/.cache/trivy}/db/trivy.db" ]; then
	echo "vulnerabilities: NOT RUN, trivy has no database here: trivy image --download-db-only" >&2
	exit 3
fi
found=0
for bom in "${boms[@]}"; do
	echo "$bom"
	trivy sbom --quiet --skip-db-update --skip-java-db-update --offline-scan --severity HIGH,CRITICAL --exit-code 1 "$bom" || found=1
done
exit "$found"
