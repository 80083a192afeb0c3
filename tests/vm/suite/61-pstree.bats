#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves pstree on a running kernel.

# shellcheck disable=SC2030,SC2031 # bats runs each test in a subshell, and that is right

bats_load_library bats-support
bats_load_library bats-assert

reference=/opt/tomoyo-tools/sbin

teardown()
{
    [ -z "${child:-}" ] || kill "$child"
}

@test "U-172 pstree begins with process 1, and has itself below its parent" {
    run tomoyo-pstree
    assert_success
    assert_line --index 0 '  0 init (1) <kernel> /sbin/init'
    assert_line --regexp '^  0 +\+- tomoyo-pstree \([0-9]+\) <kernel> /sbin/init .* /usr/sbin/tomoyo-pstree$'
    refute_output --partial kthreadd
}

@test "pstree --modes and --json name the modes of profiles" {
    run tomoyo-pstree --modes
    assert_success
    assert_line --index 0 'disabled   init (1) <kernel> /sbin/init'
    tomoyo-pstree --json | grep -m 1 -Fx '    "mode": "disabled",'
}

# Two runs differ in what is short-lived: the tools and the shells around them.
lasting()
{
    grep -E "\\((1|$$|$PPID|$child)\\)"
}

@test "pstree prints what the reference prints" {
    sleep 100 3>&- &
    child=$!
    for option in '' -a; do
        # shellcheck disable=SC2086 # no option at all
        new=$(tomoyo-pstree $option | lasting)
        # shellcheck disable=SC2086 # no option at all
        assert_equal "$new" "$($reference/tomoyo-pstree $option | lasting)"
        assert_equal "$(wc -l <<<"$new")" 4
    done
}

# kernel_threads PSTREE: a line each; without workers, whose names change with their work.
kernel_threads()
{
    "$1" -a | grep '<kernel>$' | grep -v kworker
}

# of_those LINES TEXT: the lines of TEXT about threads that LINES are about; the third word is a thread's number.
of_those()
{
    # shellcheck disable=SC2016 # awk's own variable
    awk 'NR == FNR { there[$3]; next } $3 in there' <(echo "$1") <(echo "$2")
}

@test "U-173 pstree -a: kernel threads follow the tree, flat" {
    run tomoyo-pstree -a
    assert_success
    assert_line '  0 kthreadd (2) <kernel>'
    tree=$(grep -n tomoyo-pstree <<<"$output" | cut -d : -f 1)
    threads=$(grep -n 'kthreadd (2)' <<<"$output" | cut -d : -f 1)
    assert [ "$tree" -lt "$threads" ]
    run grep -c '<kernel>$' <<<"$output"
    assert [ "$output" -gt 10 ]
    # Threads come and go: who one lists before and after the other has looked must be in the other's list.
    theirs=$(kernel_threads $reference/tomoyo-pstree)
    ours=$(kernel_threads tomoyo-pstree)
    theirs_after=$(kernel_threads $reference/tomoyo-pstree)
    ours_after=$(kernel_threads tomoyo-pstree)
    lasting=$(of_those "$theirs_after" "$theirs")
    assert [ "$(wc -l <<<"$lasting")" -gt 10 ]
    assert_equal "$(of_those "$lasting" "$ours")" "$lasting"
    lasting=$(of_those "$ours_after" "$ours")
    assert_equal "$(of_those "$lasting" "$theirs_after")" "$lasting"
}

@test "U-174 pstree with an unknown option: wrong usage; with --compat the old text and success" {
    run tomoyo-pstree -x
    assert_failure 2
    run tomoyo-pstree --compat -x
    assert_success
    assert_output 'Usage: tomoyo-pstree [-a] [remote_ip:remote_port]'
    old=$output
    assert_equal "$old" "$(PATH=$reference tomoyo-pstree -x 2>&1)"
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

# has_descendants: the shells below $child have come as far as sleep; sets $branch.
has_descendants() { branch=$(tomoyo-pstree | grep -A 3 "bash ($child)") && [[ $branch == *sleep* ]]; }

@test "U-175 pstree encodes the name of a process" {
    odd=$'/tmp/a\\b\nc d'
    cp /bin/busybox "$odd"
    bash -c 'exec -a sleep "$0" 100' "$odd" 3>&- &
    child=$!
    until_true has_become "$odd"
    run tomoyo-pstree
    assert_success
    assert_line --partial "+- a\\\\b\\012c\\040d ($child) "
    line=$(grep -F "($child)" <<<"$output")
    assert_equal "$line" "$($reference/tomoyo-pstree | grep -F "($child)")"
    run tomoyo-pstree --json
    assert_line '    "name": "a\\b\u000ac d",'
}

@test "pstree --json has profile and domain of each process" {
    run tomoyo-pstree --json
    assert_success
    assert_line --index 0 '['
    assert_line --index 2 '    "pid": 1,'
    assert_output --partial '"domain": "<kernel> /sbin/init"'
    refute_output --partial '"kernel_thread": true'
    run tomoyo-pstree -a --json
    assert_output --partial '"kernel_thread": true'
}

@test "pstree: four blanks for every generation" {
    # Each shell has something left to do, and so cannot become its child.
    bash -c 'bash -c "bash -c \"sleep 100; :\"; :"; :' 3>&- &
    child=$!
    until_true has_descendants
    mapfile -t branch <<<"$branch"
    indent=${branch[0]%%+*}
    assert_equal $(((${#indent} - 5) % 4)) 0
    for depth in 0 1 2 3; do
        [[ ${branch[depth]} == "$indent+- "[bs]* ]] || fail "not at depth $depth: ${branch[depth]}"
        indent+='    '
    done
    [[ ${branch[3]} =~ sleep\ \(([0-9]+)\) ]]
    kill "${BASH_REMATCH[1]}"
    wait "$child"
    child=''
}

@test "pstree goes on when processes vanish" {
    (while :; do /bin/true; done) 3>&- &
    child=$!
    for _ in $(seq 20); do
        run tomoyo-pstree
        assert_success
        assert_line --index 0 '  0 init (1) <kernel> /sbin/init'
    done
}

@test "pstree without the right to look says so; with --compat in the old words" {
    run su user -c tomoyo-pstree
    assert_failure 1
    assert_output --partial 'Permission denied; run as root'
    run su user -c 'tomoyo-pstree --compat'
    assert_failure 1
    assert_output "You can't use this command for this kernel."
}
