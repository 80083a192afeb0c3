#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh PART...: runs parts of the test suite (unit kernel host vm differential fuzz lint) one after another; the last line printed is
# `N passed, N failed`, and the exit status is 0 only when everything ran and nothing failed.
#
# Each part prints TAP; what it printed stays in build/check/PART.tap. Passing tests are only counted, failing ones are
# shown when they happen and again at the end. With V=1 everything is shown.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
# The makes called from here choose their own number of jobs: the calling one lends no job server.
unset MAKEFLAGS MFLAGS MAKELEVEL
top=$PWD
out=$top/build/check
mkdir -p "$out"
passed=0 failed=0 broken=

# What a part is, how long it usually takes, which packages it needs.
describe() {
	case $1 in
	unit) title="unit tests with sanitizers" usual="1 minute, 3 the first time" groups="build test" ;;
	kernel) title="the engine as kernel objects" usual="20 seconds, 3 minutes the first time" groups="kernel" ;;
	host) title="tests of the binary" usual="2 minutes" groups="build test" ;;
	vm) title="tests in virtual machines" usual="15 minutes" groups="build test vm" ;;
	differential) title="the engine, our kernels and the offline tools against mainline's" usual="8 minutes, 20 more the first time" groups="build test vm kernel" ;;
	fuzz) title="fuzzing, ${FUZZ_TIME:-20} seconds a target" usual="2 minutes" groups="build test" ;;
	lint) title="lint" usual="1 minute, 6 the first time" groups="build lint" ;;
	*)
		echo "run.sh: no part '$1' (unit kernel host vm differential fuzz lint)" >&2
		return 1
		;;
	esac
}

run_part() {
	case $1 in
	unit) tests/unit/run.sh ;;
	kernel) tests/kernel/objects.sh all ;;
	host) bats --formatter tap tests/host/*.bats ;;
	vm) tests/vm/check.sh ;;
	differential) tests/differential/run.sh --scenario --tools --lines "${N:-20000}" --seed "${SEED:-1}" ;;
	fuzz) tests/fuzz/run.sh "${FUZZ_TIME:-20}" ;;
	lint) tests/lint/run.sh ;;
	esac
}

# Failures and what they say about themselves, as they come along.
# shellcheck disable=SC2016 # awk's own variable
show='/^not ok/ { on = 1 } /^ok/ { on = 0 } all || on || /# *skip/ { print "    " $0; fflush() }'

for part in "$@"; do
	describe "$part" || exit 2
	printf '\n== %s: %s (usually %s)\n' "$part" "$title" "$usual"
	begin=$SECONDS
	# shellcheck disable=SC2086 # a list of groups
	if ! tomoyo-box/toolchain/packages.sh $groups; then
		echo "not ok 1 - $part: packages are missing" >"$out/$part.tap"
	elif [[ $part =~ ^(host|vm|differential)$ ]] && ! make all; then
		echo "not ok 1 - $part: the binary does not build" >"$out/$part.tap"
	else
		run_part "$part" </dev/null 2>&1 | tee "$out/$part.raw" | awk -v all="${V:+1}" "$show"
		status=${PIPESTATUS[0]}
		awk -v start=0 -v status="$status" -f tests/tap.awk "$out/$part.raw" >"$out/$part.tap"
	fi
	rm -f "$out/$part.raw"
	good=$(grep -c '^ok ' "$out/$part.tap")
	bad=$(grep -c '^not ok ' "$out/$part.tap")
	[ $((good + bad)) -gt 0 ] || bad=1
	[ "$bad" = 0 ] || broken="$broken $part"
	passed=$((passed + good)) failed=$((failed + bad))
	echo "   $part: $good passed, $bad failed, $((SECONDS - begin)) s"
done

if [ -n "$broken" ]; then
	printf '\n== what failed (build/check/PART.tap has the whole output)\n'
	for part in $broken; do
		awk -v part="$part" '/^not ok/ { print part ": " $0; on = 1; next } /^ok/ { on = 0 } on { print "    " $0 }' \
			"$out/$part.tap"
	done
fi
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
