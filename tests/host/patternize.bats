#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# patternize: the rules of its configuration, those that come with it, and suggestions.
# shellcheck disable=SC2154 # $stderr and $stderr_lines are set by run

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    patternize=$BATS_TEST_TMPDIR/tomoyo-patternize
    ln -s "$box" "$patternize"
    cd "$BATS_TEST_TMPDIR" || return
    # What tomoyo-tools 2.6.1 has by default, as far as the tests need it.
    cat >default.conf <<'END'
rewrite path_pattern proc:/self/task/\$/fdinfo/\$
rewrite path_pattern proc:/self/task/\$/fd/\$
rewrite head_pattern proc:/self/task/\$/
rewrite path_pattern proc:/self/fdinfo/\$
rewrite path_pattern proc:/self/fd/\$
rewrite head_pattern proc:/self/
rewrite path_pattern proc:/\$/task/\$/fdinfo/\$
rewrite path_pattern proc:/\$/task/\$/fd/\$
rewrite head_pattern proc:/\$/task/\$/
rewrite path_pattern proc:/\$/fdinfo/\$
rewrite path_pattern proc:/\$/fd/\$
rewrite head_pattern proc:/\$/
rewrite path_pattern devpts:/\$
rewrite path_pattern pipe:[\$]
rewrite tail_pattern /etc/mtab~\$
rewrite tail_pattern /vte\?\?\?\?\?\?
rewrite tail_pattern /.ICE-unix/\$
rewrite tail_pattern /spool/abrt/pyhook-\*/\{\*\}/\*
END
}

# becomes RULES LINE... OUTPUT: the lines, in the domain <kernel> /a, become the output. Lines are separated by "|".
becomes()
{
    tr '|' '\n' <<<"$1" >rules.conf
    local in=$2 out=$3
    run --separate-stderr "$patternize" rules.conf <<<"$(printf '<kernel> /a\n'; tr '|' '\n' <<<"$in")"
    assert_success
    assert_output "$(printf '<kernel> /a\n'; tr '|' '\n' <<<"$out")"
}

default()
{
    becomes "$(tr '\n' '|' <default.conf)" "$@"
}

@test "U-057 U-058 patternize: files of processes, as whole names and below their directories" {
    default 'file read proc:/1234/fd/5|file read proc:/1234/maps|file read proc:/self/task/5/comm' \
        'file read proc:/\$/fd/\$|file read proc:/\$/maps|file read proc:/self/task/\$/comm'
}

@test "U-059 patternize: of two names each is judged by itself" {
    default 'file rename /etc/mtab~12 /etc/mtab|file rename /etc/mtab /etc/mtab~12' \
        'file rename /etc/mtab~\$ /etc/mtab|file rename /etc/mtab /etc/mtab~\$'
}

@test "U-060 patternize: patterns, groups and wrong names stay" {
    default 'file read /already/\*|file read @GRP|file read /a\*/etc/mtab~1|file read /a\q/etc/mtab~1' \
        'file read /already/\*|file read @GRP|file read /a\*/etc/mtab~1|file read /a\q/etc/mtab~1'
}

@test "U-061 patternize: lines in front of the first domain stay" {
    run "$patternize" default.conf <<<$'file read /etc/mtab~1\n# file read /etc/mtab~1\n<kernel> /a\nfile read /etc/mtab~1'
    assert_success
    assert_output $'file read /etc/mtab~1\n# file read /etc/mtab~1\n<kernel> /a\nfile read /etc/mtab~\\$'
}

@test "U-062 patternize: domains stay, and so does what only looks like one" {
    run "$patternize" default.conf <<<$'<kernel> /etc/mtab~1\nfile read /etc/mtab~1\n<kernel> foo\nfile read /etc/mtab~2'
    assert_success
    assert_output $'<kernel> /etc/mtab~1\nfile read /etc/mtab~\\$\n<kernel> foo\nfile read /etc/mtab~\\$'
}

@test "U-063 patternize: conditions stay" {
    default 'file symlink /etc/mtab~1 symlink.target="/etc/mtab~2"' \
        'file symlink /etc/mtab~\$ symlink.target="/etc/mtab~2"'
}

