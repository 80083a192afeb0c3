#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The guest's part of power-cut.bats: says what it finds on the disk after the last power cut, then changes the
# policy and saves it for ever; with power_cut=N on the kernel's command line: N times.
#
# Lines on the console, each a "power-cut: " and
#   found SUM | none | broken   the policy that a boot would load, through all links
#   previous SUM | broken       the one that `previous` leads to
#   snapshot SUM NAME           each directory with the name of a snapshot
#   ready                       saving begins
#   begin SUM                   the policy of the kernel, which is now being saved
#   saved                       tomoyo-savepolicy has reported success
#   left NAMES                  at the end: everything in the policy directory
#
# With power_cut_marks "begin" and "saved" are also written to the disk, behind the file system: who reads a log of all
# writes sees between which of them they were said. The disk is mounted then: it takes bdev_allow_write_mounted=1 where the
# kernel keeps others from writing there.
set -euo pipefail

kernel=/sys/kernel/security/tomoyo
top=/mnt/etc/tomoyo

say()
{
    echo "power-cut: $*" >/dev/ttyS0
    # Returns only when the line has left the machine.
    stty -F /dev/ttyS0 -echo
}

# sum DIRECTORY [SUFFIX]: of the four files together.
sum()
{
    local file
    {
        for file in profile manager exception_policy domain_policy; do
            cat "$1/$file${2:-}" || return 1
        done
    } 2>/dev/null | md5sum | cut -c 1-32
}

# mark WORDS: returns when they are on the disk.
mark()
{
    ! $marks || printf '%s\n' "$*" | dd of=/dev/nvme0n1 bs=512 seek=131072 conv=sync,notrunc,fsync status=none
}

marks=false rest=-1
read -ra words </proc/cmdline
for word in "${words[@]}"; do
    case $word in
    power_cut=*) rest=${word#*=} ;;
    power_cut_marks) marks=true ;;
    esac
done
mount -t ext4 /dev/nvme0n1 /mnt
dmesg -n 1 # the kernel's words must not come between ours
mkdir -p $top/policy

for name in "$top"/policy/*-*; do
    [ ! -e "$name" ] || say "snapshot $(sum "$name" .conf || echo broken) ${name##*/}"
done
if [ -L $top/policy/previous ]; then
    say "previous $(sum $top/policy/previous .conf || echo broken)"
fi
if [ -L $top/policy/current ]; then
    say "found $(sum $top .conf || echo broken)"
    for file in profile manager exception_policy domain_policy; do
        cat $top/$file.conf >$kernel/$file
    done
else
    say 'found none'
    # No new domains while a policy is looked at.
    echo 'keep_domain any from any' >$kernel/exception_policy
    for ((i = 0; i < 300; i++)); do
        printf '<kernel> /bin/program-%d\nuse_profile 1\nfile read /etc/\\*\nfile read/write /tmp/\\*-%d\n' $i $i
    done >$kernel/domain_policy
    printf '<kernel> /state\nuse_profile 1\n' >$kernel/domain_policy
fi
state=$(sed -n 's/^0-COMMENT=\([0-9][0-9]*\)$/\1/p' $kernel/profile)

say ready
while [ $((rest--)) != 0 ]; do
    state=$((${state:-0} + 1))
    # Every file tells one state from the next.
    echo "0-COMMENT=$state" >$kernel/profile
    echo "/state/$state" >$kernel/manager
    echo "path_group STATE /state/$state" >$kernel/exception_policy
    printf 'select <kernel> /state\nfile read /state/%d\n' $state >$kernel/domain_policy
    now=$(sum $kernel)
    say "begin $now"
    mark "begin $now"
    tomoyo-savepolicy --keep 4 $top
    say saved
    mark "saved $now"
done
umount /mnt
mount -t ext4 /dev/nvme0n1 /mnt
say "found $(sum $top .conf || echo broken)"
say "left $(cd $top/policy && find . -mindepth 1 -maxdepth 1 | sort | tr '\n' ' ')"
umount /mnt
