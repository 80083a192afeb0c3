#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# pstree, with an empty file in the place of .process_status: the processes are those of this system, their
# domains are unknown.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    pstree=$BATS_TEST_TMPDIR/tomoyo-pstree
    ln -s "$box" "$pstree"
    export TOMOYO_INTERFACE=$BATS_TEST_TMPDIR/interface
    mkdir "$TOMOYO_INTERFACE"
    reset_interface
}

# Questions stay in the file, and would be read as answers to later ones.
reset_interface()
{
    : >"$TOMOYO_INTERFACE/.process_status"
}

teardown()
{
    [ -z "${child:-}" ] || kill "$child"
}

pstree()
{
    reset_interface
    "$pstree" "$@"
}

@test "U-176 pstree without TOMOYO: the message, and 1; with --compat the old words" {
    unset TOMOYO_INTERFACE
    run "$pstree"
    assert_failure 1
    assert_output --partial 'tomoyo-pstree: this kernel offers no TOMOYO'
    run "$pstree" --compat
    assert_failure 1
    assert_output "You can't use this command for this kernel."
}

# Whether process 1 can be seen, and is an ancestor of the tests, depends on the system: trees are proved in ../vm/suite.
@test "U-172 pstree: itself is in the list" {
    run pstree
    assert_success
    assert_line --regexp '^  0 +(\+- )?tomoyo-pstree \([0-9]+\) <UNKNOWN>$'
}

@test "pstree --json: an object for every process" {
    run pstree
    assert_line --partial " ($$) <UNKNOWN>"
    run pstree --json
    assert_line --index 0 '['
    assert_line --index 2 --regexp '^    "pid": [0-9]+,$'
    assert_line --index 4 '    "depth": 0,'
    assert_output --partial '"domain": null'
    assert_line "    \"pid\": $$,"
    assert_line "    \"ppid\": $PPID,"
}

@test "U-174 pstree: wrong usage" {
    for arguments in -x 1.2.3.4:7000 '-a -b'; do
        # shellcheck disable=SC2086 # several arguments
        run "$pstree" $arguments
        assert_failure 2
    done
    run --separate-stderr "$pstree" --compat -x
    assert_success
    assert_output ''
    # shellcheck disable=SC2154 # set by run
    assert_equal "$stderr" 'Usage: tomoyo-pstree [-a] [remote_ip:remote_port]'
}

# until_true COMMAND...: waits for it, and says so when that is in vain.
until_true()
{
    local naps=0
    until "$@"; do
        [ $((naps += 1)) -lt 600 ] || fail "waited in vain for: $*"
        sleep 0.1
    done
}

# has_become PROGRAM: $child executes it by now.
has_become() { [ "$(readlink "/proc/$child/exe")" = "$1" ]; }

# has_zombie: $child has a child that has ended, which is then $zombie.
has_zombie() { zombie=$(pgrep -r Z -P "$child"); }

@test "U-175 pstree: odd bytes in the name of a process" {
    odd=$BATS_TEST_TMPDIR/$'a\\b\nc d'
    cp "$(command -v sleep)" "$odd"
    "$odd" 100 3>&- &
    child=$!
    until_true has_become "$odd"
    run pstree
    assert_line --partial "a\\\\b\\012c\\040d ($child) "
}

@test "pstree calls a process that has ended a zombie, not a kernel thread" {
    # It ends when nobody is left who would reap it.
    bash -c '(until [ "$(</proc/$$/comm)" = sleep ]; do :; done) & exec sleep 100' 3>&- &
    child=$!
    until_true has_zombie
    run pstree
    refute_line --partial "($zombie)"
    run pstree -a --json
    assert_output --partial "\"pid\": $zombie,
    \"ppid\": $child,"
    run grep -A 5 "\"pid\": $zombie," <<<"$output"
    assert_line '    "kernel_thread": false,'
    assert_line '    "zombie": true,'
}

@test "pstree reports a full disk, and an interface that is none" {
    run bash -c "'$pstree' >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
    rm "$TOMOYO_INTERFACE/.process_status"
    run "$pstree"
    assert_failure 2
    assert_output --partial "cannot open $TOMOYO_INTERFACE/.process_status"
}

@test "pstree --help has examples" {
    run "$pstree" --help
    assert_success
    assert_line 'Examples:'
}

@test "pstree --modes: modes in place of numbers; --json has both" {
    echo '<kernel> 3-CONFIG={ mode=enforcing }' >"$TOMOYO_INTERFACE/profile"
    run pstree --modes
    assert_success
    assert_line --regexp '^- +.* \([0-9]+\) <UNKNOWN>$'
    assert_equal "$(pstree --json | jq -c 'map(.mode) | unique')" '[null]'
}
