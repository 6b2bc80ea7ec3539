#!/usr/bin/env bash
# Counts instructions an event with callgrind, which no other load on the
# machine can move. Start-up of the process is taken out by the difference of two
# run counts; start-up of a run is in.
#
#	bench/instr.sh          prints the table
#	bench/instr.sh -gate    and fails where a figure is above bench/instr.limits
#
# The column "of bare" is the ratio to the bare variant of as many actors.
# Needs Go and valgrind. Takes about two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "instr.sh: valgrind is not installed" >&2; exit 2; }
gate=${1:-}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/work" ./bench/cmd/work

# count ACTORS VARIANT RUNS prints "instructions events".
count() {
	GODEBUG=asyncpreemptoff=1 GOGC=off GOMAXPROCS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
		"$dir/work" -actors "$1" -variant "$2" -runs "$3" >"$dir/out" 2>"$dir/err" || { cat "$dir/err" >&2; exit 1; }
	echo "$(sed -n 's/.*Collected : //p' "$dir/err") $(sed -n 's/ events.*//p' "$dir/out")"
}

failed=0
bare=1
printf '%-7s %-11s %12s %8s %7s %7s\n' actors variant instr/event 'of bare' limit target
while read -r actors variant few many limit target; do
	case $actors in '' | '#'*) continue ;; esac
	read -r i1 e1 <<<"$(count "$actors" "$variant" "$few")"
	read -r i2 e2 <<<"$(count "$actors" "$variant" "$many")"
	each=$(((i2 - i1) / (e2 - e1)))
	if [ "$variant" = bare ]; then bare=$each; fi
	ratio=$(((100 * each + bare / 2) / bare))
	printf '%-7s %-11s %12s %8s %7s %7s\n' "$actors" "$variant" "$each" "$((ratio / 100)).$(printf %02d $((ratio % 100)))" "$limit" "$target"
	if [ "$gate" = -gate ] && [ "$each" -gt "$limit" ]; then
		echo "instr.sh: $actors actors, $variant: $each instructions an event, the limit is $limit" >&2
		failed=1
	fi
done <bench/instr.limits
exit $failed
