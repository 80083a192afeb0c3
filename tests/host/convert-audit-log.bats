#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# convert-audit-log on records as the kernel writes them, and on broken ones.

# shellcheck disable=SC2154 # $stderr is set by run

bats_require_minimum_version 1.5.0

header='#2026/11/21 19:03:24# profile=3 mode=enforcing granted=no (global-pid=107)'
sample='#2026/11/21 19:02:41# profile=3 mode=enforcing granted=no (global-pid=117) task={ pid=117 ppid=1 uid=0 gid=0 euid=0 egid=0 suid=0 sgid=0 fsuid=0 fsgid=0 } path1={ uid=0 gid=0 ino=361 major=0 minor=2 perm=0755 type=file } path1.parent={ uid=0 gid=0 ino=42 perm=0755 } exec={ realpath="/tmp/bb" argc=3 envc=5 argv[]={ "/tmp/bb" "cat" "/init" } envp[]={ "SHLVL=2" "HOME=/root" "TERM=xterm" "PATH=/usr/sbin:/sbin:/bin:/usr/bin" "PWD=/" } }
<kernel> /tmp/bb
misc env SHLVL
'

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin
    ln -s "$box" bin/convert-audit-log
    PATH=$PWD/bin:$PATH
}

@test "U-197 convert-audit-log: conditions in the order task, path1, path1.parent, exec" {
    echo "$sample" >log
    run -0 --separate-stderr convert-audit-log --compat <log
    old=$output
    run -0 --separate-stderr convert-audit-log --conditions=all log
    assert_equal "$stderr" ''
    assert_equal "$output" "$old"
    assert_output '<kernel> /tmp/bb
misc env SHLVL task.pid=117 task.ppid=1 task.uid=0 task.gid=0 task.euid=0 task.egid=0 task.suid=0 task.sgid=0 task.fsuid=0 task.fsgid=0 path1.uid=0 path1.gid=0 path1.ino=361 path1.major=0 path1.minor=2 path1.perm=0755 path1.type=file path1.parent.uid=0 path1.parent.gid=0 path1.parent.ino=42 path1.parent.perm=0755 exec.realpath="/tmp/bb" exec.argc=3 exec.envc=5 exec.argv[0]="/tmp/bb" exec.argv[1]="cat" exec.argv[2]="/init" exec.envp["SHLVL"]="2" exec.envp["HOME"]="/root" exec.envp["TERM"]="xterm" exec.envp["PATH"]="/usr/sbin:/sbin:/bin:/usr/bin" exec.envp["PWD"]="/"'
}

@test "convert-audit-log --conditions: a denial becomes the line that grants it; no process and no file is named but with all" {
    echo "$sample" >log
    run -0 convert-audit-log log
    assert_output '<kernel> /tmp/bb
misc env SHLVL'
    run -0 convert-audit-log --conditions=none log
    assert_line --index 1 'misc env SHLVL'
    run -0 convert-audit-log --conditions=owner log
    assert_line --index 1 'misc env SHLVL task.uid=0 task.gid=0 task.euid=0 task.egid=0 task.suid=0 task.sgid=0 task.fsuid=0 task.fsgid=0 path1.uid=0 path1.gid=0 path1.parent.uid=0 path1.parent.gid=0'
    run -0 convert-audit-log --conditions=exec log
    assert_line --index 1 'misc env SHLVL exec.realpath="/tmp/bb" exec.argc=3 exec.envc=5 exec.argv[0]="/tmp/bb" exec.argv[1]="cat" exec.argv[2]="/init" exec.envp["SHLVL"]="2" exec.envp["HOME"]="/root" exec.envp["TERM"]="xterm" exec.envp["PATH"]="/usr/sbin:/sbin:/bin:/usr/bin" exec.envp["PWD"]="/"'
    for which in none owner exec all; do # what comes out is policy
        convert-audit-log --conditions=$which log >policy
        run -0 "$box" checkpolicy d policy
    done
    run -2 convert-audit-log --conditions=some log
    assert_output --partial "'some' is none of none|owner|exec|all"
}

