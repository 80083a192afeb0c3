#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves which requests system calls make: what act learns in an empty domain, and what mount calls are refused.
# Kernel ABI specification 3.5 to 3.8, 3.12, checks K-215 to K-262.

load /suite-lib/k

setup_file()
{
    k_setup_file
    : >/tmp/k/f
}

teardown()
{
    k_cleanup
}

@test "K-215 open to read" {
    k_learn open /tmp/k/f rdonly
    k_output ok
    k_learned 'file read /tmp/k/f'
}
