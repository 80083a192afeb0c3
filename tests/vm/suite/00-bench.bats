#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves that the bench is what it says: TOMOYO is active and enforces, and the tools for the
# other suites are there.

bats_load_library bats-support
bats_load_library bats-assert
bats_load_library bats-file

tomoyo=/sys/kernel/security/tomoyo
reference=/opt/tomoyo-tools/sbin

# status PID: prints "PID PROFILE DOMAIN".
status()
{
    local line=''
    exec 5<>$tomoyo/.process_status
    echo "$1" >&5
    read -r line <&5 || :
    exec 5>&-
    printf '%s\n' "$line"
}

# copy_of_busybox NAME: prints the path of a copy in a directory of its own. (BusyBox goes by the
# name it is called with, so that the copy itself cannot have a name of its own.)
copy_of_busybox()
{
    mkdir -p "/tmp/$1"
    cp /bin/busybox "/tmp/$1/busybox"
    printf '%s\n' "/tmp/$1/busybox"
}

@test "the kernel has TOMOYO 2.6" {
    assert_equal "$(cat $tomoyo/version)" 2.6.0
}

@test "the policy loader has run and activated TOMOYO" {
    dmesg | grep -F 'Calling /sbin/tomoyo-init to load policy. Please wait.'
    dmesg | grep -F 'Mandatory Access Control activated.'
}

@test "process 1 is in the domain of /sbin/init with profile 0" {
    assert_equal "$(status 1)" '1 0 <kernel> /sbin/init'
}

@test "a program that is started gets its own domain" {
    copy=$(copy_of_busybox own)
    run bash -c "$copy cat $tomoyo/self_domain"
    assert_success
    assert_output --regexp '^<kernel> /sbin/init .*/bash /tmp/own/busybox$'
}

@test "an enforcing domain denies what is not allowed and nothing else" {
    copy=$(copy_of_busybox strict)
    echo "initialize_domain $copy from any" >$tomoyo/exception_policy
    # To be started at all, the new domain needs its own program and the environment.
    printf '%s\n' "<kernel> $copy" 'use_profile 3' "file read $copy" 'misc env \*' \
        'file read /etc/group' >$tomoyo/domain_policy

    run "$copy" cat /etc/group
    assert_success
    assert_line --partial root

    run "$copy" cat /etc/passwd
    assert_failure
    assert_output --partial 'Operation not permitted'

    run "$copy" env /bin/true
    assert_failure
    assert_output --partial 'Operation not permitted'

    echo "delete initialize_domain $copy from any" >$tomoyo/exception_policy
    echo "delete <kernel> $copy" >$tomoyo/domain_policy
}

@test "only managers change the policy" {
    copy=$(copy_of_busybox stranger)
    run "$copy" sh -c "echo '<kernel> /no/such' >$tomoyo/domain_policy"
    assert_failure
    assert_output --partial 'Operation not permitted'
    run grep -F '<kernel> /no/such' $tomoyo/domain_policy
    assert_failure
}

@test "the reference tools load and save policy" {
    printf '%s\n' '<kernel> /bench' 'use_profile 1' 'file read /bench/file' |
        $reference/tomoyo-loadpolicy -d
    run $reference/tomoyo-savepolicy -d
    assert_success
    assert_line '<kernel> /bench'
    assert_line 'file read /bench/file'
    echo 'delete <kernel> /bench' | $reference/tomoyo-loadpolicy -d
    refute [ "$($reference/tomoyo-savepolicy -d | grep -c '^<kernel> /bench$')" != 0 ]
}

@test "all reference tools find their libraries" {
    for tool in "$reference"/*; do
        run /lib64/ld-linux-x86-64.so.2 --list "$tool"
        assert_success
        refute_output --partial 'not found'
    done
}

@test "the links of tomoyo-box lead to it" {
    count=0
    for path in $(/usr/sbin/tomoyo-box --list-full); do
        # The reference tools' loader may be in place instead.
        [ "$path" != sbin/tomoyo-init ] || continue
        assert_equal "$(readlink -f "/$path")" /usr/sbin/tomoyo-box
        count=$((count + 1))
    done
    assert [ $count -gt 0 ]
}

@test "networking works inside the machine" {
    ping -c 1 -W 5 127.0.0.1
}

@test "the file systems and devices that programs expect are there" {
    assert_dir_exists /proc/self/fd
    [ -c /dev/null ] && [ -c /dev/ttyS0 ] && [ -e /dev/fd/0 ]
    [ -w /tmp ] && [ -w /run ] && [ -w /dev/shm ] && [ -c /dev/pts/ptmx ]
}
