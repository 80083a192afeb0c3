#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# A root shell in the system of the demo, on this terminal (make demo-shell).
#
# usage: shell.sh [KERNEL]
#
#   KERNEL   default: the one that the demo had
#
# The system is the one that the last demo left, with the policy it learned, and what you change
# stays in it until the next demo.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
demo=$(cd "$here/../.." && pwd)/build/demo
disk=$demo/disk.img

if [ ! -e "$disk" ]; then
    echo 'The system does not exist yet; playing the demo first (usually 20 s).'
    "$here/run.sh" "${1:-}" | sed -un 's/^set-up/  &/p; s/^── /  /p'
fi
kernel=${1:-$(cat "$demo/kernel")}
# The serial line does not tell the guest how large the terminal is.
size=$(stty size 2>/dev/null || echo 24 80)
[ "${size#0 }" = "$size" ] || size='24 80' # a terminal that does not know itself

echo 'Starting, a few seconds. To leave: exit, or Ctrl-a x.'
"$here/../vm/run.sh" --kernel "$kernel" --interactive --no-initrd --disk "$disk" \
    --append 'root=/dev/nvme0n1 rootwait rw init=/sbin/init quiet no_timer_check' \
    --append "demo.terminal=${TERM:-linux},${size/ /,}"
