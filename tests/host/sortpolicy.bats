#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# sortpolicy: which lines there are, in which order, and what is no policy.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    sortpolicy=$BATS_TEST_TMPDIR/tomoyo-sortpolicy
    ln -s "$box" "$sortpolicy"
    cd "$BATS_TEST_TMPDIR" || return
}

# sorts INPUT [LINE...]: that, with printf's escapes, below "<kernel> /a" gives exactly these lines.
sorts()
{
    printf '<kernel> /a\n%b\n' "$1" >input
    shift
    run --separate-stderr "$sortpolicy" input
    assert_success
    # shellcheck disable=SC2154 # set by run
    assert_equal "$stderr" ''
    assert_equal "$output" "$(printf '%s\n' '<kernel> /a' '' "$@")"
}

# warns INPUT MESSAGE LINE...: it says so, and these lines are in its output all the same.
warns()
{
    printf '%b' "$1" >input
    run --separate-stderr "$sortpolicy" input
    assert_success
    [[ $stderr == "tomoyo-sortpolicy: $2"* ]] || fail "$stderr"
    shift 2
    for line; do assert_line "$line"; done
}

@test "U-001 U-002 U-003 sortpolicy: every byte that is no character is a blank, and blanks are single" {
    sorts 'file  read\t/x\r' 'file read /x'
    sorts 'file\001read\0303\0251/x' 'file read /x'
    sorts '  file read /x \t' 'file read /x'
}

@test "U-004 sortpolicy: the last line needs no newline; with --compat it does" {
    printf '<kernel>\nfile read /a\nfile read /b' >input
    run "$sortpolicy" input
    assert_success
    assert_line 'file read /b'
    run "$sortpolicy" --compat <input
    assert_success
    assert_line 'file read /a'
    refute_line 'file read /b'
}

@test "U-005 sortpolicy: a NUL byte is told, and spelt; with --compat it ends the line" {
    warns '<kernel>\nfile read /nul\0000tail /z\nfile read /a\n' 'input:2:15: it holds a NUL byte, which is written as \000' \
        'file read /nul\000tail /z' 'file read /a'
    printf '<kernel>\nfile read /nul\0tail /z\n' >input
    run "$sortpolicy" --compat <input
    assert_success
    assert_line 'file read /nul'
}

@test "U-006 U-007 sortpolicy: nothing gives nothing; lines in front of the first domain are told" {
    run --separate-stderr "$sortpolicy" </dev/null
    assert_success
    assert_output ''
    warns '# a comment\n\nfile read /1\nfile read /2\n<kernel>\n' 'input:3: 2 lines are left out: no domain is named above' '<kernel>'
    warns '<kernel> /a\ndelete <kernel> /a\nfile read /1\n' 'input:3: one line is left out' # as the kernel does
    run --separate-stderr "$sortpolicy" "$BATS_TEST_DIRNAME/data/before-first-domain.domain"
    assert_failure 2
    assert_output ''
    assert_equal "$stderr" "tomoyo-sortpolicy: $BATS_TEST_DIRNAME/data/before-first-domain.domain:1: no domain is named above this line, nor below it; is this domain policy?"
    run --separate-stderr "$sortpolicy" --compat <"$BATS_TEST_DIRNAME/data/before-first-domain.domain"
    assert_success
    assert_equal "$output$stderr" ''
}

@test "U-008 sortpolicy: a comment is a line like any other" {
    sorts 'file read /a\n# text' '# text' 'file read /a'
}

@test "U-009 sortpolicy: a line of 5,000 bytes passes, one of 1,000,000, and a name of 600,000" {
    for size in 5000 70000 1000000; do
        { printf '<kernel>\n\nfile read /' && head -c $size /dev/zero | tr '\0' a && printf '\n\n'; } >input
        "$sortpolicy" input >output
        cmp input output
    done
    { printf '<kernel> /' && head -c 600000 /dev/zero | tr '\0' a && printf '\n\nfile read /a\n\n'; } >input
    "$sortpolicy" input >output
    cmp input output
}