@test "4.18 convert-audit-log: devices, second paths and symbolic links" {
    cat >log <<END
$header path1={ uid=0 perm=0666 type=char dev_major=1 dev_minor=3 } path2={ ino=1 } path2.parent={ uid=2 } symlink.target="a\\040b"
<kernel> //P
file symlink /w/sy
END
    run -0 convert-audit-log --conditions=all log
    assert_output '<kernel> //P
file symlink /w/sy path1.uid=0 path1.perm=0666 path1.type=char path1.dev_major=1 path1.dev_minor=3 path2.ino=1 path2.parent.uid=2 symlink.target="a\040b"'
}

@test "U-198 convert-audit-log: notes of profiles and groups are dropped; usage" {
    printf '%s\n<kernel>\n%s\n\n' "$header" 'use_profile 3' "$header" 'use_group 0' "$header" transition_failed >log
    run -0 convert-audit-log log
    assert_output '<kernel>
transition_failed'
    run -2 --separate-stderr convert-audit-log -x
    assert_equal "$stderr" "convert-audit-log: unknown option '-x'; see 'convert-audit-log --help'"
    for argument in -x log; do
        run -0 --separate-stderr convert-audit-log --compat "$argument"
        assert_output ''
        assert_equal "$stderr" 'Usage: convert-audit-log < grant_log or reject_log'
    done
}

@test "U-201 convert-audit-log: NUL bytes or blank lines between records, several files, standard input" {
    record=$header$'\n<kernel>\nmisc env '
    printf '%s\n' "${record}A" "${record}B" >file
    printf '%s\n\0%s\n\0' "${record}C" "${record}D" >raw
    printf '%s' "${record}E" >open
    run -0 convert-audit-log file raw - <open
    assert_output "$(printf '<kernel>\nmisc env %s\n' A B C D E)"
    run -0 convert-audit-log <raw
    assert_output "$(printf '<kernel>\nmisc env %s\n' C D)"
    run -0 convert-audit-log /dev/null
    assert_output ''
    run -2 --separate-stderr convert-audit-log file none
    assert_output "$(printf '<kernel>\nmisc env %s\n' A B)"
    assert_equal "$stderr" 'convert-audit-log: cannot open none: No such file or directory'
}

@test "convert-audit-log: a broken record is reported with its place, the others are converted" {
    record=$header$'\n<kernel>\nmisc env '
    printf '%s\n' "${record}A" "$header task={ pid=1" '<kernel>' 'file read /a' "$header" '' "${record}B" stray "$header" '<kernel>' >log
    run -2 --separate-stderr convert-audit-log log
    assert_output "$(printf '<kernel>\nmisc env %s\n' A B)"
    assert_equal "$stderr" "convert-audit-log: log:4:88: a '{' has no '}'; the record is left out
convert-audit-log: log:9: the record ends before the name of its domain; the record is left out
convert-audit-log: log:12: it is not part of a record, which begins with '#'; the record is left out
convert-audit-log: log:14: the record ends before its line of policy; the record is left out"
    run -0 --separate-stderr convert-audit-log --compat <log
    assert_output "$(printf '<kernel>\nmisc env %s\n' A B)"
    assert_equal "$stderr" ''
}

@test "convert-audit-log: shortened arguments do not cost the environment, a variable needs a name; --compat: as it was" {
    printf '%s\n' "$header exec={ argc=9 argv[]={ \"a\" ... } envp[]={ \"B=1\" \"=c\" } }" '<kernel>' 'misc env A' >log
    run -0 convert-audit-log --conditions=exec log
    assert_line --index 1 'misc env A exec.argc=9 exec.argv[0]="a" exec.envp["B"]="1"'
    run -0 convert-audit-log --compat <log
    assert_line --index 1 'misc env A exec.argc=9 exec.argv[0]="a"'
    sed -i 's/ \.\.\.//' log
    run -0 convert-audit-log --compat <log
    assert_line --index 1 'misc env A exec.argc=9 exec.argv[0]="a" exec.envp["B"]="1" exec.envp[""]="c"'
}

@test "convert-audit-log: a record of a megabyte, a full disk" {
    printf '%s exec={ argv[]={ "%01000000d" } }\n<kernel>\nmisc env A\n' "$header" 0 >log
    run -0 bash -c 'convert-audit-log --conditions=all log | wc -c'
    assert_output 1000036
    run -2 bash -c 'convert-audit-log log >/dev/full'
    assert_output --partial 'No space left on device'
}
