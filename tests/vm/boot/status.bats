#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves status, pstree, setprofile and setlevel on kernels in every state: without TOMOYO, without its
# policy, not activated, and active but with half of the usual files missing.

load ../vm
bats_load_library bats-support
bats_load_library bats-assert

# state NAME [run.sh OPTION]... <<'END': boots a machine whose script leaves what it finds in /out.
state()
{
    local name=$1 overlay
    shift
    overlay=$(vm_overlay "$name")
    {
        cat <<'END'
#!/bin/bash
tomoyo=/sys/kernel/security/tomoyo
# try NAME COMMAND...: its output and its status
try()
{
    "${@:2}" >"/out/$1" 2>&1
    echo $? >"/out/$1.status"
}
END
        cat
        echo 'exit 0'
    } | vm_script "$overlay"
    vm_boot "$name" --overlay "$overlay" --run /vmrun "$@"
}

setup_file()
{
    state disabled --lsm yama <<'END'
try report tomoyo-status
try quiet tomoyo-status -q
try json tomoyo-status --json
for tool in pstree setlevel 'setprofile 1 <kernel>'; do
    # shellcheck disable=SC2086 # a command and its arguments
    for compat in '' --compat; do
        set -- $tool
        try "$1$compat" "tomoyo-$1" $compat "${@:2}"
    done
done
END
    state inactive --initrd "$(vm_base_initrd --loader none)" <<'END'
try report tomoyo-status
try user su user -c tomoyo-status
mv /dev/kmsg /dev/kmsg.away
try no-log tomoyo-status
try setprofile tomoyo-setprofile 9 '<kernel>'
try pstree tomoyo-pstree
END
    vm_policy "$(vm_overlay missed)"
    state missed --append TOMOYO_trigger=/sbin/other <<'END'
try report tomoyo-status
END
    vm_policy "$(vm_overlay active)"
    state active <<'END'
mv /dev/kmsg /dev/kmsg.away
try log tomoyo-status
mv /dev/kmsg.away /dev/kmsg

mv /etc/tomoyo /etc/tomoyo.away
try no-policy tomoyo-status
mv /etc/tomoyo.away /etc/tomoyo

printf '%s\n' '<other> /p' 'use_profile 0' >$tomoyo/domain_policy
try undefined tomoyo-setprofile 3 '<other> /p'
try space-set tomoyo-setlevel '<other> 5-COMMENT=of the other' '5-COMMENT=plain'
try space-plain tomoyo-setlevel 5-COMMENT
try space-bare tomoyo-setlevel '<other>'
try space-compat tomoyo-setlevel --compat 5-COMMENT
try space-profile tomoyo-setprofile 5 '<other> /p'
try space-status tomoyo-status

umount /sys/kernel/security
try unmounted tomoyo-status
try unmounted-user su user -c tomoyo-status
ls /sys/kernel/security >/out/unmounted.left
mount -t securityfs none /sys/kernel/security

umount -l /proc
try no-proc tomoyo-status
try no-proc-pstree tomoyo-pstree
mount -t proc proc /proc

umount -l /sys
try no-sys tomoyo-status
try no-sys-setlevel tomoyo-setlevel
mount -t sysfs sysfs /sys
END
}

# found STATE NAME: takes what the guest found as if it had been run here
found()
{
    output=$(cat "$(vm_out "$1")/$2")
    status=$(cat "$(vm_out "$1")/$2.status")
    mapfile -t lines <<<"$output"
}

@test "status of a kernel that has TOMOYO but did not enable it" {
    found disabled report
    assert_failure 1
    assert_line --index 0 'TOMOYO is not active: it was not enabled at boot'
    assert_line --regexp '^  compiled in +yes +/proc/kallsyms names its functions$'
    assert_line --regexp '^  enabled +no +/sys/kernel/security/lsm: .*capability'
    assert_line --regexp '^  initialised +no +/sys/kernel/security/tomoyo does not exist$'
    assert_line --regexp '^  activated +no +it is not enabled$'
    assert_line --regexp '^  lsm=(.*,)?tomoyo$'
    assert_line '  tomoyo-box init-policy'
    found disabled quiet
    assert_failure 1
    assert_output ''
    found disabled json
    assert_failure 1
    assert_line '  "interface": "",'
}

