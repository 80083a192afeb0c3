#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# only in check-full
# only on kernel: box-6.12 debian-6.12
# What the README says, done on a Debian with five servers, once under systemd and once under sysvinit: learn, reboot while
# learning, permissive through a reboot, enforce through two. Clients are served all the time, and what attackers could do
# before, they can do no more. The root file systems are made by debian-root.sh.

load ../vm
load ../daemons/follow
bats_load_library bats-support
bats_load_library bats-assert

# follow_readme INIT [PARAMETER]...: the last boot has these parameters, too
follow_readme()
{
    "$VM_BENCH/daemons/image.sh" "$1" "$BATS_TEST_TMPDIR/disk" 3>&-
    serve sshd,dropbear,dnsmasq,nginx,mosquitto --memory 1024 --timeout 3600 --silence 1200
    stage first
    attacks_work
    stage learning
    stage learned
    stage permissive
    stage enforced
    attacks_fail
    stage again "${@:2}"
    attacks_fail
    typed 1245
}

@test "under systemd five servers learn, enforce and are safe, as the README says" {
    # As the README says for systems that start it by another name.
    read -ra parameters < <(sed -n '/^## On systemd/,/^## /s/^security=/&/p' "$VM_BENCH/../../README.md")
    assert_equal ${#parameters[@]} 2
    follow_readme systemd init=/usr/lib/systemd/systemd "${parameters[@]}"
}

@test "under sysvinit five servers learn, enforce and are safe, as the README says" {
    follow_readme sysvinit
}
