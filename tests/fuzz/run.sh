#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh SECONDS: builds every fuzz target of tests/fuzz and lets each look for a crash that long; prints TAP.
#
# It starts from tests/fuzz/corpus/NAME; what it finds goes to build/fuzz-out/corpus/NAME, an input that crashes to
# build/fuzz-out/crash/NAME-*. The targets run side by side, one on each processor.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
seconds=$1
shopt -s nullglob

fuzz_one() {
	local name=$1 seeds=tests/fuzz/corpus/$1 crash=build/fuzz-out/crash/$1- log=build/fuzz-out/$1.log dirs status run
	dirs=build/fuzz-out/corpus/$name
	mkdir -p "$dirs" build/fuzz-out/crash
	[ ! -d "$seeds" ] || dirs="$dirs $seeds"
	rm -f "$crash"timeout-*
	# A run is bounded by time; the slowest single input is bounded too, as a hang is a fault of a parser. But a machine
	# that stands still for some seconds looks the same: an input that is not slow on its own starts the run anew.
	for run in 1 2 3; do
		# shellcheck disable=SC2086 # a list of folders
		timeout $((seconds + 60)) "build/fuzz/$name" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 \
			-print_final_stats=1 -artifact_prefix="$crash" $dirs >"$log" 2>&1
		status=$?
		[ -e "$(echo "$crash"timeout-*)" ] || break
		"build/fuzz/$name" -timeout=5 "$crash"timeout-* >>"$log" 2>&1 || break
		rm -f "$crash"timeout-*
		echo "# $name: the machine stood still in run $run" >&2
	done
	echo "$status" >"build/fuzz-out/$name.status"
}
export -f fuzz_one
export seconds

mkdir -p build/check
make -k fuzz-programs >build/check/fuzz-build.log 2>&1
targets=(tests/fuzz/*.cc)
echo "1..${#targets[@]}"
for source in "${targets[@]}"; do
	name=$(basename "$source" .cc)
	rm -f "build/fuzz-out/$name.status"
	[ -x "build/fuzz/$name" ] && [ "build/fuzz/$name" -nt "$source" ] && echo "$name"
done | xargs -r -P "$(nproc)" -I{} bash -c 'fuzz_one {}'

number=0
for source in "${targets[@]}"; do
	name=$(basename "$source" .cc)
	number=$((number + 1))
	if [ ! -e "build/fuzz-out/$name.status" ]; then
		echo "not ok $number - $name does not build"
		grep -A3 error build/check/fuzz-build.log | head -n 40 | sed 's/^/# /'
	elif [ "$(cat "build/fuzz-out/$name.status")" = 0 ]; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz-out/$name.log")
		echo "ok $number - $name: ${runs:-?} inputs in $seconds s, no fault"
	else
		echo "not ok $number - $name found a fault (build/fuzz-out/crash/$name-*)"
		grep -v '^#' "build/fuzz-out/$name.log" | tail -n 40 | sed 's/^/# /'
	fi
done
