#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check.sh bookworm|trixie: does the project build and pass its tests in a new minimal Debian? Prints one TAP stream.
#
# On Debian 12 it is all of .ci/run; on Debian 13 the build, the unit tests, those of the binary, and lint. Each result of
# a test in there is a result here.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
release=${1:-}
case $release in
bookworm) command=(.ci/run) ;;
trixie) command=(tests/run.sh unit host lint) ;;
*)
	echo "usage: check.sh bookworm|trixie" >&2
	exit 2
	;;
esac
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
{
	FRESH_OUT=$out tests/fresh/run.sh "$release" "${command[@]}" 2>&1 </dev/null | sed -u 's/^/# /'
	status=${PIPESTATUS[0]}
	for tap in "$out"/*.tap; do
		[ -e "$tap" ] || continue
		part=$(basename "$tap" .tap)
		sed -E -e "s/^((not )?ok [0-9]+) - (.*)/\\1 - $release $part: \\3/" -e "s/^(# time [0-9.]+) /\\1 $part /" "$tap"
	done
	if [ "$status" = 0 ]; then
		echo "ok 0 - $release: ${command[*]} ends well"
	else
		echo "not ok 0 - $release: ${command[*]} ends with status $status"
	fi
} | awk -f tests/vm/lib/renumber.awk
