#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves that every check of what the kernel must do has a test, and that no test has a check of its own making.

bats_load_library bats-support
bats_load_library bats-assert

checks=$BATS_TEST_DIRNAME/../vm/checks.sh

setup()
{
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '# comment\nK-001\t-\tone\nK-002\tD-07\ttwo\n' >list
    printf '@test "K-001 one" {\n' >a.bats
    printf '@test "K-002 two" {\n' >b.bats
}

@test "every check of the kernel has its test" {
    run "$checks"
    assert_success
    assert_output ''
}

@test "checks.sh: a list and tests that fit" {
    run "$checks" list a.bats b.bats
    assert_success
    assert_output ''
}

@test "checks.sh: several numbers in a title, and the same number twice in one file" {
    printf '@test "K-001 K-002 both" {\n@test "K-001 again" {\n' >a.bats
    run "$checks" list a.bats
    assert_success
}

@test "checks.sh: a check without a test" {
    run "$checks" list a.bats
    assert_failure 1
    assert_output 'K-002 has no test: two'
}

@test "checks.sh: a number in a comment or in a test's body is no test" {
    printf '# K-002\n    # @test K-002\n' >>a.bats
    run "$checks" list a.bats
    assert_failure 1
}

@test "checks.sh: a test whose check is not in the list" {
    printf '@test "K-003 three" {\n' >>b.bats
    run "$checks" list a.bats b.bats
    assert_failure 1
    assert_output 'b.bats:2: K-003 is not in the list'
}

@test "checks.sh: a check in two files" {
    printf '@test "K-001 one" {\n' >>b.bats
    run "$checks" list a.bats b.bats
    assert_failure 1
    assert_output 'b.bats:2: K-001 is also in a.bats'
}

@test "checks.sh: a list with a line that is none, and with a check twice" {
    printf 'K-003 - blanks\nK-002\t-\ttwo\n' >>list
    run "$checks" list a.bats b.bats
    assert_failure 1
    assert_line 'list:4: is no line of the list: K-003 - blanks'
    assert_line 'list:5: K-002 is listed twice'
}
