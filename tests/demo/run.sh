#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# The demo (make demo): boots a small system twice and shows a policy being learned and enforced.
#
# usage: run.sh [KERNEL [DIR]]
#
#   KERNEL   a name for tests/vm/kernel.sh, or an image; default box-6.12 if that has been built already, which takes ten
#            minutes, otherwise debian-6.12
#   DIR      default build/demo; disk.img and the kernel's name stay there for demo-shell, and console.log
#
# Exit status: 0 if everything that was claimed on the way is true, otherwise 1 (and 2 if the set-up
# fails).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
vm=$here/../vm
kernel=${1:-}
out=${2:-$(cd "$here/../.." && pwd)/build/demo}

# Colours and pauses are for people.
color='' pace=0
if [ -t 1 ]; then
    pace=2
    [ -n "${NO_COLOR:-}" ] || color=1
fi

runner='' reader=''
# shellcheck disable=SC2317 # called by the trap
cleanup()
{
    # The runner ends its QEMU.
    [ -z "$runner" ] || kill "$runner" 2>/dev/null || :
    [ -z "$reader" ] || kill "$reader" 2>/dev/null || :
    wait
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

set_up()
{
    printf 'set-up: %-42s' "$1"
}

# play SCRIPT: boots the disk, shows the console, and checks what the guest reports.
play()
{
    local status=0 log=$out/$1.log
    rm -rf "${out:?}/$1"
    : >"$log"
    # no_timer_check: on a busy host an emulated timer may fail the kernel's test of it.
    "$vm/run.sh" --kernel "$image" --no-initrd --disk "$out/new.img" --timeout 120 --silence 60 \
        --append 'root=/dev/nvme0n1 rootwait rw init=/sbin/init quiet no_timer_check' \
        --append "demo.play=$1 demo.pace=$pace ${color:+demo.color=1}" \
        --console-log "$log" --out "$out/$1" 2>"$out/trouble" &
    runner=$!
    tail -n +1 -s 0.2 -f --pid=$runner "$log" | sed -u 's/\r$//' &
    reader=$!
    wait $runner || status=$?
    runner=''
    wait $reader || :
    reader=''
    cat "$log" >>"$out/console.log"
    [ $status != 0 ] || return 0

    {
        printf '\ndemo: FAILED, in %s\n' "$log"
        if [ -s "$out/$1/failed" ]; then
            sed 's/^/demo: this was not true: /' "$out/$1/failed"
        else
            cat "$out/trouble"
        fi
    } >&2
    exit 1
}

mkdir -p "$out"
rm -f "$out/console.log"
if [ -z "$kernel" ]; then
    kernel=box-6.12
    if ! "$vm/kernel.sh" --if-built "$kernel" >/dev/null 2>&1; then
        kernel=debian-6.12
        printf '%s\n' "set-up: with Debian's kernel, which is there at once; ours: make demo KERNEL=box-6.12 (10 minutes)"
    fi
fi
set_up 'kernel'
image=$kernel
case $kernel in */*) ;; *) image=$("$vm/kernel.sh" "$kernel") ;; esac
printf '%s\n' "$kernel"
set_up 'disk image (2 s)'
"$here/disk.sh" "$out/new.img"
printf '32 MB\n'
set_up 'QEMU (3 s until the first words)'
printf 'starting; Ctrl-C ends it\n'

start=$SECONDS
play first
play again
mv "$out/new.img" "$out/disk.img"
printf '%s\n' "$kernel" >"$out/kernel"
claims=$(($(cat "$out/first/claims") + $(cat "$out/again/claims")))
cat <<END

demo: all $claims claims were true; it took $((SECONDS - start)) s.

What next:
  make demo-shell    a root shell in this very system, with things to try
  README.md          how to use the tools on your own machine
END
