#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# loadpolicy without a kernel: its command line, what it writes, and what it says when the kernel takes nothing.
# Ordinary files stand in for the kernel's: they show what was written; /dev/null stands for a kernel that refuses.

# shellcheck disable=SC2086,SC2154 # several words in a variable; $stderr is set by run

bats_require_minimum_version 1.5.0

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir bin kernel
    ln -s "$box" bin/tomoyo-loadpolicy
    PATH=$PWD/bin:$PATH
    export TOMOYO_INTERFACE=$PWD/kernel
    for file in domain_policy exception_policy profile manager; do : >"kernel/$file"; done
    echo 'Policy update:          7 (Last: 2026/01/01 00:00:00)' >kernel/stat
}

refusing() # FILE: the kernel takes nothing written to FILE
{
    ln -sf /dev/null "kernel/$1"
}

usage="tomoyo-loadpolicy {-e|-ef|-d|-df|-m|-p|-s} [remote_ip:remote_port]

-e  : Read from stdin and append to /sys/kernel/security/tomoyo/exception_policy .
-ef : Read from stdin and overwrite /sys/kernel/security/tomoyo/exception_policy .
-d  : Read from stdin and append to /sys/kernel/security/tomoyo/domain_policy .
-df : Read from stdin and overwrite /sys/kernel/security/tomoyo/domain_policy .
-m  : Read from stdin and append to /sys/kernel/security/tomoyo/manager .
-p  : Read from stdin and append to /sys/kernel/security/tomoyo/profile .
-s  : Read from stdin and append to /sys/kernel/security/tomoyo/stat .
remote_ip:remote_port : Write to tomoyo-editpolicy-agent listening at remote_ip:remote_port rather than /sys/kernel/security/tomoyo/ directory."

@test "U-138 wrong usage names the mistake and exits with 2" {
    run tomoyo-loadpolicy </dev/null
    assert_failure 2
    assert_output "tomoyo-loadpolicy: which policy? -d, -e, -m, -p or -s; see 'tomoyo-loadpolicy --help'"
    run tomoyo-loadpolicy -x
    assert_failure 2
    for option in -pf -mf -sf; do
        run tomoyo-loadpolicy $option
        assert_failure 2
        assert_output --partial '-f works with -d and -e only'
    done
    run tomoyo-loadpolicy policy.conf
    assert_failure 2
    assert_output --partial 'which policy?'
}

@test "U-138 compatibility mode prints the old usage on stdout and exits with 1" {
    for words in -x -pf -mf -sf d a policy.conf --help -ed -dd; do
        run --separate-stderr tomoyo-loadpolicy --compat $words
        assert_failure 1
        assert_output "$usage"
        assert_equal "$stderr" ''
    done
    run --separate-stderr tomoyo-loadpolicy --compat
    assert_failure 1
    assert_output "$usage"
    assert_equal "$stderr" 'You need to specify policy to load.'
}

@test "U-139 two policies at once are refused, in the old words in compatibility mode" {
    run tomoyo-loadpolicy -d -e
    assert_failure 2
    assert_output --partial 'only one policy can be loaded at a time'
    for words in '-d -e' '-d -df' '-p -m' '-d x' '-d --help'; do
        run --separate-stderr tomoyo-loadpolicy --compat $words
        assert_failure 1
        assert_output "$usage"
        assert_equal "$stderr" 'You cannot specify multiple policies at the same time.'
    done
    run --keep-empty-lines tomoyo-loadpolicy --compat -d -e
    assert_line --index 0 'You cannot specify multiple policies at the same time.'
    assert_line --index 1 ''
    assert_line --index 2 --partial '{-e|-ef|-d|-df|-m|-p|-s} [remote_ip:remote_port]'
}

@test "U-153 a kernel without TOMOYO is told from other trouble" {
    unset TOMOYO_INTERFACE
    [ ! -e /sys/kernel/security/tomoyo ]
    run tomoyo-loadpolicy -d </dev/null
    assert_failure 1
    assert_output --partial 'this kernel offers no TOMOYO'
    run tomoyo-loadpolicy --compat -d </dev/null
    assert_failure 1
    assert_output "You can't run this program for this kernel."
}

