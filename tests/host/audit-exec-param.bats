#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# audit-exec-param, with an ordinary file in the place of the one that handlers can open. What it logs is proved in
# ../vm/suite, where /dev/log is ours.

# shellcheck disable=SC2154 # $stderr is set by run

bats_require_minimum_version 1.5.0

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin kernel
    ln -s "$box" bin/audit-exec-param
    PATH=$PWD/bin:$PATH
    export TOMOYO_INTERFACE=$PWD/kernel
    : >kernel/.execute_handler
}

handle() # CODE PROGRAM ARGC ENVC WORD...
{
    run "-$1" --separate-stderr audit-exec-param '<kernel> /a' /bin/sh 'pid=1 uid=0' "${@:2}"
}

@test "U-202 audit-exec-param: not a handler" {
    rm kernel/.execute_handler
    for arguments in '' "a b c /bin/echo 1 0 echo"; do
        # shellcheck disable=SC2086 # several arguments
        run -1 --separate-stderr audit-exec-param $arguments
        assert_output ''
        assert_equal "$stderr" "audit-exec-param: not started as an execute handler: cannot open $PWD/kernel/.execute_handler: No such file or directory; TOMOYO 2.6 of the kernel has no execute handlers, TOMOYO 1.8 has"
    done
    unset TOMOYO_INTERFACE
    run -1 audit-exec-param
    assert_output --partial '/sys/kernel/security/tomoyo/.execute_handler'
    run -1 --separate-stderr audit-exec-param --compat
    assert_equal "$stderr" "FATAL: I'm not execute_handler."
}

@test "4.20 audit-exec-param executes the program with its arguments and its environment" {
    # shellcheck disable=SC2016 # for that shell
    handle 7 "$(type -P bash)" 4 2 bash -c 'echo "$0|$1|$A|$B|$TOMOYO_INTERFACE"; exit 7' name A='x  y' B=
    assert_output 'name||x  y||'
    assert_equal "$stderr" ''
    handle 0 "$(type -P env)" 1 0 env
    assert_output ''
    handle 0 "$(type -P printf)" 4 1 --compat '[%s]' -h --help A=b
    assert_output '[-h][--help]'
    handle 0 "$(type -P cat)" 2 0 cat "/proc/self/cmdline"
    assert_equal "$output" "cat/proc/self/cmdline"
}

@test "audit-exec-param leaves no descriptor open" {
    # shellcheck disable=SC2016 # for that shell
    handle 0 "$(type -P bash)" 3 0 bash -c 'for fd in /proc/$$/fd/*; do readlink "$fd"; done'
    refute_output --partial execute_handler
    refute_output --partial socket
}

@test "4.20 audit-exec-param: counts that do not match" {
    handle 2 /bin/echo 2 1 a b
    assert_equal "$stderr" 'audit-exec-param: 2 arguments and 1 variables are announced, 2 words follow'
    handle 2 /bin/echo 1 0 a b
    handle 2 /bin/echo 3 0 a b
    handle 2 /bin/echo 1 18446744073709551615 a
    handle 2 /bin/echo 1x 0 a
    assert_equal "$stderr" "audit-exec-param: '1x' is not a number of arguments"
    handle 2 /bin/echo -1 0
    handle 2 /bin/echo 1
    assert_output ''
    run -1 audit-exec-param --compat a b c /bin/echo 2 1 a b
    assert_output ''
}

@test "audit-exec-param: a program that cannot be executed" {
    handle 2 /none 1 0 none
    assert_equal "$stderr" 'audit-exec-param: cannot execute /none: No such file or directory'
    run -1 audit-exec-param --compat a b c /none 1 0 none
    assert_output ''
}
