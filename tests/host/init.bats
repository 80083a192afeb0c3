#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# tomoyo-init without a kernel: plain files take the place of the interface, so what it would load can be read there.

bats_load_library bats-support
bats_load_library bats-assert

setup() {
    box=$(readlink -f "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || exit
    ln -s "$box" tomoyo-init
    mkdir kernel etc
    touch kernel/{manager,exception_policy,domain_policy,profile}
    echo 'Memory used by policy:                      4100' >kernel/stat
    policy etc
}

# policy DIRECTORY: a policy that is in order.
policy() {
    mkdir -p "$1"
    profile >"$1/profile.conf"
    printf '<kernel>\nuse_profile 0\nuse_group 0\n' >"$1/domain_policy.conf"
    echo '/usr/sbin/tomoyo-box' >"$1/manager.conf"
    echo 'initialize_domain /sbin/init from any' >"$1/exception_policy.conf"
}

profile() {
    echo PROFILE_VERSION=20150505
    local number=0 mode
    for mode in disabled learning permissive enforcing; do
        echo "$number-COMMENT=$mode"
        echo "$number-CONFIG={ mode=$mode grant_log=no reject_log=yes }"
        number=$((number + 1))
    done
}

# load [WORD]...: runs the loader; nobody answers its questions.
load() {
    run --separate-stderr env TOMOYO_INTERFACE="$PWD/kernel" ./tomoyo-init -d "$PWD/etc" "$@" </dev/null
}

# complained TEXT: standard error has it, with the policy's directory left out.
complained() {
    # shellcheck disable=SC2154 # run sets stderr
    local text=${stderr//"$PWD/"/}
    [[ $text == *"$1"* ]] || fail "not in: $text"
}

bats_require_minimum_version 1.5.0

@test "U-135 without TOMOYO in the kernel: status 1, no output" {
    run ./tomoyo-init
    assert_failure 1
    assert_output ''
}

@test "init --help and --version load nothing" {
    load --help
    assert_success
    assert_output --partial 'TOMOYO_NOLOAD'
    load --version
    assert_success
    assert_output --partial tomoyo-box
    [ ! -s kernel/profile ]
}

@test "init refuses a word that it does not know, and ignores it with --compat" {
    load TOMOYO_NOLAOD
    assert_failure 2
    complained "unknown word 'TOMOYO_NOLAOD'"
    load TOMOYO_TIMEOUT=soon
    assert_failure 2
    [ ! -s kernel/profile ]
    run env TOMOYO_INTERFACE="$PWD/kernel" ./tomoyo-init --compat -d "$PWD/etc" TOMOYO_NOLAOD
    assert_success
}

@test "init loads all files and says how much" {
    printf '<kernel>\nuse_profile 0\nfile read /a' >etc/domain_policy.conf
    load
    assert_success
    assert_output '1 domain. 1 ACL entry.
5 KB used by policy.'
    complained 'etc/domain_policy.conf:3: the last line has no newline'
    assert_equal "$(cat kernel/domain_policy)" '<kernel>
use_profile 0
file read /a'
    cmp etc/profile.conf kernel/profile
    cmp etc/manager.conf kernel/manager
    cmp etc/exception_policy.conf kernel/exception_policy
}

@test "init, asked with nobody there, does not ask for ever and uses the default profile" {
    load TOMOYO=ask
    assert_failure 1
    assert_output --partial 'TOMOYO: Select a profile from the following list.
default
disable
> '
    complained 'nobody answered in time: using the default profile'
    cmp etc/profile.conf kernel/profile

    # A pipe that says nothing and does not end, either.
    mkfifo silence
    exec 9<>silence
    run env TOMOYO_INTERFACE="$PWD/kernel" ./tomoyo-init -d "$PWD/etc" TOMOYO=ask TOMOYO_TIMEOUT=1 <&9
    assert_failure 1
    assert_output --partial 'nobody answered in time: using the default profile'
}

@test "init takes the answer from standard input" {
    sed s/learning/permissive/ etc/profile.conf >etc/profile-soft.conf
    run env TOMOYO_INTERFACE="$PWD/kernel" ./tomoyo-init -d "$PWD/etc" TOMOYO=none <<<$'what\nsoft'
    assert_success
    assert_output --partial "TOMOYO: Specified profile doesn't exist."
    cmp etc/profile-soft.conf kernel/profile
}

@test "init does not take a profile from another directory" {
    cp etc/profile.conf secret.conf
    mkdir etc/profile-x
    load TOMOYO=x/../../secret
    assert_failure 1
    assert_output --partial "TOMOYO: Specified profile doesn't exist."
}

@test "init uses the previous policy when the profile is empty, cut off, full of NULs, or of another version" {
    policy etc/policy/previous
    echo 'use_group 9' >>etc/policy/previous/domain_policy.conf
    local version
    version='PROFILE_VERSION=20090903'
    cut() { rm -f kernel/*_policy && touch kernel/{domain,exception}_policy; }

    : >etc/profile.conf
    cut && load
    complained 'etc/profile.conf: it defines no profile'
    complained 'using the previous policy, etc/policy/previous'
    cmp etc/policy/previous/domain_policy.conf kernel/domain_policy

    head -c 500 /dev/zero >etc/profile.conf
    cut && load
    complained 'etc/profile.conf: it defines no profile'
    cmp etc/policy/previous/domain_policy.conf kernel/domain_policy

    profile | sed "s/PROFILE_VERSION=.*/$version/" >etc/profile.conf
    cut && load
    complained "etc/profile.conf:1: $version is not supported by the kernel"
    cmp etc/policy/previous/domain_policy.conf kernel/domain_policy

    # Cut off at any byte of its last two lines, the file is found to be damaged, unless only the newline is missing.
    local size length
    size=$(profile | wc -c)
    for length in 1 2 5 20 48 50 55 60 69; do
        profile | head -c $((size - length)) >etc/profile.conf
        cut && load
        if [ $length = 1 ]; then
            assert_equal "$stderr" ''
            continue
        fi
        complained 'the file ends in the middle of this line'
        cmp etc/policy/previous/domain_policy.conf kernel/domain_policy
    done
}

@test "init uses the previous policy when the domain policy is missing, empty or uses a profile that is not defined" {
    policy etc/policy/previous
    echo 'use_group 9' >>etc/policy/previous/domain_policy.conf
    rm etc/domain_policy.conf
    load
    complained 'etc/domain_policy.conf: it cannot be opened: No such file or directory'
    cmp etc/policy/previous/domain_policy.conf kernel/domain_policy

    : >etc/domain_policy.conf
    load
    complained 'etc/domain_policy.conf: it holds no domain'
    cmp etc/policy/previous/domain_policy.conf kernel/domain_policy

    printf '<kernel>\nuse_profile 3\nfile execute /sbin/init\n<kernel> /a\nuse_profile 4\n' >etc/domain_policy.conf
    load
    assert_failure 1
    complained "etc/domain_policy.conf:5: profile 4 (used by '<kernel> /a') is not defined"
    cmp etc/policy/previous/domain_policy.conf kernel/domain_policy
}

@test "init sees whether <kernel> may execute something" {
    local locked="may execute nothing"
    check() { # LINE-OF-DOMAIN LINE-OF-EXCEPTION
        printf '<kernel>\nuse_profile 3\n%s\n' "$1" >etc/domain_policy.conf
        printf '%s\n' "$2" >etc/exception_policy.conf
        rm kernel/{domain,exception}_policy && touch kernel/{domain,exception}_policy
        load
    }
    check 'file read /sbin/init' ''
    complained "$locked"
    check 'use_group 3' 'acl_group 4 file execute /sbin/init'
    complained "$locked"
    check 'use_group 3' '<other> acl_group 3 file execute /sbin/init'
    complained "$locked"
    check 'file read/execute /sbin/init' ''
    assert_equal "$stderr" ''
    check 'use_group 3' 'acl_group 3 file execute /sbin/init'
    assert_equal "$stderr" ''
    check 'use_group 3' '<kernel> acl_group 3 file execute /sbin/init'
    assert_equal "$stderr" ''
    # Only file::execute counts, wherever its mode comes from.
    profile | sed 's/^3-COMMENT.*/3-CONFIG::file={ mode=learning }/' >etc/profile.conf
    check '' ''
    assert_equal "$stderr" ''
    echo '3-CONFIG::file::execute={ mode=enforcing }' >>etc/profile.conf
    check '' ''
    complained "$locked"
}

@test "init names numbers and domains that the kernel would ignore" {
    printf '<kernel>\nuse_profile 300\n<kernel> /a\nuse_profile -1\n<kernel> b\n' >etc/domain_policy.conf
    load
    complained "etc/domain_policy.conf:2:13: the number of a profile is 0 to 255: the kernel ignores the line"
    complained "etc/domain_policy.conf:4:13: the number of a profile is 0 to 255"
    complained 'etc/domain_policy.conf:5:10: the name of a domain goes on with paths: the kernel drops the domain'
}

@test "init loads 100,000 domains and a line of a megabyte without needing memory for them" {
    awk 'BEGIN {
        print "<kernel>\nuse_profile 0"
        for (n = 0; n < 100000; n++) print "<kernel> /usr/bin/program" n "\nuse_profile 1"
        printf "file read /"
        for (n = 0; n < 1000000; n++) printf "x"
        print ""
    }' >etc/domain_policy.conf
    # shellcheck disable=SC2016 # the inner shell expands it
    run env TOMOYO_INTERFACE="$PWD/kernel" bash -c 'ulimit -v 20000 && exec ./tomoyo-init -d "$1"' bash "$PWD/etc"
    assert_success
    assert_output '100001 domains. 1 ACL entry.
5 KB used by policy.'
    cmp etc/domain_policy.conf kernel/domain_policy
}

@test "init goes on without tomoyo-post-init's success" {
    printf '#!/bin/sh\necho ran $# >>%q\nexit 3\n' "$PWD/ran" >etc/tomoyo-post-init
    chmod +x etc/tomoyo-post-init
    load
    assert_success
    assert_equal "$(cat ran)" 'ran 0'
}