@test "loadpolicy does not talk to remote agents, and says what to do" {
    for words in '-d 10.0.0.1:7000' 'd 10.0.0.1:7000'; do
        run tomoyo-loadpolicy $words </dev/null
        assert_failure 2
        assert_output 'tomoyo-loadpolicy: remote agents are not supported; use ssh, for example: ssh HOST tomoyo-loadpolicy -d <FILE'
    done
    run tomoyo-loadpolicy --compat -d 10.0.0.1:7000 </dev/null
    assert_failure 1
    assert_output "Can't connect to 10.0.0.1:7000"
    run tomoyo-loadpolicy --compat -d 10.0.0.1:1 10.0.0.2:1 </dev/null
    assert_failure 1
    assert_output --partial 'You cannot specify multiple remote agents at the same time.'
    # A snapshot's name has colons, too.
    mkdir 26-01-01.00:00:00
    echo '<kernel>' >26-01-01.00:00:00/domain_policy.conf
    run tomoyo-loadpolicy -d 26-01-01.00:00:00/domain_policy.conf
    assert_success
}

@test "--help has examples" {
    run tomoyo-loadpolicy --help
    assert_success
    assert_output --partial 'Examples:'
    assert_output --partial 'tomoyo-loadpolicy -df <'
}

@test "what is written is normalized, without comments and blank lines" {
    run tomoyo-loadpolicy -d < <(printf '# a comment\n\n  <kernel>\t/foo \r\nfile  read /a\n')
    assert_success
    refute_output
    assert_equal "$(cat kernel/domain_policy)" "$(printf '<kernel> /foo\nfile read /a')"
}

@test "policy comes from files, from standard input, or from both" {
    printf '<kernel> /1\n' >one
    printf '<kernel> /3' >three
    run tomoyo-loadpolicy -d one - three < <(printf '<kernel> /2\n')
    assert_success
    assert_equal "$(cat kernel/domain_policy)" "$(printf '<kernel> /1\nreset\n<kernel> /2\nreset\n<kernel> /3')"
}

@test "a file that cannot be read is trouble" {
    run tomoyo-loadpolicy -d /no/such
    assert_failure 2
    assert_output 'tomoyo-loadpolicy: cannot open /no/such: No such file or directory'
    run tomoyo-loadpolicy -d .
    assert_failure 2
    assert_output 'tomoyo-loadpolicy: cannot read .: Is a directory'
}

@test "nothing to load is nothing wrong; a closed standard input is no input" {
    for option in -d -e -m -p -s; do
        run tomoyo-loadpolicy $option </dev/null
        assert_success
        refute_output
        run bash -c "tomoyo-loadpolicy $option <&-"
        assert_failure 2
        assert_output 'tomoyo-loadpolicy: cannot read standard input: Bad file descriptor'
    done
}

@test "-df and -ef refuse to replace by nothing, and by what nobody understands" {
    printf '<kernel>\nuse_profile 0\n<kernel> /a\nuse_profile 3\n' | tee kernel/domain_policy >domains
    printf 'path_group G /a\n' | tee kernel/exception_policy >exceptions
    local input
    for input in '' '# a comment' 'delete <kernel> /a'; do
        run bash -c 'tomoyo-loadpolicy -df' <<<"$input"
        assert_failure 2
        assert_output 'tomoyo-loadpolicy: the input holds no domain: nothing was changed; if all that is in the kernel shall be deleted: --allow-empty'
    done
    for input in '' '# a comment' 'delete path_group G /a' 'file read /a' $'bash: no such command\nbogus'; do
        for option in -ef -efn; do
            run tomoyo-loadpolicy $option <<<"$input"
            assert_failure 2
            assert_output --partial 'the input holds no line of exception policy: nothing was changed'
        done
    done
    run bash -c 'false | tomoyo-loadpolicy -df'
    assert_failure 2
    run bash -c 'tomoyo-loadpolicy df - <&-'
    assert_failure 2
    cmp domains kernel/domain_policy
    cmp exceptions kernel/exception_policy
    run tomoyo-loadpolicy -df --allow-empty </dev/null
    assert_success
    assert_equal "$(head -n 1 kernel/domain_policy)" 'delete <kernel> /a'
}

