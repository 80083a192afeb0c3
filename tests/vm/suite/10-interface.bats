#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves how the interface files behave as files: names and modes, reading, writing, poll, and what needs no manager.
# act, which does all this, is no manager, unless a test says so.

load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo
# shellcheck disable=SC2034 # kept.bash reads it
mark=k10
files=(domain_policy exception_policy profile manager stat query)

setup_file()
{
    k_setup_file
}

setup()
{
    k_domain interface disabled
}

teardown()
{
    printf '%s\n' 'delete /bin/act' 'delete /k10first' 'delete /k10second' >$policy/manager
    forget_exceptions
    printf 'delete <kernel> /k10%s\n' '' a >$policy/domain_policy
    k_cleanup
}

# on_each WORDS -- FILE...: k_act with the words for each of the files, in which FILE is the file's path.
on_each()
{
    local words=() all=() file
    while [ "$1" != -- ]; do
        words+=("$1")
        shift
    done
    shift
    for file in "$@"; do
        all+=("${words[@]//FILE/$policy/$file}" :)
    done
    k_act "${all[@]}"
}

@test "K-001 K-002 names, permissions and owners of the interface files" {
    (
        cd $policy
        shopt -s dotglob
        k_equal "$(echo *)" \
            '.process_status audit domain_policy exception_policy manager profile query self_domain stat version' # K-001
        k_equal "$(stat -c '%a %u %g %s %n' ./*)" '600 0 0 0 ./.process_status
400 0 0 0 ./audit
600 0 0 0 ./domain_policy
600 0 0 0 ./exception_policy
600 0 0 0 ./manager
600 0 0 0 ./profile
600 0 0 0 ./query
666 0 0 0 ./self_domain
644 0 0 0 ./stat
400 0 0 0 ./version' # K-002
        k_equal "$(stat -c '%a' .)" 755
    )
}

@test "K-003 K-004 K-005 K-006 version is read in pieces; neither it nor audit is written" {
    k_act open $policy/version rdonly : readn 100 : read 100 # K-003
    k_output ok 'ok 5' ok
    k_act open $policy/version rdonly : read 2 : read 2 : read 2 : read 2 # K-004
    k_output ok 'ok 2.' 'ok 6.' 'ok 0' ok
    k_act open $policy/version wronly : write 'x\n' # K-005
    k_output ok EINVAL
    k_act open $policy/audit wronly : write 'x\n' # K-006
    k_output ok EINVAL
}

@test "K-007 a write of nothing succeeds" {
    k_act open $policy/profile wronly : write '' : open $policy/query wronly : write ''
    k_output ok 'ok 0' ok 'ok 0'
}

@test "K-008 a bad line does not fail the write, nor spoil the good ones" {
    echo /bin/act >$policy/manager
    k_act open $policy/domain_policy wronly : write '<kernel> /k10\nfile nonsense /a\nfile read /b\n'
    k_output ok 'ok 44'
    k_read_domain '<kernel> /k10'
    k_learned 'file read /b'
}

@test "K-009 K-010 a line ends at its newline, not with the write" {
    exec {fd}>$policy/domain_policy
    printf '<ker' >&"$fd"
    printf 'nel> /k10' >&"$fd"
    printf '\nfile read /x\n' >&"$fd" # K-009
    printf 'file read /y' >&"$fd"    # K-010
    exec {fd}>&-
    k_read_domain '<kernel> /k10'
    k_learned 'file read /x'
}