@test "U-010 U-011 U-012 sortpolicy: each operation gets a line" {
    sorts 'file read/write/append /a' 'file append /a' 'file read /a' 'file write /a'
    sorts 'network inet stream bind/listen 1.2.3.4 80' 'network inet stream bind 1.2.3.4 80' \
        'network inet stream listen 1.2.3.4 80'
    sorts 'acl_group 3 file read/write /a' 'acl_group 3 file read /a' 'acl_group 3 file write /a'
}

@test "U-013 U-014 U-015 sortpolicy: empty operations are left out; with --compat one at the end is a line" {
    sorts 'file /read /d' 'file read /d'
    sorts 'file read//write /e' 'file read /e' 'file write /e'
    sorts 'file read/ /a' 'file read /a'
    run "$sortpolicy" --compat <input
    assert_output "$(printf '%s\n' '<kernel> /a' '' 'file  /a' 'file read /a')"
}

@test "U-016 sortpolicy: a line without any operation stays and is told; with --compat the input ends there" {
    for line in 'file / /b' 'file // /b' 'network inet raw / 1.2.3.4 1'; do
        printf '<kernel>\n %s\nfile read /later\n' "$line" >input
        run --separate-stderr "$sortpolicy" input
        assert_success
        assert_line "$line"
        assert_line 'file read /later'
        [[ $stderr == 'tomoyo-sortpolicy: input:2:'*': no operation is named; the line stays as it is' ]] || fail "$stderr"
        run "$sortpolicy" --compat <input
        assert_success
        assert_output '<kernel>'
    done
}

@test "U-017 U-018 sortpolicy: short lines and other directives stay" {
    for line in file 'file read' 'file read/write' network 'network inet' 'misc env A/B'; do
        sorts "$line" "$line"
    done
}

@test "U-019 U-020 sortpolicy: a domain that comes again is put together, a line that does is there once" {
    printf '<kernel> /b\nfile read /z\n<kernel> /a\nfile read /x\n<kernel> /b\nfile read /y\nfile read /z\n' >input
    run "$sortpolicy" input
    assert_output "$(printf '%s\n' '<kernel> /a' '' 'file read /x' '' '<kernel> /b' '' 'file read /y' 'file read /z')"
}

@test "U-021 sortpolicy: a deleted line is not there, unless it comes again" {
    sorts 'file read /q\nfile read /p\ndelete file read /q' 'file read /p'
    sorts 'file read /q\ndelete file read /q\nfile read /q' 'file read /q'
}

@test "U-022 U-023 U-024 U-025 sortpolicy: domains are deleted and selected" {
    cat >input <<'END'
<kernel>
<kernel> /a
file read /q
select <kernel>
file append /sel
delete <kernel> /a
file read /ignored
select <kernel> /none
file read /ignored
domain=<kernel> /dom
file read /d
END
    run --separate-stderr "$sortpolicy" input
    assert_output "$(printf '%s\n' '<kernel>' '' 'file append /sel' '' '<kernel> /dom' '' 'file read /d')"
}

@test "U-026 sortpolicy: a profile is a number from 0 to 255; with --compat any number, modulo 256" {
    while read -r text old; do
        warns "<kernel>\nuse_profile $text\nfile read /a\n" "input:2: 'use_profile $text' chooses no profile" \
            "use_profile $text" 'file read /a'
        run "$sortpolicy" --compat <input
        assert_success
        assert_line "use_profile $old"
    done <<'END'
300 44
-1 255
1x 1
99999999999 255
4294967296 0
END
}

@test "sortpolicy: what follows the number of a profile behind a blank does not count, as for the kernel" {
    run "$sortpolicy" "$BATS_TEST_DIRNAME/data/number-then-comment.domain"
    assert_success
    assert_output '<kernel> /usr/sbin/exampled
use_profile 3

file read /etc/exampled.conf
use_group 1 second group'
}

@test "U-027 U-028 U-029 sortpolicy: use_profile comes first, what is no number is a line" {
    sorts 'file read /a\nuse_profile x' 'file read /a' 'use_profile x'
    printf '<kernel>\nfile read /a\nuse_profile 3\n' >input
    printf '<kernel>\nuse_profile 3\n\nfile read /a\n\n' >expected
    "$sortpolicy" input >output
    cmp expected output
}

