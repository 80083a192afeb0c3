#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# diffpolicy: what leads from one policy to another, for the kernel, for people and for programs.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    diffpolicy=$BATS_TEST_TMPDIR/tomoyo-diffpolicy
    ln -s "$box" "$diffpolicy"
    cd "$BATS_TEST_TMPDIR" || return
    unset NO_COLOR
}

# differ [OPTION...] <<EXPECTED: exactly this, and 1.
differ()
{
    local code=0
    "$diffpolicy" "$@" old new >output || code=$?
    diff - output
    assert_equal "$code" 1
}

@test "U-045 diffpolicy: the same gives nothing, and 0" {
    printf '<kernel>\nuse_profile 1\nfile read /a\n' | tee old >new
    for options in '' -u --stat --semantic; do
        run "$diffpolicy" $options old new
        assert_success
        assert_output ''
    done
    run "$diffpolicy" --json old new
    assert_success
    assert_output '[]'
}

@test "U-046 U-047 U-048 U-049 U-056 diffpolicy: domains are deleted, added, changed; lines added, deleted; then the profile" {
    cat >old <<'END'
<kernel>
file read /b
file read /a
<kernel> /prof
use_profile 1
<kernel> /gone
file read /x
<kernel> /also-gone
END
    cat >new <<'END'
<kernel>
use_profile 2
file write /c
file read /b
file read /c
<kernel> /prof
use_profile 2
<kernel> /new
use_profile 3
use_group 2
file read /n
END
    differ <<'END'
delete <kernel> /also-gone

delete <kernel> /gone

<kernel> /new

use_profile 3
file read /n
use_group 2

<kernel>

file read /c
file write /c
delete file read /a
use_profile 2

<kernel> /prof

use_profile 2

END
}

@test "U-050 diffpolicy: no profile is profile 0" {
    printf '<kernel>\nfile read /a\n' >old
    printf '<kernel>\nuse_profile 0\nfile read /a\n' >new
    run "$diffpolicy" old new
    assert_success
    assert_output ''
    printf '<kernel>\nuse_profile 5\nfile read /a\n' >new
    run "$diffpolicy" new old
    assert_failure 1
    assert_output $'<kernel>\n\nuse_profile 0'
}

# policies: writes random ones to the files a and b, with everything that a filter may meet.
policies()
{
    awk -v seed="$1" '
        function any(n) { return int(rand() * n) }
        function pick(list, n,   words) { n = split(list, words, "|"); return words[1 + any(n)] }
        function entry() {
            return pick("file read|file write/read|file read/execute/append|file rename|network inet stream bind/listen|misc env|task manual_domain_transition|# a remark|quota_exceeded|bogus|use_group") \
                " " pick("/a|/b|/\\*/c|@GROUP|/d /e|10.0.0.1 80|<kernel> /a|1")
        }
        function policy(file,   i, j) {
            printf "" >file
            for (i = any(8) + 1; i > 0; i--) {
                print pick("<kernel>|<kernel> /a|<kernel> /a /b|<kernel> /c|<ns> /d|<kernel> foo") >file
                if (any(3)) print "use_profile " pick("0|1|2|3|3  # enforcing|255") >file
                for (j = any(6); j > 0; j--)
                    print (any(6) ? "" : "delete ") entry() >file
                if (!any(10)) print pick("delete <kernel> /a|select <kernel>|select <kernel> /none|reset") >file
            }
        }
        BEGIN { srand(seed); policy("a"); policy("b") }'
}

@test "diffpolicy: A and what leads to B, sorted, are B sorted, for random policies" {
    sorted() { "$box" sortpolicy "$@" 2>/dev/null | grep -v '^use_profile 0$' | cat -s; } # which is as good as none
    local seed
    for ((seed = 1; seed <= 80; seed++)); do
        policies $seed
        "$diffpolicy" --allow-empty a b >difference 2>/dev/null || [ $? = 1 ]
        sorted a difference >reached
        sorted b >wanted
        diff wanted reached || {
            head -n 50 a b difference
            fail "seed $seed"
        }
    done
}

@test "diffpolicy: what holds no domain leads nowhere, unless that is meant" {
    printf '<kernel>\nfile read /a\n' >old
    : >new
    run --separate-stderr "$diffpolicy" old new
    assert_failure 2
    assert_output ''
    # shellcheck disable=SC2154 # set by run
    assert_equal "$stderr" 'tomoyo-diffpolicy: new holds no domain; if that is meant: --allow-empty'
    run --separate-stderr bash -c "false | '$diffpolicy' - old"
    assert_failure 2
    assert_output ''
    assert_equal "$stderr" 'tomoyo-diffpolicy: standard input holds no domain; if that is meant: --allow-empty'
    run "$diffpolicy" --allow-empty old new
    assert_failure 1
    assert_output 'delete <kernel>'
    run "$diffpolicy" -u old new
    assert_failure 1
    assert_line -- '-<kernel>'
    run "$diffpolicy" --compat old new
    assert_success
    assert_output 'delete <kernel>'
}

