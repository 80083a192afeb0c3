#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Boots with every kind of policy, root and console that tomoyo-init may meet: none hangs, none panics, and each boot
# says what it did.

# shellcheck disable=SC2030,SC2031 # bats runs each test in a subshell, and that is right

load ../vm
bats_load_library bats-support
bats_load_library bats-assert

# In a machine in which nothing triggers the loader it can be started by hand, as often as one likes. One of its
# tomoyo-post-init keeps it waiting for a minute, which is why it runs beside the other tests.
setup_file()
{
    local overlay
    rm -rf "$(vm_dir hand)"
    overlay=$(vm_overlay hand)
    vm_policy "$overlay"
    vm_script "$overlay" <<'END'
#!/bin/bash
mkdir /tmp/hang
printf '#!/bin/sh\nexec sleep 1000\n' >/tmp/hang/tomoyo-post-init
chmod 755 /tmp/hang/tomoyo-post-init
cp /etc/tomoyo/profile.conf /tmp/hang/
printf '<kernel>\nuse_profile 0\n' >/tmp/hang/domain_policy.conf
tomoyo-init -d /tmp/hang >/out/hang 2>&1 &

tomoyo-init TOMOYO=ask </dev/null >/out/eof 2>&1
echo "status $?" >>/out/eof
su user -c 'tomoyo-init' >/out/user 2>&1
echo "status $?" >>/out/user
su user -c 'tomoyo-init --compat' >/out/user-compat 2>&1
echo "status $?" >>/out/user-compat

# As the kernel starts it, in a machine that has neither a console nor /dev/null.
mv /dev/null /dev/nothing
rm /dev/console
tomoyo-init TOMOYO=missing TOMOYO_TIMEOUT=100 <&- >&- 2>&-
mv /dev/nothing /dev/null
wait
dmesg | grep tomoyo-init >/out/log-of-kernel
END
    {
        status=0
        vm_boot hand --overlay "$overlay" --run /vmrun --timeout 400 --silence 200 \
            --append TOMOYO_trigger=/none 2>"$BATS_FILE_TMPDIR/hand.trouble" || status=$?
        echo $status >"$BATS_FILE_TMPDIR/hand.status"
    } >/dev/null 3>&- &
    echo $! >"$BATS_FILE_TMPDIR/hand.pid"
}

teardown_file()
{
    [ -e "$BATS_FILE_TMPDIR/hand.status" ] || pkill -P "$(cat "$BATS_FILE_TMPDIR/hand.pid")"
}

setup()
{
    name=boot$BATS_TEST_NUMBER
    rm -rf "$(vm_dir "$name")" # what an earlier run has left there
    overlay=$(vm_overlay "$name")
    etc=$overlay/etc/tomoyo
    current=$etc/policy/26-01-01.00:00:00
    # What the guest does unless the test says otherwise: leave what the kernel holds.
    vm_script "$overlay" <<'END'
#!/bin/sh
cd /sys/kernel/security/tomoyo || exit 1
for file in profile manager exception_policy domain_policy stat; do cat $file >/out/$file; done
END
}

# boot [run.sh OPTION]...: boots with the test's overlay; the guest has to get to its init and to end well.
boot()
{
    vm_boot "$name" --overlay "$overlay" --run /vmrun --timeout 200 "$@"
    console=$(vm_console "$name")
    out=$(vm_out "$name")
    grep -F 'Mandatory Access Control activated.' <<<"$console"
}

# printed: what programs have printed. The kernel says things of its own in between, also in the middle of a line.
printed()
{
    sed -zE 's/\[ +[0-9]+\.[0-9]+\] [^\n]*\n//g' <<<"$console"
}

# said TEXT: the loader, or the kernel, said this.
said()
{
    { echo "$console" && printed; } | grep -F -- "$1" >/dev/null || fail "nobody said: $1
$console"
}

said_not()
{
    ! grep -F -- "$1" <<<"$console" || fail "somebody said: $1"
}

# in_kernel FILE LINE: the kernel's FILE has exactly this line.
in_kernel()
{
    grep -xF -- "$2" "$out/$1" || fail "no line '$2' in $1:
$(cat "$out/$1")"
}

# previous_policy: a snapshot of its own, recognizable by profile 9.
previous_policy()
{
    local previous=$etc/policy/25-01-01.00:00:00
    cp -a "$current" "$previous"
    echo '9-CONFIG={ mode=disabled grant_log=no reject_log=no }' >>"$previous/profile.conf"
    printf '<kernel>\nuse_profile 9\n' >"$previous/domain_policy.conf"
    ln -sfn "${previous##*/}" "$etc/policy/previous"
}

