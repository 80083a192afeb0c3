#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# selectpolicy: which parts of a policy are printed, and that they are what they were.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    selectpolicy=$BATS_TEST_TMPDIR/tomoyo-selectpolicy
    ln -s "$box" "$selectpolicy"
    cd "$BATS_TEST_TMPDIR" || return
    cat >input <<'END'
file read /before
<kernel>
use_profile 1

<kernel> /b
use_profile 2

file read/write   /x

<kernel> /b /c
delete <kernel> /b
select <kernel>
<kernel> /bc
# comment
<ns> /b

<kernel> /b
file read /again
END
}

# selects OPERAND... -- LINE...: from input, on standard input.
selects()
{
    local operands=()
    while [ "$1" != -- ]; do
        operands+=("$1")
        shift
    done
    shift
    "$selectpolicy" "${operands[@]}" <input >output
    printf '%s\n' "$@" | diff - output
}

@test "U-036 selectpolicy without arguments: wrong usage; with --compat the old words and 0" {
    run --separate-stderr "$selectpolicy" <input
    assert_failure 2
    assert_output ''
    run --separate-stderr "$selectpolicy" --compat <input
    assert_success
    assert_output ''
    # shellcheck disable=SC2154 # set by run
    assert_equal "$stderr" 'tomoyo-selectpolicy [-r] domainname [domainname ...] < domain_policy'
}

@test "U-037 U-042 U-044 selectpolicy: each block of a domain, with blank lines and operations as they are" {
    selects '<kernel> /b' -- '<kernel> /b' 'use_profile 2' '' 'file read/write /x' '' '<kernel> /b' 'file read /again'
}

@test "U-038 U-039 selectpolicy -r: a domain and what is below, not what begins alike" {
    selects -r '<kernel> /b' -- '<kernel> /b' 'use_profile 2' '' 'file read/write /x' '' '<kernel> /b /c' \
        'delete <kernel> /b' 'select <kernel>' '<kernel> /b' 'file read /again'
}

@test "U-040 U-041 selectpolicy: several domains are in the order of the file, blanks in operands do not count" {
    selects '<kernel>   /bc ' '<kernel>' -- '<kernel>' 'use_profile 1' '' '<kernel> /bc' '# comment'
}

@test "U-043 selectpolicy: a domain that is not there is told; when none is there, or with --strict one is not, it is a negative answer" {
    for name in '<kernel> /nosuch' '<ker' x; do
        run --separate-stderr "$selectpolicy" "$name" <input
        assert_failure 1
        assert_output ''
        assert_equal "$stderr" "tomoyo-selectpolicy: no domain is named '$name'"
        run --separate-stderr "$selectpolicy" '<kernel> /bc' "$name" <input
        assert_success
        assert_line '<kernel> /bc'
        run --separate-stderr "$selectpolicy" -s '<kernel> /bc' "$name" <input
        assert_failure 1
        assert_line '<kernel> /bc'
        run "$selectpolicy" --compat "$name" <input
        assert_success
        assert_output ''
    done
    run "$selectpolicy" --strict '<kernel>' <input
    assert_success
}

@test "selectpolicy --pattern: whole names, or their last words" {
    selects -p '/b' -- '<kernel> /b' 'use_profile 2' '' 'file read/write /x' '' '<ns> /b' '' '<kernel> /b' 'file read /again'
    selects -p '<kernel> /b\*' -- '<kernel> /b' 'use_profile 2' '' 'file read/write /x' '' '<kernel> /bc' '# comment' \
        '<kernel> /b' 'file read /again'
    run "$selectpolicy" -p '/nosuch\*' <input
    assert_failure 1
    assert_output "tomoyo-selectpolicy: no domain matches '/nosuch\\*'"
    run bash -c "'$selectpolicy' -r -p '/b' <input | grep -c '^<kernel> /b /c'"
    assert_output 1
}

@test "selectpolicy --file: files instead of standard input, none of which continues the one before it" {
    printf '<kernel> /b\nlast' >one
    printf 'first\n<kernel> /b\nsecond\n' >two
    run "$selectpolicy" -f one --file=two -f - '<kernel> /b' <<<'<kernel> /b'
    assert_success
    assert_output "$(printf '%s\n' '<kernel> /b' last '<kernel> /b' second '<kernel> /b')"
    run "$selectpolicy" -f nosuch '<kernel>'
    assert_failure 2
    assert_output 'tomoyo-selectpolicy: cannot open nosuch: No such file or directory'
}

@test "U-004 U-005 selectpolicy: a last line without newline counts, a NUL byte is spelt; not so with --compat" {
    printf '<kernel>\na\0b\nlast' >input
    run --separate-stderr "$selectpolicy" '<kernel>' <input
    assert_success
    assert_output "$(printf '%s\n' '<kernel>' 'a\000b' last)"
    assert_equal "$stderr" 'tomoyo-selectpolicy: standard input:2:2: it holds a NUL byte, which is written as \000; mend the line'
    run "$selectpolicy" --compat '<kernel>' <input
    assert_success
    assert_output "$(printf '%s\n' '<kernel>' a)"
    printf '<kernel>\na\nlast' >input
    selects '<kernel>' -- '<kernel>' a last
}

@test "U-009 selectpolicy: a line of 1,000,000 bytes and a name of 600,000 pass" {
    {
        printf '<kernel> /' && head -c 600000 /dev/zero | tr '\0' a
        printf '\nfile read /' && head -c 1000000 /dev/zero | tr '\0' b && echo
    } >input
    "$selectpolicy" -r '<kernel>' <input >output
    cmp input output
}

@test "selectpolicy --compat: -r is an option as the first word only, every other word is a name" {
    run --separate-stderr "$selectpolicy" --compat '<kernel> /bc' -r -x <input
    assert_success
    assert_equal "$output$stderr" "$(printf '%s\n' '<kernel> /bc' '# comment')"
    run "$selectpolicy" -x <input
    assert_failure 2
}

@test "selectpolicy reports a full disk" {
    run bash -c "'$selectpolicy' '<kernel>' <input >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "selectpolicy --help has examples" {
    run "$selectpolicy" --help
    assert_success
    assert_line 'Examples:'
}

@test "selectpolicy --json: domains with their lines" {
    printf '<kernel>\nuse_profile 1\n\nfile read /"a\n<kernel> /b\nuse_profile 2\n' >policy
    assert_equal "$("$selectpolicy" --json -r -f policy '<kernel>' | jq -c .)" \
        '[{"domain":"<kernel>","lines":["use_profile 1","file read /\"a"]},{"domain":"<kernel> /b","lines":["use_profile 2"]}]'
    assert_equal "$("$selectpolicy" --json -f policy '<kernel> /b' | jq -c 'map(.domain)')" '["<kernel> /b"]'
    run -1 --separate-stderr "$selectpolicy" --json -f policy '<kernel> /none'
    assert_equal "$(jq -c . <<<"$output")" '[]'
}
