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
        run -1 --separate-stderr tomoyo-domainmatch "$string"
        assert_output ''
        assert_equal "$stderr" ''
        run -0 --separate-stderr tomoyo-domainmatch --compat "$string"
        assert_equal "$output$stderr" ''
    done
}

@test "U-101 domainmatch: wrong usage" {
    run -2 --separate-stderr tomoyo-domainmatch
    assert_equal "$stderr" "tomoyo-domainmatch: STRING is required; see 'tomoyo-domainmatch --help'"
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
    run -0 tomoyo-domainmatch 'file read /x' policy
    assert_output 'file read /x1

<kernel> /a /b
file read /x2
file read /x3'
    run -0 tomoyo-domainmatch /x1 policy - policy <policy
    assert_output 'file read /x1
file read /x1
file read /x1'
    run -2 tomoyo-domainmatch /x1 policy none
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
