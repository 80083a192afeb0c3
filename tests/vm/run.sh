#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Boots one virtual machine, watches its console and reports what became of it.
#
# usage: run.sh [OPTION]...
#   --kernel NAME|PATH   a name for kernel.sh, or an image; default debian-6.12
#   --initrd FILE        default: the base of initramfs.sh
#   --no-initrd          boot from a disk (give root= and init= with --append)
#   --overlay DIR        append the directory tree to the initrd; repeatable, the last one wins
#   --append ARGS        more kernel parameters; repeatable
#   --run PATH           what the guest runs (vmrun=PATH); default: the suites in /suite
#   --lsm LIST           default tomoyo
#   --disk IMG           one more disk (raw, writable); repeatable: /dev/disk/1, /dev/disk/2, ...;
#                        the name /dev/nvme0n1 (for root=) is certain only if there is just one
#   --write-log FILE     log each write and flush of the first disk there, as dm-log-writes does
#   --memory MB          default 512
#   --smp N              default 1
#   --timeout S          limit for the whole run; default 240; a debug kernel has five times that
#   --silence S          limit between two console lines; default 60; likewise
#   --out DIR            put the files that the guest left in /out here
#   --console-log FILE   keep the console's output here
#   --input FILE         talk to the console: lines "wait TEXT" and "send TEXT" (adds a newline)
#   --icount             one nanosecond of the guest's time is one instruction: times can be repeated
#   --expect-panic       succeed if, and only if, the kernel panics
#   --interactive        the console is this terminal; no limits, Ctrl-a x ends
#
# exit status: 0  the guest reported success (or panicked as expected)
#              1  the guest reported failed tests
#              2  trouble: panic, BUG, WARNING, stall, silence, time limit, no verdict, no QEMU ...
#                 (with the reason and the last console lines on stderr)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/cpio.bash
. "$here/lib/cpio.bash"
# shellcheck source=lib/trouble.bash
. "$here/lib/trouble.bash"

die()
{
    printf 'run.sh: %s\n' "$*" >&2
    exit 2
}

kernel=debian-6.12 initrd='' no_initrd=0 overlays=() append=() run='' lsm=tomoyo disks=() write_log=''
memory=512 smp=1 timeout=240 silence=60 out='' console='' input='' expect_panic=0 interactive=0 icount=0
while [ $# -gt 0 ]; do
    case $1 in
    --no-initrd) no_initrd=1 && shift && continue ;;
    --icount) icount=1 && shift && continue ;;
    --expect-panic) expect_panic=1 && shift && continue ;;
    --interactive) interactive=1 && shift && continue ;;
    --help | -h) sed -n '3,/^set/{/^set/!s/^# \{0,1\}//p}' "$0" && exit 0 ;;
    esac
    [ $# -ge 2 ] || die "option $1 is unknown or lacks its value"
    case $1 in
    --kernel) kernel=$2 ;;
    --initrd) initrd=$2 ;;
    --overlay) overlays+=("$2") ;;
    --append) append+=("$2") ;;
    --run) run=$2 ;;
    --lsm) lsm=$2 ;;
    --disk) disks+=("$2") ;;
    --write-log) write_log=$2 ;;
    --memory) memory=$2 ;;
    --smp) smp=$2 ;;
    --timeout) timeout=$2 ;;
    --silence) silence=$2 ;;
    --out) out=$2 ;;
    --console-log) console=$2 ;;
    --input) input=$2 && [ "$input" != none ] || input='' ;;
    *) die "unknown option $1" ;;
    esac
    shift 2
done
qemu=$(type -P qemu-system-x86_64) || die 'qemu-system-x86_64 is missing (package qemu-system-x86)'
case $kernel in
*/*) [ -r "$kernel" ] || die "no kernel image $kernel" ;;
*) kernel=$("$here/kernel.sh" "$kernel") ;;
esac
# Everything takes several times as long where everything is checked.
if [[ $kernel = */debug-* ]]; then
    timeout=$((5 * timeout)) silence=$((5 * silence))
    append+=(sysctl.kernel.hung_task_timeout_secs=600)
fi

