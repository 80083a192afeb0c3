#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# progress.sh WHAT FOLDER TOTAL COMMAND [ARGUMENT]...: runs COMMAND and says on stderr meanwhile how far it is.
#
# COMMAND is a build that leaves about TOTAL new object files (*.o) in or below FOLDER. On a terminal one line is drawn again
# and again and is gone in the end; elsewhere a line is written every minute. A build that ends sooner than ten seconds says
# nothing. The exit status is that of COMMAND.
set -uo pipefail
what=$1 folder=$2 total=$3
shift 3

begin=$SECONDS
stamp=$(mktemp)

# Object files of this build: what an earlier one has left is older than the stamp.
compiled() { find "$folder" -name '*.o' -newer "$stamp" 2>/dev/null | wc -l; }

# describe DONE SECONDS: how far, and how long yet if that can be told.
describe() {
	local done=$1 passed=$2 percent left=
	percent=$((done * 100 / total))
	# The total is what it was when it was last counted: more than that is "nearly there".
	[ "$percent" -lt 100 ] || percent=99
	if [ "$passed" -ge 20 ] && [ "$percent" -ge 3 ]; then
		left=$((passed * (100 - percent) / percent))
		left=", about $((left / 60)):$(printf '%02d' $((left % 60))) min left"
	fi
	echo "$what: $percent %, $done of about $total files compiled in $((passed / 60)):$(printf '%02d' $((passed % 60))) min$left"
}

watch() {
	local passed said=0
	# The build's own end stops this: see below.
	while sleep 1; do
		passed=$((SECONDS - begin))
		[ "$passed" -ge 10 ] || continue
		if [ -t 2 ]; then
			printf '\r\033[K%s' "$(describe "$(compiled)" "$passed" | cut -c "1-$((${COLUMNS:-80} - 1))")" >&2
		elif [ $((passed - said)) -ge 60 ]; then
			said=$passed
			describe "$(compiled)" "$passed" >&2
		fi
	done
}

watch &
watcher=$!
# shellcheck disable=SC2317 # called by the trap
stop() {
	kill "$watcher" 2>/dev/null
	wait "$watcher" 2>/dev/null
	[ ! -t 2 ] || printf '\r\033[K' >&2
	rm -f "$stamp"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
"$@"