previous_in_force()
{
    said 'using the previous policy, /etc/tomoyo/policy/previous'
    in_kernel domain_policy 'use_profile 9'
}

# /sbin/init becomes a script that shows what was mounted when it began, then goes on with the bench's.
show_mounts()
{
    mkdir -p "$overlay/sbin"
    cp "$VM_BENCH/guest/init" "$overlay/sbin/bench-init"
    cat >"$overlay/sbin/init" <<'END'
#!/bin/sh
mkdir -p /proc
mount -t proc proc /proc
echo "mounted at first: $(cut -d ' ' -f 2 /proc/mounts | tr '\n' ' ')"
exec /sbin/bench-init
END
    chmod 755 "$overlay/sbin/init" "$overlay/sbin/bench-init"
}

@test "U-123 U-124 U-133 U-134 U-136 U-137 the usual boot: all is loaded, said in two lines, and nothing is left mounted" {
    cat >"$BATS_TEST_TMPDIR/post-init" <<'END'
#!/bin/sh
echo "post-init was run with $# arguments in $PWD, $(head -n 1 /proc/self/mounts | wc -l) root"
exit 7
END
    printf 'Memory used by policy: 50000000\nMemory used by audit log: 16777216\nMemory used by query message: 1048576' \
        >"$BATS_TEST_TMPDIR/stat" # and no newline at its end
    printf 'path_group G /g\nfile nonsense\ninitialize_domain /sbin/init from any' >"$BATS_TEST_TMPDIR/exception"
    printf '<kernel>\nuse_profile 1\nuse_group 0\nfile read /r\n<kernel> /x\nuse_profile 2\nfile write /w' \
        >"$BATS_TEST_TMPDIR/domain"
    vm_policy "$overlay" --post-init "$BATS_TEST_TMPDIR/post-init" --stat "$BATS_TEST_TMPDIR/stat" \
        --exception "$BATS_TEST_TMPDIR/exception" --domain "$BATS_TEST_TMPDIR/domain"
    show_mounts
    vm_script "$overlay" <<'END'
#!/bin/sh
cd /sys/kernel/security/tomoyo || exit 1
for file in profile manager exception_policy domain_policy stat; do cat $file >/out/$file; done
: >/out/again
for compat in '' --compat; do
    tomoyo-init $compat TOMOYO=disabled >>/out/again 2>&1
    echo "status $?" >>/out/again
    cat profile >"/out/profile-after$compat"
done
END
    boot
    [ "$(printed | grep -c 'post-init was run')" = 1 ]
    said 'post-init was run with 0 arguments in /etc/tomoyo, 1 root'
    # A kernel that looks for modules early has a domain more.
    printed | grep -xE '[2-4] domains\. 2 ACL entries\.'
    printed | grep -xE '[0-9]+ KB used by policy\.'
    said_not tomoyo-init:\ waiting
    printed | grep -xE 'mounted at first: / /proc '

    in_kernel exception_policy 'path_group G /g'
    in_kernel exception_policy 'initialize_domain /sbin/init from any'
    in_kernel domain_policy 'file read /r'
    in_kernel domain_policy 'file write /w'
    diff <(sort "$current/manager.conf") <(sort "$out/manager")
    diff "$current/profile.conf" "$out/profile"
    grep -E '^Memory used by policy: .*\(Quota: +50000000\)' "$out/stat"
    grep -E '^Memory used by query message: .*\(Quota: +1048576\)' "$out/stat"

    diff "$out/profile" "$out/profile-after"
    # tomoyo-tools load once more, for a manager.
    run grep -c 'mode=disabled' "$out/profile-after--compat"
    assert_output "$(grep -c 'mode=' "$out/profile")"
    assert_equal "$(sed -n 1,2p "$out/again")" 'tomoyo-init: the policy was loaded at boot already: nothing was changed; to change it use tomoyo-loadpolicy, or reboot
status 1'
    grep -xE '[0-9]+ domains\. [0-9]+ ACL entries\.' "$out/again"
    assert_equal "$(tail -n 1 "$out/again")" 'status 0'
}

@test "U-125 U-127 TOMOYO=NAME takes profile-NAME.conf, TOMOYO_NOLOAD leaves the domain policy out" {
    vm_policy "$overlay"
    { cat "$current/profile.conf" && echo '5-CONFIG={ mode=learning grant_log=no reject_log=no }'; } >"$etc/profile-test.conf"
    boot --append 'TOMOYO=test TOMOYO_NOLOAD'
    in_kernel profile '5-CONFIG={ mode=learning grant_log=no reject_log=no }'
    run grep -c use_group "$out/domain_policy"
    assert_output 0
    said_not 'tomoyo-init: '
}

