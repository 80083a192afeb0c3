#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-350 to K-359: how the kernel's module comes up, becomes active, and when it stops the machine instead.

load ../vm
bats_load_library bats-support
bats_load_library bats-assert

# One machine for all that does not end in a panic. Its trigger is a file that nothing executes by itself, and its
# loader is missing at first: so it is inactive until its script has seen enough of that.
setup_file()
{
    local overlay status=0
    rm -rf "$(vm_dir late)"
    overlay=$(vm_overlay late)
    mkdir "$overlay/late"
    # The trigger and the loader say who comes first; the loader also says how it was started.
    cat >"$overlay/late/trigger" <<'END'
#!/bin/bash
echo "trigger $*" >>/out/order
END
    cat >"$overlay/late/loader.later" <<'END'
#!/bin/bash
echo "loader with $# arguments" >>/out/order
printf '%s\n' PROFILE_VERSION=20110903 '0-CONFIG={ mode=disabled }' '3-CONFIG={ mode=enforcing }' \
    >/sys/kernel/security/tomoyo/profile
tr '\0' '\n' </proc/$$/environ >/out/environ
exit 7
END
    chmod 755 "$overlay"/late/*
    vm_script "$overlay" <<'END'
#!/bin/bash
cd /sys/kernel/security/tomoyo || exit 1
for file in domain_policy exception_policy profile manager; do cat $file >/out/fresh.$file; done

# domains: every process and its domain, kernel threads too.
domains()
{
    local pid line
    for pid in /proc/[0-9]*; do
        exec 5<>.process_status
        echo "${pid#/proc/}" >&5
        line=''
        read -r line <&5 || :
        exec 5>&-
        echo "$line"
    done
}
domains >/out/fresh.domains

# A program that no manager list could know, and a domain that enforces a profile that allows nothing.
cp /bin/bash /tmp/stranger
{
    /tmp/stranger -c "printf '%s\n' '3-CONFIG={ mode=enforcing }' >profile && echo written" 2>&1
    /tmp/stranger -c "printf '%s\n' '<kernel> /late' 'use_profile 9' 'file read /late' >domain_policy && echo written"
    /tmp/stranger -c "echo 'select <kernel>
use_profile 3' >domain_policy && echo written"
    # Only in <kernel> does an execution not lead to a child.
    /tmp/stranger -c "read -r domain <self_domain; echo \"\$domain\""
    # An enforcing profile: but there is no enforcing yet, nor a record of it.
    cat /etc/passwd >/dev/null && echo read
    cat audit | wc -c
    echo 'select <kernel>
use_profile 0' >domain_policy
    echo 'delete <kernel> /late' >domain_policy
} >/out/inactive 2>&1

# K-351
cp /bin/bash /bin/act
cp /bin/bash /bin/child
echo 'initialize_domain /bin/act' >exception_policy
where='read -r domain <self_domain; echo "$domain"'
/bin/act -c "$where; /bin/child -c '$where'" >/out/initialized

# active: whether a stranger is refused, and what the kernel has said so far.
active()
{
    /tmp/stranger -c "echo '<kernel> /refused' >domain_policy" 2>&1
    dmesg | grep -oE '(ot activating|alling|Mandatory Access Control activated|/late/).*'
}
/late/trigger without loader
active >/out/active.without
mv /late/loader.later /late/loader
# The same file by another name is not the trigger.
/late/../late/trigger other name
active >/out/active.other
/late/trigger for good
active >/out/active.good
/late/trigger once more
active >/out/active.again
cat profile >/out/converted
/bin/child -c 'read -r domain </sys/kernel/security/tomoyo/self_domain; echo "$domain"' >/out/active.domain
END
    vm_boot late --overlay "$overlay" --run /vmrun \
        --append 'TOMOYO_trigger=/late/trigger TOMOYO_loader=/late/loader' 2>"$BATS_FILE_TMPDIR/late.trouble" ||
        status=$?
    echo $status >"$BATS_FILE_TMPDIR/late.status"
}

setup()
{
    name=boot$BATS_TEST_NUMBER
    late=$(vm_out late)
}

@test "the machine that becomes active late has not met trouble" {
    assert_equal "$(cat "$BATS_FILE_TMPDIR/late.status" "$BATS_FILE_TMPDIR/late.trouble")" 0
}

@test "K-350 no loader: inactive, any root process writes policy, everything is in <kernel>" {
    assert_equal "$(cat "$late/inactive")" 'written
written
written
<kernel>
read
0'
    assert [ "$(wc -l <"$late/fresh.domains")" -gt 10 ]
    run grep -vE '^[0-9]+ 0 <kernel>$|^$' "$late/fresh.domains"
    assert_output ''
    # Looked for at each execution of the trigger, and missed.
    run cat "$late/active.without"
    refute_output --partial 'Operation not permitted'
    refute_output --partial 'activated'
    assert_output --partial '/late/loader'
}

@test "K-351 inactive: initialize_domain leads out of <kernel>, and from there executions lead on" {
    assert_equal "$(cat "$late/initialized")" '<kernel> /bin/act
<kernel> /bin/act /bin/child'
}

@test "K-352 the trigger's execution waits for the loader, and then the module is active" {
    assert_equal "$(cat "$late/order")" 'trigger without loader
trigger other name
loader with 0 arguments
trigger for good
trigger once more'
    assert_equal "$(sort "$late/environ" | grep -E '^(HOME|PATH)=')" 'HOME=/
PATH=/sbin:/bin:/usr/sbin:/usr/bin'
    run cat "$late/active.good"
    assert_output --partial 'Operation not permitted'
    assert_output --partial 'Mandatory Access Control activated.'
    # Once is enough.
    assert_equal "$(grep -c 'activated' "$late/active.again")" 1
}

# panics LOADER-TEXT...: a boot whose loader writes this to the policy files ends in a panic at the trigger.
panics()
{
    overlay=$(vm_overlay "$name")
    mkdir -p "$overlay/sbin"
    printf '%s\n' '#!/bin/bash' 'mount -t sysfs sysfs /sys' \
        'mount -t securityfs securityfs /sys/kernel/security' 'cd /sys/kernel/security/tomoyo' "$@" \
        >"$overlay/sbin/tomoyo-init"
    chmod 755 "$overlay/sbin/tomoyo-init"
    run vm_boot "$name" --overlay "$overlay" --expect-panic
    assert_success
}

# said REGEXP: the kernel said this before it panicked, and no program of the guest has run. Mainline and ours have
# their own words.
said()
{
    run grep -A 20 -E 'Run /sbin/init|bench: ' <<<"$(vm_console "$name")"
    assert_output --regexp "$1"
    refute_output --partial 'bench: init is up'
}

@test "K-353 a loader that defines nothing: panic at the trigger" {
    panics 'exit 0'
    said "Profile 0 \\(used by '<kernel>'\\) is not defined|domain '<kernel>' cannot be used: .*profile"
}

@test "K-354 a domain that uses a profile that is not defined: panic" {
    panics "echo '0-CONFIG={ mode=disabled }' >profile" "printf '<kernel> /a\nuse_profile 7\n' >domain_policy"
    said "Profile 7 \\(used by '<kernel> /a'\\) is not defined|domain '<kernel> /a' cannot be used: .*profile"
}

@test "K-355 PROFILE_VERSION=20110903 is converted when the module becomes active" {
    assert_equal "$(head -n 1 "$late/converted")" PROFILE_VERSION=20150505
}

@test "K-356 PROFILE_VERSION=1: panic" {
    panics "printf '%s\n' PROFILE_VERSION=1 '0-CONFIG={ mode=disabled }' >profile"
    said "Profile version 1 is not supported|domain '<kernel>' cannot be used: .*PROFILE_VERSION"
}

@test "K-357 TOMOYO_trigger= and TOMOYO_loader= name the paths, and a path is the text that was executed" {
    # /sbin/init has been executed, and nothing has happened.
    assert_equal "$(cat "$late/fresh.profile")" PROFILE_VERSION=20150505
    assert_equal "$(grep -c 'activated' "$late/active.other")" 0
    run cat "$late/active.good"
    assert_output --partial 'alling /late/loader to load policy'
}

@test "K-358 a fresh kernel's exception policy is the two built-in lines" {
    assert_equal "$(cat "$late/fresh.exception_policy")" 'initialize_domain /sbin/modprobe from any
initialize_domain /sbin/hotplug from any'
    assert_equal "$(cat "$late/fresh.manager")" ''
}

@test "K-359 a module that is not selected has no interface" {
    overlay=$(vm_overlay "$name")
    vm_script "$overlay" <<'END'
#!/bin/sh
cat /sys/kernel/security/lsm
[ ! -e /sys/kernel/security/tomoyo ] && ! dmesg | grep -F 'Calling /sbin/tomoyo-init'
END
    vm_boot "$name" --overlay "$overlay" --run /vmrun --lsm capability
    run vm_log "$name"
    assert_output --partial capability
    refute_output --partial tomoyo
}