@test "a number with something behind it is sent as it stands" {
    run tomoyo-loadpolicy -dn "$BATS_TEST_DIRNAME/data/number-then-comment.domain"
    assert_success
    refute_output
    assert_equal "$(cat kernel/domain_policy)" '<kernel> /usr/sbin/exampled
use_profile 3 # enforcing
use_group 1 second group
file read /etc/exampled.conf'
    # What the kernel is said to have is what a kernel makes of it.
    printf '<kernel> /usr/sbin/exampled\nuse_profile 3\nuse_group 1\n\nfile read /etc/exampled.conf\n' >kernel/domain_policy
    refusing domain_policy
    printf '<kernel> /a\nuse_profile 3x\nuse_profile 300\n' >policy
    run tomoyo-loadpolicy -d policy
    assert_failure 1
    # Which kernel takes 3x for a 3 is not known; which takes 300, is.
    assert_output "tomoyo-loadpolicy: policy:1: the kernel did not accept '<kernel> /a'
tomoyo-loadpolicy: policy:3:13: the number of a profile is 0 to 255; not sent to the kernel: 'use_profile 300'
tomoyo-loadpolicy: so one line below it is lost"
}

@test "what is not sent is told, also with --no-verify" {
    run tomoyo-loadpolicy -dn < <(printf 'file read /lost\n<kernel> /a\nuse_profile 300\nfile read /a\n')
    assert_failure 1
    assert_output "tomoyo-loadpolicy: standard input:1:1: no domain is selected; not sent to the kernel: 'file read /lost'
tomoyo-loadpolicy: standard input:3:13: the number of a profile is 0 to 255; not sent to the kernel: 'use_profile 300'"
    assert_equal "$(cat kernel/domain_policy)" $'reset\n<kernel> /a\nfile read /a'
    run tomoyo-loadpolicy -pn < <(printf -- '-CONFIG=x\n1-COMMENT=x\0y\n1-CONFIG={ mode=enforcng }\n1-COMMENT=z\n')
    assert_failure 1
    assert_output "tomoyo-loadpolicy: standard input:2:12: it holds a NUL byte; not sent to the kernel: '1-COMMENT=x'
tomoyo-loadpolicy: standard input:1:1: the number of the profile is missing; not sent to the kernel: '-CONFIG=x'
tomoyo-loadpolicy: standard input:3:12: 'mode=enforcng' means nothing to the kernel; did you mean 'mode=enforcing'?; not sent to the kernel: '1-CONFIG={ mode=enforcng }'"
    assert_equal "$(cat kernel/profile)" '1-COMMENT=z'
}

@test "entries without a domain are told, one by one" {
    run tomoyo-loadpolicy -d "$BATS_TEST_DIRNAME/data/before-first-domain.domain"
    assert_failure 1
    assert_equal "$(grep -c 'no domain is selected; not sent to the kernel' <<<"$output")" 3
}

@test "a file that starts in its middle is read from there" {
    printf 'junk\n<kernel> /foo\n' >policy
    run bash -c 'read -r junk; tomoyo-loadpolicy -d' <policy
    assert_success
    assert_equal "$(cat kernel/domain_policy)" '<kernel> /foo'
}

@test "each refused line is reported with its place; 20 of them, or all with --verbose" {
    refusing exception_policy
    seq -f 'path_group G /%.0f' 30 >policy
    run tomoyo-loadpolicy -e policy
    assert_failure 1
    assert_equal "${#lines[@]}" 21
    assert_line --index 0 "tomoyo-loadpolicy: policy:1: the kernel did not accept 'path_group G /1'; no mistake is known in it"
    assert_line --index 19 "tomoyo-loadpolicy: policy:20: the kernel did not accept 'path_group G /20'; no mistake is known in it"
    assert_line --index 20 'tomoyo-loadpolicy: ... and 10 more; --verbose shows all'
    run tomoyo-loadpolicy -ev policy
    assert_failure 1
    assert_equal "${#lines[@]}" 30
}

