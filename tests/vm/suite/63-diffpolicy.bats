#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2164 # a failing command ends a test
# Proves on a running kernel that what diffpolicy prints leads from one policy to the other. Domains of this file are
# below <kernel> /t63.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

tomoyo=/sys/kernel/security/tomoyo
reference=/opt/tomoyo-tools/sbin

setup()
{
    cd "$BATS_TEST_TMPDIR"
    forget
    printf '%s\n' '63-COMMENT=suite' '63-CONFIG={ mode=disabled }' >$tomoyo/profile
    cat >old <<'END'
<kernel> /t63
use_profile 0
file read/write/append /a
file read /b
file read /c task.uid=0
<kernel> /t63 /gone
file read /gone
<kernel> /t63 /gone /below
<kernel> /t63 /same
network inet stream bind/listen 10.0.0.1 80
END
    cat >new <<'END'
<kernel> /t63
use_profile 63
file read/append /a
file write /b
file read /c
file read /c task.uid=1
<kernel> /t63 /new
use_profile 63
file execute /n keep
<kernel> /t63 /gone /below
file read /below
<kernel> /t63 /same
network inet stream listen/bind 10.0.0.1 80
END
}

teardown()
{
    forget
}

forget()
{
    grep '^<kernel> /t63' $tomoyo/domain_policy | sed 's/^/delete /' >delete
    cat delete >$tomoyo/domain_policy
}

# What the kernel holds below /t63, as tomoyo-savepolicy prints it.
held()
{
    tomoyo-savepolicy -d | tomoyo-selectpolicy -r '<kernel> /t63'
}

# leads DIFFPOLICY: loads old, then the difference of what the kernel held with old and with new.
leads()
{
    forget
    tomoyo-loadpolicy -d new
    held >after
    forget
    tomoyo-loadpolicy -d old
    held >before
    "$@" before after >difference || [ $? = 1 ]
    assert [ -s difference ]
    tomoyo-loadpolicy -d difference
    held | tomoyo-sortpolicy >reached
    tomoyo-sortpolicy after | diff - reached
}

@test "U-055 diffpolicy: loading the difference of two policies leads from one to the other" {
    leads tomoyo-diffpolicy
    run tomoyo-diffpolicy after reached
    assert_success
    assert_output ''
}

@test "U-247 diffpolicy, sortpolicy and selectpolicy print what the reference prints of a real policy" {
    leads $reference/tomoyo-diffpolicy
    tomoyo-diffpolicy before after | cmp - difference
    tomoyo-savepolicy -d >policy
    tomoyo-sortpolicy policy | cmp - <($reference/tomoyo-sortpolicy <policy)
    tomoyo-selectpolicy -r '<kernel> /t63' <policy | cmp - <($reference/tomoyo-selectpolicy -r '<kernel> /t63' <policy)
    tomoyo-sortpolicy <policy >sorted
    $reference/tomoyo-sortpolicy <sorted >again
    cmp sorted again
}
