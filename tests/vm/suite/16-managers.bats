#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves who may write policy, with act as the one who tries. The lines that it writes are comments of profile 216.

load /suite-lib/k

policy=/sys/kernel/security/tomoyo

setup_file()
{
    k_setup_file
}

setup()
{
    k_domain manager disabled
    chmod 666 $policy/profile
}

teardown()
{
    chmod 600 $policy/profile
    printf 'delete %s\n' "$k_program" "${domain:?}" '/bin/ac\a' '/bin/\*' manage_by_non_root k16 '<k16> /x' \
        '<k16>' >$policy/manager
    k_cleanup
}

# tries [WORD...]: after these words, act tries to write a line of policy.
tries()
{
    k_act "$@" open $policy/profile wronly : write '216-COMMENT=k16\n'
}

managers()
{
    printf '%s\n' "$@" >$policy/manager
}

@test "K-158 whoever is not listed is no manager" {
    tries
    k_output ok EPERM
}

@test "K-159 a program may be a manager" {
    managers /bin/act
    tries
    k_output ok 'ok 16'
    # By the file it is, not by the name it is called.
    ln -sf /bin/act /tmp/k/link
    k_program=/tmp/k/link
    k_domain manager2 disabled
    tries
    k_output ok 'ok 16'
    k_program=/bin/act
    managers 'delete /bin/act' /tmp/k/link
    tries
    k_output ok EPERM
    managers 'delete /tmp/k/link'
}

@test "K-160 a domain may be a manager" {
    managers "${domain:?}"
    tries
    k_output ok 'ok 16'
    k_domain other disabled
    tries
    k_output ok EPERM
    managers 'delete <kernel> /tmp/k/manager'
}

@test "K-161 wildcards among the managers match nothing" {
    managers '/bin/ac\a' '/bin/\*'
    REPLY=$(<$policy/manager)
    [[ $REPLY == *'/bin/ac\a'* ]]
    tries
    k_output ok EPERM
}

@test "K-162 K-163 K-164 who is not root is a manager only on request" {
    managers /bin/act
    tries setuid 1000 : # K-162
    k_output ok ok EPERM
    tries seteuid 1000 :
    k_output ok ok EPERM

    managers manage_by_non_root # K-163
    tries setuid 1000 :
    k_output ok ok 'ok 16'
    REPLY=$(<$policy/manager)
    [[ $REPLY != *manage_by_non_root* ]]
    # But still nobody who is not listed.
    managers 'delete /bin/act'
    tries setuid 1000 :
    k_output ok ok EPERM

    managers /bin/act 'delete manage_by_non_root' # K-164
    tries setuid 1000 :
    k_output ok ok EPERM
    tries
    k_output ok 'ok 16'
}

@test "K-166 K-167 which names managers may have" {
    mapfile -t before <$policy/manager
    managers 'k16 bar' '/k16 /b' '/k16\z' '<k16> x' # K-166
    mapfile -t <$policy/manager
    k_equal "${MAPFILE[*]}" "${before[*]}"
    managers k16 '<k16> /x' '<k16>' k16 # K-167
    mapfile -t <$policy/manager
    k_equal "${MAPFILE[*]}" "${before[*]} k16 <k16> /x <k16>"
    managers 'delete k16' 'delete <k16> /x' 'delete <k16>'
    mapfile -t <$policy/manager
    k_equal "${MAPFILE[*]}" "${before[*]}"
}