@test "U-064 patternize: directives and operations that have no such operands stay" {
    default 'misc env PATH|task manual_domain_transition <kernel> /etc/mtab~1|file foo /etc/mtab~1|use_profile 1|delete file read /etc/mtab~1|select <kernel> /etc/mtab~1' \
        'misc env PATH|task manual_domain_transition <kernel> /etc/mtab~1|file foo /etc/mtab~1|use_profile 1|delete file read /etc/mtab~1|select <kernel> /etc/mtab~1'
}

@test "patternize: every operation has its operands" {
    default 'file mount devpts:/3 /etc/mtab~1 /etc/mtab~2 /etc/mtab~3|file mkblock /etc/mtab~1 0600 /etc/mtab~1 3|file pivot_root /etc/mtab~1 /etc/mtab~2|network unix stream connect /tmp/.ICE-unix/123|file unmount /etc/mtab~1' \
        'file mount devpts:/\$ /etc/mtab~\$ /etc/mtab~\$ /etc/mtab~3|file mkblock /etc/mtab~\$ 0600 /etc/mtab~1 3|file pivot_root /etc/mtab~\$ /etc/mtab~\$|network unix stream connect /tmp/.ICE-unix/\$|file unmount /etc/mtab~\$'
}

@test "U-065 patternize: addresses" {
    becomes 'rewrite address_pattern 10.0.0.0-10.0.0.255 @LAN|rewrite address_pattern fe80::-fe80::ffff @LOCAL' \
        'network inet stream bind 10.0.0.1 80|network inet dgram send 10.0.0.5-10.0.0.9 80|network inet dgram send 10.0.0.5-10.0.1.9 80|network inet dgram send fe80::1 80|network inet raw send 11.0.0.1 1|file read 10.0.0.1' \
        'network inet stream bind @LAN 80|network inet dgram send @LAN 80|network inet dgram send 10.0.0.5-10.0.1.9 80|network inet dgram send @LOCAL 80|network inet raw send 11.0.0.1 1|file read 10.0.0.1'
}

@test "U-066 patternize: ports, modes, and numbers of devices" {
    becomes 'rewrite number_pattern 0-1023 @PRIV' \
        'network inet stream bind 10.0.0.1 80|network inet stream bind 10.0.0.1 1024|network inet stream bind ::1 1000-1024|file create /a 0644|file mkchar /a 0600 0x5 1024|file ioctl /a 5-9 3' \
        'network inet stream bind 10.0.0.1 @PRIV|network inet stream bind 10.0.0.1 1024|network inet stream bind ::1 1000-1024|file create /a @PRIV|file mkchar /a @PRIV @PRIV 1024|file ioctl /a @PRIV 3'
}

@test "U-067 patternize: a rule for some domains" {
    printf '%s\n' 'domain[2].equals /a' 'rewrite path_pattern /x/\*' >rules.conf
    run "$patternize" rules.conf <<<$'<kernel> /a\nfile read /x/1\n<kernel> /b\nfile read /x/1\n<other> /a /c\nfile read /x/1'
    assert_success
    assert_output $'<kernel> /a\nfile read /x/\\*\n<kernel> /b\nfile read /x/1\n<other> /a /c\nfile read /x/\\*'
}

@test "U-068 patternize: conditions are for the next rule only, and are asked of the line as it was" {
    becomes 'domain[2].equals /b|rewrite address_pattern 10.0.0.0-10.0.0.255 @LAN|rewrite number_pattern 0-1023 @PRIV' \
        'network inet stream connect 10.0.0.1 80' 'network inet stream connect 10.0.0.1 @PRIV'
    becomes 'acl.contains /m~1|rewrite path_pattern /m~\$' 'file rename /m~1 /m~2|file rename /m~2 /m~1|file rename /m~3 /m~4' \
        'file rename /m~\$ /m~\$|file rename /m~\$ /m~\$|file rename /m~3 /m~4'
}

@test "U-069 patternize: tails, the longest first" {
    becomes 'rewrite tail_pattern /mtab~\$ /MTAB' 'file read /etc/mtab~1|file read /mtab~1|file read /etc/mtab~1/a' \
        'file read /etc/MTAB|file read /MTAB|file read /etc/mtab~1/a'
    becomes 'rewrite tail_pattern /\{a\}/b' 'file read /x/a/a/b|file read /a/b|file read /b' \
        'file read /x/\{a\}/b|file read /\{a\}/b|file read /b'
    # "\*" alone may match nothing, so that a name with one component less fits.
    becomes 'rewrite tail_pattern /\*/\* /T' 'file read /a|file read /a/b|file read /a/b/c' \
        'file read /T|file read /T|file read /a/T'
}