@test "U-030 sortpolicy: names and lines are in the order of bytes" {
    printf '%s\n' '<kernel> /b' z '<kernel> /a /b' '<kernel> /a.b' '<kernel> /a' b B a/ a '<kernel>' >input
    run "$sortpolicy" input
    assert_output "$(printf '%s\n' '<kernel>' '' '' '<kernel> /a' '' B a a/ b '' '<kernel> /a /b' '' '' '<kernel> /a.b' '' '' \
        '<kernel> /b' '' z)"
}

@test "U-031 sortpolicy: a wrong name of a domain is told with its place; with --compat in the old words" {
    warns '<kernel>\n<kernel> foo\nfile read /a\n' "input:2: '<kernel> foo' is not the name of a domain" '<kernel> foo' 'file read /a'
    run --separate-stderr "$sortpolicy" --compat <input
    assert_failure 1
    assert_output ''
    assert_equal "$stderr" "Invalid domainname '<kernel> foo'
Out of memory. Aborted."
}

@test "U-032 sortpolicy: which names are right" {
    for name in '<kernel> proc:/self/exe' '<ns/x> /a' '<a.b>'; do
        echo "$name" >input
        run "$sortpolicy" input
        assert_success
        assert_output "$name"
    done
    warns '<kernel> a.b:/x\n' "input:1: '<kernel> a.b:/x' is not"
}

@test "U-033 sortpolicy: operands are files; with --compat they are ignored" {
    printf '<kernel> /b\nfile read /x\n' >one
    printf 'file read /not-of-b\n<kernel> /a\n' >two
    run --separate-stderr "$sortpolicy" one - two <<<'<kernel> /c'
    assert_success
    assert_output "$(printf '%s\n' '<kernel> /a' '' '' '<kernel> /b' '' 'file read /x' '' '<kernel> /c')"
    run "$sortpolicy" --compat one </dev/null
    assert_success
    assert_output ''
    run "$sortpolicy" one nosuch
    assert_failure 2
    assert_output 'tomoyo-sortpolicy: cannot open nosuch: No such file or directory'
    run "$sortpolicy" .
    assert_failure 2
}

policy()
{
    awk -f "$BATS_TEST_DIRNAME/../vm/suite/data/make-policy.awk" -v domains="$1" -v lines="$2"
}

@test "U-034 U-035 U-250 sortpolicy: 71,000 lines, and sorted again they are the same" {
    policy 1000 66 >input
    "$sortpolicy" input >once
    "$sortpolicy" <once >twice
    cmp once twice
    assert_equal "$(grep -c '^<' once)" 1000
}

@test "sortpolicy: 100,000 domains take less than three times their size" {
    policy 100000 2 >input
    (ulimit -v $((3 * $(stat -c %s input) / 1024)) && exec "$sortpolicy" <input >output)
    assert_equal "$(grep -c '^<' output)" 100000
}

@test "sortpolicy as a textconv of git: only lines that are new or gone are shown" {
    export GIT_CONFIG_NOSYSTEM=1 HOME=$BATS_TEST_TMPDIR PATH=$BATS_TEST_TMPDIR:$PATH
    git init -q work && cd work
    git config diff.tomoyo.textconv tomoyo-sortpolicy
    git config diff.tomoyo.xfuncname '^(<.*)'
    echo 'policy.conf diff=tomoyo' >.gitattributes
    printf '%s\n' '<kernel> /b' 'file read/write /x' '<kernel> /a' 'file read /1' 'file read /2' 'file read /3' >policy.conf
    git add . && git -c user.name=n -c user.email=e commit -qm policy
    printf '%s\n' '<kernel> /a' 'file read /3' 'file read /2' 'file read /1' '<kernel> /b' 'file write /x' 'file read /x' >policy.conf
    run git diff
    assert_success
    assert_output ''
    echo 'file read /y' >>policy.conf
    run git diff -U0
    assert_line --regexp '^@@ .* @@ <kernel> /b$'
    assert_line '+file read /y'
    assert_equal "$(grep -c '^[+-][^+-]' <<<"$output")" 1
}

@test "sortpolicy reports a full disk" {
    run bash -c "echo '<kernel>' | '$sortpolicy' >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "sortpolicy --help has examples" {
    run "$sortpolicy" --help
    assert_success
    assert_line 'Examples:'
    run "$sortpolicy" --nosuch
    assert_failure 2
}
