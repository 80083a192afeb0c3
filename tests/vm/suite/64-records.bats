#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves domainmatch, the converters of audit logs and audit-exec-param on a running kernel, beside the reference.

# shellcheck disable=SC2086,SC2154 # no path has a blank; k.bash sets variables

load /suite-lib/k

bats_load_library bats-support
bats_load_library bats-assert

tomoyo=/sys/kernel/security/tomoyo
reference=/opt/tomoyo-tools/sbin
t=/tmp/k/t64

setup_file()
{
    k_setup_file
}

setup()
{
    rm -rf $t
    mkdir $t
    echo >$t/f
}

teardown()
{
    [ -z "${daemon:-}" ] || kill "$daemon"
    k_cleanup $t
}

@test "U-099 domainmatch prints the hits below their domains, as the reference" {
    k_domain t64a learning 'file read /t64/one' 'file write /t64/two exec.realpath="/a"'
    k_domain t64b permissive 'misc env A' 'file read /t64/one'
    run tomoyo-domainmatch --text /t64/
    assert_success
    assert_output '
<kernel> /tmp/k/t64a
file read /t64/one
file write /t64/two exec.realpath="/a"

<kernel> /tmp/k/t64b
file read /t64/one'
    for string in /t64/ 'use_profile 0' 'use_group 0' read; do
        assert_equal "$(tomoyo-domainmatch --text "$string")" "$($reference/tomoyo-domainmatch "$string")"
    done
    run tomoyo-domainmatch -tq /t64/two
    assert_success
    for string in '' ' '; do # blank lines, too
        assert_equal "$(tomoyo-domainmatch --compat "$string")" "$($reference/tomoyo-domainmatch "$string")"
    done
}

@test "domainmatch: who may do this, by the groups and patterns of the kernel" {
    k_write exception_policy 'path_group T64 /t64/secret'
    k_domain t64e learning 'file read @T64' 'file write /t64/sec\*' 'file read /t64/other'
    run tomoyo-domainmatch 'file read /t64/secret'
    k_write exception_policy 'delete path_group T64 /t64/secret'
    assert_success
    assert_output '
<kernel> /tmp/k/t64e
file read @T64'
    run tomoyo-domainmatch /t64/secret
    assert_output '
<kernel> /tmp/k/t64e
file write /t64/sec\*'
}

@test "U-100 domainmatch: domain lines are not searched; no hit, no output" {
    k_write domain_policy '<kernel> /t64/domain' 'use_profile 0' 'misc env A'
    k_domains+=('delete <kernel> /t64/domain')
    for string in /t64/domain /t64/none; do
        run tomoyo-domainmatch --text "$string"
        assert_failure 1
        assert_output ''
        run tomoyo-domainmatch --text --quiet "$string"
        assert_failure 1
    done
}

@test "domainmatch without the right to look says so; with --compat in the old words" {
    run su user -c 'tomoyo-domainmatch x'
    assert_failure 1
    assert_output --partial 'Permission denied; run as root'
    run su user -c 'tomoyo-domainmatch --compat x'
    assert_success
    assert_output "You can't run this program for this kernel."
}

@test "U-197 U-199 U-201 the converters make of the kernel's records what the reference makes of them" {
    k_domain t64c permissive
    k_audit_drain
    k_act open $t/f rdonly : symlink 'a b' $t/link : mkdir $t/d 0700 : rename $t/f $t/g : \
        execenv A=1,B= /bin/act pid
    cat $tomoyo/audit >$t/raw
    tr '\0' '\n' <$t/raw >$t/file
    for log in $t/raw $t/file; do
        run /usr/lib/tomoyo/convert-audit-log --conditions=all $log
        assert_success
        assert_line '<kernel> /tmp/k/t64c'
        assert_line --regexp '^file rename /tmp/k/t64/f /tmp/k/t64/g task\.pid=.* path2\.parent\.perm='
        assert_line --regexp '^file execute /bin/act task\.pid=.* exec\.argv\[1\]="pid"'
        assert_equal "$output" "$($reference/convert-audit-log <$log)"
    done
    run /usr/lib/tomoyo/convert-exec-param $t/raw
    assert_success
    assert_line --regexp '^file execute /bin/act exec\.realpath="/bin/act" exec\.argc=[0-9]+ exec\.argv\[0\]='
    assert_equal "$output" "$($reference/convert-exec-param <$t/raw)"
}

@test "what convert-audit-log prints, the kernel takes" {
    k_domain t64d permissive
    k_audit_drain
    k_act open $t/f rdonly : execenv A=1 /bin/act pid
    /usr/lib/tomoyo/convert-audit-log --conditions=all $tomoyo/audit >$t/policy
    grep -q '^file read /tmp/k/t64/f task' $t/policy
    run tomoyo-loadpolicy -d $t/policy
    assert_success
    assert_output ''
}

@test "U-202 audit-exec-param: this kernel has no execute handlers" {
    run /usr/lib/tomoyo/audit-exec-param '<kernel>' /bin/sh pid=1 /bin/true 1 0 true
    assert_failure 1
    assert_output --partial "cannot open $tomoyo/.execute_handler: No such file or directory"
    run /usr/lib/tomoyo/audit-exec-param --compat
    assert_failure 1
    assert_output "$($reference/audit-exec-param 2>&1)"
}

# until_true COMMAND...: waits for it, and says so when that is in vain.
until_true()
{
    local naps=0
    until "$@"; do
        [ $((naps += 1)) -lt 600 ] || fail "waited in vain for: $*"
        sleep 0.1
    done
}

@test "4.20 audit-exec-param sends all words to the system's log" {
    mkdir -p $t/interface
    : >$t/interface/.execute_handler
    syslogd -n -O $t/log 3>&- 4>&- &
    daemon=$!
    until_true [ -S /dev/log ]
    long=$(printf '%0500d' 0)
    TOMOYO_INTERFACE=$t/interface run /usr/lib/tomoyo/audit-exec-param '<kernel> /a' /bin/sh 'pid=1 uid=0' \
        /bin/echo 3 1 echo $'x\ny \\' "$long" A=b
    assert_success
    assert_output $'x\ny \\'" $long"
    until_true grep -q 'envp\[0\]' $t/log
    run sed -n 's/.* user\.info audit-exec-param: //p' $t/log
    assert_output "Domain = <kernel> /a
Caller Program = /bin/sh
Process Status = pid=1 uid=0
Requested Program = /bin/echo
argc = 3
envc = 1
argv[0] = echo
argv[1] = x\\012y\\040\\\\
argv[2] = ${long:0:200}
argv[2] + ${long:0:200}
argv[2] + ${long:0:100}
envp[0] = A=b"
}
