#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# checkpolicy: verdicts, counts, exit codes, its messages and the old ones.

# shellcheck disable=SC2086 # several words in a variable

bats_require_minimum_version 1.5.0

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin
    ln -s "$box" bin/tomoyo-checkpolicy
    ln -s "$box" bin/tomoyo-upgrade
    PATH=$PWD/bin:$PATH
}

check() # ARGUMENTS: standard input is what printf makes of $text
{
    # shellcheck disable=SC2059 # it is a format
    printf "$text" >text
    run tomoyo-checkpolicy "$@" <text
}

errors_of() # WHAT LINE [OPTION]: how many errors the line gives
{
    printf '%s\n' "$2" | tomoyo-checkpolicy $3 "$1" | sed -n 's/^Total:.* \([0-9]*\) Errors\{0,1\} .*/\1/p'
}

says() # WHAT LINE: the messages about a line, in the old words
{
    printf '%s\n' "$2" | tomoyo-checkpolicy --compat "$1" | grep -v ^Total:
}

total() # LINES ERRORS WARNINGS
{
    assert_line --index $((${#lines[@]} - 1)) "Total:   $1   $2   $3"
}

wrong_domain_lines='use_profile 256
use_group 256
file read /a b
file read /a bogus.cond=1
file read /a task.uid
file read /a exec.argv[x]="x"
file read /a exec.realpath=/x
file read /a grant_log=maybe
file read /a auto_domain_transition="child"
file execute /a foo
file execute /a child auto_domain_transition="/x"
file read/create /a
file create /a
file create /a 0644-0600
file mkblock /a 0600 8
file mount /a /b ext4
file rename /a
network inet stream send 0.0.0.0 80
network inet dgram listen ::1 80
network inet stream connect 300.0.0.1 80
network inet stream connect 2.0.0.1-1.0.0.1 80
network inet seqpacket bind 1.2.3.4 80
network unix raw bind x
misc env
task auto_domain_transition <kernel> /a
task auto_execute_handler /x
task denied_execute_handler /x
capability SYS_BOOT
ipc signal 9 <kernel>
file transit /a
<kernel> foo
<kernel> /foo bar
kernel> /a
< > /a'

right_domain_lines='use_group 255
use_profile 255
file read a
file read proc:/x
file read /a 1=2
file create /a 08
network inet raw send 127.0.0.1 256
<kernel> /foo/
<kernel/a> /b
quota_exceeded
transition_failed'

@test "U-078 checkpolicy without an argument, or with one that says nothing, is wrong usage" {
    run tomoyo-checkpolicy </dev/null
    assert_failure 2
    assert_output "tomoyo-checkpolicy: which policy? d, e, p, m or s; or a FILE or a directory; see 'tomoyo-checkpolicy --help'"
    run tomoyo-checkpolicy x </dev/null
    assert_failure 2
    for argument in '' x '--help'; do
        run --separate-stderr tomoyo-checkpolicy --compat $argument </dev/null
        assert_success
        assert_output ''
        # shellcheck disable=SC2154 # run sets it
        assert_equal "$stderr" 'tomoyo-checkpolicy e|d < policy_to_check'
    done
}

@test "U-079 checkpolicy domain, d, e: the first letter counts" {
    text='use_profile 1\n'
    for word in d domain domain_policy dx; do
        check $word
        assert_success
        check --compat $word
        assert_success
    done
    for word in e exception exception_policy ex; do
        check $word
        assert_failure 2
        check --compat $word
        assert_failure 2
    done
    text='1-CONFIG={ mode=learning }\n'
    check p
    assert_success
    text='/usr/sbin/tomoyo-queryd\n<kernel> /usr/sbin/x\n'
    check m
    assert_success
    text='Memory used by policy: 1000\n'
    check s
    assert_success
    text='Memory used by nobody: 1000\n'
    check s
    assert_failure 2
}

@test "U-080 checkpolicy: empty input has nothing of anything" {
    text=''
    check d
    assert_success
    assert_output 'Total:   0 Line   0 Error   0 Warning'
    check --compat d
    assert_success
    assert_output 'Total:   0 Line   0 Error   0 Warning'
}

@test "U-081 checkpolicy: lines are counted, and are plural from two on" {
    text='<kernel> /a\n'
    check d
    assert_success
    assert_output 'Total:   1 Line   0 Error   0 Warning'
    text='<kernel> /a\nfile read /b\n'
    check d
    assert_success
    assert_output 'Total:   2 Lines   0 Error   0 Warning'
    text='x\ny\n'
    check d
    total '2 Lines' '2 Errors' '0 Warning'
}

@test "U-082 checkpolicy: a byte that no policy holds is a warning, one for each line" {
    text='<kernel>\nfile read /a\xc3\xa9\n\tfile read /b\n# \x01\n'
    check d
    assert_failure 1
    assert_line --index 0 'standard input:2:13: warning: for the kernel this byte is a blank; in a name write it as \303'
    assert_line --partial 'standard input:4:3: warning:'
    total '4 Lines' '0 Error' '2 Warnings'
    check --compat d
    assert_failure 1
    assert_line --index 0 '2: WARNING: Line contains illegal character (\303).'
    assert_line --index 1 '4: WARNING: Line contains illegal character (\001).'
    total '4 Lines' '0 Error' '2 Warnings'
    text='file read /a\000b\n'
    check d
    assert_failure 1
    assert_line --index 0 'standard input:1:13: warning: a NUL byte: for the kernel the line ends here'
    check --compat d
    assert_line --index 0 '1: WARNING: Line contains illegal character (\000).'
}

@test "checkpolicy: a byte order mark and the line ends of DOS are told once, by name" {
    text='\xef\xbb\xbf<kernel> /a\r\nuse_profile 1\r\nfile read /a\xe9\r\n'
    check d
    assert_failure 1
    assert_line --index 0 'standard input:1:1: warning: the file begins with a byte order mark (BOM), three blanks for the kernel; save it as plain text'
    assert_line 'standard input:1:15: warning: the file has line ends of DOS (CR LF), and CR is a blank for the kernel; save it with those of Unix (LF)'
    assert_line 'standard input:3:13: warning: for the kernel this byte is a blank; in a name write it as \351'
    total '3 Lines' '0 Error' '3 Warnings'
    text='<kernel> /a\nfile read\r/a\n'
    check d
    assert_line --partial 'in a name write it as \015'
}

@test "checkpolicy: a line that no domain is above is an error, once; one line alone is judged for itself" {
    run tomoyo-checkpolicy d "$BATS_TEST_DIRNAME/data/before-first-domain.domain"
    assert_failure 2
    assert_line --index 0 "$BATS_TEST_DIRNAME/data/before-first-domain.domain:1:1: error: no domain is named above, so the kernel drops this line and those that follow"
    total '3 Lines' '1 Error' '0 Warning'
    text='# text\n\nuse_profile 1\n'
    check d
    assert_success
    for text in '<kernel> /a\ndelete <kernel> /a\nfile read /a\n' '<kernel> /a\nreset\nfile read /a\n' '# x\nfile read /a\n<kernel>\n'; do
        check d
        assert_failure 2
        total '3 Lines' '1 Error' '0 Warning'
    done
    text='select pid=1\nfile read /a\nselect <kernel> /b\nfile read /b\n<kernel> bad\nfile read /c\n'
    check d
    total '6 Lines' '1 Error' '0 Warning' # that name
    mkdir policy
    echo 'file read /a' >policy/domain_policy.conf
    run tomoyo-checkpolicy policy
    assert_failure 2
    assert_line --partial 'no domain is named above'
}

@test "checkpolicy: something behind a number is passed over, which is a warning" {
    run tomoyo-checkpolicy d "$BATS_TEST_DIRNAME/data/number-then-comment.domain"
    assert_failure 1
    assert_line --partial ":2:24: warning: the kernel reads the number, and passes over this; a comment is a line of its own; did you mean 'use_profile 3'?"
    assert_line --partial ":3:13: warning: the kernel reads the number, and passes over this; a comment is a line of its own; did you mean 'use_group 1'?"
}

@test "checkpolicy: a group in a group matches nothing" {
    run tomoyo-checkpolicy e "$BATS_TEST_DIRNAME/data/group-inside-a-group.exception"
    assert_failure 1
    assert_line --partial ':3:21: warning: a group holds names, and no groups: this matches nothing; write the names here, or use both groups where this one is used'
    total '3 Lines' '0 Error' '1 Warning'
}

@test "checkpolicy: quotes around the name of a domain" {
    run tomoyo-checkpolicy d "$BATS_TEST_DIRNAME/data/select-with-quotes.domain"
    assert_failure 2
    assert_line --partial "did you mean 'select domain=<kernel> /usr/sbin/exampled'?"
    total '2 Lines' '1 Error' '0 Warning'
}

@test "checkpolicy --strict: names that nothing has, and those that are right" {
    run tomoyo-checkpolicy d "$BATS_TEST_DIRNAME/data/old-names-of-sockets.domain"
    assert_success
    run tomoyo-checkpolicy --strict d "$BATS_TEST_DIRNAME/data/old-names-of-sockets.domain"
    assert_failure 1
    assert_line --partial ":3:12: warning: sockets have been named by their number since Linux 5.5: this matches none; did you mean 'file ioctl socket:[\\\$] 0x8912'?"
    while IFS='|' read -r line right; do
        printf '<kernel> /a\n%s\n' "$line" >names
        run tomoyo-checkpolicy --strict d names
        if [ -z "$right" ]; then
            assert_success
        else
            assert_failure 1
            assert_line --partial "did you mean '$right'?"
        fi
    done <<'END'
file mkdir /var/a 0755|file mkdir /var/a/ 0755
file rmdir/chroot /var/\*|file rmdir/chroot /var/\*/
file pivot_root /new/ /old|file pivot_root /new/ /old/
file create /var/a/ 0600|file create /var/a 0600
file mkblock /dev/a/ 0600 8 1|file mkblock /dev/a 0600 8 1
file truncate /a/|file truncate /a
file read /proc/self/status|file read proc:/self/status
file ioctl /dev/pts/\$ 0x5401|file ioctl devpts:/\$ 0x5401
file write /sys/kernel/security/tomoyo/query|file write securityfs:/tomoyo/query
file mkdir /var/a/ 0755|
file rmdir /|
file unlink/read /a/|
file execute /proc/self/exe|
file rename /a /b|
file pivot_root /new /old|file pivot_root /new/ /old/
file rmdir/read /a|file rmdir /a/
file execute/read /a/|file execute /a
file create/mkdir /a 0755|file mkdir /a/ 0755
file mkdir/create /a/ 0755|file create /a 0755
file rename /a/ /b|file rename /a/ /b/
file link /a /b/|file link /a/ /b/
file rename /proc/a /dev/pts/1|file rename proc:/a devpts:/1
file mount /dev/sda1 /mnt ext4 0x0|file mount /dev/sda1 /mnt/ ext4 0x0
file mount none /dev/pts/x tmpfs 0x0|file mount none /dev/pts/x/ tmpfs 0x0
file mount none /proc/sys/a/ tmpfs 0x0|file mount none proc:/sys/a/ tmpfs 0x0
file mount /proc/sys/ /a/ --bind 0x0|file mount proc:/sys/ /a/ --bind 0x0
file mount /a/ /b --move 0x0|file mount /a/ /b/ --move 0x0
file read /dev/mqueue/\*|file read mqueue:/\*
file write /sys/kernel/debug/tracing/trace|file write tracefs:/trace
file write /sys/kernel/tracing/trace|file write tracefs:/trace
file unmount /proc/|file unmount proc:/
file chmod/chown /dev/pts/\$ 0-07777|file chmod/chown devpts:/\$ 0-07777
file mount proc /proc/ proc 0x0|
file mount /a /b --bind 0x0|
file mount none /a --remount 0x0|
file mount @ANY /proc/x @ANY 0x0|
file mkdir /proc/ 0755|
file rename @A /b/|
file mkdir @DIRS 0755|
file read /sys/class/net/|
END
    text='path_group A /dev/pts/\\$\naggregator /proc/self/fd/\\$ /proc/self/fd\npath_group B /proc/sys/*\npath_group C socket:[family=1:type=1:protocol=0]\nacl_group 1 file mkdir /a 0755\n'
    check --strict e
    assert_failure 1
    assert_line --partial "did you mean 'path_group A devpts:/\\\$'?"
    assert_line --partial "did you mean 'aggregator proc:/self/fd/\\\$ /proc/self/fd'?"
    assert_line --partial "did you mean 'path_group B /proc/sys/\\*'?"
    assert_line --partial "did you mean 'path_group C socket:[\\\$]'?"
    assert_line --partial "5:24: warning: the name of a directory ends in '/'; did you mean 'acl_group 1 file mkdir /a/ 0755'?"
    total '5 Lines' '0 Error' '5 Warnings'
    text='<kernel> /a\nfile create/mkdir /\\{a\\}/ 0755\nfile rmdir/unlink /a\n'
    check --strict d # without the '/' it would be no pattern
    assert_line --index 0 "standard input:2:19: warning: only the name of a directory ends in '/', and create needs a line of its own"
    assert_line "standard input:3:19: warning: the name of a directory ends in '/', and rmdir needs a line of its own; did you mean 'file rmdir /a/'?"
    check d
    assert_success
}

@test "checkpolicy: a misspelt word of a profile is an error, with the nearest one" {
    text='1-CONFIG={ mode=enforcng grant_log=no }\n'
    check p
    assert_failure 2
    assert_line --index 0 --partial "standard input:1:12: error: the kernel passes over this; it knows use_default,"
    assert_line --index 0 --partial "did you mean '1-CONFIG={ mode=enforcing grant_log=no }'?"
    text='1-CONFIG={ mode=learning reject_lg=no }\n2-PREFERENCE={ max_audt_log=5 }\n3-PREFERENCE={ max_audit_log=x }\n'
    check p
    assert_failure 2
    assert_line --partial "did you mean '1-CONFIG={ mode=learning reject_log=no }'?"
    assert_line --partial "did you mean '2-PREFERENCE={ max_audit_log=5 }'?"
    total '3 Lines' '3 Errors' '0 Warning'
    text='2-PREFERENCE={ max_audit_log=5 enforcing_penalty=0 }\n'
    check p
    assert_failure 1
}

@test "checkpolicy: a file in the place of a link to what is saved is a warning" {
    mkdir -p etc/policy/26-01-01.00:00:00
    ln -s 26-01-01.00:00:00 etc/policy/current
    ln -s policy/current/domain_policy.conf policy/current/profile.conf etc/
    printf '<kernel>\nuse_profile 0\n' >etc/policy/current/domain_policy.conf
    printf '0-COMMENT=x\n' >etc/policy/current/profile.conf
    run tomoyo-checkpolicy etc
    assert_success
    sed -i s/0/0/ etc/domain_policy.conf
    for option in '' --boot; do
        run tomoyo-checkpolicy $option etc
        assert_line 'etc/domain_policy.conf: warning: a file, not the link to policy/current/domain_policy.conf: the next boot loads it, and not what tomoyo-savepolicy saves'
        refute_line --partial 'etc/profile.conf: warning'
    done
    rm -r etc/policy
    run tomoyo-checkpolicy etc
    refute_line --partial 'not the link'
}

@test "U-083 checkpolicy: an error makes 2, also beside a warning" {
    text='<kernel>\nfile read /a\xff\nfile raed /a\n'
    for compat in '' --compat; do
        check $compat d
        assert_failure 2
        total '3 Lines' '1 Error' '1 Warning'
    done
}

@test "U-084 checkpolicy: the profile 256 is an error, 255 is not" {
    text='use_profile 256\n'
    check d
    assert_failure 2
    assert_line --index 0 'standard input:1:13: error: the number of a profile is 0 to 255'
    text='use_profile 255\n'
    check d
    assert_success
    assert_equal "$(says d 'use_profile 256')" "1: ERROR: '256' is a bad argument."
}

@test "U-085 checkpolicy: each wrong line is one error, a right one is none" {
    while IFS= read -r line; do
        for compat in '' --compat; do
            assert_equal "$line: $(errors_of d "$line" $compat)" "$line: 1"
        done
    done <<<"$wrong_domain_lines"
    while IFS= read -r line; do
        for compat in '' --compat; do
            assert_equal "$line: $(errors_of d "$line" $compat)" "$line: 0"
        done
    done <<<"$right_domain_lines"
}

@test "U-086 checkpolicy: a bad name of a domain" {
    text='<kernel> /foo bar\n'
    check d
    assert_failure 2
    assert_output "standard input:1:15: error: the name of a domain goes on with paths; did you mean '<kernel> /foo /bar'?
    <kernel> /foo bar
                  ^
Total:   1 Line   1 Error   0 Warning"
    assert_equal "$(says d '<kernel> foo')" "1: ERROR: '<kernel> foo' is a bad domainname."
}

@test "U-087 checkpolicy: a bad condition" {
    text='file read /a bogus.cond=1\n'
    check d
    assert_failure 2
    assert_line --index 0 'standard input:1:14: error: neither a keyword nor a number'
    assert_equal "$(says d 'file read /a bogus.cond=1')" "1: ERROR: 'bogus.cond' is an illegal condition."
    assert_equal "$(says d 'file read /a task.uid!=x')" "1: ERROR: 'x' is an illegal condition."
    assert_equal "$(says d 'file read /a exec.argv[x]="x"')" "1: ERROR: 'x]' is an illegal condition."
    assert_equal "$(says d 'file read /a exec.realpath="a\b"')" "1: ERROR: 'exec.realpath=\"a\\b\"' is an illegal condition."
    assert_equal "$(says e 'acl_group 0 file read /a b')" "1: ERROR: 'b' is an illegal condition."
}

@test "U-088 checkpolicy: directives of exception policy that are gone" {
    for line in 'file_pattern /a' 'allow_read /a' 'deny_rewrite /a' 'deny_autobind 1-1024' '<ns>'; do
        assert_equal "$(errors_of e "$line")" 1
        assert_equal "$(says e "$line")" "1: ERROR: '${line%% *}' is a bad argument."
    done
    text='<ns> allow_read /a\n'
    check e
    assert_line --index 0 "standard input:1:6: error: unknown directive of exception policy; did you mean '<ns> acl_group 0 file read /a'?"
}

@test "U-089 checkpolicy: a bad namespace" {
    text='<ns path_group A /x\n'
    check e
    assert_failure 2
    assert_line --index 0 "standard input:1:1: error: it is not the name of a namespace; did you mean '<ns> path_group A /x'?"
    assert_equal "$(says e '<ns path_group A /x')" "1: ERROR: '<ns' is a bad namespace"
}

@test "U-090 checkpolicy: ranges must ascend; a number group in another is what the kernel refuses" {
    for line in 'number_group N 5-1' 'address_group I 1.2.3.4-1.2.3.1'; do
        assert_equal "$(errors_of e "$line")" 1
        assert_equal "$(says e "$line")" "1: ERROR: '${line##* }' is a bad argument."
    done
    assert_equal "$(errors_of e 'number_group N 1-5')" 0
    assert_equal "$(errors_of e 'number_group N @M')" 1
    assert_equal "$(errors_of e 'number_group N @M' --compat)" 0
}

@test "U-091 checkpolicy: transition controls, also short ones" {
    for line in 'keep_domain any from <kernel> /a' 'initialize_domain /a' 'initialize_domain any from /b'; do
        for compat in '' --compat; do
            assert_equal "$line: $(errors_of e "$line" $compat)" "$line: 0"
        done
    done
    # The kernel knows what it means (D-35).
    assert_equal "$(errors_of e 'keep_domain <kernel> /a')" 0
    assert_equal "$(says e 'keep_domain <kernel> /a')" "1: ERROR: '<kernel>' is a bad argument."
    text='keep_domain <kernel> /a\n'
    check --strict e
    assert_failure 1
    assert_line --index 0 "standard input:1:24: warning: a short form; did you mean 'keep_domain any from <kernel> /a'?"
}

@test "U-092 checkpolicy: comments and empty lines are counted but not judged" {
    text='# x y\n\n  \n # z\nfile read /a\n'
    for compat in '' --compat; do
        check $compat d
        assert_success
        assert_output 'Total:   5 Lines   0 Error   0 Warning'
    done
}

@test "U-093 checkpolicy: the end of the file ends the last line" {
    text='<kernel>\nfile read /a\nfile raed /b'
    check d
    assert_failure 2
    assert_line --partial 'standard input:3:6: error: unknown file operation'
    total '3 Lines' '1 Error' '0 Warning'
    check --compat d
    assert_success
    assert_output 'Total:   2 Lines   0 Error   0 Warning'
}

@test "U-247 checkpolicy --compat: the report of tomoyo-tools, byte by byte" {
    text='<kernel> /a\n\nfile foo /a\nfile read/create /a\nfile\nnetwork inet\nmisc foo\nfile create /a\nfile create /a 064x y\n'
    text+='network inet stream send 0.0.0.0 x\ntask manual_domain_transition <kernel> x\ndelete file read /a\n'
    check --compat d
    assert_failure 2
    assert_output "3: ERROR: 'foo' is a bad argument.
4: ERROR: 'create' is a bad argument.
5: ERROR: 'file' is a bad argument.
6: ERROR: 'inet' is a bad argument.
7: ERROR: 'misc' is a bad argument.
8: ERROR: '' is a bad argument.
9: ERROR: '064x' is a bad argument.
10: ERROR: 'send' is a bad argument.
11: ERROR: 'x' is an illegal condition.
12: ERROR: 'delete' is a bad argument.
Total:   12 Lines   10 Errors   0 Warning"
    text='path_group A\ninitialize_domain any\nkeep_domain /a from\nacl_group 0\nacl_group 256 misc env A\nnumber_group N 1-\n<n\\s> foo\n'
    check --compat e
    assert_output "1: ERROR: '' is a bad argument.
2: ERROR: 'any' is a bad argument.
3: ERROR: 'from' is a bad argument.
4: ERROR: '' is a bad argument.
5: ERROR: '256' is a bad argument.
6: ERROR: '1-' is a bad argument.
7: ERROR: '<n\\s>' is a bad namespace
7: ERROR: 'foo' is a bad argument.
Total:   7 Lines   8 Errors   0 Warning"
}

@test "checkpolicy shows the part of a long line that matters, and nothing that a terminal obeys" {
    text="file read /$(printf 'a%.0s' {1..300}) \x1b[31m x y\n"
    check d
    assert_line --index 0 --partial 'standard input:1:313: warning: for the kernel this byte is a blank'
    assert_line --index 2 --regexp '^ {64}\^$'
    refute_output --partial $'\e'
    assert_equal "${#lines[1]}" $((4 + 60 + 9))
}

@test "checkpolicy: the language follows from the name of a file, or from a letter in front" {
    echo 'file raed /a' >domain_policy.conf
    echo 'path_group A' >exception_policy.old
    run tomoyo-checkpolicy domain_policy.conf exception_policy.old
    assert_failure 2
    assert_line --partial 'domain_policy.conf:1:6: error: unknown file operation'
    assert_line --partial 'exception_policy.old:1:13: error: the member of a path_group must be a correct word'
    total '2 Lines' '2 Errors' '0 Warning'
    cp domain_policy.conf some
    run tomoyo-checkpolicy some
    assert_failure 2
    assert_output --partial "'some': which policy is it?"
    run tomoyo-checkpolicy d some
    assert_line --partial 'some:1:6: error: unknown file operation'
    run tomoyo-checkpolicy e missing
    assert_failure 2
    assert_output --partial 'cannot open missing'
    run tomoyo-checkpolicy ./missing
    assert_failure 2
}

policy() # DIR: a small policy in which all is well
{
    mkdir -p "$1"
    echo '0-CONFIG={ mode=learning grant_log=no reject_log=yes }' >"$1/profile.conf"
    printf 'path_group A /x\nnumber_group N 1\naddress_group I ::1\nacl_group 2 misc env A\n' >"$1/exception_policy.conf"
    printf '<kernel>\nuse_profile 0\nuse_group 2\nfile read @A path1.uid=@N\nnetwork inet stream bind @I @N\n' >"$1/domain_policy.conf"
    echo /usr/sbin/tomoyo-queryd >"$1/manager.conf"
}

@test "checkpolicy DIR: the files of a policy fit together" {
    policy one
    run tomoyo-checkpolicy --strict one
    assert_success
    assert_output 'Total:   11 Lines   0 Error   0 Warning'
    mkdir -p etc/policy
    mv one etc/policy/current
    run tomoyo-checkpolicy etc/
    assert_success
    assert_output 'Total:   11 Lines   0 Error   0 Warning'
    mkdir empty
    run tomoyo-checkpolicy empty
    assert_failure 2
    assert_output --partial 'empty holds no file of a policy'
}

@test "checkpolicy DIR: groups without members and profiles that nobody has defined" {
    policy one
    : >one/exception_policy.conf
    printf '<kernel> /a\nuse_profile 7\n' >>one/domain_policy.conf
    run tomoyo-checkpolicy one
    assert_failure 2
    assert_line "one/domain_policy.conf:3:11: warning: <kernel> has no acl_group '2', so nothing matches it"
    assert_line "one/domain_policy.conf:4:12: warning: <kernel> has no path_group 'A', so nothing matches it"
    assert_line "one/domain_policy.conf:4:25: warning: <kernel> has no number_group 'N', so nothing matches it"
    assert_line "one/domain_policy.conf:5:27: warning: <kernel> has no address_group 'I', so nothing matches it"
    assert_line "one/domain_policy.conf:7: error: profile 7 (used by '<kernel> /a') is not defined"
    total '9 Lines' '1 Error' '4 Warnings'
    rm one/exception_policy.conf
    run tomoyo-checkpolicy one
    total '9 Lines' '1 Error' '0 Warning'
    policy two
    echo 'path_group B /x' >>two/exception_policy.conf
    run tomoyo-checkpolicy --strict two
    assert_failure 1
    assert_line "two/exception_policy.conf:5:12: warning: nothing uses path_group 'B' of <kernel>"
}

@test "checkpolicy: the files of tools/" {
    policy one
    mkdir one/tools
    printf '# rules\nheader.contains profile=3\ndestination /var/log/reject\ndestination relative\n' >one/tools/auditd.conf
    run tomoyo-checkpolicy one
    assert_failure 2
    assert_line --partial 'one/tools/auditd.conf:4:13: error: an absolute path is expected'
    total '15 Lines' '1 Error' '0 Warning'
    printf 'acl.contains /tmp/\n' >one/tools/auditd.conf
    run tomoyo-checkpolicy one/tools/auditd.conf
    assert_failure 1
    assert_line 'one/tools/auditd.conf:1: warning: conditions at the end, with nothing that they are for'
    echo 'rewrite path_pattern' >one/tools/patternize.conf
    run tomoyo-checkpolicy one/tools/patternize.conf
    assert_failure 2
    echo 'keyword_alias' >one/tools/editpolicy.conf
    run tomoyo-checkpolicy one/tools/editpolicy.conf
    assert_failure 2
}

@test "checkpolicy --boot: would the kernel start?" {
    policy one
    run tomoyo-checkpolicy --boot one
    assert_success
    echo 'PROFILE_VERSION=20090903' >>one/profile.conf
    run tomoyo-checkpolicy --boot one
    assert_failure 2
    assert_line 'one/profile.conf:2: error: the kernel does not start with this: PROFILE_VERSION=20090903 is not supported by the kernel'
    rm one/profile.conf
    run tomoyo-checkpolicy one
    assert_success
    run tomoyo-checkpolicy --boot one
    assert_failure 2
    assert_line --partial 'one/profile.conf: error: the kernel does not start with this: it cannot be opened'
    run tomoyo-checkpolicy --boot one/domain_policy.conf
    assert_failure 2
    assert_output --partial 'is no directory'
}

@test "checkpolicy --boot: a kernel starts with a profile alone, which is told" {
    mkdir etc
    echo '0-COMMENT=x' >etc/profile.conf
    run tomoyo-checkpolicy --boot etc
    assert_success
    assert_line --index 0 'etc/domain_policy.conf: note: there is none: the kernel starts, with the domain <kernel> in profile 0 and no other'
    total '1 Line' '0 Error' '0 Warning'
    run tomoyo-checkpolicy --boot --json etc
    assert_success
    assert_equal "$(jq -r '.problems[0].severity' <<<"$output")" note
    echo '1-COMMENT=x' >etc/profile.conf
    run tomoyo-checkpolicy --boot etc
    assert_failure 2
    assert_line --partial "profile 0 (used by '<kernel>') is not defined"
    echo '0-COMMENT=x' >etc/profile.conf
    : >etc/domain_policy.conf # the boot takes this for a write that failed
    run tomoyo-checkpolicy --boot etc
    assert_failure 2
    assert_line --partial 'it holds no domain'
    rm etc/domain_policy.conf
    ln -s policy/current/domain_policy.conf etc/
    run tomoyo-checkpolicy --boot etc
    assert_failure 2
    rm etc/domain_policy.conf
    mkdir etc/policy
    run tomoyo-checkpolicy --boot etc
    assert_failure 2
}

@test "checkpolicy --kernel=2.6: what mainline takes for something else is a warning" {
    text='file readx /a\nquota_exceeded y\nfile xread /a\nnetwork inet stream bind 2.0.0.1-1.0.0.1 80\n'
    check d
    assert_failure 2
    total '4 Lines' '4 Errors' '0 Warning'
    check --kernel=2.6 d
    assert_failure 2
    assert_line --partial "standard input:1:6: warning: unknown file operation, but mainline takes it as 'file read /a'"
    assert_line --partial "standard input:2:1: warning: an entry starts with file, network, misc or task, but mainline takes it as 'quota_exceeded'"
    assert_line --partial 'standard input:3:6: error: unknown file operation'
    assert_line --partial 'but mainline takes it as something that never matches'
    total '4 Lines' '1 Error' '3 Warnings'
    check --kernel=2.5 d
    assert_failure 2
    assert_output --partial "'2.5' is none of 2.6|ours"
}

@test "checkpolicy: a plain star is a warning" {
    text='file read /tmp/*\n'
    check d
    assert_failure 1
    assert_line --index 0 "standard input:1:16: warning: '*' is a plain character here, the wildcard is '\\*'; did you mean 'file read /tmp/\\*'?"
}

@test "checkpolicy --strict: what another line says already" {
    text='<kernel> /a\nfile write/read /x\nfile read /y\nfile read/write /x\n<kernel> /b\nfile read /x\nfile read /y\n'
    check --strict d
    assert_failure 1
    assert_line --index 0 'standard input:4:1: warning: line 2 says the same'
    total '7 Lines' '0 Error' '1 Warning'
    check d
    assert_success
}

@test "checkpolicy --json: the same for programs" {
    text='file raed /a\n'
    check --json d
    assert_failure 2
    assert_output '{
  "problems": [
    {
      "file": "standard input",
      "line": 1,
      "column": 6,
      "severity": "error",
      "text": "unknown file operation",
      "suggestion": "file read /a",
      "suggestion_is_line": true
    }
  ],
  "lines": 1,
  "errors": 1,
  "warnings": 0
}'
    text='file read /a\n'
    check --json d
    assert_success
    assert_line '  "problems": [],'
    assert_line '  "errors": 0,'
}

@test "checkpolicy: a full disk is an error" {
    run bash -c 'echo x | tomoyo-checkpolicy d >/dev/full'
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "checkpolicy: what a kernel that does not compare types of sockets has not learned" {
    text='<kernel> /a\nnetwork inet dgram bind ::1 80\nnetwork inet stream listen ::1 80\n<kernel> /b\nnetwork inet stream listen ::1 80\nnetwork inet stream bind/listen ::1 81\nnetwork unix stream bind /s\n'
    check d
    assert_failure 1
    assert_line --index 0 "standard input:3: warning: it may listen, but lacks 'network inet stream bind ::1 80': a kernel that does not compare types of sockets does not learn that beside another type's; tomoyo-upgrade --from=2.6 adds it"
    total '7 Lines' '0 Error' '1 Warning'
    check --kernel=2.6 d
    assert_failure 1
    assert_line --index 0 "standard input:2: warning: mainline does not compare types of sockets: this grants 'network inet stream bind ::1 80', too, which learning has not added"
    assert_line --index 1 --partial "standard input:6: warning: mainline does not compare types of sockets: this grants 'network inet dgram bind ::1 81', too"
    total '7 Lines' '0 Error' '2 Warnings'
    tomoyo-upgrade --from=2.6 d text >upgraded
    run tomoyo-checkpolicy --kernel=2.6 d upgraded
    assert_success
    text='acl_group 1 network inet dgram bind ::1 80\nacl_group 1 network inet stream listen ::1 80\nacl_group 2 network inet stream bind ::1 80\n'
    check e
    assert_failure 1
    total '3 Lines' '0 Error' '1 Warning'
}
