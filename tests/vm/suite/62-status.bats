#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves status on a kernel where TOMOYO is active. Every other state is in ../boot/status.bats.

bats_load_library bats-support
bats_load_library bats-assert

tomoyo=/sys/kernel/security/tomoyo

setup()
{
    printf '%s\n' '65-COMMENT=status' '65-CONFIG={ mode=disabled }' '65-CONFIG::file::open={ mode=enforcing }' \
        >$tomoyo/profile
    printf '%s\n' '<kernel> /t62' 'use_profile 65' 'file read /t62/1' 'file read /t62/2' \
        '<kernel> /t62 /t62/full' 'use_profile 65' 'quota_exceeded' 'use_group 3' >$tomoyo/domain_policy
}

teardown()
{
    printf '%s\n' 'delete <kernel> /t62' 'delete <kernel> /t62 /t62/full' >$tomoyo/domain_policy
}

# count TITLE: the number behind it
count()
{
    sed -n "s/^  $1  *\\([0-9]*\\).*/\\1/p" <<<"$output"
}

@test "status: TOMOYO is active, and how we know" {
    run tomoyo-status
    assert_success
    assert_line --index 0 'TOMOYO 2.6.0 is active'
    assert_line --regexp '^  compiled in +yes '
    assert_line --regexp '^  enabled +yes +/sys/kernel/security/lsm: .*tomoyo'
    assert_line --regexp '^  initialised +yes +/sys/kernel/security/tomoyo$'
    assert_line --regexp '^  activated +yes +'
    assert_line --regexp '^  policy loader +yes +/sbin/tomoyo-init$'
    assert_line --regexp '^  policy on disk +yes +/etc/tomoyo$'
    assert_line --regexp '^  manager +yes '
    refute_output --partial $'\033'
}

@test "status counts what is in the policy" {
    local policy
    # A program's first execution makes a domain: the policy is read by the shell, and status has run before.
    tomoyo-status >/dev/null
    policy=$(<$tomoyo/domain_policy)
    run tomoyo-status
    assert_equal "$(count domains)" "$(grep -c '^<' <<<"$policy")"
    assert_equal "$(count 'entries in domains')" "$(grep -cE '^(file|network|misc|task) ' <<<"$policy")"
    assert_equal "$(count 'lines of exception policy')" "$(grep -c . $tomoyo/exception_policy)"
    assert_equal "$(count managers)" "$(grep -c . $tomoyo/manager)"
    assert [ "$(count '  that stopped learning (quota)')" -ge 1 ]
}

@test "status shows memory and violations as the kernel counts them" {
    run tomoyo-status
    assert_line --regexp '^  Policy update +[0-9]+  \(Last: [0-9/]+ [0-9:]+\)$'
    assert_line --regexp '^  Policy violation in enforcing mode +[0-9]+'
    assert_line --regexp '^  Memory used by policy +[1-9][0-9]+'
    assert_line --regexp '^  Memory used by audit log +[0-9]+  \(Quota: 16777216\)'
    assert_line --regexp '^  Total memory used +[1-9]'
}

@test "status shows who uses each profile" {
    run tomoyo-status
    assert_line --regexp '^  65 +disabled \(also enforcing\) +2 +0  status$'
    assert_line --regexp '^  0 +disabled +[1-9][0-9]* +[1-9][0-9]*  -----Disabled Mode-----$'
    assert_line --regexp '^  1 +learning +[0-9]+ +[0-9]+  -----Learning Mode-----$'
}

@test "status --json says the same" {
    run tomoyo-status --json
    assert_success
    assert_line '  "version": "2.6.0",'
    assert_line '  "interface": "/sys/kernel/security/tomoyo",'
    assert_output --partial '"activated": {
    "answer": true,'
    assert_output --partial '"manager": {
    "answer": true,'
    assert_line '      "comment": "status",'
    assert_line '      "title": "Policy violation in enforcing mode",'
}

@test "status --quiet is for scripts" {
    run tomoyo-status -q
    assert_success
    assert_output ''
}

@test "status --require: is a domain in this mode" {
    run tomoyo-status -q --require enforcing
    assert_success
    teardown
    printf '65-CONFIG::file::open=use_default\n' >$tomoyo/profile
    if grep -q '^use_profile 3$' $tomoyo/domain_policy; then fail 'another suite has left an enforcing domain'; fi
    run tomoyo-status -q --require enforcing
    assert_failure 1
    run tomoyo-status --require strict
    assert_failure 2
    assert_output --partial "'strict' is none of learning|permissive|enforcing"
}

@test "status changes nothing" {
    before=$(cat $tomoyo/{profile,manager,exception_policy,domain_policy})
    tomoyo-status >/dev/null
    tomoyo-status -q
    assert_equal "$(cat $tomoyo/{profile,manager,exception_policy,domain_policy})" "$before"
}

@test "status sees from the refusal that TOMOYO is active, and says who is no manager" {
    mkdir -p /tmp/t62
    cp /usr/sbin/tomoyo-box /tmp/t62/
    echo 'delete /usr/sbin/tomoyo-box' >$tomoyo/manager
    run /tmp/t62/tomoyo-box status
    echo /usr/sbin/tomoyo-box >$tomoyo/manager
    assert_success
    assert_line --regexp '^  activated +yes +the kernel refuses policy from this program$'
    assert_line --regexp "^  manager +no +tomoyo-setprofile may not change the policy: neither /usr/sbin/tomoyo-box nor the domain '<kernel> /usr/sbin/tomoyo-setprofile' is a manager$"
    assert_line '  tomoyo-box help managers'
}

@test "status raises no alarm where the tools may change the policy, by their path or as init-policy writes it" {
    cp /usr/sbin/tomoyo-box /tmp/t62/
    run /tmp/t62/tomoyo-box status
    assert_line --regexp '^  manager +yes +tomoyo-loadpolicy and tomoyo-setprofile may change the policy; this program need not$'
    refute_line '  tomoyo-box help managers'
    tomoyo-init-policy policy_dir=/tmp/t62/etc 2>/dev/null
    grep '^<kernel> /usr/sbin/tomoyo-' /tmp/t62/etc/manager.conf >/tmp/t62/managers
    grep '^initialize_domain /usr/sbin/tomoyo-' /tmp/t62/etc/exception_policy.conf >/tmp/t62/rules
    cat /tmp/t62/rules >$tomoyo/exception_policy
    { echo 'delete /usr/sbin/tomoyo-box' && cat /tmp/t62/managers; } >$tomoyo/manager
    run /usr/sbin/tomoyo-status
    echo /usr/sbin/tomoyo-box >$tomoyo/manager
    sed 's/^/delete /' /tmp/t62/managers >$tomoyo/manager
    sed 's/^/delete /' /tmp/t62/rules >$tomoyo/exception_policy
    assert_line --regexp '^  manager +yes +tomoyo-loadpolicy and tomoyo-setprofile may'
    refute_line '  tomoyo-box help managers'
}

@test "status for an ordinary user: what can be known, what cannot, and what to do" {
    run su user -c tomoyo-status
    assert_success
    assert_line --index 0 'TOMOYO 2.4 or later is active'
    assert_line --regexp '^  activated +yes +this process is in the domain <kernel> /sbin/init .*/usr/sbin/tomoyo-status$'
    assert_line "  $tomoyo/domain_policy: Permission denied"
    assert_line '  sudo tomoyo-status'
    run su user -c 'tomoyo-status -q --require learning'
    assert_failure 2
}