@test "U-176 without TOMOYO: pstree, setlevel and setprofile say so; with --compat in the old words" {
    for tool in pstree setlevel setprofile; do
        found disabled $tool
        assert_failure 1
        assert_output --regexp "^tomoyo-$tool: this kernel offers no TOMOYO .*; boot with 'security=tomoyo'"
    done
    for tool in pstree setlevel; do
        found disabled $tool--compat
        assert_failure 1
        assert_output "You can't use this command for this kernel."
    done
    found disabled setprofile--compat
    assert_failure 1
    assert_output "You can't run this command for this kernel."
}

@test "status of a kernel without policy and loader" {
    found inactive report
    assert_failure 1
    assert_line --index 0 'TOMOYO 2.6.0 is not active: no policy has been loaded'
    assert_line --regexp '^  initialised +yes '
    assert_line --regexp '^  activated +no +the kernel log, from its start, does not mention it$'
    assert_line --regexp '^  policy loader +no '
    assert_line --regexp '^  policy on disk +no '
    assert_line --regexp '^  domains +[1-9]'
    assert_line --regexp '^  0 +\(undefined\) +[1-9]'
    assert_line '  tomoyo-box init-policy'
    assert_line '  ln -s /usr/sbin/tomoyo-box /sbin/tomoyo-init'
    found inactive user
    assert [ "$status" -ge 1 ]
    assert_line --regexp '^  activated +no '
}

@test "status without a kernel log goes by the domains" {
    found inactive no-log
    assert_failure 1
    assert_line --regexp '^  activated +no +probably: process 1 is in <kernel>$'
    found active log
    assert_success
    assert_line --regexp '^  activated +yes +process 1 is in the domain <kernel> /sbin/init$'
}

@test "setprofile does not prepare a panic: before activation, too, the profile must be defined" {
    found inactive setprofile
    assert_failure 1
    assert_output --partial 'namespace <kernel> has no profile 9; nothing was changed'
}

@test "pstree works before activation" {
    found inactive pstree
    assert_success
    assert_line --index 0 '  0 init (1) <kernel>'
}

@test "status of a kernel that never started its trigger" {
    found missed report
    assert_failure 1
    assert_line --regexp '^  activated +no '
    assert_line --regexp '^  policy loader +yes '
    assert_line --regexp '^  policy on disk +yes '
    assert_line '  TOMOYO_trigger=/sbin/init'
}

@test "setlevel and setprofile with several namespaces: without one, <kernel> is meant" {
    found active undefined
    assert_failure 1
    assert_output --partial 'namespace <other> has no profile 3'
    found active space-set
    assert_success
    assert_line '<kernel> 5-COMMENT=plain'
    assert_line '<other> 5-COMMENT=of the other'
    found active space-plain
    assert_success
    assert_output '<kernel> 5-COMMENT=plain'
    found active space-bare
    assert_success
    refute_line --regexp '^<kernel>'
    assert_line '<other> 5-COMMENT=of the other'
    found active space-compat
    assert_success
    assert_output ''
    found active space-profile
    assert_success
    assert_output '5 <other> /p'
    found active space-status
    assert_line --regexp '^  <other> 5 +disabled +1 +0  of the other$'
}

@test "status mounts securityfs for itself, as root" {
    found active unmounted
    assert_success
    assert_line --index 0 'TOMOYO 2.6.0 is active'
    assert_equal "$(cat "$(vm_out active)/unmounted.left")" ''
    found active unmounted-user
    assert_failure 2
    assert_line --index 0 'TOMOYO may or may not be active'
    assert_line --regexp '^  enabled +unknown '
    assert_line --regexp '^  initialised +unknown +securityfs is not mounted'
    assert_line --regexp '^  policy on disk +unknown '
}

@test "status without /proc shows everything but the processes" {
    found active no-proc
    assert_success
    assert_line '  cannot read /proc'
    assert_line --regexp '^  0 +disabled +[0-9]+ +\?  -----Disabled Mode-----$'
    found active no-proc-pstree
    assert_failure 2
    assert_output 'tomoyo-pstree: cannot read /proc; mount proc on /proc first'
}

@test "status without /sys says what it cannot know" {
    found active no-sys
    assert_failure 2
    assert_line --index 0 'TOMOYO may or may not be active'
    found active no-sys-setlevel
    assert_failure 1
    assert_output --partial 'mount sysfs on /sys first'
}

@test "status of a kernel that is active without any policy: first of all make one" {
    found active no-policy
    assert_success
    assert_line --regexp '^  policy on disk +no '
    assert_equal "$(sed -n '/^What next/,$p' <<<"$output")" 'What next
  tomoyo-init-policy
      make a policy to start from, and reboot: it is loaded at boot'
}