@test "diffpolicy: one wrong line costs nothing but itself, and no domain its profile" {
    printf '<kernel> /a\nuse_profile 3\nfile read /a\nfile read /b\n' >old
    printf '<kernel> /a\nuse_profile 300\nfile read /a\nfile read /c\0d\n<kernel> foo\nfile read /f\n' >new
    run --separate-stderr "$diffpolicy" old new
    assert_failure 1
    assert_output '<kernel> foo

file read /f

<kernel> /a

file read /c\000d
use_profile 300
delete file read /b'
    assert_equal "$(wc -l <<<"$stderr")" 3
}

@test "U-051 diffpolicy: neither the order of lines nor how operations are joined counts" {
    printf '<kernel>\nfile read/write /a\nfile read /b\nuse_profile 1\n' >old
    printf '<kernel>\nuse_profile 1\nfile read /b\nfile write /a\nfile read /a\n' >new
    run "$diffpolicy" old new
    assert_success
    assert_output ''
}

@test "U-052 diffpolicy: either may be standard input, not both" {
    echo '<kernel>' >old
    run "$diffpolicy" old - <<<'<kernel> /a'
    assert_failure 1
    assert_line 'delete <kernel>'
    run "$diffpolicy" - old <<<'<kernel> /a'
    assert_failure 1
    assert_line 'delete <kernel> /a'
    run --separate-stderr "$diffpolicy" - -
    assert_failure 2
    assert_output ''
    run "$diffpolicy" --compat - -
    assert_success
    assert_output "$(printf '%s\n' 'tomoyo-diffpolicy old_domain_policy new_domain_policy' '- : Read policy from stdin.')"
}

@test "U-053 diffpolicy: one argument is wrong usage; with --compat the old words and 0" {
    echo '<kernel>' >old
    run --separate-stderr "$diffpolicy" old
    assert_failure 2
    assert_output ''
    run --separate-stderr "$diffpolicy" --compat old
    assert_success
    assert_line --index 0 'tomoyo-diffpolicy old_domain_policy new_domain_policy'
}

@test "U-054 diffpolicy: a missing file is an error, and nothing is printed; with --compat it is empty" {
    echo '<kernel>' >old
    for arguments in 'old nosuch' 'nosuch old' 'old .'; do
        # shellcheck disable=SC2086 # two arguments
        run --separate-stderr "$diffpolicy" $arguments
        assert_failure 2
        assert_output ''
        # shellcheck disable=SC2154 # set by run
        assert [ -n "$stderr" ]
    done
    run --separate-stderr "$diffpolicy" --compat old nosuch
    assert_success
    assert_output 'delete <kernel>'
    assert_equal "$stderr" "Can't open nosuch"
}

@test "diffpolicy: what is no policy is told with its place" {
    echo '<kernel>' >old
    for text in '<kernel>\n<kernel> foo\n' '<kernel>\nuse_profile 300\n' '<kernel>\na\0000b\n'; do
        printf '%b' "$text" >new
        run --separate-stderr "$diffpolicy" old new
        assert_failure 1
        [[ $stderr == 'tomoyo-diffpolicy: new:2:'* ]] || fail "$stderr"
    done
    echo '<kernel> foo' >new
    run --separate-stderr "$diffpolicy" --compat old new
    assert_failure 1
    assert_equal "$stderr" "Invalid domainname '<kernel> foo'
Out of memory. Aborted."
}

example()
{
    cat >old <<'END'
<kernel> /changed
use_profile 1
file read /var/log/a
file read /var/log/b
file read /same
<kernel> /gone
file read /g
<kernel> /old-name
file read /1
file read /2
file read /3
<kernel> /old-name /sh
file read /sh
END
    cat >new <<'END'
<kernel> /changed
use_profile 3
file read /var/log/\*
file read /same
<kernel> /another-name
file read /1
file read /2
file read /4
<kernel> /another-name /sh
file read /sh
<kernel> /fresh
use_profile 0
file read /f
END
}

