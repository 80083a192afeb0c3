#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves what may be written as long as no policy loader has run. One boot: the guest does everything, the tests look
# at what came out.

bats_load_library bats-support
bats_load_library bats-assert
load ../vm

setup_file()
{
    overlay=$(vm_overlay inactive)
    vm_script "$overlay" <<'GUEST'
#!/bin/bash
policy=/sys/kernel/security/tomoyo
echo "managers: $(<$policy/manager)"
/bin/act open $policy/domain_policy wronly : write '<kernel> /k165\nfile read /a\n' : \
    open $policy/exception_policy wronly : write 'path_group k165 /a\n' : \
    open $policy/profile wronly : write '216-COMMENT=k165\n' : \
    open $policy/manager wronly : write '/k165\n' : \
    open $policy/stat wronly : write 'Memory used by audit log: 165\n'
grep -F k165 $policy/*_policy $policy/profile $policy/manager
grep -F 165 $policy/stat

exec {fd}<>$policy/domain_policy
printf '%s\n' '<kernel> /k101' 'use_profile 9' 'select domain=<kernel> /k101' >&$fd
cat <&$fd
cat $policy/profile
GUEST
    vm_boot inactive --initrd "$(vm_base_initrd --loader none)" --overlay "$overlay" --run /vmrun
}

@test "K-165 every process of root is a manager before activation" {
    run vm_log inactive
    assert_line 'managers: '
    assert_line 'ok 28'
    assert_line 'ok 19'
    assert_line 'ok 17'
    assert_line 'ok 6'
    assert_line 'ok 30'
    refute_line --regexp '^E[A-Z]+$'
    assert_line --regexp '/domain_policy:<kernel> /k165$'
    assert_line --regexp '/exception_policy:path_group k165 /a$'
    assert_line --regexp '/profile:216-COMMENT=k165$'
    assert_line --regexp '/manager:/k165$'
    assert_line --regexp '^Memory used by audit log: .*Quota: +165\)$'
}

@test "K-101 a profile that is not defined is taken before activation" {
    run vm_log inactive
    assert_line '<kernel> /k101'
    assert_line 'use_profile 9'
    refute_line --regexp '^9-'
}
