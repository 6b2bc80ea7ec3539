#!/usr/bin/env bash
# Counts instructions of paxsim at a size and at four times that size, with
# callgrind, which no other load on the machine can move. The ratio is 4 for work
# that grows as its input does, and 16 if it grows as the square of that.
#
#	bench/growth.sh           prints the table
#	bench/growth.sh -gate     and fails where a ratio is above bench/growth.limits
#	bench/growth.sh NAME …    of these rows alone
#
# The start of the process is taken out: it is that of paxsim version.
# Needs Go and valgrind. Takes about a minute.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "growth.sh: valgrind is not installed" >&2; exit 2; }
gate=
if [ "${1:-}" = -gate ]; then gate=1; shift; fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/paxsim" ./cmd/paxsim
go build -o "$dir/growth" ./bench/cmd/growth
export GODEBUG=asyncpreemptoff=1 GOGC=off GOMAXPROCS=1

# count WORDS… is how many instructions a command of paxsim takes. 1 and 3 are
# no failures of it: a run may find a bug, or decide nothing.
count() {
	local status=0
	(cd "$dir" && valgrind --tool=callgrind --callgrind-out-file=/dev/null ./paxsim "$@" <"$dir/in" >"$dir/out" 2>"$dir/err") || status=$?
	case $status in 0 | 1 | 3) ;; *) echo "growth.sh: paxsim $*: exit $status" >&2; cat "$dir/err" >&2; return 1 ;; esac
	sed -n 's/.*Collected : //p' "$dir/err"
}

# at SIZE is how many instructions a row takes at a size.
at() {
	local size=$1
	[ "$scenario" = - ] || "$dir/growth" "$scenario" "$size" >"$dir/it.yaml"
	printf '%b' "${input//SIZE/$size}" >"$dir/in"
	rm -rf "$dir/made"*
	# shellcheck disable=SC2086 # the words of a command
	count ${command//SIZE/$size}
}

: >"$dir/in"
start=$(count version)
failed=0
printf '%-14s %8s %14s %14s %7s %7s\n' work size instructions 'at 4 x' ratio limit
while read -r name size limit scenario rest; do
	case $name in '' | '#'*) continue ;; esac
	if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
	command=${rest%%|*} input=
	[ "$command" = "$rest" ] || input=${rest#*|}
	one=$(($(at "$size") - start))
	four=$(($(at $((4 * size))) - start))
	ratio=$((100 * four / one))
	shown=$((ratio / 100)).$(printf %02d $((ratio % 100)))
	printf '%-14s %8s %14s %14s %7s %7s\n' "$name" "$size" "$one" "$four" "$shown" "$limit"
	if [ -n "$gate" ] && [ "$ratio" -gt "${limit/./}" ]; then
		echo "growth.sh: $name: at 4 times the size it takes $shown times the instructions, the limit is $limit" >&2
		failed=1
	fi
done <bench/growth.limits
exit $failed