pid=''
terminal=''
work=$(mktemp -d "${TMPDIR:-/tmp}/tomoyo-vm.XXXXXX")
# shellcheck disable=SC2317 # called by the trap
cleanup()
{
    # Always both: no emulator and no file may outlive this script.
    if [ -n "$pid" ]; then
        kill -KILL "$pid" 2>/dev/null || :
        wait "$pid" 2>/dev/null || :
    fi
    [ -z "$terminal" ] || stty "$terminal" || :
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
[ -n "$console" ] || console=$work/console.log
mkdir -p "$(dirname "$console")"
: >"$console"

# panic=-1 with -no-reboot: a panic ends the emulator at once. An oops is made a panic so that a
# half-dead guest does not go on. rdrand spares programs the wait for the first random numbers.
# no_timer_check: on a busy host the kernel's test of the emulated timer fails, and it panics.
command_line="console=ttyS0 printk.time=1 panic=-1 oops=panic no_timer_check lsm=$lsm"
machine=(-accel tcg -machine pc -cpu "qemu64,+rdrand" -m "$memory" -smp "$smp"
    -chardev "file,id=results,path=$work/results"
    -nodefaults -no-user-config -display none -monitor none -no-reboot -kernel "$kernel")
[ $icount = 0 ] || machine+=(-icount 'shift=0,sleep=off')
if [ $no_initrd = 0 ]; then
    [ -n "$initrd" ] || initrd=$("$here/initramfs.sh")
    if [ ${#overlays[@]} -gt 0 ]; then
        # The kernel unpacks one archive after the other, packed or not, later files win.
        cp "$initrd" "$work/initrd"
        for overlay in "${overlays[@]}"; do
            [ -d "$overlay" ] || die "no overlay directory $overlay"
            cpio_pad "$work/initrd"
            cpio_tree "$overlay" >>"$work/initrd"
        done
        initrd=$work/initrd
    fi
    machine+=(-initrd "$initrd")
    command_line+=' rdinit=/sbin/init'
fi
[ -z "$run" ] || command_line+=" vmrun=$run"
command_line+=" ${append[*]}"

# All disks are namespaces of one controller, as Linux names several controllers in any order.
number=0
for disk in "${disks[@]}"; do
    [ -r "$disk" ] || die "no disk image $disk"
    number=$((number + 1))
    [ $number != 1 ] || machine+=(-device "nvme,id=disks,serial=bench")
    if [ $number = 1 ] && [ -n "$write_log" ]; then
        : >"$write_log"
        machine+=(-blockdev "driver=file,node-name=image1,cache.no-flush=on,filename=${disk//,/,,}"
            -blockdev "driver=file,node-name=log1,cache.no-flush=on,filename=${write_log//,/,,}"
            -blockdev "driver=blklogwrites,node-name=disk1,file=image1,log=log1,log-sector-size=512")
    else
        machine+=(-drive "if=none,format=raw,cache=unsafe,id=disk$number,file=${disk//,/,,}")
    fi
    machine+=(-device "nvme-ns,bus=disks,drive=disk$number,nsid=$number")
done

# The emulator dies with this script even when the script cannot clean up (SIGKILL).
guard=()
! setpriv --pdeathsig KILL true 2>/dev/null || guard=(setpriv --pdeathsig KILL)
# With a disk, on one processor: QEMU 7.2's NVMe may miss the guest's doorbell when both really run
# at the same time, and then the guest waits half a minute for a lost request ("I/O timeout").
if [ ${#disks[@]} -gt 0 ] && type -P taskset >/dev/null; then
    read -r processor < <(taskset -cp $$ | sed 's/.*: //' | tr ',' '\n' |
        awk -F- '{ for (i = $1; i <= (NF > 1 ? $2 : $1); i++) print i }' | shuf -n 1)
    guard=(taskset -c "$processor" "${guard[@]}")
fi
if [ $interactive = 1 ]; then
    [ ! -t 0 ] || terminal=$(stty -g)
    # In the background so that the traps work at once; the standard input has to be given then.
    "${guard[@]}" "$qemu" "${machine[@]}" -append "$command_line" \
        -chardev "stdio,id=console,mux=on,signal=off,logfile=$console" \
        -serial chardev:console -serial chardev:results -mon chardev=console <&0 &
    pid=$!
    wait "$pid" || :
    pid=''
else
    mkfifo "$work/from" "$work/to"
    # Read-write, so that neither side waits for the other to open it.
    exec 3<>"$work/to"
    "${guard[@]}" "$qemu" "${machine[@]}" -append "$command_line" \
        -chardev "stdio,id=console,signal=off,logfile=$console" \
        -serial chardev:console -serial chardev:results \
        <"$work/to" >"$work/from" 2>"$work/qemu.err" 3>&- &
    pid=$!
    exec 4<"$work/from"
fi

script=()
[ -z "$input" ] || mapfile -t script <"$input"
# talk TEXT: goes on with the input script as far as the console's latest text allows.
talk()
{
    while [ ${#script[@]} -gt 0 ]; do
        case ${script[0]} in
        'wait '*)
            [[ $1 == *"${script[0]#wait }"* ]] || return 0
            # What answered one "wait" must not answer the next one too.
            set -- ''
            ;;
        'send '*) printf '%s\n' "${script[0]#send }" >&3 ;;
        send) printf '\n' >&3 ;;
        esac
        script=("${script[@]:1}")
    done
}

# watch: reads the console until it ends; sets reason when there is something to complain about.
reason='' panicked=0
watch()
{
    local line='' part status quiet=$SECONDS deadline=$((SECONDS + timeout))
    while :; do
        status=0
        IFS= read -r -t 1 -u 4 part || status=$?
        line+=${part//$'\r'/}
        [ -z "$part" ] || talk "$line"
        if [ $status = 0 ]; then
            quiet=$SECONDS
            if trouble_in "$line"; then
                case $line in
                *'Kernel panic'*) panicked=1 ;;
                esac
                if [ -z "$reason" ] && ! { [ $expect_panic = 1 ] && [ $panicked = 1 ]; }; then
                    reason=$line
                    # Time for the rest of the report (registers, call trace), not more.
                    deadline=$((SECONDS + 3))
                fi
            fi
            line=''
        elif [ $status -le 128 ]; then
            return 0 # end of file: QEMU has ended
        fi
        [ -z "$part" ] || quiet=$SECONDS
        if [ $SECONDS -ge $deadline ]; then
            reason=${reason:-time limit: not finished after $timeout s}
            return 0
        elif [ $((SECONDS - quiet)) -ge "$silence" ]; then
            reason=${reason:-silence: nothing on the console for $silence s}
            return 0
        fi
    done
}

if [ $interactive = 0 ]; then
    watch
    [ -z "$reason" ] || kill -KILL "$pid" 2>/dev/null || :
    status=0
    wait "$pid" 2>/dev/null || status=$?
    pid=''
    if [ -z "$reason" ] && [ $status != 0 ]; then
        reason="QEMU ended with status $status: $(head -n 3 "$work/qemu.err")"
    fi
fi

mkdir "$work/out"
# Two archives in a row, the second one is the status: it is missing if the transfer was cut off.
[ ! -s "$work/results" ] ||
    tar -C "$work/out" --no-same-owner --ignore-zeros -xzf "$work/results" 2>/dev/null || :
if [ -n "$out" ]; then
    mkdir -p "$out"
    cp -a "$work/out/." "$out/"
fi
[ $interactive = 0 ] || exit 0

verdict=$(cat "$work/out/status" 2>/dev/null || :)
if [ -z "$reason" ]; then
    if [ $expect_panic = 1 ]; then
        [ $panicked = 0 ] || exit 0
        reason='no panic, but one was expected'
    elif [ "$verdict" = 0 ]; then
        exit 0
    elif [ -n "$verdict" ]; then
        printf 'run.sh: the guest reported failure (status %s)\n' "$verdict" >&2
        exit 1
    else
        reason='the guest ended without a verdict'
    fi
fi
{
    printf 'run.sh: %s\n' "$reason"
    # A long report must not hide what led to it: at least 20 lines before the trouble are shown.
    printf 'run.sh: last lines of the console:\n'
    tr -d '\r' <"$console" | REASON=$reason awk '
        { line[NR] = $0 }
        !at && $0 == ENVIRON["REASON"] { at = NR }
        END {
            from = at && at < NR - 19 ? at - 20 : NR - 39
            for (i = from > 1 ? from : 1; i <= NR; i++)
                print "  | " line[i]
        }'
} >&2
exit 2
