#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# repeat.sh finds the test that passes by chance.

bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    cd "$BATS_TEST_TMPDIR" || return 1
    export REPEAT_DIR=$PWD/logs
    repeat=$BATS_TEST_DIRNAME/../repeat.sh
}

# write FILE: a Bats file; TEST is @test there, which Bats would take for a test of this file.
write()
{
    sed 's/^ *TEST/@test/' >"$1"
}

@test "a test that fails in one run of three is named, with the run; the others are counted" {
    write chance.bats <<'END'
TEST "sure" { true; }
TEST "by chance" {
    echo >>"$BATS_TEST_DIRNAME/runs"
    [ "$(wc -l <"$BATS_TEST_DIRNAME/runs")" != 2 ]
}
END
    run "$repeat" chance.bats 3 3>&-
    assert_failure 1
    assert_line --index 0 --regexp '^# run 1 of 3: 2 passed, 0 failed, [0-9.]+ s$'
    assert_line --index 1 --regexp '^# run 2 of 3: 1 passed, 1 failed, [0-9.]+ s$'
    assert_line 'ok 1 - sure: 3 of 3'
    assert_line 'not ok 2 - by chance: failed 1 of 3, in run 2'
    assert_line --index 5 1..2
    # What the run itself said has been kept.
    run cat logs/chance/2.tap
    assert_line --partial 'not ok 2 by chance'
}

@test "a run that loses a test is noticed, and beside a load it runs as often again" {
    write lost.bats <<'END'
TEST "always" { true; }
END
    run "$repeat" lost.bats 1 '' 1 3>&-
    assert_success
    assert_line --regexp '^# run 2 of 2, beside a load: 1 passed'
    assert_line 'ok 1 - always: 2 of 2'

    write lost.bats <<'END'
if [ ! -e "$BATS_TEST_DIRNAME/other" ]; then
    TEST "sometimes" { touch "$BATS_TEST_DIRNAME/other"; }
fi
TEST "always" { true; }
END
    run "$repeat" lost.bats 2 3>&-
    assert_failure 1
    assert_line --partial 'sometimes: failed '
    assert_line 'ok 2 - always: 2 of 2'
}

@test "no file, a file that is missing, no number: said, with status 2" {
    run "$repeat" ''
    assert_failure 2
    assert_output --partial 'no file; say which'
    run "$repeat" missing.bats
    assert_failure 2
    assert_output 'repeat.sh: no file missing.bats'
    : >empty.bats
    run "$repeat" empty.bats x
    assert_failure 2
    assert_output --partial "N is 'x'"
    run "$repeat" empty.bats 1 3>&-
    assert_failure 1
    assert_line 'not ok 1 - no test has run'
}
