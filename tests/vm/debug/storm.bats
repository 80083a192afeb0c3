#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves that everything at once, for STORM_SECONDS (300) on four processors, leaves every promise kept and the kernel without
# a complaint.

load ../vm
load debug
bats_load_library bats-support
bats_load_library bats-assert

@test "a storm of requests, executions, policy writers, readers and answers" {
    seconds=${STORM_SECONDS:-300}
    debug_boot storm --smp 4 --memory 1024 --timeout $((3 * seconds + 300)) --silence 120 <<END
/bin/storm $seconds ${STORM_SEED:-}
END
    vm_log storm | sed -n 's/^storm: /# /p' >&3
    assert_success
}
