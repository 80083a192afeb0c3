#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Power cuts at every point of a save: one machine saves its policy while all writes to its disk are logged, in order.
# From the log come the disks that a cut after each of these writes would have left, and, as a disk may have a cache that
# it loses, those that have only what was flushed. Each is repaired as a mount would do it, and looked at here.
#
# only in check-full

load ../vm
bats_load_library bats-support
bats_load_library bats-assert

# One more than are kept, so that one is removed.
saves=5

# sum DIRECTORY [SUFFIX]: as the guest's part makes it.
sum()
{
    local text
    text=$(set -o pipefail && cat "$1/profile${2:-}" "$1/manager${2:-}" "$1/exception_policy${2:-}" \
        "$1/domain_policy${2:-}" 2>/dev/null | md5sum) || return 1
    printf '%s\n' "${text%% *}"
}

# look IMAGE: sets found to the sum of the policy that a boot would load, or none, or broken; fails if a complete name
# stands for an incomplete snapshot.
look()
{
    local name whole
    rm -rf look look.img
    mkdir look
    cp --sparse=always "$1" look.img
    # Only the journal, which is what a mount looks at.
    e2fsck -y -E journal_only look.img >look.log 2>&1 || [ $? = 1 ] || fail "the file system is broken: $(cat look.log)"
    debugfs -R 'rdump /etc look' look.img >>look.log 2>&1
    names=0
    for name in look/etc/tomoyo/policy/*; do
        [ -e "$name" ] || [ -L "$name" ] || continue
        names=$((names + 1))
        [[ ${name##*/} =~ ^[0-9]{2}-[0-9]{2}-[0-9]{2}\. || ${name##*/} = previous ]] || continue
        whole=$(sum "$name" .conf) || whole=broken
        [[ $announced = *" $whole "* ]] || fail "${name##*/} is not whole"
    done
    found=none
    [ ! -L look/etc/tomoyo/policy/current ] || found=$(sum look/etc/tomoyo .conf) || found=broken
}

# judge IMAGE: a boot from this disk finds one of the acceptable policies.
judge()
{
    look "$1"
    looks=$((looks + 1))
    [[ " $acceptable " = *" $found "* ]] || fail "$1 after entry $entry: found $found, may be: $acceptable
$(ls -lR look)"
}

# write IMAGE: does what the current entry of the log says.
write()
{
    dd if=log of="$1" bs=512 skip=$((offset / 512)) seek="$sector" count="$count" conv=notrunc status=none
}

# at_once: the current entry lasts without a flush. QEMU's NVMe does not hand on what says so, but of the file system's
# blocks those of the journal that end a transaction, and its head, are always written so.
at_once()
{
    case $(od -A n -t x1 -j $offset -N 8 log) in
    *' c0 3b 39 98 00 00 00 0'[234]) ;;
    *) [ $((flags & 2)) != 0 ] ;;
    esac
}

setup_file()
{
    cd "$BATS_FILE_TMPDIR" || return 1
    mkdir overlay
    truncate -s 65M empty
    mkfs.ext4 -q -F empty 64M
    cp --sparse=always empty disk
    vm_policy overlay
    cp "$BATS_TEST_DIRNAME/power-cut.sh" overlay/vmrun
    "$VM_BENCH/run.sh" --kernel "$VM_KERNEL" --overlay overlay --disk disk --write-log log --run /vmrun \
        --append "power_cut=$saves power_cut_marks bdev_allow_write_mounted=1" --console-log console \
        --timeout 1200 --silence 300 2>trouble 3>&- ||
        touch failed
}

@test "a cut after any write of savepolicy, with or without what was not flushed, leaves a complete current" {
    local offset=512 size entry=0 sector count flags acceptable=none saved=none marks='' lasts looks=0 most=0 unflushed=()
    cd "$BATS_FILE_TMPDIR"
    [ ! -e failed ] || fail "$(cat trouble; tail -n 5 console)"
    tr -d '\r' <console | sed -n 's/^power-cut: begin //p' >known
    assert_equal "$(wc -l <known)" $saves
    announced=" $(tr '\n' ' ' <known)"
    cp --sparse=always empty now
    cp --sparse=always empty flushed
    size=$(stat -c %s log)
    while [ $((offset + 512)) -le "$size" ]; do
        # An entry is a sector and the data behind it: where to, how many sectors, what (1 flush, 2 at once, 4 discard).
        read -r sector count flags _ < <(od -A n -w32 -t u8 -j $offset -N 32 log)
        entry=$((entry + 1)) offset=$((offset + 512))
        if [ $((flags & 1)) != 0 ]; then
            for late in "${unflushed[@]}"; do
                IFS=: read -r skip seek blocks <<<"$late"
                dd if=log of=flushed bs=512 skip="$skip" seek="$seek" count="$blocks" conv=notrunc status=none
            done
            [ ${#unflushed[@]} = 0 ] || judge flushed
            unflushed=()
        fi
        if [ "$count" = 0 ] || [ $((flags & 4)) != 0 ]; then
            continue
        fi
        write now
        lasts=
        if at_once; then
            lasts=1
            write flushed
            # What is on the disk is newer than what waits for the same place.
            for late in "${!unflushed[@]}"; do
                [[ ${unflushed[late]} != *":$sector:"* ]] || unset "unflushed[late]"
            done
        else
            unflushed+=("$((offset / 512)):$sector:$count")
        fi
        if [ "$sector" -ge 131072 ]; then
            read -r -a mark < <(dd if=log bs=512 skip=$((offset / 512)) count=1 status=none | tr -d '\0')
            marks+=" ${mark[0]}"
            case ${mark[0]} in
            begin) acceptable="$saved ${mark[1]}" ;;
            saved) saved=${mark[1]} acceptable=$saved ;;
            *) fail "no mark: ${mark[*]}" ;;
            esac
            # What was promised must outlive a cut even of a disk that forgets.
            judge flushed
        else
            judge now
            [ -z "$lasts" ] || judge flushed
            # The worst cut for who cleans up.
            if [ "$names" -gt "$most" ] && [ "$saved" != none ]; then
                most=$names
                cp --sparse=always now worst
                echo "$acceptable" >worst.acceptable
            fi
        fi
        offset=$((offset + count * 512))
    done
    assert_equal "$marks" "$(for ((i = 0; i < saves; i++)); do printf ' begin saved'; done)"
    cmp now disk
    echo "# $VM_KERNEL: $entry writes and flushes, $looks disks looked at" >&3
    # More than the policy files themselves, or the log is not one of a save.
    assert [ $looks -gt $((saves * 10)) ]
}

@test "the machine that boots after the worst of these cuts finds the policy, saves its own, and clears away what was left" {
    cd "$BATS_FILE_TMPDIR"
    [ -e worst ] || fail "no disk to boot from: the test before has not come to the end of the first save"
    "$VM_BENCH/run.sh" --kernel "$VM_KERNEL" --overlay overlay --disk worst --run /vmrun \
        --append power_cut=1 --console-log console.worst --timeout 1200 --silence 300 3>&-
    tr -d '\r' <console.worst | sed -n 's/^power-cut: //p' >said
    read -r _ found < <(grep -m 1 '^found ' said)
    assert grep -qwF "$found" worst.acceptable
    # It ends with the policy that it has saved itself.
    assert_equal "$(sed -n 's/^found //p' said | tail -n 1)" "$(sed -n 's/^begin //p' said)"
    run grep -vxE './([0-9.:-]+|current|previous)?' <(sed -n 's/^left //p' said | tr ' ' '\n' | grep .)
    assert_output ''
}