@test "what is wrong with a refused line is told with its column in the file" {
    refusing domain_policy
    refusing exception_policy
    run tomoyo-loadpolicy -d < <(printf '<kernel> b\nselect pid=1\n  file\t reda /a\nfile read /a path1.uid=x \nuse_profile 300\n')
    assert_failure 1
    assert_output "tomoyo-loadpolicy: standard input:1:10: the name of a domain goes on with paths; the kernel did not accept '<kernel> b'
tomoyo-loadpolicy: standard input:3:9: unknown file operation; the kernel did not accept 'file reda /a'
tomoyo-loadpolicy: standard input:4:24: neither a keyword nor a number; the kernel did not accept 'file read /a path1.uid=x'
tomoyo-loadpolicy: standard input:5:13: the number of a profile is 0 to 255; not sent to the kernel: 'use_profile 300'"
    run tomoyo-loadpolicy -e < <(printf '<n>  keep_domian /a\nacl_group 1 file read\n')
    assert_failure 1
    assert_output "tomoyo-loadpolicy: standard input:1:6: unknown directive of exception policy; the kernel did not accept '<n> keep_domian /a'
tomoyo-loadpolicy: standard input:2:22: a name is missing here; the kernel did not accept 'acl_group 1 file read'"
    run tomoyo-loadpolicy -p < <(printf '1-CONFIG={ foo_bar_baz=1 }\n-CONFIG=x\n')
    assert_failure 1
    assert_output "tomoyo-loadpolicy: standard input:1: the kernel did not accept '1-CONFIG={ foo_bar_baz=1 }'; the kernel has '1-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
tomoyo-loadpolicy: standard input:2:1: the number of the profile is missing; not sent to the kernel: '-CONFIG=x'"
}

@test "what the engine does not understand, but the kernel takes, is no mistake" {
    printf '%s\n' '<kernel>' 'file read/nosuch /a' 'transition_failed x' >policy
    run tomoyo-loadpolicy -d policy
    assert_success
    assert_equal "$(cat kernel/domain_policy)" "$(cat policy)"
}

@test "a domain that is refused takes the lines below it along" {
    refusing domain_policy
    { echo '<kernel> /a' && seq -f 'file read /%.0f' 30; } >policy
    run tomoyo-loadpolicy -d policy
    assert_failure 1
    assert_line --index 0 "tomoyo-loadpolicy: policy:1: the kernel did not accept '<kernel> /a'"
    assert_line --index 1 'tomoyo-loadpolicy: so 30 lines below it are lost'
}

@test "a long refused line is shortened in the report" {
    refusing exception_policy
    run tomoyo-loadpolicy -e < <(head -c 1000000 /dev/zero | tr '\0' x)
    assert_failure 1
    assert [ "${#output}" -lt 600 ]
}

@test "--no-verify does not read back" {
    refusing domain_policy
    run tomoyo-loadpolicy -dn < <(printf '<kernel> /a\nbogus\n')
    assert_success
    refute_output
}

@test "a write that fails is reported" {
    ln -sf /dev/full kernel/domain_policy
    run tomoyo-loadpolicy -d < <(printf '<kernel> /a\n')
    assert_failure 2
    assert_output --partial 'No space left on device'
    run tomoyo-loadpolicy --compat -d < <(printf '<kernel> /a\n')
    assert_failure 1
    refute_output
}

@test "-df deletes what the input does not hold, but profiles only with their domain" {
    # The stand-in overwrites from its beginning, and then reads back both.
    printf '%s\n' '<kernel>' 'use_profile 0' '' '<kernel> /a' 'use_profile 1' 'file read/write /x' 'file read /y' \
        '<kernel> /b' 'use_profile 1' 'file read /z' >kernel/domain_policy
    printf '%s\n' '<kernel>' 'use_profile 0' '<kernel> /a' 'use_profile 1' 'file write /x' >policy
    run tomoyo-loadpolicy -df policy
    assert_success
    run cat kernel/domain_policy
    assert_line 'select domain=<kernel> /a'
    assert_line 'delete file read /y'
    assert_line 'delete <kernel> /b'
    refute_line --partial 'delete use_profile'
}

