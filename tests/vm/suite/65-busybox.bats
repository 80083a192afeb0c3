#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What BusyBox' shell executes, and what it does not: as the README says it.

# shellcheck disable=SC2034,SC2154 # variables of k.bash

load /suite-lib/k

setup_file() { k_setup_file; }
teardown() { k_cleanup /tmp/k; }

# shell COMMAND: in a new domain that learns what is executed; $learned are its entries
shell()
{
    k_profile 165 disabled
    k_write profile '165-CONFIG::file::execute={ mode=learning grant_log=no reject_log=no }' \
        '165-CONFIG::file::unlink={ mode=learning grant_log=no reject_log=no }'
    k_program=/bin/busybox
    k_domain t65 165
    k_act sh -c "$1"
    k_read_domain
}

@test "BusyBox' shell executes its commands as /proc/self/exe, told apart by exec.argv[0]" {
    shell 'wget --help; : the shell lives on'
    k_learned 'file execute /proc/self/exe exec.realpath="/bin/busybox" exec.argv[0]="wget"'
}

@test "some of BusyBox' commands are not executed, but run in the shell's domain" {
    : >/tmp/k/t65-file
    shell 'rm /tmp/k/t65-file; : the shell lives on'
    k_learned 'file unlink /tmp/k/t65-file'
}
