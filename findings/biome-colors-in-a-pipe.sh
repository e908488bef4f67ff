#!/usr/bin/env bash
# @biomejs/biome 2.5.15 (npm): colours go into a pipe and into a file, and NO_COLOR does not turn them off.
#
# Programs of the terminal mostly colour what they print if a terminal shows it, and respect NO_COLOR (no-color.org). Biome's
# command line writes its control codes wherever its output goes: `biome ci | less`, a log of continuous integration and an
# editor's output window hold them as characters. Setting NO_COLOR=1, TERM=dumb or FORCE_COLOR=0 changes nothing;
# `--colors=off` does.
#
# Matters to anybody who reads Biome's findings out of a log, or lets another program read them.
#
# Seen with @biomejs/biome 2.5.15 and Node.js 24.21.0 on Linux:
#   in a pipe: control codes
#   in a pipe, NO_COLOR=1: control codes
#   in a pipe, --colors=off: plain text
#
# Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @biomejs/biome@2.5.15 >/dev/null
echo 'const a = 1 ;' >odd.js
look() {
  local what=$1
  shift
  local said
  said=$("$@" 2>&1 || true)
  if [[ $said == *$'\x1b['* ]]; then said="control codes"; else said="plain text"; fi
  echo "$what: $said"
  last=$said
}
biome=node_modules/.bin/biome
look "in a pipe" $biome ci odd.js
[[ $last == "control codes" ]] || exit 1
look "in a pipe, NO_COLOR=1" env NO_COLOR=1 $biome ci odd.js
[[ $last == "control codes" ]] || exit 1
look "in a pipe, --colors=off" $biome ci --colors=off odd.js
[[ $last == "plain text" ]] || exit 1