@test "-df refuses input that cannot be the whole policy, before anything is written" {
    local line
    for line in '<kernel> foo' '<kernel>/foo' 'select pid=1' 'use_profile 256'; do
        printf '%s\n' '<kernel> /a' "$line" 'file read /a' >policy
        run tomoyo-loadpolicy -df policy
        assert_failure 2
        assert_output --partial 'policy:'
        assert_output --partial 'nothing was changed'
        assert_equal "$(cat kernel/domain_policy)" ''
    done
    run tomoyo-loadpolicy -df < <(printf 'file read /a\n<kernel> /a\n')
    assert_failure 2
    assert_output --partial "standard input:1:1: no domain is selected, in 'file read /a'; nothing was changed"
}

@test "D-16 compatibility mode says what tomoyo-tools says of a bad domain name" {
    run tomoyo-loadpolicy --compat -df < <(printf '<kernel> foo\n')
    assert_failure 1
    assert_output "Invalid domainname '<kernel> foo'
Out of memory. Aborted."
}

@test "the words of tomoyo-tools 2.2 read a policy directory or standard input" {
    mkdir policy
    echo 'path_group G /a' >policy/exception_policy.conf
    echo '<kernel> /a' >policy/domain_policy.conf
    echo '/manager' >policy/manager.conf
    echo '1-COMMENT=x' >policy/profile.conf
    echo 'Memory used by policy: 5' >policy/stat.conf
    run tomoyo-loadpolicy a policy
    assert_success
    assert_equal "$(cat kernel/exception_policy kernel/domain_policy kernel/manager)" "$(printf 'path_group G /a\n<kernel> /a')"
    run tomoyo-loadpolicy pm policy
    assert_success
    assert_equal "$(cat kernel/manager kernel/profile)" "$(printf '/manager\n1-COMMENT=x')"
    run tomoyo-loadpolicy u policy
    assert_failure 1
    assert_output --partial "policy/stat.conf:1: the kernel did not accept 'Memory used by policy: 5'; the kernel has '0'"

    for words in 'd -' 'df -' 'fd-'; do
        : >kernel/domain_policy
        run tomoyo-loadpolicy $words < <(printf '<kernel> /stdin\n')
        assert_success
        assert_equal "$(cat kernel/domain_policy)" '<kernel> /stdin'
    done
}

@test "the words of tomoyo-tools 2.2 are refused where they make no sense" {
    run tomoyo-loadpolicy a - </dev/null
    assert_failure 2
    assert_output --partial 'standard input can hold one policy only'
    run tomoyo-loadpolicy pf
    assert_failure 2
    assert_output --partial '-f works with -d and -e only'
    run tomoyo-loadpolicy f
    assert_failure 2
    run tomoyo-loadpolicy d /no/such/directory
    assert_failure 2
    assert_output --partial "'/no/such/directory' is neither '-' nor a policy directory"
    run tomoyo-loadpolicy df /
    assert_failure 2
    assert_output --partial 'domain_policy.conf: No such file or directory'
}

@test "after an option, a word of letters is a file" {
    echo '<kernel> /file/a' >a
    run tomoyo-loadpolicy -d a
    assert_success
    assert_equal "$(cat kernel/domain_policy)" '<kernel> /file/a'
}

@test "a standard input that is a terminal is announced" {
    run script -qec 'tomoyo-loadpolicy -d' /dev/null < <(printf '\004')
    assert_output --partial 'reading policy from the terminal; end with Ctrl-D'
}

@test "loadpolicy --json: what was refused, as an object" {
    printf 'file read /x\n<kernel>\nuse_profile 1\n' >policy
    run -1 --separate-stderr tomoyo-loadpolicy -n --json -d policy
    assert_equal "$(jq -c . <<<"$output")" \
        '{"refused":[{"where":"policy:1:1","line":"file read /x","reason":"no domain is selected","sent":false}],"lost":0}'
    assert_equal "$stderr" ''
    run -0 --separate-stderr tomoyo-loadpolicy -n --json -d <<<'<kernel>'
    assert_equal "$(jq -c . <<<"$output")" '{"refused":[],"lost":0}'
}
