#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# What only a kernel can say of the policy that init-policy makes: that it takes every line, and that managers
# by domain name are those applets and no others.

bats_load_library bats-support
bats_load_library bats-assert

tomoyo=/sys/kernel/security/tomoyo

# in_kernel FILE: prints FILE of the kernel. Another suite may have made a second namespace: then the kernel puts
# the namespace before every line.
in_kernel() {
    case $1 in
    exception_policy) sed 's/^<kernel> //' $tomoyo/exception_policy ;;
    *) cat "$tomoyo/$1" ;;
    esac
}

setup() {
    for file in exception_policy manager; do
        in_kernel $file >"$BATS_TEST_TMPDIR/$file"
    done
}

teardown() {
    for file in exception_policy manager; do
        in_kernel $file | grep -vxFf "$BATS_TEST_TMPDIR/$file" >"$BATS_TEST_TMPDIR/new" || continue
        sed 's/^/delete /' "$BATS_TEST_TMPDIR/new" >$tomoyo/$file
    done
    echo 'delete <kernel> /init-policy' >$tomoyo/domain_policy
    grep -F "$BATS_TEST_TMPDIR" $tomoyo/domain_policy | sed -n 's/^</delete </p' >"$BATS_TEST_TMPDIR/new"
    cat "$BATS_TEST_TMPDIR/new" >$tomoyo/domain_policy
}

# program PATH...: makes executable files with all directories on their way.
program() {
    local path
    for path in "$@"; do
        mkdir -p "${path%/*}"
        printf '#!/bin/sh\n' >"$path"
        chmod 755 "$path"
    done
}

# assert_accepted FILE INTERFACE: loads FILE and finds every line of it in the kernel.
assert_accepted() {
    cat "$1" >"$tomoyo/$2"
    in_kernel "$2" >"$BATS_TEST_TMPDIR/read"
    run grep -vxFf "$BATS_TEST_TMPDIR/read" "$1"
    assert_output ''
}

@test "init-policy: the kernel accepts every line of the policy made for the running system" {
    etc=$BATS_TEST_TMPDIR/etc
    tomoyo-init-policy policy_dir="$etc"
    grep -qx 'initialize_domain /sbin/init from any' "$etc/exception_policy.conf"
    assert_accepted "$etc/exception_policy.conf" exception_policy
    assert_accepted "$etc/manager.conf" manager
}

@test "init-policy: the kernel accepts every line of the policy made for a distribution" {
    root=$BATS_TEST_TMPDIR/root
    program "$root"/usr/sbin/{ldconfig,sshd,modprobe,init} "$root"/usr/lib/systemd/systemd{,-journald} \
        "$root/etc/init.d/my script" "$root"/opt/lib/'a[b] c\d'.so
    ln -s usr/lib usr/sbin "$root"
    ln -s usr/sbin "$root/sbin"
    mkdir -p "$root/etc/rc3.d" "$root/usr/lib/x86_64-linux-gnu"
    ln -s '../init.d/my script' "$root/etc/rc3.d/S20my script"
    ln -s '/opt/lib/a[b] c\d.so' "$root/etc/localtime"
    touch "$root/usr/lib/ld-2.31.so"
    tomoyo-init-policy --root="$root"
    for word in keep_domain 'my\\040script' 'a\[b\]\\040c\\\\d' 'ld-2.\\\*.so'; do
        grep -q "$word" "$root/etc/tomoyo/policy/current/exception_policy.conf"
    done
    assert_accepted "$root/etc/tomoyo/policy/current/exception_policy.conf" exception_policy
}

@test "U-244 init-policy: a manager by domain name is that applet and no other of the same program" {
    dir=$BATS_TEST_TMPDIR/sbin
    mkdir "$dir"
    cp /bin/bash "$dir/tomoyo-box"
    for applet in loadpolicy editpolicy setlevel setprofile queryd pstree; do
        ln -s tomoyo-box "$dir/tomoyo-$applet"
    done
    tomoyo-init-policy policy_dir="$BATS_TEST_TMPDIR/etc" tools-dir="$dir"
    assert_equal "$(head -n 1 "$BATS_TEST_TMPDIR/etc/manager.conf")" "<kernel> $dir/tomoyo-loadpolicy"
    cat "$BATS_TEST_TMPDIR/etc/manager.conf" >$tomoyo/manager
    grep "$dir" "$BATS_TEST_TMPDIR/etc/exception_policy.conf" >$tomoyo/exception_policy

    write="echo '<kernel> /init-policy' >$tomoyo/domain_policy"
    for refused in tomoyo-pstree tomoyo-box; do
        run "$dir/$refused" -c "$write"
        assert_failure
        assert_output --partial 'Operation not permitted'
    done
    for allowed in loadpolicy editpolicy setlevel setprofile queryd; do
        run "$dir/tomoyo-$allowed" -c "$write"
        assert_success
    done
    grep -qx '<kernel> /init-policy' $tomoyo/domain_policy
}

@test "init-policy: the kernel names a program as init-policy does, through links in its directory" {
    mkdir -p "$BATS_TEST_TMPDIR/real"
    cp /bin/bash "$BATS_TEST_TMPDIR/real/program"
    ln -s real "$BATS_TEST_TMPDIR/link"
    ln -s program "$BATS_TEST_TMPDIR/real/applet"
    # shellcheck disable=SC2016 # it is bash in there that expands
    run "$BATS_TEST_TMPDIR/link/applet" -c 'echo "$(<$0)"' $tomoyo/self_domain
    assert_success
    assert_output --regexp " $BATS_TEST_TMPDIR/real/applet\$"
}
