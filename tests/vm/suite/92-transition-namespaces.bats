#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-180 to K-183 and K-190: executions that lead to another namespace. They run after 90, since a namespace stays.

# shellcheck disable=SC2086,SC2154 # k.bash sets variables; no path has a blank

load /suite-lib/k
load /suite-lib/k-rows

t=/tmp/k/t92
domain="<kernel> $t"

setup_file()
{
    k_setup_file
    mkdir -p $t
    cp /bin/act $t/a
    act -q link $t/a $t/c
}

teardown()
{
    k_domains+=("delete $domain $t/a" "delete $domain $t/c" "delete <$t/a>")
    k_cleanup
}

# to PROGRAM: act executes the program, which says in which domain it is. If it cannot, act says why, and where it is.
to()
{
    k_act exec "$t/$1" self : self
}

nowhere="ENOMEM
ok $domain"

@test "K-180 reset, without a domain of the program's namespace: ENOMEM" {
    k_domain t92 disabled "file execute $t/a reset"
    to a
    k_output "$nowhere"
}

@test "K-181 reset, the profile of the domain there is not defined there: ENOMEM" {
    k_domain t92 disabled "file execute $t/a reset" "<$t/a>"
    to a
    k_output "$nowhere"
}

@test "K-182 reset, everything is there" {
    k_domain t92 disabled "file execute $t/a reset" "<$t/a>"
    echo "<$t/a> 0-COMMENT=t92" >$k_tomoyo/profile
    to a
    k_output "ok <$t/a>"
}

@test "K-183 a domain of a namespace that does not exist, in disabled mode: ENOMEM" {
    k_domain t92 disabled "file execute $t/a <nope> /x"
    to a
    k_output "$nowhere"
}

@test "K-190 reset_domain, without a domain of the program's namespace: ENOMEM" {
    k_exception "reset_domain $t/c"
    k_domain t92 disabled
    to c
    k_output "$nowhere"
}