@test "U-126 TOMOYO=disabled disables everything, and still loads the managers" {
    vm_policy "$overlay"
    boot --append TOMOYO=disabled
    in_kernel profile '0-COMMENT=disabled'
    in_kernel profile '0-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
    in_kernel domain_policy 'use_group 0'
    in_kernel manager /usr/sbin/tomoyo-box
}

@test "U-128 U-130 U-131 a profile that does not exist: the console offers a list and takes the answer" {
    vm_policy "$overlay"
    previous_policy
    for other in b a default disable; do cp "$current/profile.conf" "$etc/profile-$other.conf"; done
    cat >"$BATS_TEST_TMPDIR/input" <<'END'
wait > 
send nonsense
wait > 
send TOMOYO_NOLOAD
wait > 
send default
END
    boot --append 'TOMOYO=test TOMOYO_TIMEOUT=30' --input "$BATS_TEST_TMPDIR/input"
    said "TOMOYO: Specified profile doesn't exist."
    [ "$(printed | grep -c 'TOMOYO: Select a profile from the following list.')" = 3 ]
    assert_equal "$(printed | grep -A 6 -m 1 'TOMOYO: Select' | tail -n +2)" 'default
a
b
previous
disable
> nonsense'
    in_kernel profile '3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }'
    run grep -c use_group "$out/domain_policy"
    assert_output 0
}

@test "U-129 no profile.conf: the question ends in time, then the previous policy is used" {
    vm_policy "$overlay"
    previous_policy
    rm "$etc/profile.conf"
    boot --append 'TOMOYO_TIMEOUT=2'
    said "TOMOYO: Default profile doesn't exist."
    said 'nobody answered in time: using the previous policy'
    previous_in_force
}

@test "no profile.conf and no previous policy: nobody is asked for longer than allowed, then everything is disabled" {
    vm_policy "$overlay"
    rm "$etc/profile.conf" "$etc/policy/previous"
    printf 'wait > \nsend nonsense\nwait > \nsend more nonsense\n' >"$BATS_TEST_TMPDIR/input"
    boot --append 'TOMOYO=ask TOMOYO_TIMEOUT=2' --input "$BATS_TEST_TMPDIR/input"
    said 'tomoyo-init: nobody answered in time, and there is no usable previous policy: every access is allowed'
    in_kernel profile '0-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
}

@test "TOMOYO_TIMEOUT=0: nobody is asked" {
    vm_policy "$overlay"
    boot --append 'TOMOYO=missing TOMOYO_TIMEOUT=0'
    said 'TOMOYO_TIMEOUT=0 forbids to ask: using the default profile'
    said_not 'Select a profile'
    in_kernel domain_policy 'use_group 0'
}

@test "U-132 a profile of version 20110903 is upgraded" {
    vm_policy "$overlay"
    sed -i 's/^PROFILE_VERSION=.*/PROFILE_VERSION=20110903/' "$current/profile.conf"
    boot
    in_kernel profile PROFILE_VERSION=20150505
    said_not 'tomoyo-init: '
}

@test "U-251 a wrong profile version: repaired in the kernel" {
    vm_policy "$overlay"
    sed -i 's/^PROFILE_VERSION=.*/PROFILE_VERSION=20100903/' "$current/profile.conf"
    boot
    said 'tomoyo-init: /etc/tomoyo/profile.conf:1: PROFILE_VERSION=20100903 is not supported by the kernel'
    said 'tomoyo-init: there is no usable previous policy: loading this one and repairing it in the kernel'
    said 'tomoyo-init: PROFILE_VERSION=20100903 of <kernel> would stop the kernel: changed to 20150505'
    in_kernel profile PROFILE_VERSION=20150505
    in_kernel profile '3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }'
}

@test "U-251 a wrong profile version: the previous policy is used when it is in order" {
    vm_policy "$overlay"
    previous_policy
    sed -i 's/^PROFILE_VERSION=.*/PROFILE_VERSION=20100903/' "$current/profile.conf"
    boot
    said 'tomoyo-init: /etc/tomoyo/profile.conf:1: PROFILE_VERSION=20100903 is not supported by the kernel'
    previous_in_force
}

