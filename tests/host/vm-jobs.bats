#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Which jobs check.sh of the VM bench runs, and in which order.

bats_load_library bats-support
bats_load_library bats-assert

jobs()
{
    "$BATS_TEST_DIRNAME/../vm/check.sh" --list "$@"
}

@test "what takes longest begins first, and each kernel has all files but those for another one" {
    run jobs box-6.12 debian-6.12
    assert_success
    assert_line --index 0 'box-6.12 suite'
    assert_line --index 1 'debian-6.12 suite'
    assert_line --index 2 'box-6.12 init.bats'
    assert_line 'box-6.12 power-cut.bats'
    assert_line 'debian-6.12 bench.bats'
    refute_line 'box-6.12 bench.bats'
    refute_line --partial storm
}

@test "a file may say which kernels are enough" {
    run jobs --full box-6.12 debian-6.12 box-6.1 debian-6.1
    assert_equal "$(grep -F daemons.bats <<<"$output" | tr '\n' ' ')" 'box-6.12 daemons.bats debian-6.12 daemons.bats '
}

@test "a cut after every single write is for check-full, and for who names it" {
    run jobs box-6.12
    refute_line --partial write-order
    run jobs --full box-6.12
    assert_line 'box-6.12 write-order.bats'
    assert_line 'box-6.12 suite'
    run jobs --only write-order box-6.12
    assert_output 'box-6.12 write-order.bats'
    run jobs --only suite box-6.12
    assert_output 'box-6.12 suite'
}

@test "check-full has every file, make check every file that does not say it is for check-full" {
    files=$(cd "$BATS_TEST_DIRNAME/../vm/boot" && grep -LE '^# only on kernel: debian-6.12$' ./*.bats | sed 's|^\./||' | sort)
    assert_equal "$(jobs --full box-6.12 | sed 's/^box-6.12 //' | grep -v '^suite$' | sort)" "$files"
    run grep -lx '# only in check-full' "$BATS_TEST_DIRNAME"/../vm/boot/*.bats
    assert_equal "$(wc -l <<<"$output")" 2
    assert_output --partial write-order.bats
    assert_output --partial daemons.bats
}
