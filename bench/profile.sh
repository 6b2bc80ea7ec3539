#!/usr/bin/env bash
# Prints where the instructions of an event go, by what they are for and by
# function.
#
#	bench/profile.sh [ACTORS [VARIANT]]     default: 5 bare
#
# Needs Go and valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "profile.sh: valgrind is not installed" >&2; exit 2; }
actors=${1:-5} variant=${2:-bare}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/work" ./bench/cmd/work
go build -o "$dir/profile" ./bench/cmd/profile
# so that each count is a few seconds
many=$((30000 / (actors * actors)))
few=$((many / 6 + 1))
args=()
for runs in "$few" "$((many + few))"; do
	GODEBUG=asyncpreemptoff=1 GOGC=off GOMAXPROCS=1 valgrind --tool=callgrind --callgrind-out-file="$dir/$runs" \
		"$dir/work" -actors "$actors" -variant "$variant" -runs "$runs" >"$dir/out" 2>"$dir/err" || { cat "$dir/err" >&2; exit 1; }
	args+=("$dir/$runs" "$(sed -n 's/ events.*//p' "$dir/out")")
done
"$dir/profile" "${args[@]}"