@test "diffpolicy --unified: lines by domain; what was renamed is one domain" {
    example
    differ -u <<'END'
--- old
+++ new
 <kernel> /changed
-use_profile 1
+use_profile 3
+file read /var/log/\*
-file read /var/log/a
-file read /var/log/b

+<kernel> /fresh
+use_profile 0
+file read /f

-<kernel> /gone
-file read /g

 # renamed, and 1 domain below it
-<kernel> /old-name
+<kernel> /another-name
-file read /3
+file read /4

END
}

@test "diffpolicy --stat: counts by domain and in all" {
    example
    differ --stat <<'END'
     +1      -2  <kernel> /changed (profile 1 => 3)
     +1          <kernel> /fresh (new)
             -1  <kernel> /gone (gone)
     +1      -1  <kernel> /old-name => <kernel> /another-name
                 <kernel> /old-name /sh => <kernel> /another-name /sh
5 domains differ: 1 new, 1 gone, 2 renamed; 3 lines added, 4 removed
END
}

@test "diffpolicy --semantic: a line that a wider one covers is told" {
    printf '<kernel>\nfile read /var/log/a\nfile read /var/spool/a\nfile write /lib/x\nnetwork inet stream connect 10.0.0.1 80\n' >old
    printf '<kernel>\nfile read /var/log/\\*\nfile write @LIB\nnetwork inet stream connect 10.0.0.0-10.0.0.9 1-1023\n' >new
    differ --semantic <<'END'
--- old
+++ new
 <kernel>
+file read /var/log/\*
-file read /var/log/a    # covered by: file read /var/log/\*
-file read /var/spool/a
-file write /lib/x
+file write @LIB
+network inet stream connect 10.0.0.0-10.0.0.9 1-1023
-network inet stream connect 10.0.0.1 80    # covered by: network inet stream connect 10.0.0.0-10.0.0.9 1-1023

END
    printf 'path_group LIB /lib/\\*\nnonsense\n' >groups
    run --separate-stderr "$diffpolicy" --semantic --exceptions=groups old new
    assert_failure 1
    assert_line '-file write /lib/x    # covered by: file write @LIB'
    [[ $stderr == 'tomoyo-diffpolicy: groups:2:1: '*'; the line is left out' ]] || fail "$stderr"
    # The other way round the new lines change nothing.
    run "$diffpolicy" --semantic new old
    assert_line '+file read /var/log/a    # covered by: file read /var/log/\*'
}

@test "diffpolicy --json: an array of domains that differ" {
    example
    run "$diffpolicy" --json --semantic old new
    assert_failure 1
    assert_equal "$(tr -d '\n' <<<"$output" | sed 's/  *"/"/g; s/  *\([]{}[]\)/\1/g; s/: */:/g')" "$(tr -d '\n' <<'END'
[{"change":"changed","old":{"name":"<kernel> /changed","profile":1},"new":{"name":"<kernel> /changed","profile":3},
"removed":[{"line":"file read /var/log/a","covered_by":"file read /var/log/\\*"},
{"line":"file read /var/log/b","covered_by":"file read /var/log/\\*"}],"added":[{"line":"file read /var/log/\\*"}]},
{"change":"new","old":null,"new":{"name":"<kernel> /fresh","profile":0},"removed":[],"added":[{"line":"file read /f"}]},
{"change":"gone","old":{"name":"<kernel> /gone","profile":null},"new":null,"removed":[{"line":"file read /g"}],"added":[]},
{"change":"renamed","old":{"name":"<kernel> /old-name","profile":null},"new":{"name":"<kernel> /another-name","profile":null},
"removed":[{"line":"file read /3"}],"added":[{"line":"file read /4"}]},
{"change":"renamed","old":{"name":"<kernel> /old-name /sh","profile":null},
"new":{"name":"<kernel> /another-name /sh","profile":null},"removed":[],"added":[]}]
END
)"
}

@test "diffpolicy --color: on a terminal, or always; NO_COLOR" {
    example
    red=$'\033[31m-<kernel> /gone\033[m'
    run "$diffpolicy" -u old new
    refute_line "$red"
    run "$diffpolicy" -u --color=always old new
    assert_line "$red"
    run env TERM=linux script -qec "$diffpolicy -u old new" /dev/null
    assert_output --partial "$red"
    run env TERM=linux NO_COLOR=1 script -qec "$diffpolicy -u old new" /dev/null
    refute_output --partial $'\033'
    run "$diffpolicy" -u --color=sometimes old new
    assert_failure 2
}

@test "diffpolicy: one output at a time, --exceptions with --semantic" {
    example
    for options in '-u --stat' '--stat --json' '--stat --semantic' '--exceptions=old'; do
        # shellcheck disable=SC2086 # several options
        run "$diffpolicy" $options old new
        assert_failure 2
    done
}