@test "U-070 patternize: heads, the longest first" {
    becomes 'rewrite head_pattern /home/\*/ @HOME/' 'file read /home/u/x|file read /home/u/x/|file read /home/u|file read /x/home/u/x' \
        'file read @HOME/x|file read @HOME/x/|file read /home/u|file read /x/home/u/x'
    becomes 'rewrite head_pattern /a/\{b\}/' 'file read /a/b/b/c' 'file read /a/\{b\}/c'
}

@test "U-071 patternize: a wrong rule is told with its place, and ends it" {
    while IFS= read -r rule; do
        printf '%s\n' "$rule" 'rewrite path_pattern /a/\*' >rules.conf
        run "$patternize" rules.conf <<<'<kernel>'
        assert_failure 1
        assert_output --regexp '^tomoyo-patternize: rules.conf:1:[0-9]+: '
        run "$patternize" --compat rules.conf <<<'<kernel>'
        assert_failure 1
        assert_output 'Invalid rule at line 1 in rules.conf .'
    done <<'END'
foo
rewrite
rewrite path_pattern
rewrite bogus /a
rewrite head_pattern /a
rewrite tail_pattern a
rewrite number_pattern x
rewrite address_pattern x
rewrite path_pattern /a\q
rewrite path_pattern /a /b c
domain[1.equals a
domain.foo a
acl.equals
header.equals a
rewrite part_pattern a/b
rewrite number_pattern 5-1
keep
keep /
keep /a\q
END
}

@test "patternize tells all wrong rules at once" {
    printf '%s\n' '# rules' 'foo' '' 'rewrite path_pattern /\*' '  rewrite   head_pattern /a' >rules.conf
    run "$patternize" rules.conf <<<'<kernel>'
    assert_failure 1
    assert_output - <<'END'
tomoyo-patternize: rules.conf:2:1: neither a directive nor a condition
tomoyo-patternize: rules.conf:5:24: a head ends with '/'
END
}

@test "U-072 patternize: a file without rules" {
    for text in '' '# comment' 'acl.equals a'; do
        echo "$text" >rules.conf
        run "$patternize" rules.conf <<<'<kernel>'
        assert_failure 1
        assert_output --partial 'rules.conf: it holds no rule'
        run "$patternize" --compat rules.conf <<<'<kernel>'
        assert_failure 1
        assert_output 'No rules defined in rules.conf .'
    done
}

@test "U-073 patternize: no such file of rules" {
    run "$patternize" missing.conf <<<'<kernel>'
    assert_failure 1
    assert_output 'tomoyo-patternize: cannot open missing.conf: No such file or directory'
    run "$patternize" --compat missing.conf <<<'<kernel>'
    assert_failure 1
    assert_output "Can't open missing.conf for reading."
}

@test "U-074 patternize: a second argument" {
    run "$patternize" default.conf default.conf <<<'<kernel>'
    assert_failure 2
    assert_output --partial 'only one CONFIG'
    # The old program takes its default file then, which the test's machine may or may not have.
    run "$patternize" --compat missing.conf default.conf <<<'<kernel>'
    refute_output --partial missing.conf
}

@test "U-075 patternize: packed operations" {
    default 'file read/write /tmp/vteABCDEF|file /read//unlink /a|network unix stream bind/listen /tmp/.ICE-unix/1' \
        'file read /tmp/vte\?\?\?\?\?\?|file write /tmp/vte\?\?\?\?\?\?|file read /a|file unlink /a|network unix stream bind /tmp/.ICE-unix/\$|network unix stream listen /tmp/.ICE-unix/\$'
}

@test "U-076 D-31 patternize: acl groups, in any namespace; not with --compat" {
    policy=$'acl_group 0 file read/write /etc/mtab~1\n<other> acl_group 3 file read /etc/mtab~1\nacl_group 256 file read /etc/mtab~1\npath_group A /etc/mtab~1'
    run "$patternize" default.conf <<<"$policy"
    assert_success
    assert_output - <<'END'
acl_group 0 file read /etc/mtab~\$
acl_group 0 file write /etc/mtab~\$
<other> acl_group 3 file read /etc/mtab~\$
acl_group 256 file read /etc/mtab~1
path_group A /etc/mtab~1
END
    run "$patternize" --compat default.conf <<<"$policy"
    assert_success
    refute_output --partial '\$'
    # Conditions see the group as the domain, and the rest as the entry.
    printf '%s\n' 'domain.equals <other> acl_group 3' 'acl[3].equals /m1' 'rewrite path_pattern /m\$' >rules.conf
    run "$patternize" rules.conf <<<$'<other> acl_group 3 file read /m1\nacl_group 3 file read /m1\n<other> acl_group 4 file read /m1'
    assert_output $'<other> acl_group 3 file read /m\\$\nacl_group 3 file read /m1\n<other> acl_group 4 file read /m1'
}

@test "U-077 patternize: what it prints stays as it is" {
    printf '<kernel> /a\n%s\n' 'file read/write/unlink proc:/1/fd/2' 'file rename /etc/mtab~1 /x' 'file read /tmp/vteABCDEF' >policy
    for rules in default.conf --pack=all; do
        "$patternize" "$rules" <policy >once
        "$patternize" "$rules" <once >twice
        cmp once twice
        run cmp -s policy once
        assert_failure
    done
}

@test "D-03 patternize: the last line needs no newline; with --compat it is lost" {
    run bash -c "printf '<kernel>\nfile read /etc/mtab~1' | '$patternize' default.conf"
    assert_output $'<kernel>\nfile read /etc/mtab~\\$'
    run bash -c "printf '<kernel>\nfile read /etc/mtab~1' | '$patternize' --compat default.conf"
    assert_output '<kernel>'
}

@test "D-05 patternize: a line without operation is told, and nothing behind it is lost" {
    run --separate-stderr "$patternize" default.conf <<<$'<kernel>\nfile / /x\nfile read /etc/mtab~1'
    assert_success
    assert_output $'<kernel>\nfile / /x\nfile read /etc/mtab~\\$'
    assert_equal "$stderr" 'tomoyo-patternize: standard input:2:6: it names no operation; the line stays as it is'
    run --separate-stderr "$patternize" --compat default.conf <<<$'<kernel>\nfile / /x\nfile read /etc/mtab~1'
    assert_output '<kernel>'
}

@test "D-17 patternize reports a full disk" {
    run bash -c "echo '<kernel>' | '$patternize' default.conf >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "D-21 patternize: a pattern of many wildcards, and a name of 1 MB, take no time" {
    name=$(printf 'a%.0s' {1..54})
    becomes 'rewrite path_pattern /\*a\*a\*a\*a\*a\*a\*a\*a\*b' "file read /$name" "file read /$name"
    {
        echo '<kernel>'
        printf 'file read '
        head -c 1000000 /dev/zero | tr '\0' /
        printf 'x\nfile read /'
        head -c 1000000 /dev/zero | tr '\0' .
        echo
    } >policy
    printf '%s\n' 'rewrite tail_pattern /\{\*\}/\*y' 'rewrite head_pattern /\{\*\}/z/' 'rewrite part_pattern \*.\*.z' >rules.conf
    run timeout 60 "$patternize" rules.conf -f policy
    assert_success
    assert_equal "$("$patternize" rules.conf -f policy | sha256sum)" "$(sha256sum <policy)"
}

@test "patternize: policy of several files; a domain does not reach into the next" {
    printf '<kernel> /a\nfile read /etc/mtab~1\n' >one
    printf 'file read /etc/mtab~2\n' >two
    run "$patternize" -f one default.conf --file two
    assert_success
    assert_output $'<kernel> /a\nfile read /etc/mtab~\\$\nfile read /etc/mtab~2'
    run "$patternize" default.conf -f missing
    assert_failure 2
    assert_output 'tomoyo-patternize: cannot open missing: No such file or directory'
}

@test "patternize: a NUL byte is told, and spelt; no other line is lost" {
    run bash -c "printf '<kernel>\nfile read /a\0 /b\nfile read /c\n' | '$patternize' default.conf"
    assert_success
    assert_output --partial 'standard input:2:13: it holds a NUL byte'
    assert_output --partial $'<kernel>\nfile read /a\\000 /b\nfile read /c'
}

@test "patternize --pack: parts of names" {
    run "$patternize" --pack=library,uuid,date,home,mkstemp <<'END'
<kernel> /a
file read /usr/lib/libfoo.so.1.2.3
file read /usr/lib/libfoo.so.6
file read /usr/lib/libc-2.31.so
file read /usr/lib/libfoo.so
file read /var/x/550e8400-e29b-41d4-a716-446655440000/f
file write /var/log/app-2024-05-01.log
file read /home/alice/.profile
file create /tmp/work.aB3dEf 0600
file create /tmp/work.config 0600
file create /tmp/work.123456 0600
file create /tmp/tmpab3_xyz9 0600
file create /opt/work.aB3dEf 0600
END
    assert_success
    assert_output - <<'END'
<kernel> /a
file read /usr/lib/libfoo.so.\$.\$.\$
file read /usr/lib/libfoo.so.\$
file read /usr/lib/libc-\$.\$.so
file read /usr/lib/libfoo.so
file read /var/x/\x\x\x\x\x\x\x\x-\x\x\x\x-\x\x\x\x-\x\x\x\x-\x\x\x\x\x\x\x\x\x\x\x\x/f
file write /var/log/app-\+\+\+\+-\+\+-\+\+.log
file read /home/\*/.profile
file create /tmp/work.\?\?\?\?\?\? 0600
file create /tmp/work.config 0600
file create /tmp/work.123456 0600
file create /tmp/tmp\?\?\?\?\?\?\?\? 0600
file create /opt/work.aB3dEf 0600
END
    run "$patternize" --pack=nosuch <<<''
    assert_failure 2
    assert_output --partial "there is no pack 'nosuch'"
}

@test "patternize --list-packs prints rules that can be used as a file" {
    "$patternize" --list-packs >packs.conf
    printf '<kernel>\nfile read pipe:[12]\nfile read /home/alice/x\n' >policy
    run "$patternize" packs.conf -f policy
    assert_success
    assert_output $'<kernel>\nfile read pipe:[\\$]\nfile read /home/\\*/x'
    run "$patternize" --pack=all -f policy
    assert_output $'<kernel>\nfile read pipe:[\\$]\nfile read /home/\\*/x'
}

@test "patternize: what init-policy writes does what the packs do" {
    mkdir -p root/usr/sbin root/etc root/sbin root/bin
    "$box" init-policy --root="$BATS_TEST_TMPDIR/root" >/dev/null
    printf '<kernel>\nfile read pipe:[12]\nfile read proc:/1/fd/2\nfile read /run/user/1000/x\nfile read /tmp/tmp.ABCDEFGHIJ\nfile read /home/a/x\n' >policy
    "$patternize" root/etc/tomoyo/tools/patternize.conf -f policy >one
    "$patternize" --pack=proc,inode,run,temp -f policy >two
    cmp one two
    grep -Fqx 'file read /tmp/tmp.\?\?\?\?\?\?\?\?\?\?' one
    grep -Fqx 'file read /home/a/x' one
}

@test "patternize: names on the list stay, and no pattern comes to cover one" {
    run --separate-stderr "$patternize" --pack=home,uuid --keep='/home/\*/secret' <<'END'
<kernel> /a
file read /home/alice/.ssh/id_rsa
file read /home/alice/server.key
file read /home/alice/secret
file read /dev/mapper/550e8400-e29b-41d4-a716-446655440000
file read /home/alice/notes
END
    assert_success
    assert_output - <<'END'
<kernel> /a
file read /home/alice/.ssh/id_rsa
file read /home/alice/server.key
file read /home/alice/secret
file read /dev/mapper/550e8400-e29b-41d4-a716-446655440000
file read /home/\*/notes
END
    assert_equal "$stderr" 'tomoyo-patternize: standard input:2: /home/alice/.ssh/id_rsa stays: .ssh/ is never generalised
tomoyo-patternize: standard input:3: /home/alice/server.key stays: \*.key is never generalised
tomoyo-patternize: standard input:4: /home/alice/secret stays: /home/\*/secret is never generalised
tomoyo-patternize: standard input:5: /dev/mapper/550e8400-e29b-41d4-a716-446655440000 stays: /dev/ is never generalised'
}

@test "patternize: keep in a file of rules; a pattern is refused for what it would cover" {
    printf '%s\n' 'keep /etc/passwd' 'keep /srv/' 'rewrite tail_pattern /pass\A /\*' 'rewrite path_pattern /\*/x' >rules.conf
    run --separate-stderr "$patternize" rules.conf <<<$'<kernel>\nfile read/write /etc/passphrase\nfile read /opt/passphrase\nfile read /a/x'
    assert_success
    assert_output $'<kernel>\nfile read /etc/passphrase\nfile write /etc/passphrase\nfile read /opt/\\*\nfile read /a/x'
    assert_equal "$stderr" 'tomoyo-patternize: standard input:2: /etc/passphrase stays: /etc/\* would cover /etc/passwd, which is never generalised
tomoyo-patternize: standard input:4: /a/x stays: /\*/x would cover /srv/, which is never generalised'
}

@test "patternize --diff shows what would change, domain by domain" {
    printf '<kernel> /a\nfile read /x\nfile read/write /etc/mtab~1\n<kernel> /b\nfile read /x\n<kernel> /c\nfile read /etc/mtab~1\nfile read /etc/mtab~2\n' >policy
    run "$patternize" default.conf --diff -f policy
    assert_success
    assert_output - <<'END'
<kernel> /a
- file read /etc/mtab~1
+ file read /etc/mtab~\$
- file write /etc/mtab~1
+ file write /etc/mtab~\$

<kernel> /c
- file read /etc/mtab~1
+ file read /etc/mtab~\$
- file read /etc/mtab~2
+ file read /etc/mtab~\$
END
    run "$patternize" default.conf --diff --unique -f policy
    assert_line --index 8 '- file read /etc/mtab~2'
    assert_equal "${#lines[@]}" 9
}

@test "patternize --unique leaves out lines that have become equal, in their domain" {
    run "$patternize" default.conf --unique <<<$'<kernel> /a\n\nfile read /etc/mtab~1\nfile read /etc/mtab~2\n\n<kernel> /b\n\nfile read /etc/mtab~3'
    assert_success
    assert_output $'<kernel> /a\n\nfile read /etc/mtab~\\$\n\n<kernel> /b\n\nfile read /etc/mtab~\\$'
}

@test "patternize --verbose says what was done" {
    run --separate-stderr "$patternize" default.conf --verbose <<<$'<kernel> /a\nfile read /etc/mtab~1'
    assert_success
    assert_equal "$stderr" 'tomoyo-patternize: 2 lines, 1 with a name that became a pattern, 0 with one that stays; 0 equal lines left out'
}

similar()
{
    cat <<'END'
<kernel> /usr/sbin/httpd
file read/write /tmp/session.4711
file read/write /tmp/session.4712
file read/write /tmp/session.99
file read /tmp/session.5
file read /var/cache/x/ab12
file read /var/cache/x/cd34ef
file read /var/cache/x/99aa
file read /home/alice/.profile
file read /home/bob/.profile
file read /home/carol/.profile
file read /etc/passwd
file read /etc/passwx
file read /etc/passwy
file read /etc/passwz
file execute /usr/bin/cat
file execute /usr/bin/dog
file execute /usr/bin/eel
file execute /usr/bin/fox
file execute /usr/bin/gnu
file execute /usr/bin/hen
<kernel> /b
file read /tmp/session.4711
file read /tmp/session.4712
acl_group 3 file read /srv/1/x
acl_group 3 file read /srv/2/x
acl_group 3 file read /srv/3/x
END
}

@test "patternize: what is executed keeps its name, which domains have in theirs; not so with --compat" {
    cat >policy <<'END'
<kernel> /usr/sbin/dropbear
file execute proc:/self/fd/5 exec.realpath="/usr/sbin/dropbear"
file read proc:/self/fd/5
<kernel> /usr/sbin/dropbear proc:/self/fd/5
file read/execute /run/user/1000/x
END
    run --separate-stderr "$patternize" -f policy
    assert_success
    assert_output '<kernel> /usr/sbin/dropbear
file execute proc:/self/fd/5 exec.realpath="/usr/sbin/dropbear"
file read proc:/self/fd/\$
<kernel> /usr/sbin/dropbear proc:/self/fd/5
file read /run/user/\$/x
file execute /run/user/1000/x'
    assert_line --index 0 --partial 'dropbear'
    [[ $stderr == *'policy:2: proc:/self/fd/5 stays: what a domain is named by is never generalised'* ]] || fail "$stderr"
    echo 'rewrite path_pattern proc:/self/fd/\$' >rules
    run "$patternize" --compat rules <policy
    assert_line 'file execute proc:/self/fd/\$ exec.realpath="/usr/sbin/dropbear"'
    run "$patternize" rules -f policy
    assert_line 'file execute proc:/self/fd/5 exec.realpath="/usr/sbin/dropbear"'
    printf '<kernel> /a\n' >many
    printf 'file execute /opt/x/run-%d\n' 1 2 3 4 5 >>many
    run "$patternize" --suggest -f many
    assert_success
    assert_output ''
}

@test "patternize --suggest: groups of similar names, and the narrowest pattern for each" {
    similar >policy
    run --separate-stderr "$patternize" --suggest -f policy
    assert_success
    assert_output - <<'END'
<kernel> /usr/sbin/httpd
  file read/write /tmp/session.\$
    allows any name of 'session.' and digits in /tmp/, and stands for
      file read/write /tmp/session.4711
      file read/write /tmp/session.4712
      file read/write /tmp/session.99
  file read /var/cache/x/\X
    allows any name of hexadecimal digits in /var/cache/x/, and stands for
      file read /var/cache/x/ab12
      file read /var/cache/x/cd34ef
      file read /var/cache/x/99aa

<kernel> acl_group 3
  file read /srv/\$/x
    allows 'x' in /srv/\$/, where \$ is any name of digits, and stands for
      file read /srv/1/x
      file read /srv/2/x
      file read /srv/3/x
END
    assert_equal "$stderr" 'tomoyo-patternize: no suggestion of /etc/passw\A in <kernel> /usr/sbin/httpd: it would cover /etc/passwd\*, which is never generalised'
}

@test "patternize --suggest --format=rules: the rules do what was proposed, and nothing else" {
    similar >policy
    "$patternize" --suggest --format=rules -f policy >rules.conf 2>/dev/null
    run "$patternize" rules.conf --diff -f policy
    assert_success
    assert_output - <<'END'
<kernel> /usr/sbin/httpd
- file read /tmp/session.4711
+ file read /tmp/session.\$
- file write /tmp/session.4711
+ file write /tmp/session.\$
- file read /tmp/session.4712
+ file read /tmp/session.\$
- file write /tmp/session.4712
+ file write /tmp/session.\$
- file read /tmp/session.99
+ file read /tmp/session.\$
- file write /tmp/session.99
+ file write /tmp/session.\$
- file read /tmp/session.5
+ file read /tmp/session.\$
- file read /var/cache/x/ab12
+ file read /var/cache/x/\X
- file read /var/cache/x/cd34ef
+ file read /var/cache/x/\X
- file read /var/cache/x/99aa
+ file read /var/cache/x/\X

<kernel> /b
- acl_group 3 file read /srv/1/x
+ acl_group 3 file read /srv/\$/x
- acl_group 3 file read /srv/2/x
+ acl_group 3 file read /srv/\$/x
- acl_group 3 file read /srv/3/x
+ acl_group 3 file read /srv/\$/x
END
}

@test "patternize --suggest --json, and how many names make a group" {
    similar >policy
    run --separate-stderr "$patternize" --suggest --support=2 --json -f policy
    assert_success
    run jq -e '.[] | select(.domain == "<kernel> /b") |
        .pattern == "/tmp/session.\\$" and .allows == "any name of \u0027session.\u0027 and digits in /tmp/" and
        .lines == [{line: "file read /tmp/session.\\$",
            covers: ["file read /tmp/session.4711", "file read /tmp/session.4712"]}]' <<<"$output"
    assert_success
    assert_output true
    run "$patternize" --suggest --support=5 -f policy
    assert_success
    assert_output ''
    run "$patternize" --suggest --support=1 -f policy
    assert_failure 2
    run "$patternize" --suggest default.conf -f policy
    assert_failure 2
    run "$patternize" default.conf --json -f policy
    assert_failure 2
}

daemon()
{
    cat <<'END'
<kernel> /usr/sbin/daemon
file append /var/log/syslog
file append /var/log/auth-log
file append /var/log/kernlog
file append /var/log/maillog
file append /var/log/userlog
file append /var/log/cronlog
file create /tmp/s.1 0600
file create /tmp/s.2 0600
file create /tmp/s.34 0600
file read/write /tmp/s.1
file read/write /tmp/s.2
file read/write /tmp/s.34
network inet dgram send 10.0.0.5 33000
network inet dgram send 10.0.0.5 45001
network inet dgram send 10.0.0.9 60001
network inet dgram send 10.0.0.9 53
network inet stream connect 192.168.1.5 443
network inet stream connect 192.168.1.9 443
network inet stream connect 192.168.1.77 443
network inet stream connect 127.0.0.1 5432
network inet stream connect 127.0.0.1 6379
network inet stream connect 127.0.0.1 3306
network inet dgram bind 0.0.0.0 5060
network inet dgram bind 0.0.0.0 5061
network inet dgram bind 0.0.0.0 5062
file read proc:/1/limits
file read proc:/22/limits
file read proc:/33/limits
END
}

@test "patternize --suggest: ports given out by chance, networks, a block for each pattern; nothing wide for what changes files" {
    daemon >policy
    run --separate-stderr "$patternize" --suggest -f policy
    assert_success
    assert_output - <<'END'
<kernel> /usr/sbin/daemon
  file create /tmp/s.\$ 0600
  file read/write /tmp/s.\$
    allow any name of 's.' and digits in /tmp/, and stand for
      file create /tmp/s.1 0600
      file create /tmp/s.2 0600
      file create /tmp/s.34 0600
      file read/write /tmp/s.1
      file read/write /tmp/s.2
      file read/write /tmp/s.34
  network inet dgram send 10.0.0.5 1024-65535
  network inet dgram send 10.0.0.9 1024-65535
    allow any port of 1024-65535, and stand for
      network inet dgram send 10.0.0.5 33000
      network inet dgram send 10.0.0.5 45001
      network inet dgram send 10.0.0.9 60001
  network inet stream connect 192.168.1.0-192.168.1.255 443
    allows any address of 192.168.1.0-192.168.1.255, and stands for
      network inet stream connect 192.168.1.5 443
      network inet stream connect 192.168.1.9 443
      network inet stream connect 192.168.1.77 443
  network inet dgram bind 0.0.0.0 5060-5062
    allows any port of 5060-5062, and stands for
      network inet dgram bind 0.0.0.0 5060
      network inet dgram bind 0.0.0.0 5061
      network inet dgram bind 0.0.0.0 5062
END
}

@test "patternize --suggest --apply: the policy with all proposals in it, as their rules would make it" {
    { daemon; printf 'acl_group 3 file read /srv/%d/x\n' 1 2 3; printf '# a comment\n'; } >policy
    run --separate-stderr "$patternize" --suggest --apply <policy
    assert_success
    assert_line --index 7 'file create /tmp/s.\$ 0600'
    assert_line 'file read/write /tmp/s.\$'
    assert_line 'acl_group 3 file read /srv/\$/x'
    assert_line 'network inet dgram send 10.0.0.9 53'
    assert_line '# a comment'
    printf '%s\n' "$output" | "$box" sortpolicy >applied
    "$patternize" --suggest --format=rules -f policy >rules.conf
    "$patternize" rules.conf -f policy | "$box" sortpolicy | diff applied -
    run "$patternize" --suggest --apply --json -f policy
    assert_failure 2
    run "$patternize" --apply -f policy
    assert_failure 2
}

@test "patternize: files of init stay its own; files without a name, spool, layers, rotated logs" {
    run --separate-stderr "$patternize" --pack=proc,temp,spool,overlay,rotation <<'END'
<kernel> /a
file read proc:/1/limits
file read proc:/1/fd/5
file read proc:/12/limits
file create /tmp/#4711 0600
file write dev(0,57):/work/#12
file read dev(8,1):/etc/hosts
file unlink /var/spool/cups/d00012-001
file read /var/spool/mqueue/1234/x
file rename /var/log/syslog.1 /var/log/syslog.2.gz
file create /var/log/app-20261130 0640
file append /var/log/syslog
END
    assert_success
    assert_output - <<'END'
<kernel> /a
file read proc:/1/limits
file read proc:/1/fd/\$
file read proc:/\$/limits
file create /tmp/#\$ 0600
file write dev(0,57):/work/#\$
file read dev(\$,\$):/etc/hosts
file unlink /var/spool/cups/d\$-\$
file read /var/spool/mqueue/\$/x
file rename /var/log/syslog.\$ /var/log/syslog.\$.gz
file create /var/log/app-20\+\+\+\+\+\+ 0640
file append /var/log/syslog
END
}

@test "patternize --suggest: 100,000 names in one directory are one group" {
    awk 'BEGIN { print "<kernel> /a"; for (i = 0; i < 100000; i++) printf "file read /var/spool/q%d.x\n", i }' >policy
    run bash -c "'$patternize' --suggest -f policy | head -n 3"
    assert_line --index 1 '  file read /var/spool/q\$.x'
}

@test "patternize --help has examples" {
    run "$patternize" --help
    assert_success
    assert_line 'Examples:'
}
