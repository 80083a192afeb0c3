#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# findtemp on policy files, with this system's root and with another one.

# shellcheck disable=SC2059,SC2154 # formats in variables; $stderr is set by run

bats_require_minimum_version 1.5.0

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin
    ln -s "$box" bin/tomoyo-findtemp
    PATH=$PWD/bin:$PATH
    here=$PWD
    touch file 'a b'
}

findtemp() # TEXT [OPTION...]
{
    local text=$1 # a format of printf
    shift
    printf "$text" >policy
    run -0 --separate-stderr tomoyo-findtemp "$@" policy
    assert_equal "$stderr" ''
}

@test "U-094 findtemp: what exists is not printed, what is missing once, in order" {
    findtemp "file read $here/no2 $here/file\nfile write $here/no1\nfile read $here/no2\n/etc/passwd /\n"
    assert_output "$here/no1
$here/no2"
    findtemp "$here/file/ $here/file/x $here/ $here/no/\n"
    assert_output "$here/file/
$here/file/x
$here/no/"
    ln -s nowhere link
    long=$here/$(printf 'x%.0s' {1..300})
    findtemp "$here/link $here/link/ $long\n"
    assert_output "$here/link/
$long"
}

@test "U-095 findtemp: patterns are not looked up; names are decoded, and printed encoded" {
    findtemp "$here/no\\\\* $here/\\\\{no\\\\}/ $here/a\\\\040b $here/c\\\\040d $here/no\\\\101 $here/e\\\\\\\\\n"
    assert_output "$here/c\\040d
$here/e\\\\"
    findtemp "/nox/\xc3\xa9 proc:/none fs(1:2):/none x/y \"/nox\"\n"
    assert_output ''
    findtemp "/etc\\\\000x\n"
    assert_output '/etc\000x'
}

@test "U-096 findtemp: also words of domain lines" {
    findtemp "<kernel> /nox /etc/passwd\nuse_profile 1\n\nfile read /noy\n"
    assert_output '/nox
/noy'
}

@test "U-097 findtemp: --all is the default; wrong usage" {
    findtemp '/nox /etc\n' --all
    assert_output /nox
    run -0 tomoyo-findtemp --help
    assert_line 'Examples:'
    run -2 --separate-stderr tomoyo-findtemp --al
    assert_equal "$stderr" "tomoyo-findtemp: unknown option '--al'; see 'tomoyo-findtemp --help'"
    run -2 tomoyo-findtemp --all --with-domainname policy
    for arguments in --al policy; do
        run -0 --separate-stderr --keep-empty-lines tomoyo-findtemp --compat "$arguments"
        assert_output 'tomoyo-findtemp < domain_policy

'
        assert_equal "$stderr" ''
    done
}

@test "U-098 findtemp --with-domainname: a blank line, the domain, the whole lines" {
    findtemp "<kernel> /nod\nfile read /etc\n<kernel> /noe\nuse_profile 1\n\nfile rename /nox /noy\nfile read /etc\nfile read /nox exec.argc=1\n" \
        --with-domainname
    assert_output '
<kernel> /noe
file rename /nox /noy
file read /nox exec.argc=1'
}

@test "D-18 findtemp --with-domainname: nothing in front of lines without domain; --compat: the old form" {
    findtemp "acl_group 0 file rename /nox /noy\n<kernel>\nfile read /etc /noz 1\n" --with-domainname
    assert_output 'acl_group 0 file rename /nox /noy

<kernel>
file read /etc /noz 1'
    run -0 tomoyo-findtemp --compat --with-domainname <policy
    assert_output '
(null)
acl_group 0 file rename /nox

<kernel>
file read /etc /noz'
}

@test "findtemp: several files, standard input, a last line without newline" {
    printf '<kernel>\nfile read /nob' >one
    run -0 tomoyo-findtemp one - <<<'file read /noa'
    assert_output '/noa
/nob'
    run -0 tomoyo-findtemp --with-domainname one - <<<'file read /noa'
    assert_output '
<kernel>
file read /nob
file read /noa'
    run -0 tomoyo-findtemp <one
    assert_output /nob
    run -2 --separate-stderr tomoyo-findtemp one none
    assert_equal "$stderr" 'tomoyo-findtemp: cannot open none: No such file or directory'
}

@test "findtemp --root: links and .. stay in the root file system" {
    mkdir -p root/usr/bin root/dir
    : >root/usr/bin/here
    ln -s /usr/bin root/bin
    ln -s ../../../../usr root/up
    ln -s "$here" root/out
    : >root/dir/x
    findtemp "/bin/here /bin/none /usr/bin/here /up/bin/here /up/bin/none /out /out/file /dir/ /dir/x/ /none/x /dir/x/y /\n" --root=root
    assert_output '/bin/none
/dir/x/
/dir/x/y
/none/x
/out/file
/up/bin/none'
    findtemp "$here/file /nox\n" --root=/
    assert_output /nox
    run -2 --separate-stderr tomoyo-findtemp --root=none policy
    assert_equal "$stderr" 'tomoyo-findtemp: cannot use none as root: No such file or directory'
}

@test "findtemp: a name that cannot be looked up is reported, and not called missing; --compat: it is missing" {
    mkdir closed
    chmod 0 closed
    printf '%s\n' "$here/closed/x" "$here/closed/y" "$here/a" >policy
    less=()
    [ "$(id -u)" != 0 ] || less=(setpriv "--bounding-set=-dac_override,-dac_read_search")
    run -2 --separate-stderr "${less[@]}" tomoyo-findtemp <policy
    assert_output "$here/a"
    assert_equal "$stderr" "tomoyo-findtemp: 2 of the names could not be looked up, such as $here/closed/x: Permission denied; run as root"
    run -0 "${less[@]}" tomoyo-findtemp --compat <policy
    assert_output "$here/a
$here/closed/x
$here/closed/y"
}

@test "findtemp: long lines, many names, a full disk" {
    name=/nox$(printf '%0200d' 0)
    printf '%s ' $(seq -f "$name%.0f" 5000) >policy
    run -0 bash -c 'tomoyo-findtemp policy | wc -lc'
    assert_output --regexp '^ *5000 +1043893$'
    run -0 bash -c 'tomoyo-findtemp --with-domainname policy | wc -c'
    assert_equal "$output" $(($(wc -c <policy) + 1))
    seq -f '/nox/%.0f' 100000 >policy
    run -0 bash -c 'cat policy policy | tomoyo-findtemp | sort -c && tomoyo-findtemp policy | wc -l'
    assert_output 100000
    run -2 bash -c 'tomoyo-findtemp policy >/dev/full'
    assert_output --partial 'No space left on device'
}

@test "findtemp --json: the list for programs" {
    printf 'file read /nox/b\nfile read /nox/a\nfile read %s\n' "$here/file" >policy
    assert_equal "$(tomoyo-findtemp --json policy | jq -c .)" '["/nox/a","/nox/b"]'
    assert_equal "$(tomoyo-findtemp --json </dev/null | jq -c .)" '[]'
    run -2 tomoyo-findtemp --json --with-domainname policy
}
