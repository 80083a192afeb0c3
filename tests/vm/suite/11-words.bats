#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves what the kernel takes for a line, a word, a number, an address and a list of operations. Domains of this file
# are <kernel> /kept and what is below <kernel> /k11, its groups begin with k11.

# shellcheck disable=SC1003 # backslashes at the end of a word are meant
load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo
# shellcheck disable=SC2034 # kept.bash reads it
mark=k11

# repeated N TEXT: REPLY is N times the text.
repeated()
{
    printf -v REPLY '%*s' "$1" ''
    REPLY=${REPLY// /"$2"}
}

@test "K-029 white space is normalised" {
    printf '  <kernel>\t/k11 \r\n\tfile\t read  /t1\t\r\n' >$policy/domain_policy
    domains_with k11
    k_equal "$REPLY" '<kernel> /k11'
    echo 'delete <kernel> /k11' >$policy/domain_policy
    keeps $'\tfile\t read  /t1\r' 'file read /t1'
    keeps $' \x7f file\x01read\x1f/t1 ' 'file read /t1'
}

@test "K-030 a NUL ends a line" {
    exec {fd}<>$policy/domain_policy
    printf '<kernel> /k11\nfile read /n1\0junk\nfile read /n2\nselect domain=<kernel> /k11\n' >&"$fd"
    mapfile -t -s 4 -u "$fd"
    exec {fd}>&-
    echo 'delete <kernel> /k11' >$policy/domain_policy
    k_equal "${MAPFILE[*]}" 'file read /n1 file read /n2 '
}

@test "K-031 bytes from 0x80 are white space" {
    keeps $'file read /\xc3\xa9' 'file read /'
    keeps $'file\xc3\xa9read\x80/a' 'file read /a'
}

@test "K-032 an octal escape is kept as it is" {
    keeps 'file read /a\040b'
}

@test "K-033 wrong escapes are refused" {
    keeps_nothing 'file read /a\101b' 'file read /a\041' 'file read /a\37' 'file read /a\400' 'file read /a\b' \
        'file read \' 'file read /a\' 'file read /a\8' 'file read /a\09' 'file read /a\176'
}

@test "K-034 bytes that must be escaped may be" {
    keeps 'file read /a\000b'
    keeps 'file read /a\177'
    keeps 'file read /a\200'
    keeps 'file read /a\377\\'
}

@test "K-035 K-036 K-037 a word has twenty repeating wildcards and any number of the others" {
    repeated 20 '\*'
    keeps "file read /$REPLY" # K-035
    repeated 10 '\@\$'
    keeps "file read /$REPLY"
    repeated 21 '\*'
    keeps_nothing "file read /$REPLY" # K-036
    repeated 10 '\{a\}/'
    keeps "file read /$REPLY"
    keeps_nothing "file read /$REPLY\\X"
    repeated 25 '\?'
    keeps "file read /$REPLY" # K-037
    repeated 10 '\+\x\a\-'
    keeps "file read /$REPLY"
}

@test "K-038 directories repeat between slashes" {
    keeps 'file read /\{d\}/x'
    keeps 'file read /a/\{d\}/'
    keeps 'file read /\{\}/x'
    keeps 'file read /\{a\}/\{b\}/'
}

@test "K-039 directories repeat nowhere else" {
    keeps_nothing 'file read \{d\}/x' 'file read /a\{d\}/x' 'file read /\{d\}x' 'file read /\{a/b\}/x' \
        'file read /\{a\}/\}/' 'file read /\{a' 'file read /\{a\}'
}

@test "K-040 a name need not be a path" {
    keeps 'file read a'
    keeps 'file read *'
    keeps 'file read "/a"'
}

@test "K-041 an operand too many is refused" {
    keeps_nothing 'file read /a /b'
}

@test "K-042 what is no domain name makes no domain" {
    printf '%s\n' '<kernel> k11' '<kernel> \*k11' '<kernel> k11.a/b' '<>' '<> /k11' '<k11' 'k11' 'kernel' \
        '<kernel> /k11\' >$policy/domain_policy
    domains_with k11
    k_equal "$REPLY" ''
    domains_with '<>'
    k_equal "$REPLY" ''
}

@test "K-075 hexadecimal digits are printed in upper case" {
    keeps 'file create /a 0X1f' 'file create /a 0x1F'
}

@test "K-076 a range with equal ends is one number" {
    keeps 'file create /a 10-10' 'file create /a 10'
}

@test "K-077 each end of a range keeps its radix" {
    keeps 'file create /a 8-010'
    keeps 'file create /a 10-0x20'
}

@test "K-078 leading zeros" {
    keeps 'file create /a 08' 'file create /a 8'
    keeps 'file create /a 0' 'file create /a 0'
    keeps 'file create /a 00' 'file create /a 00'
    keeps 'file create /a 0017' 'file create /a 017'
}

@test "K-079 what is no number or range is refused" {
    keeps_nothing 'file create /a 20-10' 'file create /a -1' 'file create /a 1-' 'file create /a 5x' \
        'file create /a 0x' 'file create /a 1-2-3' 'file create /a +1' 'file create /a x' 'file create /a @'
}

@test "D-09 a number that overflows" {
    if k_ours; then
        keeps_nothing 'file create /a 18446744073709551616' 'file create /a 0x10000000000000000'
    else
        keeps 'file create /a 18446744073709551616' 'file create /a 0'
    fi
    keeps 'file create /a 18446744073709551615'
}

@test "K-080 the same value in another radix is another entry" {
    kept 'file create /a 8' 'file create /a 010'
    k_equal "$REPLY" $'file create /a 8\nfile create /a 010'
    kept 'file create /a 8' 'file create /a 010' 'delete file create /a 010'
    k_equal "$REPLY" 'file create /a 8'
}

@test "K-081 addresses are printed in their shortest form" {
    keeps 'network inet stream bind 127.000.000.001 80' 'network inet stream bind 127.0.0.1 80'
    keeps 'network inet stream bind 0:0:0:0:0:0:0:1 80' 'network inet stream bind ::1 80'
    keeps 'network inet stream bind 2001:0DB8::00FF 80' 'network inet stream bind 2001:db8::ff 80'
    keeps 'network inet stream bind 1:0:0:2:0:0:0:3 80' 'network inet stream bind 1:0:0:2::3 80'
    keeps 'network inet stream bind ::1.2.3.4 80' 'network inet stream bind ::102:304 80'
    keeps 'network inet stream bind ::ffff:1.2.3.4 80'
    keeps 'network inet stream bind 1:0:2:0:3:0:4:0 80'
}

@test "K-082 what is no address or range is refused" {
    keeps_nothing 'network inet stream bind 127.1 80' 'network inet stream bind 256.0.0.1 80' \
        'network inet stream bind localhost 80' 'network inet stream bind 127.0.0.1-::1 80' \
        'network inet stream bind fe80::1%eth0 80'
}

@test "D-09 a range of addresses from high to low" {
    if k_ours; then
        keeps_nothing 'network inet stream bind 1.2.3.4-1.2.3.3 80'
    else
        keeps 'network inet stream bind 1.2.3.4-1.2.3.3 80'
    fi
}

@test "K-083 ports end at 65535" {
    keeps_nothing 'network inet stream bind ::1 65536' 'network inet stream bind ::1 70000-80000' \
        'network inet stream bind ::1 1-65536'
    keeps 'network inet stream bind ::1 0-65535'
}

@test "K-084 a range of addresses with equal ends is one address" {
    keeps 'network inet stream bind 1.1.1.1-1.1.1.1 80' 'network inet stream bind 1.1.1.1 80'
}

@test "K-085 K-086 K-087 K-088 K-089 operations are printed in the fixed order" {
    keeps 'file write/read /a' 'file read/write /a' # K-085
    keeps 'file append/execute/write/read/unlink/getattr/rmdir/truncate/symlink/chroot/unmount /a' \
        'file execute/read/write/append/unlink/getattr/rmdir/truncate/symlink/chroot/unmount /a' # K-086
    keeps 'file chgrp/chown/chmod/ioctl/mksock/mkfifo/mkdir/create /a 0' \
        'file create/mkdir/mkfifo/mksock/ioctl/chmod/chown/chgrp /a 0' # K-087
    keeps 'file pivot_root/rename/link /a /b' 'file link/rename/pivot_root /a /b' # K-088
    keeps 'network inet stream send/connect/listen/bind 127.0.0.1 80' \
        'network inet stream bind/listen/connect/send 127.0.0.1 80' # K-089
    keeps 'network unix seqpacket send/bind /s' 'network unix seqpacket bind/send /s'
    keeps 'file mkchar/mkblock /a 0600 1 2' 'file mkblock/mkchar /a 0600 1 2'
}

@test "K-090 unknown file operations are refused" {
    keeps_nothing 'file nosuch /a' 'file umount /a' 'file transit /a' 'file rewrite /a' 'file  /a' 'file'
}

@test "D-04 operations that are misspelt or do not go together" {
    if k_ours; then
        keeps_nothing 'file readx /a' 'file read/nosuch /a' 'file read/ /a' 'file /read /a' 'file xread/read /a' \
            'file read/rename /a' 'file mount/rename /a /b' 'network inet stream bindx ::1 80'
    else
        keeps 'file readx /a' 'file read /a'
        keeps 'file read/nosuch /a' 'file read /a'
        keeps 'file read/ /a' 'file read /a'
        keeps 'file /read /a' 'file read /a'
        keeps_nothing 'file xread/read /a'
        keeps 'file read/rename /a' 'file read /a'
        keeps 'file mount/rename /a /b' 'file rename /a /b'
    fi
    # Whatever the kernel prints itself is taken.
    keeps 'file read/read /a' 'file read /a'
}

@test "K-091 unknown protocols and network operations are refused" {
    keeps_nothing 'network inet tcp bind 127.0.0.1 80' 'network inet stream accept 127.0.0.1 80' \
        'network unix tcp bind /s' 'network unix stream recv /s' 'network stream bind ::1 80'
}

@test "K-092 ranges and groups are numbers of mkchar" {
    # The reference makes the group, which goes with it.
    keeps 'file mkchar /a 0-0777 @k11MAJ 0-255'
}

@test "K-093 a missing operand is refused" {
    keeps_nothing 'file mount a b c' 'file link /a' 'file mkblock /a 0600 1' 'file read' 'file create /a' \
        'network inet stream bind 127.0.0.1' 'network unix stream bind' 'misc env'
}

@test "K-094 what is no name of an environment variable is refused" {
    keeps_nothing 'misc env PATH=x' 'misc env A B'
}

@test "K-095 environment variables may be patterns" {
    keeps 'misc env LC_\*'
}

@test "K-096 what is no domain name is no target of a manual transition" {
    keeps_nothing 'task manual_domain_transition foo' 'task manual_domain_transition <kernel> x' \
        'task manual_domain_transition' 'task manual_domain_transition /x'
    keeps 'task manual_domain_transition <kernel> /x'
}
