#!/usr/bin/env bash
# Fetches a version of @digdir/designsystemet-css (MIT) into the static files: ./designsystemet.sh 1.22.0
set -euo pipefail
version=${1:?which version}
to=$(cd "$(dirname "$0")" && pwd)/src/main/resources/static/portal/designsystemet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tar xzf "$(npm pack --silent "@digdir/designsystemet-css@$version")"
cp package/dist/src/index.css "$to/designsystemet.css"
cp package/dist/theme/designsystemet.css "$to/tema.css"
cp package/LICENSE "$to/LICENSE"
