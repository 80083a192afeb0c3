# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Decides which console lines mean that the guest's kernel is in trouble.

# Only lines with the kernel's time stamp count: a test may print such words as it likes.
trouble_stamp='\[ *[0-9]+\.[0-9]{6}\]'

trouble_pattern='Kernel panic - not syncing'
trouble_pattern+='|BUG: |kernel BUG at |WARNING: |Oops|Internal error: |UBSAN: '
trouble_pattern+='|general protection fault|stack segment: |invalid opcode: |double fault'
trouble_pattern+='|rcu.*detected .*stall|INFO: task .* blocked for more than|soft lockup'
trouble_pattern+='|possible recursive locking|possible circular locking|suspicious RCU usage'
trouble_pattern+='|memory leak|list_(add|del) corruption|refcount_t: |slab.*corrupt'
trouble_pattern+='|Out of memory: Killed process|page allocation failure'
trouble_pattern+='|No working init found|Unable to mount root fs|Initramfs unpacking failed'

# Known harmless lines, each with the reason why.
trouble_harmless=(
    # A debug kernel says that it looks for leaks, not that it found one.
    'Kernel memory leak detector initialized'
    # TOMOYO itself: the quota of learned entries is used up.
    'WARNING: Domain .* has too many ACLs to hold'
)

# trouble_in LINE: succeeds if LINE reports trouble.
trouble_in()
{
    [[ $1 =~ $trouble_stamp.*($trouble_pattern) ]] || return 1
    local harmless
    for harmless in "${trouble_harmless[@]}"; do
        [[ ! $1 =~ $harmless ]] || return 1
    done
}