@test "U-252 profiles that no namespace defines are defined as disabled" {
    printf '<kernel>\nuse_profile 7\n<kernel> /a\nuse_profile 44\n<ns> /b\nuse_profile 2\n' >"$BATS_TEST_TMPDIR/domain"
    vm_policy "$overlay" --domain "$BATS_TEST_TMPDIR/domain"
    boot
    said "tomoyo-init: /etc/tomoyo/domain_policy.conf:2: profile 7 (used by '<kernel>') is not defined"
    said "profile 7 (used by '<kernel>') is not defined and would stop the kernel: defined it as disabled"
    said "profile 44 (used by '<kernel> /a') is not defined and would stop the kernel: defined it as disabled"
    said "profile 2 (used by '<ns> /b') is not defined and would stop the kernel: defined it as disabled"
    in_kernel profile '<kernel> 7-CONFIG={ mode=disabled grant_log=no reject_log=yes }'
    in_kernel profile '<ns> 2-CONFIG={ mode=disabled grant_log=no reject_log=yes }'
    in_kernel domain_policy 'use_profile 44'
}

@test "U-253 an empty profile.conf, and a post-init that does harm: repaired in the kernel" {
    : >"$BATS_TEST_TMPDIR/profile"
    cat >"$BATS_TEST_TMPDIR/post-init" <<'END'
#!/bin/sh
printf '<kernel> /late\nuse_profile 99\n' >/sys/kernel/security/tomoyo/domain_policy
END
    vm_policy "$overlay" --profile "$BATS_TEST_TMPDIR/profile" --post-init "$BATS_TEST_TMPDIR/post-init"
    boot
    said 'tomoyo-init: /etc/tomoyo/profile.conf: it defines no profile'
    said "profile 0 (used by '<kernel>') is not defined and would stop the kernel: defined it as disabled"
    said "profile 99 (used by '<kernel> /late') is not defined and would stop the kernel: defined it as disabled"
}

@test "a profile.conf that is cut off: the previous policy is used" {
    vm_policy "$overlay"
    previous_policy
    truncate -s -30 "$current/profile.conf"
    boot
    said 'tomoyo-init: /etc/tomoyo/profile.conf:13: the file ends in the middle of this line'
    previous_in_force
}

@test "U-255 current is missing: the previous policy is used without a question" {
    vm_policy "$overlay"
    previous_policy
    rm -r "$current" "$etc/policy/current"
    boot
    said "TOMOYO: Default profile doesn't exist."
    said 'tomoyo-init: the current policy is missing: using the previous policy, /etc/tomoyo/policy/previous'
    said_not 'Select a profile'
    previous_in_force
}

@test "no policy directory: everything is disabled" {
    boot
    said 'tomoyo-init: there is no directory /etc/tomoyo: nothing is loaded and every access is allowed'
    in_kernel profile '0-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
}