@test "K-011 a line of 300,000 bytes" {
    printf -v name '%0299982d' 1
    line="path_group k10 /${name}x"
    k_equal ${#line} 299999
    kept_exceptions "$line"
    k_equal ${#REPLY} 299999
    [ "$REPLY" = "$line" ]
}

@test "K-012 a write from a bad address" {
    k_act open $policy/profile wronly : badwrite 8
    k_output ok EFAULT
}

@test "D-11 a read to a bad address" {
    k_act open $policy/profile rdonly : badread 8
    if k_ours; then k_output ok EFAULT; else k_output ok 'ok 0'; fi
}

@test "K-013 K-014 K-015 K-016 reading in pieces, and once more" {
    k_equal "$(dd bs=10 <$policy/profile 2>/dev/null)" "$(<$policy/profile)" # K-013
    k_act open $policy/profile rdonly : readn 100000 : readn : lseek 0 : read # K-014
    k_like "$output" ok 'ok [1-9]*' 'ok *' 'ok 0' ok
    exec {fd}<>$policy/profile # K-015
    mapfile -t -u "$fd" first
    mapfile -t -u "$fd" nothing
    echo reset >&"$fd"
    mapfile -t -u "$fd" again
    exec {fd}>&-
    k_equal ${#nothing[@]} 0
    k_equal "${again[*]}" "${first[*]}"
    k_equal "${first[0]}" PROFILE_VERSION=20150505
    k_act open $policy/version rdonly : pread 10 5 # K-016
    k_output ok 'ok 2.6.0'
}

@test "K-017 what is added while the policy is being read appears" {
    exec {fd}<$policy/domain_policy
    k_equal "$(dd bs=10 count=1 <&"$fd" 2>/dev/null)" $'<kernel>\nu'
    printf '%s\n' '<kernel> /k10' 'file read /k10late' >$policy/domain_policy
    mapfile -t -u "$fd"
    exec {fd}<&-
    k_equal "${MAPFILE[*]: -5:5}" '<kernel> /k10 use_profile 0  file read /k10late '
}

@test "K-018 K-019 K-020 whoever is no manager may only reset" {
    on_each open FILE wronly : write 'reset\n' -- "${files[@]}" # K-018
    k_output ok 'ok 6' ok 'ok 6' ok 'ok 6' ok 'ok 6' ok 'ok 6' ok 'ok 6'

    before=$(<$policy/profile)$(<$policy/manager)
    k_act open $policy/domain_policy wronly : write '<kernel> /k10a\n' : \
        open $policy/exception_policy wronly : write 'path_group k10 /a\n' : \
        open $policy/profile wronly : write '210-COMMENT=k10\n' : \
        open $policy/manager wronly : write '/k10first\n' : \
        open $policy/stat wronly : write 'Memory used by audit log: 10\n' : \
        open $policy/query wronly : write 'A0=1\n' # K-019
    k_output ok EPERM ok EPERM ok EPERM ok EPERM ok EPERM ok EPERM
    k_equal "$(<$policy/profile)$(<$policy/manager)" "$before"
    exceptions_with k10
    k_equal "$REPLY" ''
    domains_with k10
    k_equal "$REPLY" ''
    mapfile -t <$policy/stat
    [[ ${MAPFILE[5]} != *'Quota:         10'* ]]

    on_each open FILE wronly : write '\n' -- "${files[@]}" # K-020
    k_output ok EPERM ok EPERM ok EPERM ok EPERM ok EPERM ok EPERM
}

@test "K-021 K-022 K-023 K-024 whoever is no manager may look at processes and transitions" {
    k_act open $policy/domain_policy rdwr : write 'select pid=1\n' : read 50 # K-021
    k_like "$output" ok 'ok 13' 'ok # select pid=1\\n<kernel> /sbin/init\\nuse_profile 0\\n*'
    k_act open $policy/domain_policy rdwr : write 'select transition_only\n' : read 9 : \
        open $policy/exception_policy wronly : write 'select transition_only\n' # K-022
    k_output ok 'ok 23' 'ok <kernel>\n' ok 'ok 23'
    k_act open $policy/domain_policy wronly : write 'select <kernel>\n' # K-023
    k_output ok EPERM
    k_act open $policy/.process_status rdwr : write '1\n' : read # K-024
    k_output ok 'ok 2' 'ok 1 0 <kernel> /sbin/init'
}

@test "K-025 who is no manager any more is refused from then on" {
    echo /bin/act >$policy/manager
    k_act open $policy/manager wronly : write '/k10first\ndelete /bin/act\n/k10second\n'
    k_output ok EPERM
    mapfile -t <$policy/manager
    [[ " ${MAPFILE[*]} " == *' /k10first '* ]]
    [[ " ${MAPFILE[*]} " != *' /k10second '* && " ${MAPFILE[*]} " != *' /bin/act '* ]]
}

@test "K-026 K-027 K-028 poll" {
    k_audit_drain
    on_each open FILE rdwr : poll in -- audit query # K-026
    k_output ok 'ok none' ok 'ok none'
    on_each open FILE rdonly : poll in -- stat profile manager domain_policy exception_policy version \
        .process_status self_domain # K-027
    k_output ok 'ok in' ok 'ok in' ok 'ok in' ok 'ok in' ok 'ok in' ok 'ok in' ok 'ok in' ok 'ok in'
    on_each open FILE rdwr : poll out -- stat profile manager domain_policy exception_policy version \
        .process_status audit query self_domain # K-028
    k_output ok 'ok out' ok 'ok out' ok 'ok out' ok 'ok out' ok 'ok out' ok 'ok out' ok 'ok out' ok 'ok out' \
        ok 'ok out' ok 'ok out'
}
