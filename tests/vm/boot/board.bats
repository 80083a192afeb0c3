#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What the README says, done on a board with BusyBox' httpd and dropbear: the policy comes with the image; learn, reboot while
# learning, permissive through a reboot, enforce through another. daemons.bats does it on Debian with five servers.

load ../vm
load ../daemons/follow
bats_load_library bats-support
bats_load_library bats-assert

@test "a board with two servers learns, enforces and is safe, as the README says" {
    "$VM_BENCH/daemons/board.sh" "$BATS_TEST_TMPDIR/disk" 3>&-
    serve dropbear,httpd
    stage board
    attacks_work
    stage learned
    stage permissive
    stage enforced
    attacks_fail
    typed 245
}
