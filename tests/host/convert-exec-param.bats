#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# convert-exec-param on records as the kernel writes them, and on broken ones.

# shellcheck disable=SC2154 # $stderr is set by run

bats_require_minimum_version 1.5.0

header='#2026/11/21 19:03:24# profile=3 mode=enforcing granted=no (global-pid=107) task={ pid=107 ppid=95 }'
program='exec={ realpath="/bin/busybox" argc=1 envc=6 argv[]={ "/bin/true" } envp[]={ "SHLVL=3" "HOME=/root" "A=x\040y" "B=" "=c" "d" } }'

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin
    ln -s "$box" bin/convert-exec-param
    PATH=$PWD/bin:$PATH
}

record() # FACTS [LINE]
{
    printf '%s\n<kernel> /tmp/busybox\n%s\n' "$header $1" "${2:-file execute /bin/true}"
}

good='<kernel> /tmp/busybox
file execute /bin/true exec.realpath="/bin/busybox" exec.argc=1 exec.argv[0]="/bin/true" exec.envc=6 exec.envp["SHLVL"]="3" exec.envp["HOME"]="/root" exec.envp["A"]="x\040y"'

@test "U-199 convert-exec-param: executions only, a blank line behind each" {
    { record "$program"; record "$program" 'misc env A'; record "$program" 'file read /a'; record 'path1={ uid=0 }'; } >log
    run -0 --separate-stderr --keep-empty-lines convert-exec-param log
    assert_equal "$stderr" ''
    assert_output "$good

"
}

@test "U-200 convert-exec-param: a record that is cut off is reported, and 2; --compat: the old message, and 1" {
    { record "$program"; echo; record "$program" | head -n 2; } >log
    run -2 --separate-stderr convert-exec-param log
    assert_output "$good"
    assert_equal "$stderr" 'convert-exec-param: log:6: the record ends before its line of policy; the record is left out'
    run -1 --separate-stderr convert-exec-param --compat <log
    assert_output "$good"
    assert_equal "$stderr" '7: Broken log entry. Aborted.'
    record "$program" | head -n 1 | head -c -1 >log
    run -1 --separate-stderr convert-exec-param --compat <log
    assert_equal "$stderr" '1: Broken log entry. Aborted.'
}

@test "convert-exec-param goes on behind a broken record; --compat stops" {
    { record 'exec={ realpath="/b" argc=1'; record "$program"; } >log
    run -2 --separate-stderr convert-exec-param log
    assert_output "$good"
    assert_equal "$stderr" "convert-exec-param: log:1:127: a '{' has no '}'; the record is left out"
    run -1 --separate-stderr convert-exec-param --compat <log
    assert_output ''
    assert_equal "$stderr" '1: Broken log entry. Aborted.'
}

@test "U-201 convert-exec-param: NUL bytes or blank lines between records, several files, standard input" {
    record "$program" >file
    { record "$program"; printf '\0'; record "$program"; printf '\0'; } >raw
    for last in 'file raw -' '- raw file'; do
        # shellcheck disable=SC2086 # several operands
        run -0 --separate-stderr convert-exec-param $last <file
        assert_output "$good

$good

$good

$good"
    done
    run -0 bash -c '{ cat file; echo; echo; cat file; } | convert-exec-param'
    assert_output "$good

$good"
}

@test "convert-exec-param: arguments that the kernel has shortened or could not read" {
    record 'exec={ realpath="/b" argc=2 envc=2 argv[]={ "a" ... } envp[]={ "B=1" ... } }' >log
    run -0 convert-exec-param log
    assert_line --index 1 'file execute /bin/true exec.realpath="/b" exec.argc=2 exec.argv[0]="a" exec.envc=2 exec.envp["B"]="1"'
    record 'exec={ realpath="/b" argc=2 envc=2 argv[]={ ... } envp[]= { ... } }' >log
    run -0 convert-exec-param log
    assert_line --index 1 'file execute /bin/true exec.realpath="/b" exec.argc=2 exec.envc=2'
}

@test "convert-exec-param: wrong usage" {
    run -2 --separate-stderr convert-exec-param -x
    assert_equal "$stderr" "convert-exec-param: unknown option '-x'; see 'convert-exec-param --help'"
    run -0 --separate-stderr convert-exec-param --compat file
    assert_output ''
    assert_equal "$stderr" 'Usage: convert-exec-param < /sys/kernel/security/tomoyo/audit'
}
