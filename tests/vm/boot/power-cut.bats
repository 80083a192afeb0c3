#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Power cuts while a machine saves its policy: the emulator is killed at random moments, the disk lives on.
# write-order.bats looks at every moment of a few saves, this one at what no log of writes shows: an emulator that is gone.
#
# POWER_CUTS=N (default 25 for each kernel; make check: 8) and SEED=N in the environment; a failure prints its seed.

load ../vm
bats_load_library bats-support
bats_load_library bats-assert

machines=2 # side by side

# words FILE: what the guest said so far.
words() { tr -d '\r' <"$1" | sed -n 's/^power-cut: //p'; }

# judge: reads what one boot said; knows what it may have found from the boots before.
#   known       file with every sum that was ever announced
#   acceptable  what a boot may find: the last policy whose save succeeded, or the one being saved
judge()
{
    local word sum rest begun='' saved=''
    while read -r word sum rest; do
        case $word in
        found)
            [[ " $acceptable " == *" $sum "* ]] || trouble "found $sum, may be: $acceptable"
            saved=$sum begun=$sum
            ;;
        snapshot | previous) grep -qx "$sum" known || trouble "$word $rest is not whole ($sum)" ;;
        begin) begun=$sum && echo "$sum" >>known ;;
        saved) acceptable=$begun saved=$begun saves=$((saves + 1)) ;;
        esac
    done < <(words console)
    [ -n "$saved" ] || trouble 'the guest did not say what it found'
    [ "$begun" = "$saved" ] || midway=$((midway + 1))
    acceptable="$saved $begun"
}

trouble()
{
    tail -n 30 console
    # Last, where who reads only the end of a report finds it.
    echo "machine $number, cut $cut, seed $seed: $*"
    exit 1
}

# machine NUMBER CUTS: one machine with its disk, in a directory of its own.
machine()
{
    local number=$1 cuts=$2 cut pid emulator acceptable=none saves=0 midway=0 repeats=0
    RANDOM=$((seed + number))
    mkdir -p "$BATS_TEST_TMPDIR/$number/overlay" && cd "$BATS_TEST_TMPDIR/$number" || exit 1
    : >known
    truncate -s 64M disk
    mkfs.ext4 -q -F disk
    vm_policy overlay
    cp "$BATS_TEST_DIRNAME/power-cut.sh" overlay/vmrun
    boot=("$VM_BENCH/run.sh" --kernel "$VM_KERNEL" --overlay overlay --disk disk --run /vmrun --console-log console
        --timeout 300 --silence 120)
    for ((cut = 1; cut <= cuts; cut++)); do
        rm -f console
        "${boot[@]}" 2>runner &
        pid=$!
        until grep -qs '^power-cut: begin' console; do
            # Before the guest's script has said a word nothing was saved, and this boot proves nothing:
            # the emulated disk lost a request, or a kernel of Debian's has not come as far as to run anything.
            if ! grep -qs '^power-cut: ' console && { grep -qs 'nvme.*I/O.*timeout' console ||
                { [[ $VM_KERNEL = debian-* ]] && ! kill -0 $pid 2>/dev/null &&
                    ! grep -q 'as init process' console; }; } && [ $((repeats += 1)) -le 3 ]; then
                echo "machine $number, cut $cut: booted again after: $(head -n 1 runner; tail -n 1 console)"
                kill -TERM $pid 2>/dev/null
                wait $pid
                cut=$((cut - 1))
                continue 2
            fi
            kill -0 $pid 2>/dev/null || trouble "no save was begun: $(cat runner)"
            sleep 0.1
        done
        sleep "$((RANDOM % 2)).$(printf '%03d' $((RANDOM % 1000)))"
        emulator=$(pgrep -P $pid qemu-system)
        kill -KILL "$emulator"
        wait $pid && trouble 'the guest came to an end before the cut'
        grep -q 'QEMU ended with status 137' runner || trouble "$(cat runner)"
        judge
    done
    "${boot[@]}" --append power_cut=1 2>runner || trouble "$(cat runner)"
    judge
    # The last save has cleared away what the cuts left behind.
    [ "$(words console | sed -n 's/^left //p' | tr ' ' '\n' | grep -cvxE './([0-9.:-]+|current|previous)?|')" = 0 ] ||
        trouble "left behind: $(words console | grep '^left ')"
    echo "machine $number: $cuts cuts, $midway of them during a save, $saves saves"
}

@test "power cuts during savepolicy always leave a complete current, never older than the last success" {
    local cuts=${POWER_CUTS:-25} pids=() failed=0
    seed=${SEED:-$RANDOM}
    vm_base_initrd >/dev/null 2>&3
    for ((i = 0; i < machines; i++)); do
        machine $i $(((cuts + i) / machines)) >"$BATS_TEST_TMPDIR/report-$i" 2>&1 3>&- &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid" || failed=1
    done
    cat "$BATS_TEST_TMPDIR"/report-*
    [ $failed = 0 ]
    sed 's/^/# /' "$BATS_TEST_TMPDIR"/report-* >&3
}
