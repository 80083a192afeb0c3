#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh [--full] PART...: runs parts of the test suite (unit kernel host vm differential fuzz lint; debug arm64 trixie fresh)
# one after another; the last line printed is `N passed, N failed`, and the exit status is 0 only when everything ran and nothing failed.
#
# --full is `make check-full`: each part on all that it is for, where `make check` takes Linux 6.12 only.
#
# Each part prints TAP; what it printed stays in build/check/PART.tap. Passing tests are only counted, failing ones are
# shown when they happen and again at the end. With V=1 everything is shown. How long everything took is in
# build/check/times.tsv: part, item, seconds; the item "total" is the part itself.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
# The makes called from here choose their own number of jobs: the calling one lends no job server.
unset MAKEFLAGS MFLAGS MAKELEVEL
top=$PWD
out=$top/build/check
mkdir -p "$out"
passed=0 failed=0 broken=
full=
if [ "${1:-}" = --full ]; then
	full=1
	shift
fi
: >"$out/times.tsv"

# What a part is, how long it usually takes, which packages it needs.
describe() {
	case $1 in
	unit) title="unit tests with sanitizers" usual="1 minute, 3 the first time" groups="build test" ;;
	kernel) title="the engine as kernel objects" usual="20 seconds, 3 minutes the first time" groups="kernel" ;;
	host) title="tests of the binary" usual="2 minutes" groups="build test" ;;
	vm) title="tests in virtual machines" usual="15 minutes" groups="build test vm${full:+ fresh}" ;;
	differential) title="the engine, our kernels and the offline tools against mainline's" usual="8 minutes, 20 more the first time" groups="build test vm kernel" ;;
	fuzz) title="fuzzing, ${FUZZ_TIME:-20} seconds a target" usual="2 minutes" groups="build test" ;;
	lint) title="lint" usual="1 minute, 6 the first time" groups="build lint" ;;
	debug) title="our kernel side on a kernel that finds mistakes, with storms" usual="1 hour" groups="build test vm kernel" ;;
	arm64) title="the binary for arm64" usual="3 minutes, 5 the first time" groups="build test arm64" ;;
	trixie) title="the build, unit tests, host tests and lint in a new Debian 13" usual="25 minutes" groups="fresh" ;;
	fresh) title="all that CI runs, in a new minimal Debian 12" usual="45 minutes" groups="fresh" ;;
	*)
		echo "run.sh: no part '$1' (unit kernel host vm differential fuzz lint debug arm64 trixie fresh)" >&2
		return 1
		;;
	esac
}

run_part() {
	case $1 in
	unit) tests/unit/run.sh ;;
	kernel) tests/kernel/objects.sh ${full:+all} ;;
	host) tests/host/run.sh ;;
	vm) tests/vm/check.sh ${full:+--full box-6.12 debian-6.12 box-6.1 debian-6.1} ;;
	differential)
		tests/differential/run.sh ${full:+--kernel all} --scenario --tools --lines "${N:-20000}" --seed "${SEED:-1}"
		;;
	fuzz) tests/fuzz/run.sh "${FUZZ_TIME:-20}" ;;
	lint) tests/lint/run.sh ;;
	debug) tests/vm/check.sh --full debug-6.12 ;;
	arm64) tests/host/arm64.sh ;;
	trixie) tests/fresh/check.sh trixie ;;
	fresh) tests/fresh/check.sh bookworm ;;
	esac
}

# What took how long: a part says "# time SECONDS ITEM" for each of its items.
times() { # PART SECONDS
	printf '%s\ttotal\t%s\n' "$1" "$2" >>"$out/times.tsv"
	sed -nE "s/^# time ([0-9.]+) (.*)/$1\t\2\t\1/p" "$out/$1.tap" | sort -t "$(printf '\t')" -k 3,3nr >>"$out/times.tsv"
}

# slowest PART: the three items that took longest, on one line.
slowest() {
	awk -F '\t' -v part="$1" '$1 == part && $2 != "total" && count++ < 3 {
		printf "%s%s %d s", (count > 1 ? ", " : "; slowest: "), $2, $3
	}' "$out/times.tsv"
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
	elif [[ $part =~ ^(host|vm|differential|debug)$ ]] && ! make all; then
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
	times "$part" $((SECONDS - begin))
	echo "   $part: $good passed, $bad failed, $((SECONDS - begin)) s$(slowest "$part")"
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