policy()
{
    awk -f "$BATS_TEST_DIRNAME/../vm/suite/data/make-policy.awk" -v domains="$1" -v lines="$2"
}

@test "U-250 diffpolicy: 71,000 lines; every domain of a tree renamed is one tree renamed" {
    policy 500 140 >old
    sed 's|^<kernel> /usr/sbin/|<kernel> /opt/sbin/|' old >new
    run "$diffpolicy" --stat old new
    assert_failure 1
    assert_line '500 domains differ: 0 new, 0 gone, 500 renamed; 0 lines added, 0 removed'
    "$diffpolicy" old new >difference || [ $? = 1 ]
    assert_equal "$(grep -c '^delete <' difference)" 500
}

@test "diffpolicy: 100,000 domains take less than three times their size" {
    policy 100000 2 >old
    sed 's|/usr/lib|/usr/lob|' old >new
    for options in '' -u; do
        # shellcheck disable=SC2086 # no option at all
        (ulimit -v $((3 * 2 * $(stat -c %s old) / 1024)) && exec "$diffpolicy" $options old new >output) || [ $? = 1 ]
        assert_equal "$(grep -c 'usr/lob.*/worker$' output)" 100000
    done
}

@test "diffpolicy: a difference applied to the old policy gives the new one" {
    example
    "$diffpolicy" old new >difference || [ $? = 1 ]
    cat old difference | "$box" sortpolicy >patched
    "$box" sortpolicy new | diff - patched
}

@test "diffpolicy reports a full disk" {
    example
    run bash -c "'$diffpolicy' old new >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "diffpolicy --help has examples" {
    run "$diffpolicy" --help
    assert_success
    assert_line 'Examples:'
}

@test "diffpolicy @NAME is a snapshot" {
    mkdir -p etc/policy/26-11-30.10:00:00 etc/policy/26-11-30.11:00:00.new
    printf '<kernel>\nfile read /a\n' >etc/policy/26-11-30.10:00:00/domain_policy.conf
    printf '<kernel>\nfile read /b\n' >etc/policy/26-11-30.11:00:00.new/domain_policy.conf
    ln -s 26-11-30.11:00:00.new/ etc/policy/current
    ln -s 26-11-30.10:00:00/ etc/policy/previous
    for pair in '@previous @current' '@26-11-30.10:00:00 @new'; do
        # shellcheck disable=SC2086 # two words
        run "$diffpolicy" --policy-dir etc $pair
        assert_failure 1
        assert_output $'<kernel>\n\nfile read /b\ndelete file read /a'
    done
    run "$diffpolicy" --policy-dir etc @nosuch @new
    assert_failure 2
    assert_output --partial "etc/policy holds no snapshot 'nosuch'"
}

@test "diffpolicy --lost tells only what is granted no more, and exits with 1 when anything is" {
    cat >old <<'END'
<kernel> /usr/sbin/daemon
file read /var/lib/daemon/1
file read/write /var/log/daemon.log
file read /etc/daemon.conf
<kernel> /gone
file read /x
END
    cat >new <<'END'
<kernel> /usr/sbin/daemon
file read /var/lib/daemon/\$
file read /var/log/daemon.log
file read /etc/daemon.conf
file read /etc/more
END
    run "$diffpolicy" --lost old new
    assert_failure 1
    assert_output - <<'END'
<kernel> /gone    # the domain is gone
- file read /x

<kernel> /usr/sbin/daemon
- file write /var/log/daemon.log
END
    run "$diffpolicy" --lost --domain /usr/sbin/daemon old new
    assert_failure 1
    assert_output $'<kernel> /usr/sbin/daemon\n- file write /var/log/daemon.log'
    sed -i 's/file read \/var\/log/file read\/write \/var\/log/' new
    run "$diffpolicy" --lost --domain '<kernel> /usr/sbin/\*' old new
    assert_success
    assert_output ''
    run "$diffpolicy" --lost -u old new
    assert_failure 2
}

@test "diffpolicy --domain: only that domain, also in what can be loaded" {
    printf '<kernel> /a\nfile read /x\n<kernel> /b\nfile read /x\n' >old
    printf '<kernel> /a\nfile read /y\n<kernel> /b\nfile read /y\n' >new
    run "$diffpolicy" --domain '<kernel> /b' old new
    assert_failure 1
    assert_output $'<kernel> /b\n\nfile read /y\ndelete file read /x'
    run "$diffpolicy" --stat --domain /b old new
    assert_failure 1
    assert_line --index 1 '1 domains differ: 0 new, 0 gone, 0 renamed; 1 lines added, 1 removed'
    run "$diffpolicy" --domain /c old new
    assert_success
}
