#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Replays the same random policy on the engine and on kernels with mainline TOMOYO, and compares; prints TAP.
#
# usage: run.sh [OPTION]...
#   --lines N          policy lines to write, half as many names to match, and a twentieth of it programs to
#                      execute; default 20000
#   --seed S           a number, or "random"; default 1
#   --batch SEED:NUMBER  replay this batch too, before the others; repeatable
#   --kernel NAME|all  default debian-6.12; all: debian-6.1 as well
#   --scenario         scenario/run.sh afterwards, too, with the kernels above and ours of the same version
#   --tools            and tools/run.sh, with a twentieth of the lines as inputs for each tool
#
# What was exchanged stays in build/differential/KERNEL/: the scripts, what became of them there (out/) and here.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
here=tests/differential build=build/differential

modes=(policy patterns transitions)
lines=20000 seed=1 batches=() kernels=(debian-6.12) scenario=0 tools=0
while [ $# -gt 0 ]; do
	case $1 in
	--scenario | --tools)
		printf -v "${1#--}" 1
		shift
		continue
		;;
	esac
	[ $# -ge 2 ] || {
		echo "run.sh: option $1 is unknown or lacks its value" >&2
		exit 2
	}
	case $1 in
	--lines) lines=$2 ;;
	--seed) seed=$2 ;;
	--batch) batches+=("$2") ;;
	--kernel) if [ "$2" = all ]; then kernels=(debian-6.12 debian-6.1); else kernels=("$2"); fi ;;
	*)
		echo "run.sh: unknown option $1" >&2
		exit 2
		;;
	esac
	shift 2
done
[ "$seed" != random ] || seed=$(date +%s)

count=0
# verdict STATUS NAME <TAP: passes results on, renumbered.
verdict() {
	awk -v name="$2" -v start="$count" -v status="$1" -f tests/tap.awk | tee "$build/tap"
	count=$((count + $(grep -c '^\(not \)\?ok ' "$build/tap")))
}
# failed NAME FILE: one failed test, with FILE as the reason.
failed() {
	{
		printf '1..1\nnot ok 1 - %s\n' "$1"
		{ head -n 2 "$2" && tail -n +3 "$2" | tail -n 30; } | sed 's/^/# /'
	} >"$build/failed"
	verdict 1 differential <"$build/failed"
}

# guest DIR: an overlay with the scripts and the program that replays them.
overlay() {
	local dir=$1
	mkdir -p "$dir/overlay/differential"
	cp "$build/guest" "$build"/*.script "$dir/overlay/differential/"
	cat >"$dir/overlay/differential/run" <<-'END'
		#!/bin/sh
		cd /differential || exit 1
		for mode in policy patterns transitions; do
		    /differential/guest $mode $mode.script /out/$mode || exit 1
		done
	END
	chmod 755 "$dir/overlay/differential/run"
	# A profile that no script touches, so that the guest itself is never learned or denied.
	printf '<kernel>\nuse_profile 254\n' >"$dir/domains"
	printf '%s\n' PROFILE_VERSION=20150505 0-COMMENT= 254-COMMENT= >"$dir/profiles"
	printf '%s\n' /differential/guest /bin/busybox /sbin/tomoyo-init >"$dir/managers"
	tests/vm/policy.sh "$dir/overlay" --domain "$dir/domains" --profile "$dir/profiles" --manager "$dir/managers"
}

# on_kernel NAME: boots it with the scripts; the outcomes are in out/ then.
on_kernel() {
	local dir=$build/$1
	rm -rf "$dir"
	mkdir -p "$dir/out"
	overlay "$dir" &&
		tests/vm/run.sh --kernel "$1" --initrd "$base" --overlay "$dir/overlay" --run /differential/run \
			--timeout $((300 + lines / 200)) --silence $((120 + lines / 200)) \
			--out "$dir/out" --console-log "$dir/console" >"$dir/log" 2>&1
}

mkdir -p "$build"
if ! make -k differential-programs >"$build/log" 2>&1; then
	failed "the programs do not build" "$build/log"
	echo "1..$count"
	exit 1
fi
echo "# seed $seed"
rm -f "$build"/*.script
"$build/generate" policy "$lines" "$seed" $here/cases "${batches[@]}" >"$build/policy.script" &&
	"$build/generate" patterns "$((lines / 2))" "$seed" >"$build/patterns.script" &&
	"$build/generate" transitions "$((lines / 20))" "$seed" >"$build/transitions.script" || exit 2
# Neither the binary nor its loader plays a part here.
base=$(tests/vm/initramfs.sh --no-box --loader reference) || exit 2

for mode in "${modes[@]}"; do
	script=$build/$mode.script
	if ! "$build/engine" "$mode" "$script" "$build/$mode.engine" >"$build/log" 2>&1; then
		rm -f "$build/$mode.engine"
		failed "$mode: the engine breaks down" "$build/log"
	fi
done
for kernel in "${kernels[@]}"; do
	if ! on_kernel "$kernel"; then
		failed "$kernel" "$build/$kernel/log"
		continue
	fi
	for mode in "${modes[@]}"; do
		script=$build/$mode.script
		[ -e "$build/$mode.engine" ] || continue
		"$build/compare" "$mode" "$script" "$build/$kernel/out/$mode" "$build/$mode.engine" engine >"$build/log" 2>&1
		verdict $? "$kernel: $mode" <"$build/log"
	done
done
if [ $scenario = 1 ]; then
	pairs=()
	for kernel in "${kernels[@]}"; do pairs+=("$kernel:box-${kernel#*-}"); done
	$here/scenario/run.sh "${pairs[@]}" >"$build/scenario.tap" 2>"$build/scenario.log"
	verdict $? scenario <"$build/scenario.tap"
fi
if [ $tools = 1 ]; then
	for part in "--inputs $((lines / 20)) --seed $seed" --self-test; do
		# shellcheck disable=SC2086 # a list of options
		$here/tools/run.sh $part >"$build/tools.tap" 2>"$build/tools.log"
		verdict $? tools <"$build/tools.tap"
	done
fi
echo "1..$count"
