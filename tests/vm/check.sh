#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Runs all tests that need a virtual machine and prints one TAP stream (make check-vm).
#
# usage: check.sh [--full] [--jobs N] [--only TEXT] [--list] [KERNEL]...
#
#   KERNEL       default: box-6.12 debian-6.12
#   --full       also files that say "# only in check-full", and all of the random power cuts
#   --jobs N     virtual machines at the same time; default: as many as there are processors
#   --only TEXT  only jobs whose name contains TEXT: "suite", or a file of tests/vm/boot, check-full's too
#   --list       only print the jobs, in their order
#
# One job per kernel is "suite": a single boot that runs all of tests/vm/suite. Every file of
# tests/vm/boot is a job of its own, for each kernel unless it says "# only on kernel: NAME...", and
# every file of tests/vm/debug for each debug kernel. Logs are left in build/vm/check/KERNEL/JOB/. How long a job took is in
# the stream, too: "# time SECONDS KERNEL JOB".
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
logs=$(cd "$here/../.." && pwd)/build/vm/check

# tap KERNEL: makes bats output a part of our stream, whatever else is in it becomes comments.
tap()
{
    sed -n -E -e 's/\r$//' \
        -e "s/^((not )?ok [0-9]+) (.*)/\\1 $1: \\3/p; t" \
        -e '/^1\.\.[0-9]+$/d; s/^[^#]/# &/; p'
}

suite_job()
{
    local status=0
    "$here/policy.sh" "$dir/overlay"
    "$here/run.sh" --kernel "$kernel" --initrd "$VM_CHECK_INITRD" --overlay "$dir/overlay" \
        --timeout 1800 --silence 180 --console-log "$dir/console" --out "$dir/out" \
        2>"$dir/trouble" || status=$?
    if [ -s "$dir/out/log" ]; then
        tap "$kernel" <"$dir/out/log"
    else
        # The guest did not live to deliver its results, but the console has those so far.
        grep -aE '^(ok|not ok|#) ' "$dir/console" | tap "$kernel" || :
    fi
    if [ $status -gt 1 ]; then
        echo "not ok 0 $kernel: suite: $(head -n 1 "$dir/trouble")"
        sed 's/^/# /' "$dir/trouble"
    elif ! grep -q '^1\.\.' "$dir/out/log"; then
        echo "not ok 0 $kernel: suite: no tests have run"
    fi
}

boot_job()
{
    local status=0 file=$here/boot/$job
    [ -e "$file" ] || file=$here/debug/$job
    VM_KERNEL=$kernel VM_DIR=$dir bats --tap "$file" >"$dir/log" 2>&1 || status=$?
    tap "$kernel" <"$dir/log"
    if [ $status != 0 ] && ! grep -q '^not ok ' "$dir/log"; then
        echo "not ok 0 $kernel: $job: bats ended with status $status"
    fi
}

if [ "${1:-}" = --job ]; then
    # One job, started by the second half of this script.
    kernel=${2%% *} job=${2#* }
    dir=$logs/$kernel/$job
    rm -rf "$dir"
    mkdir -p "$dir"
    begin=$EPOCHREALTIME
    if [ "$job" = suite ]; then suite_job; else boot_job; fi >"$dir/tap"
    awk -v begin="$begin" -v end="$EPOCHREALTIME" -v job="$kernel $job" \
        'BEGIN { printf "# time %.1f %s\n", end - begin, job }' >>"$dir/tap"
    # In one piece, so that another job's lines do not come between a test and its diagnosis.
    flock "$logs/lock" cat "$dir/tap"
    exit 0
fi

parallel=$(nproc) only='' full='' list='' kernels=()
while [ $# -gt 0 ]; do
    case $1 in
    --list) list=1 && shift ;;
    --full) full=1 && shift ;;
    --jobs) parallel=$2 && shift 2 ;;
    --only) only=$2 && shift 2 ;;
    -*) echo "check.sh: unknown option $1" >&2 && exit 2 ;;
    *) kernels+=("$1") && shift ;;
    esac
done
[ ${#kernels[@]} -gt 0 ] || kernels=(box-6.12 debian-6.12)

jobs=()
for kernel in "${kernels[@]}"; do
    # Here, not in the jobs: an unknown kernel or a failed fetch should end everything early.
    [ -n "$list" ] || "$here/kernel.sh" "$kernel" >/dev/null
    jobs+=("$kernel suite")
done
for file in "$here"/boot/*.bats; do
    [ -e "$file" ] || continue
    # A search for what the other files cannot know of; who names it, wants it.
    if [ -z "$full" ] && [[ -z $only || ${file##*/} != *"$only"* ]] && grep -qx '# only in check-full' "$file"; then
        continue
    fi
    # A file about the tools, or about the bench itself, says which kernels are enough.
    enough=$(sed -n 's/^# only on kernel: //p' "$file")
    for kernel in "${kernels[@]}"; do
        [[ -n $enough && " $enough " != *" $kernel "* ]] || jobs+=("$kernel ${file##*/}")
    done
done
for file in "$here"/debug/*.bats; do
    [ -e "$file" ] || continue
    for kernel in "${kernels[@]}"; do
        [[ $kernel != debug-* ]] || jobs+=("$kernel ${file##*/}")
    done
done
# The longest first, so that none of them is alone at the end; what is not named here takes as long as a boot or two.
for first in power-cut.bats status.bats demo.bats tomoyo-tools.bats board.bats init.bats daemons.bats suite; do
    front=() rest=()
    for job in "${jobs[@]}"; do
        if [ "${job#* }" = "$first" ]; then front+=("$job"); else rest+=("$job"); fi
    done
    jobs=("${front[@]}" "${rest[@]}")
done
if [ -n "$list" ]; then
    for job in "${jobs[@]}"; do
        [[ $job != *"$only"* ]] || printf '%s\n' "$job"
    done
    exit 0
fi
[ -n "$full" ] || export POWER_CUTS="${POWER_CUTS:-8}"
VM_CHECK_INITRD=$("$here/initramfs.sh")
export VM_CHECK_INITRD
mkdir -p "$logs"

# A process group of its own, so that all virtual machines can be ended together.
set -m
{
    for job in "${jobs[@]}"; do
        [[ $job != *"$only"* ]] || printf '%s\0' "$job"
    done | xargs -0 -r -n 1 -P "$parallel" "$here/check.sh" --job |
        awk -f "$here/lib/renumber.awk"
} </dev/null &
group=$!
set +m
trap 'kill -TERM -- "-$group" 2>/dev/null || :' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
status=0
wait "$group" || status=$?
exit $status
