#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154,SC2164,SC2317 # bats: run sets stderr and calls functions, a failing command ends a test
# savepolicy on a real kernel: what it saves is what the kernel says and what tomoyo-tools saves.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

kernel=/sys/kernel/security/tomoyo
reference=/opt/tomoyo-tools/sbin

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cp -a /etc/tomoyo saved
    # The first start of a program makes a domain: what the tests start between a save and a look at the kernel
    # must have been started before.
    for program in cat cmp tomoyo-savepolicy $reference/tomoyo-savepolicy; do
        "$program" --help >warm-up 2>&1 || continue
    done
}

teardown()
{
    ! mountpoint_of "$BATS_TEST_TMPDIR/small" || umount "$BATS_TEST_TMPDIR/small"
    cd "$BATS_TEST_TMPDIR"
    rm -rf /etc/tomoyo/* && cp -a saved/. /etc/tomoyo/
    grep -e '^<kernel> /savepolicy' -e '^<savepolicy' $kernel/domain_policy | sed 's/^/delete /' >delete
    cat delete >$kernel/domain_policy
    grep savepolicy $kernel/exception_policy | sed 's/^/delete /' >delete
    cat delete >$kernel/exception_policy
}

mountpoint_of() { grep -q "^[^ ]* $1 " /proc/mounts; }

# Puts a policy with a little of everything into the kernel.
fill()
{
    {
        echo 'path_group SAVEPOLICY /tmp/\*'
        echo 'acl_group 7 file read @SAVEPOLICY task.uid=0 exec.argv[0]="savepolicy"'
        echo 'initialize_domain /savepolicy from any'
        echo 'number_group SAVEPOLICY 1-0x10'
        echo 'address_group SAVEPOLICY 10.0.0.0-10.255.255.255'
    } >$kernel/exception_policy
    for ((i = 0; i < 200; i++)); do
        printf '<kernel> /savepolicy /bin/program-%d\nuse_profile 1\nuse_group 7\n' $i
        printf 'file read/write/execute /tmp/\\*/file\\040with\\040blank-%d\n' $i
        echo 'file execute /bin/\@ exec.realpath!="/bin/x" auto_domain_transition="/y"'
        echo 'network inet stream bind/listen @SAVEPOLICY 1024-65535'
        echo 'file mkblock /dev/\$ 0600 8 0-15'
    done >$kernel/domain_policy
}

# Is DIR/policy/current what the kernel says now?
is_saved()
{
    local file
    for file in profile manager exception_policy domain_policy; do
        cmp $kernel/$file "$1/policy/current/$file.conf" || return 1
    done
}

snapshots() { (cd "$1/policy" && find . -mindepth 1 -maxdepth 1 -type d | sed 's|^\./||' | sort); }

@test "U-154 savepolicy -d -e -p -m -s prints what the kernel file says" {
    fill
    for pair in d:domain_policy e:exception_policy p:profile m:manager s:stat; do
        # The kernel still frees memory that was in use, which stat tells: what counts is a time when nothing changes.
        for _ in {1..100}; do
            cat "$kernel/${pair##*:}" >want
            tomoyo-savepolicy -"${pair%%:*}" >got
            cat "$kernel/${pair##*:}" >after
            ! cmp -s want after || break
            sleep 0.1
        done
        cmp want after
        cmp want got
    done
    tomoyo-savepolicy -d | grep -c '^<kernel> /savepolicy' | grep -x 200
}

@test "U-155 savepolicy saves the policy of the kernel" {
    fill
    run --separate-stderr tomoyo-savepolicy
    assert_success
    is_saved /etc/tomoyo
    assert_equal "$output$stderr" ''
    stamp=$(readlink /etc/tomoyo/policy/current)
    [[ $stamp =~ ^[0-9]{2}-[0-9]{2}-[0-9]{2}\.[0-9]{2}:[0-9]{2}:[0-9]{2}/$ ]]
    assert_equal "$(stat -c %a "/etc/tomoyo/policy/${stamp%/}")" 700
    assert_equal "$(readlink /etc/tomoyo/policy/previous)" "$(readlink saved/policy/current)"

    # The programs started since then have made domains.
    tomoyo-savepolicy
    stamp=$(readlink /etc/tomoyo/policy/current)
    run tomoyo-savepolicy -v
    assert_output 'unchanged since /etc/tomoyo/policy/current'
    run tomoyo-savepolicy --compat
    assert_success
    assert_output ''
    is_saved /etc/tomoyo
    assert_equal "$(readlink /etc/tomoyo/policy/previous)" "$stamp"
}

