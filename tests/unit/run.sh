#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh: builds every test program of tests/unit and runs it; prints one TAP stream.
#
# A program that does not build fails as one test, the others still run.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
shopt -s nullglob
mkdir -p build/check
make -k unit-programs >build/check/unit-build.log 2>&1
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
count=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for source in tests/unit/*.c tests/unit/*.cc; do
	name=$(basename "${source%.*}")
	# A program that is older than its source is what a failed build left.
	if [ -x "build/unit/$name" ] && [ "build/unit/$name" -nt "$source" ]; then
		timeout 120 "build/unit/$name" >"$log" 2>&1
		status=$?
	else
		rm -f "build/unit/$name"
		{
			printf '1..1\nnot ok 1 - does not build\n'
			grep -A3 error build/check/unit-build.log | head -n 40
		} >"$log"
		status=1
	fi
	awk -v name="$name" -v start="$count" -v status="$status" -f tests/tap.awk "$log" | tee "$log.out"
	count=$((count + $(grep -c '^\(not \)\?ok ' "$log.out")))
	rm -f "$log.out"
done
echo "1..$count"
