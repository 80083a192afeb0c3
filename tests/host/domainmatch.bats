#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# domainmatch, with ordinary files in the place of the kernel's.

# shellcheck disable=SC2094,SC2154 # files are only read; $stderr is set by run

bats_require_minimum_version 1.5.0

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin kernel
    ln -s "$box" bin/tomoyo-domainmatch
    PATH=$PWD/bin:$PATH
    export TOMOYO_INTERFACE=$PWD/kernel
    cat >kernel/domain_policy <<'END'
<kernel>
use_profile 0
use_group 0

<kernel> /sbin/init
use_profile 0
use_group 0

file read /etc/passwd
file read /etc/passwd-
<kernel> /bin/use
use_profile 3
use_group 0

END
}

@test "U-099 domainmatch: hits below their domains, a blank line in front of each" {
    run -0 --keep-empty-lines tomoyo-domainmatch 'use_profile 0'
    assert_output '
<kernel>
use_profile 0

<kernel> /sbin/init
use_profile 0
'
    run -0 tomoyo-domainmatch passwd
    assert_output '
<kernel> /sbin/init
file read /etc/passwd
file read /etc/passwd-'
}

@test "U-100 domainmatch: domain lines are not searched; no hit, no output, and a negative answer" {
    for string in /bin/use '<kernel>' 'read .etc' ' use'; do
        run -1 --separate-stderr tomoyo-domainmatch --text "$string"
        assert_output ''
        assert_equal "$stderr" ''
        run -0 --separate-stderr tomoyo-domainmatch --compat "$string"
        assert_equal "$output$stderr" ''
    done
}

@test "U-101 domainmatch: wrong usage" {
    run -2 --separate-stderr tomoyo-domainmatch
    assert_equal "$stderr" "tomoyo-domainmatch: ACCESS|STRING is required; see 'tomoyo-domainmatch --help'"
    run -2 tomoyo-domainmatch -x use
    for arguments in '' 'a b'; do
        # shellcheck disable=SC2086 # no argument, or two
        run -0 --separate-stderr --keep-empty-lines tomoyo-domainmatch --compat $arguments
        assert_output 'tomoyo-domainmatch string_to_find

'
        assert_equal "$stderr" ''
    done
}

@test "U-102 domainmatch without TOMOYO: the message, and 1; with --compat the old words and success" {
    unset TOMOYO_INTERFACE
    run -1 tomoyo-domainmatch x
    assert_output --partial 'tomoyo-domainmatch: this kernel offers no TOMOYO'
    run -0 --separate-stderr tomoyo-domainmatch --compat x
    assert_output ''
    assert_equal "$stderr" "You can't run this program for this kernel."
}

@test "domainmatch searches files, without a kernel" {
    printf 'file read /x1\n<kernel>  /a\t/b\r\n file\tread  /x2\nfile read /x3' >policy
    unset TOMOYO_INTERFACE
    run -0 tomoyo-domainmatch --text 'file read /x' policy
    assert_output 'file read /x1

<kernel> /a /b
file read /x2
file read /x3'
    run -0 tomoyo-domainmatch -t /x1 policy - policy <policy
    assert_output 'file read /x1
file read /x1
file read /x1'
    run -2 tomoyo-domainmatch -t /x1 policy none
    assert_line 'tomoyo-domainmatch: cannot open none: No such file or directory'
}

@test "domainmatch -q: 0 when there is such a line, 1 when not" {
    run -0 tomoyo-domainmatch -q passwd
    assert_output ''
    run -1 tomoyo-domainmatch --quiet none
    assert_output ''
    run -0 tomoyo-domainmatch -q passwd /dev/null kernel/domain_policy
    run -1 tomoyo-domainmatch -q passwd /dev/null
}

@test "domainmatch: a line of a megabyte, a full disk, a file that is missing" {
    { echo '<kernel>'; printf 'file read /%01000000dx\n' 0; } >policy
    run -0 bash -c 'tomoyo-domainmatch 0x policy | wc -c'
    assert_output 1000023
    run -2 bash -c 'tomoyo-domainmatch 0x policy >/dev/full'
    assert_output --partial 'No space left on device'
    rm kernel/domain_policy
    run -2 tomoyo-domainmatch x
    assert_output "tomoyo-domainmatch: cannot open $TOMOYO_INTERFACE/domain_policy: No such file or directory"
}