@test "the same policy saved by tomoyo-tools 2.6.1 and by us gives byte-identical files" {
    # Loaded by either tool, where both are there.
    fill
    $reference/tomoyo-savepolicy -d >policy
    for load in $reference/tomoyo-loadpolicy /usr/sbin/tomoyo-loadpolicy; do
        [ -e "$load" ] || continue
        rm -rf ours theirs
        mkdir -p ours/policy theirs/policy
        "$load" -df <policy
        tomoyo-savepolicy "$PWD/ours"
        $reference/tomoyo-savepolicy "$PWD/theirs"
        for tree in ours theirs; do
            assert_equal "$(snapshots $tree | wc -l)" 1
            assert_equal "$(readlink $tree/policy/current)" "$(snapshots $tree)/"
            assert_equal "$(stat -c %a $tree/policy/*-*)" 700
            mv $tree/policy/*-* $tree/policy/stamp
            ln -sfn stamp/ $tree/policy/current
            (cd $tree && find . -exec stat -c '%A %N' {} \;) | sort >$tree.list
        done
        diff -r ours theirs
        # The order of domains is that of their creation, whichever tool sends them.
        cmp policy ours/domain_policy.conf
        diff ours.list theirs.list
    done
}

@test "savepolicy and the savepolicy of tomoyo-tools can take turns" {
    rm -rf mixed
    mkdir -p mixed/policy
    for ((i = 0; i < 3; i++)); do
        printf '<kernel> /savepolicy/a%d\n' $i >$kernel/domain_policy
        tomoyo-savepolicy "$PWD/mixed"
        is_saved mixed
        printf '<kernel> /savepolicy/b%d\n' $i >$kernel/domain_policy
        before=$(readlink mixed/policy/current)
        $reference/tomoyo-savepolicy "$PWD/mixed"
        is_saved mixed
        assert_equal "$(readlink mixed/policy/previous)" "$before"
    done
    assert_equal "$(snapshots mixed | wc -l)" 6
}

@test "U-160 a full file system leaves current unchanged and nothing behind" {
    mkdir -p small
    mount -t tmpfs -o size=64k tmpfs small
    mkdir small/policy
    tomoyo-savepolicy "$PWD/small"
    before=$(ls -A small/policy)
    fill
    run tomoyo-savepolicy "$PWD/small"
    assert_failure 2
    assert_output --regexp "^tomoyo-savepolicy: failed to save policy: cannot write .*: No space left on device; $PWD/small/policy/current is unchanged; --keep N removes old snapshots when room is needed\$"
    assert_equal "$(ls -A small/policy)" "$before"
    run tomoyo-savepolicy --compat "$PWD/small"
    assert_failure 1
    assert_output 'Failed to save policy.'
    assert_equal "$(ls -A small/policy)" "$before"
    grep -q '^<kernel>$' small/domain_policy.conf
}

@test "a read-only file system is trouble only when there is something to write" {
    mkdir -p small
    mount -t tmpfs tmpfs small
    mkdir small/policy
    tomoyo-savepolicy "$PWD/small"
    mount -o remount,ro "$PWD/small"
    tomoyo-savepolicy "$PWD/small"
    fill
    run tomoyo-savepolicy "$PWD/small"
    assert_failure 2
    assert_output --partial 'Read-only file system'
}

@test "U-152 savepolicy by an ordinary user is refused in words" {
    # The test's own directory is for root alone.
    chmod 755 . .. ../..
    run su user -c 'tomoyo-savepolicy -d'
    assert_failure 1
    assert_output "tomoyo-savepolicy: cannot open $kernel/domain_policy: Permission denied; run as root"
    run su user -c 'tomoyo-savepolicy --compat -d'
    assert_failure 1
    assert_output "Can't open $kernel/domain_policy"
    run su user -c tomoyo-savepolicy
    assert_failure 1
    assert_output 'tomoyo-savepolicy: cannot open /etc/tomoyo/policy: Permission denied; run as root'
    run su user -c 'tomoyo-savepolicy --compat'
    assert_failure 1
    assert_output "Directory /etc/tomoyo//policy/ doesn't exist."
}

@test "the words of TOMOYO 2.2: d e p m save that policy only, a both, f always, u quotas" {
    cd /
    tomoyo-savepolicy
    old=$(readlink /etc/tomoyo/policy/current)
    echo '<kernel> /savepolicy/word' >$kernel/domain_policy
    echo 'path_group SAVEPOLICY /word' >$kernel/exception_policy
    tomoyo-savepolicy e
    cmp $kernel/exception_policy /etc/tomoyo/exception_policy.conf
    cmp "/etc/tomoyo/policy/$old/domain_policy.conf" /etc/tomoyo/domain_policy.conf
    tomoyo-savepolicy d
    is_saved /etc/tomoyo
    run tomoyo-savepolicy -v a
    assert_output 'unchanged since /etc/tomoyo/policy/current'
    run tomoyo-savepolicy -v af
    assert_output --regexp '^saved /etc/tomoyo/policy/[0-9.:-]+$'
    is_saved /etc/tomoyo
    run tomoyo-savepolicy --compat d
    assert_failure 1
    assert_output --partial 'tomoyo-savepolicy [policy_dir [remote_ip:remote_port]]'
}

@test "D-38 saved quotas are the quotas that the kernel has, and load again" {
    quotas() { grep -o 'used by .*:\|Quota: *[0-9]*' $kernel/stat; }
    echo 'Memory used by query message: 7654321' >$kernel/stat
    want=$(quotas)
    rm -f /etc/tomoyo/stat.conf
    tomoyo-savepolicy --quota
    grep -qx 'Memory used by query message:  7654321' /etc/tomoyo/stat.conf
    echo 'Memory used by query message: 1048576' >$kernel/stat
    grep -v '^#' /etc/tomoyo/stat.conf >$kernel/stat
    assert_equal "$(quotas)" "$want"
    grep -v '^#' saved/stat.conf >$kernel/stat
}
