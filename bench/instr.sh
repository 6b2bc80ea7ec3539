#!/usr/bin/env bash
# Counts instructions an event with callgrind, which no other load on the
# machine can move. Start-up of the process is taken out by the difference of two
# run counts; start-up of a run is in.
#
#	bench/instr.sh          prints the table
#	bench/instr.sh -gate    and fails where a figure is above bench/instr.limits
#
# Of an exhaustive look (spec-3, inline, order) an event is a world: see bench/checked.go.
# The column "of bare" is the ratio to the bare variant of as many actors. Below
# the table: what it costs that a run can be observed, where nobody does. That is
# held against the same program built without any look at whether somebody
# observes; it may be one in a hundred at most.
# Needs Go and valgrind. Takes about two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "instr.sh: valgrind is not installed" >&2; exit 2; }
gate=${1:-}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/work" ./bench/cmd/work

# blind is the program without observers: every question whether there are any is
# answered by no when it is built, so that the compiler leaves it out with all
# that follows.
overlay() {
	mkdir "$dir/sim"
	local comma=
	echo '{"Replace": {'
	for file in $(grep -l 'len(w\.observers)' sim/*.go | grep -v _test); do
		sed 's/len(w\.observers) != 0/false/g; s/len(w\.observers) == 0/true/g' "$file" >"$dir/$file"
		echo "$comma\"$PWD/$file\": \"$dir/$file\""
		comma=,
	done
	echo '}}'
}
overlay >"$dir/overlay.json"
if grep -q 'len(w\.observers)' "$dir"/sim/*.go; then
	echo "instr.sh: a question whether somebody observes is left: $(grep -h 'len(w\.observers)' "$dir"/sim/*.go)" >&2
	exit 1
fi
go build -overlay "$dir/overlay.json" -o "$dir/blind" ./bench/cmd/work
if cmp -s "$dir/work" "$dir/blind"; then
	echo "instr.sh: the program without observers is the one with them" >&2
	exit 1
fi

# count PROGRAM ACTORS VARIANT RUNS prints "instructions events".
count() {
	GODEBUG=asyncpreemptoff=1 GOGC=off GOMAXPROCS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
		"$dir/$1" -actors "$2" -variant "$3" -runs "$4" >"$dir/out" 2>"$dir/err" || { cat "$dir/err" >&2; exit 1; }
	echo "$(sed -n 's/.*Collected : //p' "$dir/err") $(sed -n 's/ events.*//p' "$dir/out")"
}

# each PROGRAM ACTORS VARIANT FEW MANY prints instructions an event, times 100.
each() {
	local i1 e1 i2 e2
	read -r i1 e1 <<<"$(count "$1" "$2" "$3" "$4")"
	read -r i2 e2 <<<"$(count "$1" "$2" "$3" "$5")"
	echo $((100 * (i2 - i1) / (e2 - e1)))
}

# decimal N is N hundredths.
decimal() { printf '%d.%02d' $(($1 / 100)) $(($1 % 100)); }

failed=0
bares=()
bare=1
size=0 # of bare
printf '%-7s %-11s %12s %8s %7s %7s\n' actors variant instr/event 'of bare' limit target
while read -r actors variant few many limit target; do
	case $actors in '' | '#'*) continue ;; esac
	exact=$(each work "$actors" "$variant" "$few" "$many")
	one=$((exact / 100))
	if [ "$variant" = bare ]; then
		bare=$one
		size=$actors
		bares+=("$actors $few $many $exact")
	fi
	ratio=-
	if [ "$actors" = "$size" ]; then ratio=$(decimal $(((100 * one + bare / 2) / bare))); fi
	printf '%-7s %-11s %12s %8s %7s %7s\n' "$actors" "$variant" "$one" "$ratio" "$limit" "$target"
	if [ "$gate" = -gate ] && [ "$one" -gt "$limit" ]; then
		echo "instr.sh: $actors actors, $variant: $one instructions an event, the limit is $limit" >&2
		failed=1
	fi
done <bench/instr.limits

printf '\nobservers off\n%-7s %12s %12s %8s %7s\n' actors instr/event without ratio limit
for line in "${bares[@]}"; do
	read -r actors few many exact <<<"$line"
	without=$(each blind "$actors" bare "$few" "$many")
	ratio=$(((10000 * exact + without / 2) / without)) # times 10,000
	printf '%-7s %12s %12s %8s %7s\n' "$actors" "$(decimal "$exact")" "$(decimal "$without")" "$((ratio / 10000)).$(printf %04d $((ratio % 10000)))" 1.01
	if [ "$gate" = -gate ] && [ "$ratio" -gt 10100 ]; then
		echo "instr.sh: $actors actors: an event costs more than one in a hundred more since it could be observed" >&2
		failed=1
	fi
done
exit $failed
