#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-180 to K-183 and K-190: executions that lead to another namespace. They run after 90, since a namespace stays.

# shellcheck disable=SC2154 # `run` sets output

bats_load_library bats-support
bats_load_library bats-assert
load k

tomoyo=/sys/kernel/security/tomoyo
t=/tmp/t92
D='<kernel> //t92'

setup_file()
{
    mkdir -p $t
    cp "$(type -P act)" $t/a
    ln -f $t/a $t/c
    echo 150-COMMENT=t92 >$tomoyo/profile
    echo "acl_group 0 task manual_domain_transition $D" >$tomoyo/exception_policy
}

teardown_file()
{
    printf '%s\n' "delete acl_group 0 task manual_domain_transition $D" "delete reset_domain $t/c" \
        >$tomoyo/exception_policy
    printf 'delete %s\n' "$D" "$D $t/a" "$D $t/c" "<$t/a>" >$tomoyo/domain_policy
}

# to PROGRAM: act executes the program in the domain, which says where it is. If it cannot, act says why, and where it is.
to()
{
    run act transit "$D" : exec "$t/$1" self : self
    [[ $output = ok$'\n'* ]] || fail "cannot enter the domain: $output"
    output=${output#ok$'\n'}
}

# policy LINE...: the domain has these lines, and nothing else.
policy()
{
    printf '%s\n' "delete $D" "$D" 'use_profile 150' "$@" >$tomoyo/domain_policy
}

nowhere="ENOMEM
ok $D"

@test "K-180 reset, without a domain of the program's namespace: ENOMEM" {
    policy "file execute $t/a reset"
    to a
    assert_output "$nowhere"
}

@test "K-181 reset, the profile of the domain there is not defined there: ENOMEM" {
    policy "file execute $t/a reset" "<$t/a>"
    to a
    assert_output "$nowhere"
}

@test "K-182 reset, everything is there" {
    policy "file execute $t/a reset" "<$t/a>"
    echo "<$t/a> 0-COMMENT=t92" >$tomoyo/profile
    to a
    assert_output "ok <$t/a>"
}

@test "K-183 a domain of a namespace that does not exist, in disabled mode: ENOMEM" {
    policy "file execute $t/a <nope> /x"
    to a
    assert_output "$nowhere"
}

@test "K-190 reset_domain, without a domain of the program's namespace: ENOMEM" {
    echo "reset_domain $t/c" >$tomoyo/exception_policy
    policy
    to c
    assert_output "$nowhere"
}
