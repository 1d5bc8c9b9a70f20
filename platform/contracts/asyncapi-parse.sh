#!/bin/sh
# The parser of AsyncAPI reads the description of the topics: no error, or what is wrong and status 1.
# Needs npm and a registry that it reaches; no part of mvn verify.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund @asyncapi/parser@3.6.3 >/dev/null
cat >parse.mjs <<'END'
import { readFileSync } from 'node:fs';
import parsing from '@asyncapi/parser';
const { document, diagnostics } = await new parsing.Parser().parse(readFileSync(process.argv[2], 'utf8'));
const errors = diagnostics.filter((one) => one.severity === 0);
errors.forEach((one) => console.error(one.path.join('.') + ': ' + one.message));
if (!document || errors.length > 0) process.exit(1);
console.log(document.channels().length + ' channels, ' + document.components().messages().length + ' messages, 0 errors');
END
node parse.mjs "$here/src/main/resources/asyncapi.json"
