#!/usr/bin/env bash
# Measures paxsim beside its naive twins and prints the ratios: at 5 and 51
# actors all variants, at 1,001 time and memory. Takes about a minute.
# Flags: -rounds N, -each DURATION.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go test -c -o "$dir/synctwin" ./bench/synctwin
go build -o "$dir/sidebyside" ./bench/cmd/sidebyside
"$dir/sidebyside" -synctwin "$dir/synctwin" "$@"
