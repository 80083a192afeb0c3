#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# status, on this system, whose kernel offers no TOMOYO, and on directories of plain files.

bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    status_applet=$BATS_TEST_TMPDIR/tomoyo-status
    ln -s "$box" "$status_applet"
}

interface()
{
    export TOMOYO_INTERFACE=$BATS_TEST_TMPDIR/interface
    mkdir "$TOMOYO_INTERFACE"
    cd "$TOMOYO_INTERFACE" || return
    printf 2.6.0 >version
    printf '%s\n' /usr/sbin/tomoyo-box '<kernel> /sbin/init' >manager
    printf 'initialize_domain /sbin/init from any\n' >exception_policy
    cat >profile <<'END'
<kernel> PROFILE_VERSION=20150505
<kernel> 0-COMMENT=off
<kernel> 0-CONFIG={ mode=disabled grant_log=no reject_log=yes }
<kernel> 3-COMMENT=strict
<kernel> 3-CONFIG={ mode=learning grant_log=no reject_log=yes }
<kernel> 3-CONFIG::file::open={ mode=enforcing grant_log=no reject_log=yes }
<other> 0-CONFIG={ mode=disabled grant_log=no reject_log=yes }
END
    cat >domain_policy <<'END'
<kernel>
use_profile 0


<kernel> /sbin/init
use_profile 3
quota_exceeded
transition_failed
use_group 7

file read /a
misc env PATH

<other>
use_profile 9

file read /b
END
    cat >stat <<'END'
Policy update:                                 7 (Last: 2026/11/21 18:53:43)
Policy violation in learning mode:             0
Policy violation in enforcing mode:           12 (Last: 2026/11/21 18:54:43)
Memory used by policy:                      1408
Memory used by audit log:                   1152 (Quota:       3000)
Total memory used:                          2560
END
}

@test "status without TOMOYO: not active, and what to do" {
    run "$status_applet"
    assert_failure 1
    assert_line --index 0 --regexp '^TOMOYO is not active: '
    assert_line --regexp '^  compiled in +(yes|no) '
    assert_line --regexp '^  activated +no '
    assert_line 'What next'
    run "$status_applet" -q
    assert_failure 1
    assert_output ''
    run "$status_applet" --json
    assert_failure 1
    assert_line '  "interface": "",'
}

@test "status: a file in the place of a link to what is saved is told" {
    root=$BATS_TEST_TMPDIR/root
    mkdir -p "$root/etc/tomoyo/policy/26-01-01.00:00:00"
    cp "$box" "$root/tomoyo-status"
    ln -s 26-01-01.00:00:00 "$root/etc/tomoyo/policy/current"
    ln -s policy/current/domain_policy.conf policy/current/profile.conf "$root/etc/tomoyo/"
    run chroot "$root" /tomoyo-status
    refute_output --partial 'ln -sf'
    echo '<kernel>' >"$root/new"
    mv "$root/new" "$root/etc/tomoyo/domain_policy.conf"
    run chroot "$root" /tomoyo-status
    assert_line '  ln -sf policy/current/domain_policy.conf /etc/tomoyo/domain_policy.conf'
    run chroot "$root" /tomoyo-status --json
    assert_equal "$(jq -c .hidden_by <<<"$output")" '["/etc/tomoyo/domain_policy.conf"]'
}

