#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves that the runner notices when a guest is in trouble, and says why.
#
# What the runner does with a console does not depend on the kernel: once is enough.
# only on kernel: debian-6.12

load ../vm
bats_load_library bats-support
bats_load_library bats-assert

# guest NAME [run.sh OPTION]... <<'END': runs the script in stdin in a guest.
guest()
{
    local name=$1
    overlay=$(vm_overlay "$name")
    vm_script "$overlay"
    shift
    run vm_boot "$name" --overlay "$overlay" --run /vmrun "$@"
}

@test "success: files come back from the guest" {
    guest success <<'END'
#!/bin/sh
echo hello
echo file >/out/left
END
    assert_success
    assert_equal "$(vm_log success)" hello
    assert_equal "$(cat "$(vm_out success)/left")" file
    vm_console success | grep -x hello
}

@test "failed tests: status 1" {
    guest failed <<'END'
#!/bin/sh
exit 7
END
    assert_failure 1
    assert_output --partial 'the guest reported failure (status 7)'
}

@test "a panic is trouble, unless it is expected" {
    guest panic <<'END'
#!/bin/sh
echo c >/proc/sysrq-trigger
END
    assert_failure 2
    assert_line --index 0 --partial 'Kernel panic - not syncing: sysrq triggered crash'
    assert_output --partial 'bench: init is up'

    run vm_boot panic --overlay "$overlay" --run /vmrun --expect-panic
    assert_success
}

@test "a missing panic is trouble when one is expected" {
    guest missing --expect-panic <<'END'
#!/bin/sh
exit 0
END
    assert_failure 2
    assert_line --index 0 'run.sh: no panic, but one was expected'
}

@test "a kernel warning is trouble even if the guest goes on and reports success" {
    guest warning <<'END'
#!/bin/sh
echo 'WARNING: CPU: 0 PID: 1 at bench' >/dev/kmsg
END
    assert_failure 2
    assert_line --index 0 --partial 'WARNING: CPU: 0 PID: 1 at bench'
}

@test "a kernel bug is trouble even if the guest hangs afterwards" {
    guest bug <<'END'
#!/bin/sh
echo 'BUG: unable to handle page fault for address: bench' >/dev/kmsg
sleep 1000
END
    assert_failure 2
    assert_line --index 0 --partial 'BUG: unable to handle page fault'
}

@test "the same words from a program are not trouble" {
    guest words <<'END'
#!/bin/sh
echo 'WARNING: BUG: Oops'
END
    assert_success
}

@test "silence is trouble" {
    guest silence --silence 8 <<'END'
#!/bin/sh
sleep 1000
END
    assert_failure 2
    assert_line --index 0 'run.sh: silence: nothing on the console for 8 s'
}

@test "exceeding the time limit is trouble" {
    guest limit --timeout 12 <<'END'
#!/bin/sh
while :; do echo still here; sleep 1; done
END
    assert_failure 2
    assert_line --index 0 'run.sh: time limit: not finished after 12 s'
}

@test "a guest without a verdict is trouble" {
    guest verdict <<'END'
#!/bin/sh
poweroff -f
END
    assert_failure 2
    assert_line --index 0 'run.sh: the guest ended without a verdict'
}

@test "an emulator that does not start is trouble" {
    : >"$BATS_TEST_TMPDIR/kernel"
    run "$VM_BENCH/run.sh" --kernel "$BATS_TEST_TMPDIR/kernel"
    assert_failure 2
    assert_line --index 0 --partial 'QEMU ended with status'
}

@test "the runner answers prompts on the console" {
    printf '%s\n' 'wait name? ' 'send bench' 'wait again? ' 'send' >"$BATS_TEST_TMPDIR/input"
    guest prompt --input "$BATS_TEST_TMPDIR/input" <<'END'
#!/bin/sh
printf 'name? '
read -r name
printf 'again? '
read -r empty
[ "$name$empty" = bench ]
END
    assert_success
}

@test "disks are there, and what the guest writes to them stays" {
    cd "$BATS_TEST_TMPDIR"
    for disk in one two; do
        truncate -s 16M $disk
        echo "this is $disk" | dd of=$disk conv=notrunc status=none
    done
    guest disk --disk one --disk two <<'END'
#!/bin/sh
[ "$(head -n 1 /dev/disk/1)" = 'this is one' ] &&
    [ "$(head -n 1 /dev/disk/2)" = 'this is two' ] &&
    echo changed | dd of=/dev/disk/2 conv=notrunc,fsync
END
    assert_success
    assert_equal "$(head -n 1 two)" changed
}

@test "ending the runner ends the emulator and removes its files" {
    export TMPDIR=$BATS_TEST_TMPDIR/tmp
    mkdir "$TMPDIR"
    "$VM_BENCH/run.sh" --console-log "$BATS_TEST_TMPDIR/console" 3>&- &
    runner=$!
    for ((tries = 0; tries < 600; tries++)); do
        [ ! -s "$BATS_TEST_TMPDIR/console" ] || break
        sleep 0.2
    done
    assert [ -s "$BATS_TEST_TMPDIR/console" ]
    emulator=$(pgrep -P $runner qemu)
    assert [ -d "/proc/$emulator" ]
    kill -TERM $runner
    wait $runner || :
    assert [ ! -d "/proc/$emulator" ]
    assert_equal "$(ls "$TMPDIR")" ''
}
