#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Plays the scenario on two kernels each and compares what it leaves; prints TAP.
#
# usage: run.sh [--phase NAME]... [PAIR]...
#   --phase NAME   only phases/*-NAME.sh, after the boot; repeatable
#   PAIR           KERNEL:KERNEL, names for tests/vm/kernel.sh; default mainline and ours, of both versions. The same
#                  kernel twice, or two with mainline's TOMOYO: without exceptions
#
# What was collected stays in build/differential/scenario/.
set -uo pipefail
cd "$(dirname "$0")/../../.." || exit 2
here=tests/differential/scenario build=build/differential/scenario
phases=()
while [ "${1:-}" = --phase ] && [ $# -ge 2 ]; do
	phases+=("$here/phases/"*"-$2.sh")
	shift 2
done
[ $# -gt 0 ] || set -- debian-6.12:box-6.12 debian-6.1:box-6.1

overlay() {
	local dir=$1
	mkdir -p "$dir/scenario"
	cp -r $here/lib.bash $here/phases $here/jobs "$dir/scenario/"
	if [ ${#phases[@]} -gt 0 ]; then
		find "$dir/scenario/phases" -name '*.sh' ! -name '*-boot.sh' -delete
		cp "${phases[@]}" "$dir/scenario/phases/"
	fi
	cp $here/guest.sh "$dir/scenario/run"
	{
		printf '%s\n' PROFILE_VERSION=20150505 '0-COMMENT=disabled' \
			'0-PREFERENCE={ max_audit_log=100000 max_learning_entry=2048 }' \
			'0-CONFIG={ mode=disabled grant_log=no reject_log=yes }'
	} >"$build/profile"
	printf '<kernel>\nuse_profile 0\n<kernel> /sbin/init\nuse_profile 0\n<kernel> /sbin/init /scenario/run\nuse_profile 0\n' \
		>"$build/domains"
	: >"$build/exceptions"
	printf '%s\n' /bin/bash /sbin/tomoyo-init >"$build/managers"
	tests/vm/policy.sh "$dir" --domain "$build/domains" --profile "$build/profile" --manager "$build/managers" \
		--exception "$build/exceptions"
}

count=0
# on_kernel NAME DIR: the results are in DIR/out then. Those that are there from this run already will do.
on_kernel() {
	[ ! -e "$2/out/status" ] || [ "$build/begin" -nt "$2/out/status" ] || return 0
	rm -rf "$2"
	mkdir -p "$2/out"
	truncate -s 8M "$2/disk"
	tests/vm/run.sh --kernel "$1" --initrd "$base" --disk "$2/disk" --overlay "$build/overlay" --run /scenario/run \
		--timeout 400 --silence 60 --out "$2/out" --console-log "$2/console" >"$2/log" 2>&1
}

mkdir -p "$build"
rm -rf "$build/overlay"
touch "$build/begin"
# Neither the binary nor its loader plays a part here.
base=$(tests/vm/initramfs.sh --no-box --loader reference) && overlay "$build/overlay" || exit 2

for pair; do
	first=${pair%%:*} second=${pair#*:}
	a=$build/$first b=$build/$second exceptions=$here/exceptions
	[ "$first" != "$second" ] || b=$b-again
	case $second in debian-* | mainline-*) exceptions=/dev/null ;; esac
	# A machine has one processor; two run at a time.
	on_kernel "$first" "$a" &
	on_kernel "$second" "$b"
	status=$?
	wait $! || status=$?
	if [ $status != 0 ]; then
		count=$((count + 1))
		echo "not ok $count - $pair: a machine has failed"
		tail -n 30 "$a/log" "$b/log" | sed 's/^/# /'
		continue
	fi
	$here/compare.sh "$a/out" "$b/out" "$build/$first-$second" $exceptions >"$build/tap"
	awk -v name="$pair" -v start="$count" -v status=$? -f tests/tap.awk "$build/tap"
	count=$((count + $(grep -c '^\(not \)\?ok ' "$build/tap")))
done
echo "1..$count"