@test "plain files in /etc/tomoyo, no snapshots, domains that are devices and pipes: the boot goes on" {
    vm_policy "$overlay"
    rm "$etc"/*_policy.conf "$etc/manager.conf" "$etc/profile.conf"
    mv "$current/profile.conf" "$current/manager.conf" "$etc/"
    rm -r "$etc/policy"
    mkfifo "$etc/domain_policy.conf"
    mkdir "$etc/exception_policy.conf"
    boot
    said 'tomoyo-init: /etc/tomoyo/domain_policy.conf: it cannot be opened: Invalid argument'
    said 'tomoyo-init: cannot open /etc/tomoyo/exception_policy.conf: Is a directory'
    in_kernel profile '3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }'
    in_kernel manager /usr/sbin/tomoyo-box
}

@test "an enforcing <kernel> that may execute nothing becomes permissive" {
    printf '<kernel>\nuse_profile 3\nuse_group 1\n' >"$BATS_TEST_TMPDIR/domain"
    printf 'acl_group 2 file execute /sbin/init\nacl_group 1 file read /sbin/init\n' >"$BATS_TEST_TMPDIR/exception"
    vm_policy "$overlay" --domain "$BATS_TEST_TMPDIR/domain" --exception "$BATS_TEST_TMPDIR/exception"
    boot
    said "'<kernel>' enforces profile 3 and may execute nothing, /sbin/init could not start: gave it profile 2"
    in_kernel domain_policy 'use_profile 2'

    vm_boot "$name" --overlay "$overlay" --append TOMOYO_KEEP_ENFORCING --expect-panic
    console=$(vm_console "$name")
    said '(kept so by TOMOYO_KEEP_ENFORCING)'
    said 'Kernel panic - not syncing: No working init found.'
}

@test "a policy of 70,000 lines, one of them a megabyte long" {
    vm_policy "$overlay"
    awk 'BEGIN {
        print "<kernel>\nuse_profile 0"
        for (domain = 0; domain < 140; domain++) {
            print "<kernel> /usr/bin/d" domain "\nuse_profile 1"
            for (entry = 0; entry < 498; entry++) print "file read /srv/" domain "/" entry
        }
        printf "file write /"
        for (length_ = 0; length_ < 1000000; length_++) printf "x"
    }' >"$current/domain_policy.conf"
    vm_script "$overlay" <<'END'
#!/bin/sh
dmesg | grep -E 'Calling|Mandatory'
END
    boot --silence 60
    printed | grep -xE '14[12] domains\. 69721 ACL entries\.'
    said 'the last line has no newline: is the file complete?'
}

# disk_root DIRECTORY-COMMANDS...: makes $disk, a root file system from the base initrd and the overlay.
disk_root()
{
    local tree=$BATS_TEST_TMPDIR/tree
    mkdir "$tree"
    # The device nodes come last and are not needed: devtmpfs has them.
    (cd "$tree" && cpio --quiet -idm) <"${VM_CHECK_INITRD:-$(vm_base_initrd)}"
    cp -a "$overlay/." "$tree/"
    (cd "$tree" && eval "$1")
    disk=$BATS_TEST_TMPDIR/disk
    truncate -s 96M "$disk"
    mkfs.ext4 -q -O ^has_journal -d "$tree" "$disk"
}

@test "a read-only root, the loader being a hard link" {
    vm_policy "$overlay"
    disk_root 'rm sbin/modprobe sbin/tomoyo-init && ln usr/sbin/tomoyo-box sbin/tomoyo-init'
    vm_boot "$name" --no-initrd --disk "$disk" --append 'root=/dev/nvme0n1 ro init=/sbin/init' --run /vmrun
    console=$(vm_console "$name")
    out=$(vm_out "$name")
    said 'Mandatory Access Control activated.'
    # Nothing but <kernel>: this root has no modprobe that the kernel could have run.
    printed | grep -x '1 domain\. 0 ACL entry\.'
    said_not 'tomoyo-init: '
    in_kernel domain_policy 'use_group 0'
}

@test "a root without /proc, /sys and /dev: words are understood, policy is loaded" {
    vm_policy "$overlay"
    cp "$current/profile.conf" "$etc/profile-bare.conf"
    echo '8-CONFIG={ mode=disabled grant_log=no reject_log=no }' >>"$etc/profile-bare.conf"
    printf '<kernel>\nuse_profile 6\n' >"$current/domain_policy.conf"
    disk_root 'rm -r proc sys dev'
    vm_boot "$name" --no-initrd --disk "$disk" --append 'root=/dev/nvme0n1 rw init=/sbin/init TOMOYO=bare' --run /vmrun
    console=$(vm_console "$name")
    out=$(vm_out "$name")
    said 'Mandatory Access Control activated.'
    said "profile 6 (used by '<kernel>') is not defined and would stop the kernel: defined it as disabled"
    in_kernel profile '8-CONFIG={ mode=disabled grant_log=no reject_log=no }'
}

@test "U-133 by hand before the policy is in force: no answer, no console, no rights, a post-init that does not end" {
    local waited=0
    until [ -e "$BATS_FILE_TMPDIR/hand.status" ]; do
        [ $((waited += 1)) -lt 420 ] || fail 'the machine has not ended'
        sleep 1
    done
    assert_equal "$(cat "$BATS_FILE_TMPDIR/hand.status" "$BATS_FILE_TMPDIR/hand.trouble")" 0
    out=$(vm_out hand)
    assert_equal "$(grep -c 'TOMOYO: Select a profile' "$out/eof")" 1
    grep -x 'tomoyo-init: nobody answered in time: using the default profile' "$out/eof"
    grep -x 'status 1' "$out/eof"
    assert_equal "$(cat "$out/user")" 'tomoyo-init: cannot open /sys/kernel/security/tomoyo/domain_policy for writing: Permission denied; run as root
status 1'
    assert_equal "$(cat "$out/user-compat")" 'Fatal error while loading policy.
status 1'
    grep -F 'tomoyo-init: there is no console to ask at: using the default profile' "$out/log-of-kernel"
    grep -E 'tomoyo-init: [0-9]+ KB used by policy\.' "$out/log-of-kernel"
    grep -E 'tomoyo-init: waiting for /tmp/hang/tomoyo-post-init \(process [0-9]+\), 60 seconds at most' "$out/hang"
    grep -F 'tomoyo-init: /tmp/hang/tomoyo-post-init has not ended after 60 seconds: going on without it' "$out/hang"
    grep -E '[0-9]+ KB used by policy\.' "$out/hang"
}
