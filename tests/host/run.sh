#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh [FILE]...: runs the Bats files of this folder, one on each processor at the same time; prints one TAP stream.
#
# The files do not share anything but the binary: each test works in a directory of its own. Results come in one piece for
# each file, with a line "# time SECONDS FILE"; the largest files begin first, so that none of them is alone at the end.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2

if [ "${1:-}" = --file ]; then
	# One file, started by the second half of this script.
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	status=0
	begin=$EPOCHREALTIME
	bats --tap "$2" >"$log" 2>&1 </dev/null || status=$?
	name=$(basename "$2" .bats)
	{
		awk -v name="$name" -v start=0 -v status="$status" -f tests/tap.awk "$log"
		awk -v begin="$begin" -v end="$EPOCHREALTIME" -v name="$name" 'BEGIN { printf "# time %.1f %s\n", end - begin, name }'
	} >"$log.tap"
	flock "$HOST_LOCK" cat "$log.tap"
	rm -f "$log.tap"
	exit 0
fi

[ $# -gt 0 ] || set -- tests/host/*.bats
HOST_LOCK=$(mktemp)
export HOST_LOCK
trap 'rm -f "$HOST_LOCK"' EXIT
# shellcheck disable=SC2011 # the names are the project's own
ls -S -- "$@" | xargs -r -d '\n' -n 1 -P "$(nproc)" "$0" --file | awk -f tests/vm/lib/renumber.awk