policy_to_ask()
{
    cat >domain_policy.conf <<'END'
file read /etc/shadow
<kernel> /a
use_profile 3
use_group 3

file read /etc/shadow
file read/write /etc/\*
file append /etc/shadow
file rename /tmp/a /etc/shadow
file mkdir /var/lib/\$/ 0700-0755
network inet stream connect @MAIL 25
network inet stream connect 10.0.0.0-10.255.255.255 1-1023
misc env \*
file mount /etc/shadow /mnt/ --bind 0x0
<kernel> /b
file read /etc/passwd
file read /etc/shadow task.uid=0
delete file read /etc/shadow
delete <kernel> /c
file read /etc/shadow
<ns> /c
use_group 3
file read @SECRET
network unix stream connect /run/x
<kernel> /d
file read @SECRET
END
    cat >exception_policy.conf <<'END'
acl_group 3 file read /etc/sha\*
acl_group 4 file read /etc/shadow
acl_group 3 file write @SECRET
path_group SECRET /etc/gshadow
path_group SECRET /etc/shadow
delete path_group SECRET /etc/gshadow
address_group MAIL 10.0.0.1
<ns> acl_group 3 file getattr /etc/shadow
END
}

@test "domainmatch ACCESS: who may do this, by patterns, groups and ranges, and by which entry" {
    policy_to_ask
    run -0 tomoyo-domainmatch 'file read /etc/shadow' domain_policy.conf
    assert_output '
<kernel> /a
acl_group 3 file read /etc/sha\*
file read /etc/shadow
file read/write /etc/\*

<kernel> /b
file read /etc/shadow task.uid=0

<kernel> /d
file read @SECRET'
    run -0 tomoyo-domainmatch 'file  write/append /etc/shadow' domain_policy.conf # one of both
    assert_output '
<kernel> /a
acl_group 3 file write @SECRET
file read/write /etc/\*
file append /etc/shadow'
    run -0 tomoyo-domainmatch /etc/shadow domain_policy.conf
    assert_output '
<kernel> /a
acl_group 3 file read /etc/sha\*
acl_group 3 file write @SECRET
file read /etc/shadow
file read/write /etc/\*
file append /etc/shadow
file rename /tmp/a /etc/shadow
file mount /etc/shadow /mnt/ --bind 0x0

<kernel> /b
file read /etc/shadow task.uid=0

<ns> /c
<ns> acl_group 3 file getattr /etc/shadow

<kernel> /d
file read @SECRET'
    for question in 'file mkdir /var/lib/5/' 'file mkdir /var/lib/5/ 0710'; do
        run -0 tomoyo-domainmatch "$question" domain_policy.conf
        assert_line --index 1 'file mkdir /var/lib/\$/ 0700-0755'
    done
    for question in 'network inet stream connect 10.0.0.1 25' 'network inet stream connect 10.0.0.1'; do
        run -0 tomoyo-domainmatch "$question" domain_policy.conf
        assert_output '
<kernel> /a
network inet stream connect @MAIL 25
network inet stream connect 10.0.0.0-10.255.255.255 1-1023'
    done
    run -0 tomoyo-domainmatch 'misc env ANY' domain_policy.conf
    run -0 tomoyo-domainmatch 'network unix stream connect /run/x' domain_policy.conf
    run -0 tomoyo-domainmatch -q /run/x domain_policy.conf
    assert_output ''
    for question in 'file mkdir /var/lib/5/ 0777' 'file execute /etc/shadow' 'network inet stream connect 11.0.0.1 25' \
        'network inet dgram send 10.0.0.1 25' /etc/gshadow/x; do
        run -1 tomoyo-domainmatch "$question" domain_policy.conf
    done
    # An odd name of the file: which exception policy is it?
    cp domain_policy.conf other
    run -0 --separate-stderr tomoyo-domainmatch 'file read /etc/shadow' other
    refute_line 'file read @SECRET'
    assert_equal "$stderr" 'tomoyo-domainmatch: other: its exception policy is not known, so groups match nothing; name it with --exceptions'
    run -0 --separate-stderr tomoyo-domainmatch --exceptions exception_policy.conf 'file read /etc/shadow' - <other
    assert_line 'file read @SECRET'
    assert_equal "$stderr" ''
}

@test "domainmatch ACCESS: the kernel's policy; what is no single access is refused, with the way out" {
    policy_to_ask
    cp domain_policy.conf kernel/domain_policy
    cp exception_policy.conf kernel/exception_policy
    run -0 tomoyo-domainmatch 'file read /etc/shadow'
    assert_line 'acl_group 3 file read /etc/sha\*'
    assert_line 'file read @SECRET'
    run -1 tomoyo-domainmatch --text 'file read /etc/shadow2'
    for question in 'file read /etc/\*' 'file read @SECRET' 'file create /a 1-2' 'network inet stream bind @M 1' '/etc/\*' \
        'network inet stream bind 1.2.3.4-1.2.3.5 1' 'file create /a @N' 'file read /a task.uid=0'; do
        run -2 tomoyo-domainmatch "$question"
        assert_output --regexp ' has a (pattern|group|range|condition): ask about one name or number, without conditions; to search for the text use --text$'
    done
    run -0 tomoyo-domainmatch --text 'file read @SECRET'
    run -0 --separate-stderr tomoyo-domainmatch --compat 'file read /etc/shadow'
    assert_line 'file read /etc/shadow task.uid=0'
}
