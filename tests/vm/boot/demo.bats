#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The demo keeps what it promises, and notices when it does not.

load ../vm
bats_load_library bats-support
bats_load_library bats-assert

@test "the demo learns the site, denies three attacks, and still does after a reboot" {
    run "$VM_BENCH/../demo/run.sh" "$VM_KERNEL" "$BATS_TEST_TMPDIR/demo" 3>&-
    assert_success
    assert_line '<kernel> /usr/sbin/httpd /www/cgi-bin/clock'
    assert_line 'file read/write /tmp/report.\$'
    assert_line --partial 'mode=enforcing granted=no'
    assert_line --partial 'demo: all 27 claims were true'
    refute_output --partial 'NOT TRUE'
    # Once before and once after the reboot.
    for denied in 'reading /etc/shadow' 'starting a shell' 'the reverse connection'; do
        assert_equal "$(grep -c "ok: DENIED: $denied" <<<"$output")" 2
    done
    assert [ -s "$BATS_TEST_TMPDIR/demo/console.log" ]
    assert [ -s "$BATS_TEST_TMPDIR/demo/disk.img" ]
    # Output that is not for a terminal has no colours.
    refute_output --partial $'\e['
}

@test "the demo fails, and says why, when the policy is not enforced" {
    tree=$BATS_TEST_TMPDIR/tree
    mkdir -p "$tree/tests" "$tree/build"
    cp -r "$VM_BENCH" "$VM_BENCH/../demo" "$tree/tests"
    cp "$VM_BENCH/../../build/tomoyo-box" "$tree/build"
    sed -i 's/tomoyo-setprofile -r 3/tomoyo-setprofile -r 2/' "$tree/tests/demo/root/usr/share/demo/first.sh"
    # The copy has no sources of a kernel.
    run "$tree/tests/demo/run.sh" "$("$VM_BENCH/kernel.sh" "$VM_KERNEL")" "$BATS_TEST_TMPDIR/demo" 3>&-
    assert_failure 1
    assert_line 'demo: this was not true: DENIED: reading /etc/shadow'
    assert_line 'demo: this was not true: DENIED: starting a shell'
    assert_line 'demo: this was not true: DENIED: the reverse connection'
    refute_line --partial '# tomoyo-pstree | grep httpd'
}
