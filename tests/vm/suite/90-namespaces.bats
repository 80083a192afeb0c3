#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What needs a second namespace. The kernel never forgets one, and names the namespace in front of every profile and
# exception line from then on: so these tests run last.

bats_load_library bats-support
bats_load_library bats-assert

kernel=/sys/kernel/security/tomoyo

@test "a domain whose profile is not defined, at which the next boot would panic, is not saved" {
    # The kernel itself allows this in a new namespace.
    printf '<savepolicy> /bin/sh\n' >$kernel/domain_policy
    before=$(readlink /etc/tomoyo/policy/current)
    run tomoyo-savepolicy
    assert_failure 1
    assert_output --partial "end in a kernel panic: profile 0, which '<savepolicy> /bin/sh' uses, is not defined; "
    assert_equal "$(readlink /etc/tomoyo/policy/current)" "$before"
}
