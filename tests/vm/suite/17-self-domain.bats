#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves how a task learns its domain and leaves it by itself, and how others learn it.

load /suite-lib/k

policy=/sys/kernel/security/tomoyo

setup_file()
{
    k_setup_file
}

teardown()
{
    k_cleanup
    printf 'delete <kernel> //%s\n' P Q R >$policy/domain_policy
}

@test "K-205 self_domain is read in pieces" {
    k_domain self17 disabled
    k_act open $policy/self_domain rdonly : read 5 : read 5 : read 5 : read 5 : read 5 : read 5 : lseek 0
    k_output ok 'ok <kern' 'ok el> /' 'ok tmp/k' 'ok /self' 'ok 17' ok ESPIPE
    k_act open $policy/self_domain rdonly : pread 4 18
    k_output ok 'ok lf17'
}

@test "K-206 a manual transition takes the profile and the groups along" {
    k_exception 'acl_group 216 task manual_domain_transition <kernel> //P'
    k_domain self17 permissive 'use_group 216' 'use_group 3'
    k_act transit '  <kernel>   //P \n' : self
    k_output ok 'ok <kernel> //P'
    k_read_domain '<kernel> //P'
    k_equal "${attributes?}" 'use_profile 102' 'use_group 3' 'use_group 216'
    k_learned ''
    # Not a process but a thread moves.
    k_act thread '{' transit '<kernel> //P' : self '}' : self
    k_output ok 'ok <kernel> //P' "ok ${domain:?}"
    # It goes to what is there already, and keeps that as it is.
    printf '%s\n' 'select <kernel> //P' 'use_profile 101' >$policy/domain_policy
    k_act transit '<kernel> //P' : self
    k_output ok 'ok <kernel> //P'
    k_read_domain '<kernel> //P'
    k_equal "${attributes?}" 'use_profile 101' 'use_group 3' 'use_group 216'
}

@test "K-207 K-208 K-209 a manual transition needs a permission, in every mode" {
    for mode in disabled learning permissive enforcing; do
        k_domain self17 $mode 'task manual_domain_transition <kernel> //Q task.uid=1' \
            'task manual_domain_transition <kernel> //R task.uid=0' \
            'task manual_domain_transition <kernel> /\*'
        k_act transit '<kernel> //P' : transit '<kernel> //Q' : transit '<kernel> /zzz' : self : \
            transit '<kernel> //R' : self
        # K-207, K-208, K-209
        k_output EPERM EPERM EPERM "ok ${domain:?}" ok 'ok <kernel> //R'
    done
    # Nothing was learned.
    k_domain self17 learning
    k_act transit '<kernel> //P'
    k_output EPERM
    k_read_domain
    k_learned ''
}

@test "K-212 what self_domain does not take" {
    k_domain self17 disabled
    printf -v long '<kernel> /%04075d' 0
    k_act transit junk : transit '<kernel> x' : transit '' : transit "${long}0" : transit "$long" : self
    k_equal ${#long} 4085
    k_output EINVAL EINVAL ENOMEM ENOMEM EPERM "ok ${domain:?}"
}

@test "K-213 K-214 questions to .process_status" {
    k_domain self17 enforcing 'file read/write securityfs:/tomoyo/.process_status'
    k_act open $policy/.process_status rdwr : write '1\n' : read : write 'global-pid 1\n' : read : \
        write 'x\n' : read : write '1 2\n' : read : write '-1\n' : read : \
        write 'global-pid 0x1\n' : read : write '4000000000\n' : read # K-213
    k_output ok 'ok 2' 'ok 1 0 <kernel> /sbin/init' 'ok 13' 'ok 1 0 <kernel> /sbin/init' \
        'ok 2' ok 'ok 4' ok 'ok 3' ok 'ok 15' ok 'ok 11' ok
    k_act open $policy/.process_status rdwr : write '1\n' : read 4 : read : read : write '1\n' : read 4 # K-214
    k_output ok 'ok 2' 'ok 1 0 ' 'ok <kernel> /sbin/init' ok 'ok 2' 'ok 1 0 '
    # Nothing was asked.
    k_act open $policy/.process_status rdonly : read
    k_output ok ok
}