@test "status does not take a directory of files for a kernel, but counts what is in it" {
    interface
    before=$(cat ./*)
    run "$status_applet"
    assert_failure 2
    assert_line --index 0 'TOMOYO 2.6.0 may or may not be active'
    assert_line --regexp "^  initialised +unknown +$TOMOYO_INTERFACE is not the kernel's interface"
    assert_line --regexp '^  domains +3$'
    assert_line --regexp '^    that stopped learning \(quota\) +1$'
    assert_line --regexp '^    with a failed transition +1$'
    assert_line --regexp '^  entries in domains +3$'
    assert_line --regexp '^  lines of exception policy +1$'
    assert_line --regexp '^  managers +2$'
    assert_equal "$(cat ./*)" "$before"
}

@test "status: profiles with mode, domains and comment, in each namespace" {
    interface
    run "$status_applet"
    assert_line --regexp '^  0 +disabled +1 +\?  off$'
    assert_line --regexp '^  3 +learning \(also enforcing\) +1 +\?  strict$'
    assert_line --regexp '^  <other> 0 +disabled +0 +\?$'
    assert_line --regexp '^  <other> 9 +\(undefined\) +1 +\?$'
}

@test "status: counters with their notes" {
    interface
    run "$status_applet"
    assert_line --regexp '^  Policy violation in enforcing mode +12  \(Last: 2026/11/21 18:54:43\)$'
    assert_line --regexp '^  Memory used by audit log +1152  \(Quota: 3000\)$'
    run "$status_applet" --json
    assert_line '      "note": "Quota: 3000"'
    assert_line '  "version": "2.6.0",'
}

@test "status: a kernel that can do more says so in its file of features" {
    interface
    printf '%s\n' 'deny on' 'capability_split unavailable needs a core patch' >features
    run "$status_applet"
    assert_line --regexp '^  deny +on$'
    assert_line --regexp '^  capability_split +unavailable +needs a core patch$'
}

@test "status tells the versions before 2.4 by their files" {
    interface
    rm version stat
    printf 'Policy:  61440\nTotal:  61440\n' >meminfo
    run "$status_applet" --json
    assert_line '  "version": "2.2 or 2.3",'
    assert_line '      "title": "Policy",'
    mv meminfo stat
    run "$status_applet" --json
    assert_line '  "version": "2.4 or later",'
}

@test "status names what it could not read" {
    interface
    rm domain_policy stat
    run "$status_applet"
    assert_line "  $TOMOYO_INTERFACE/domain_policy: No such file or directory"
    refute_line --regexp '^  domains '
}

@test "status reads 100,000 domains, a line of 1 MB and a missing last newline" {
    interface
    {
        awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<kernel> /d/%d\nuse_profile 3\n\nfile read /%d\n\n", i, i }'
        head -c 1000000 /dev/zero | tr '\0' x
        printf '\n<kernel> /last\nuse_profile 0'
    } >domain_policy
    run "$status_applet"
    assert_line --regexp '^  domains +100001$'
    assert_line --regexp '^  entries in domains +100001$'
    assert_line --regexp '^  3 +learning \(also enforcing\) +100000 '
}

@test "status --require wants a mode" {
    run "$status_applet" --require disabled
    assert_failure 2
    assert_output --partial "'disabled' is none of learning|permissive|enforcing"
    run "$status_applet" -q --require enforcing
    assert_failure 1
}

@test "status: TOMOYO_INTERFACE must be a directory" {
    TOMOYO_INTERFACE=/dev/null run "$status_applet"
    assert_failure 2
    assert_output --partial 'TOMOYO_INTERFACE=/dev/null is not a directory'
}

@test "status is coloured on a terminal only, and not with NO_COLOR" {
    run "$status_applet"
    refute_output --partial $'\033'
    TERM=xterm run script -qec "$status_applet" /dev/null
    assert_output --partial $'\033[31m'
    NO_COLOR=1 TERM=xterm run script -qec "$status_applet" /dev/null
    refute_output --partial $'\033'
}

@test "status works for an ordinary user and with an empty environment" {
    cp "$box" "$BATS_TEST_TMPDIR/tomoyo-box"
    chmod 755 "$BATS_TEST_TMPDIR"
    run env -i setpriv --reuid=65534 --regid=65534 --clear-groups "$BATS_TEST_TMPDIR/tomoyo-box" status
    assert [ "$status" -ge 1 ]
    assert_line --regexp '^  activated +(no|unknown) '
}

@test "status reports a full disk" {
    run bash -c "'$status_applet' >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "status --help has examples" {
    run "$status_applet" --help
    assert_success
    assert_line 'Examples:'
}

@test "status reads the kernel's symbols once" {
    cd "$BATS_TEST_TMPDIR" || return 1
    cat >once.sh <<'END'
mount --bind symbols /proc/kallsyms
for directory in /boot "/lib/modules/$(uname -r)"; do
    [ ! -d "$directory" ] || mount -t tmpfs none "$directory"
done
before=$(sed -n 's/^rchar: //p' /proc/$$/io)
"$1" status | grep 'compiled in'
after=$(sed -n 's/^rchar: //p' /proc/$$/io)
echo "$((after - before))"
END
    unset TOMOYO_INTERFACE
    awk 'BEGIN { for (i = 0; i < 50000; i++) print "0000000000000000 t function_number_" i }' >symbols
    run unshare -m bash once.sh "$box"
    if [[ ${lines[0]} = *'it runs'* ]]; then
        return # nobody has to look for them
    fi
    assert_line --index 0 --regexp '^  compiled in +no +/proc/kallsyms does not name its functions$'
    assert [ "${lines[-1]}" -lt $((2 * $(stat -c %s symbols))) ]
    echo '0000000000000000 t tmy_check_config' >>symbols
    run unshare -m bash once.sh "$box"
    assert_line --index 0 --regexp '^  compiled in +yes +/proc/kallsyms names its functions$'
}
