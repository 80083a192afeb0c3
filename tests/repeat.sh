#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# repeat.sh FILE [N [KERNEL [LOAD]]]: runs one Bats file N times and says how often each test failed (make check-repeat).
#
#   FILE    of tests/host, tests/vm/suite, tests/vm/boot or tests/vm/debug
#   N       default 20
#   KERNEL  for what runs in virtual machines; default box-6.12
#   LOAD    not empty: N more runs, beside two busy loops for each processor
#
# Prints a comment for each run and one TAP result for each test. What each run has printed is in build/repeat/FILE/. A run
# that lacks a test which another run had, or that ends badly without a failed test, is a failure of its own.
# Exit status: 0 if everything succeeded each time, 1 if not, 2 if it cannot be tried.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)

die() {
	echo "repeat.sh: $*" >&2
	exit 2
}

[ -n "${1:-}" ] || die 'no file; say which, as in: make check-repeat FILE=tests/vm/suite/25-queries.bats N=20'
[ -f "$1" ] || die "no file $1"
file=$(realpath "$1") runs=${2:-20} kernel=${3:-box-6.12} load=${4:-}
[[ $runs =~ ^[1-9][0-9]*$ ]] || die "N is '$runs'; it must be a number above 0"
name=$(basename "$file" .bats)
out=${REPEAT_DIR:-$here/../build/repeat}/$name
rm -rf "$out"
mkdir -p "$out" || exit 2

loops=()
stop_load() {
	[ ${#loops[@]} = 0 ] || kill "${loops[@]}" 2>/dev/null
	wait "${loops[@]}" 2>/dev/null
	loops=()
}
trap stop_load EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

start_load() {
	local i
	for ((i = 0; i < 2 * $(nproc); i++)); do
		bash -c 'while kill -0 $PPID 2>/dev/null; do for ((i = 0; i < 100000; i++)); do :; done; done' &
		loops+=($!)
	done
}

# In a machine that runs the file as it would run all of the suite.
run_suite() { # DIR
	"$here/vm/policy.sh" "$1/overlay" &&
		"$here/vm/run.sh" --kernel "$kernel" --initrd "$initrd" --overlay "$1/overlay" --append "vmsuite=$name" \
			--timeout 1800 --silence 180 --console-log "$1/console" --out "$1/out" 2>"$1/trouble"
	local status=$?
	if [ -s "$1/out/log" ]; then
		tr -d '\r' <"$1/out/log"
	else
		grep -aE '^(ok|not ok|#) ' "$1/console" | tr -d '\r'
	fi
	[ $status -le 1 ] || sed 's/^/# /' "$1/trouble"
	return $status
}

case $file in
*/tests/vm/suite/*)
	kind=suite
	"$here/vm/kernel.sh" "$kernel" >/dev/null || exit 2
	initrd=$("$here/vm/initramfs.sh") || exit 2
	;;
*/tests/vm/boot/* | */tests/vm/debug/*)
	kind=boot
	"$here/vm/kernel.sh" "$kernel" >/dev/null || exit 2
	;;
*) kind=host ;;
esac

total=$runs
[ -z "$load" ] || total=$((2 * runs))
for ((run = 1; run <= total; run++)); do
	dir=$out/$run beside=
	mkdir "$dir"
	if [ $run -gt "$runs" ]; then
		[ ${#loops[@]} -gt 0 ] || start_load
		beside=', beside a load'
	fi
	status=0
	begin=$EPOCHREALTIME
	case $kind in
	suite) run_suite "$dir" ;;
	boot) VM_KERNEL=$kernel VM_DIR=$dir bats --tap "$file" ;;
	host) bats --tap "$file" ;;
	esac >"$dir.tap" 2>&1 </dev/null || status=$?
	echo "$status" >"$dir.status"
	awk -v begin="$begin" -v end="$EPOCHREALTIME" -v run="$run" -v total="$total" -v beside="$beside" '
		/^ok /{ passed++ } /^not ok /{ failed++ }
		END { printf "# run %d of %d%s: %d passed, %d failed, %.1f s\n", run, total, beside, passed, failed, end - begin }
	' "$dir.tap"
done
stop_load

# The first run decides the order; what only a later one had comes behind.
for ((run = 1; run <= total; run++)); do
	printf '# run %d %d\n' "$run" "$(cat "$out/$run.status")"
	cat "$out/$run.tap"
done | awk -v total="$total" '
function fail(text) { print "not ok " ++count " - " text; bad = 1 }
/^# run [0-9]+ [0-9]+$/ { run = $3; status[run] = $4; next }
/^(not )?ok [0-9]+ / {
	failed = /^not /
	sub(/^(not )?ok [0-9]+ (- )?/, "")
	sub(/ in [0-9]+ms$/, "")
	if (/# *[sS][kK][iI][pP]/)
		failed = 1
	if (!($0 in seen))
		order[++tests] = $0
	seen[$0]++
	if (failed) {
		wrong[$0]++
		where[$0] = where[$0] " " run
		failures[run]++
	}
	next
}
END {
	for (i = 1; i <= tests; i++) {
		test = order[i]
		if (wrong[test] || seen[test] != total)
			fail(test ": failed " wrong[test] + 0 " of " seen[test] \
				(wrong[test] ? ", in run" where[test] : "") \
				(seen[test] != total ? "; missing in " total - seen[test] " of " total " runs" : ""))
		else
			print "ok " ++count " - " test ": " total " of " total
	}
	for (run = 1; run <= total; run++)
		if (status[run] != 0 && !failures[run])
			fail("run " run " ended with status " status[run] " although no test failed")
	if (!tests)
		fail("no test has run")
	print "1.." count
	exit bad + 0
}'
