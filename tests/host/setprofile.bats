#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# setprofile, on a directory of plain files in the place of the kernel interface: it takes everything, and what is
# written to domain_policy overwrites its beginning. Hence only what is decided before the write is proved here.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    setprofile=$BATS_TEST_TMPDIR/tomoyo-setprofile
    ln -s "$box" "$setprofile"
    export TOMOYO_INTERFACE=$BATS_TEST_TMPDIR/interface
    mkdir "$TOMOYO_INTERFACE"
    cat >"$TOMOYO_INTERFACE/profile" <<'END'
<kernel> PROFILE_VERSION=20150505
<kernel> 1-CONFIG={ mode=learning grant_log=no reject_log=yes }
<kernel> 2-CONFIG={ mode=permissive grant_log=no reject_log=yes }
<other> 3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }
END
    cat >"$TOMOYO_INTERFACE/domain_policy" <<'END'
<kernel>
use_profile 1
use_group 0

file read /etc/passwd

<kernel> /usr/sbin/sshd
use_profile 1
quota_exceeded

<kernel> /usr/sbin/sshd /bin/b\040sh
use_profile 2


<other> /usr/sbin/sshd
use_profile 3

END
    before=$(cat "$TOMOYO_INTERFACE/domain_policy")
}

untouched()
{
    assert_equal "$(cat "$TOMOYO_INTERFACE/domain_policy")" "$before"
}

@test "U-176 setprofile without TOMOYO: the message, and 1; with --compat the old words" {
    unset TOMOYO_INTERFACE
    run "$setprofile" 1 '<kernel>'
    assert_failure 1
    assert_output --partial 'tomoyo-setprofile: this kernel offers no TOMOYO'
    run "$setprofile" --compat 1 '<kernel>'
    assert_failure 1
    assert_output "You can't run this command for this kernel."
}

@test "U-167 setprofile: too few arguments, or no number" {
    for arguments in '' 1 'x <kernel>' '1x <kernel>' '256 <kernel>' '-1 <kernel>' '0x1 <kernel>' '99999999999 <kernel>'; do
        # shellcheck disable=SC2086 # several arguments
        run --separate-stderr "$setprofile" $arguments
        assert_failure 2
        assert_output ''
        # shellcheck disable=SC2154 # set by run
        assert [ -n "$stderr" ]
    done
    run --separate-stderr "$setprofile" --compat 1
    assert_success
    assert_equal "$stderr" 'tomoyo-setprofile [-r] profile domainname [domainname ...]'
    untouched
}

@test "setprofile --dry-run: names are exact, -r adds what is below" {
    run "$setprofile" -n 2 '<kernel> /usr/sbin/sshd'
    assert_success
    assert_output '1 <kernel> /usr/sbin/sshd'
    run "$setprofile" -n -r 2 '<kernel>'
    assert_success
    assert_output - <<'END'
1 <kernel>
1 <kernel> /usr/sbin/sshd
2 <kernel> /usr/sbin/sshd /bin/b\040sh
END
    run "$setprofile" -n -r 2 '<kernel> /usr/sbin/ssh'
    assert_failure 1
    untouched
}

@test "setprofile --pattern: escapes in names are characters, without a namespace the last words count" {
    run "$setprofile" -n -p 1 '/bin/b\?sh'
    assert_success
    assert_output '2 <kernel> /usr/sbin/sshd /bin/b\040sh'
}

@test "setprofile --pattern reaches across namespaces, and all must have the profile" {
    run "$setprofile" -n -p 3 '<other> /usr/\*/sshd'
    assert_output '3 <other> /usr/sbin/sshd'
    run "$setprofile" -p 3 /usr/sbin/sshd
    assert_failure 1
    assert_output --partial 'namespace <kernel> has no profile 3; nothing was changed'
    untouched
}

@test "setprofile --from takes a number from 0 to 255" {
    run "$setprofile" -n -r -f 2 1 '<kernel>'
    assert_success
    assert_output '2 <kernel> /usr/sbin/sshd /bin/b\040sh'
    run "$setprofile" -n -r -f 256 1 '<kernel>'
    assert_failure 2
    run "$setprofile" -n -r -f 255 1 '<kernel>'
    assert_failure 1
    assert_output --partial "no domain is named '<kernel>' and has profile 255"
}

@test "U-171 setprofile: a name that no domain has" {
    run "$setprofile" 1 '<nosuch>'
    assert_failure 1
    assert_output "tomoyo-setprofile: no domain is named '<nosuch>'"
    run "$setprofile" --compat 1 '<nosuch>'
    assert_success
    assert_output ''
    untouched
}

@test "setprofile writes one selection and one profile for every domain" {
    # Behind the first line that is not of the domains, so that reading back finds them unharmed.
    { head -c 200 /dev/zero | tr '\0' '\n' && echo "$before"; } >"$TOMOYO_INTERFACE/domain_policy"
    run "$setprofile" -r 1 '<kernel>'
    head -c 200 "$TOMOYO_INTERFACE/domain_policy" | grep . >"$BATS_TEST_TMPDIR/written"
    assert_equal "$(cat "$BATS_TEST_TMPDIR/written")" 'select <kernel>
use_profile 1
select <kernel> /usr/sbin/sshd
use_profile 1
select <kernel> /usr/sbin/sshd /bin/b\040sh
use_profile 1'
    # These files are no kernel: the third domain keeps what it has, and that is told.
    assert_failure 1
    assert_line '1 <kernel> /usr/sbin/sshd'
    assert_line "tomoyo-setprofile: '<kernel> /usr/sbin/sshd /bin/b\\040sh' still has profile 2: the kernel did not take 1"
}

@test "setprofile finds its way through 100,000 domains, a line of 1 MB, NULs and a missing last newline" {
    {
        awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<kernel> /d/%d\nuse_profile %d\n\nfile read /%d\n\n", i, i % 3, i }'
        echo '<kernel> /long'
        echo 'use_profile 2'
        head -c 1000000 /dev/zero | tr '\0' x
        printf '\nfile read /a\0<kernel> /hidden\n<kernel> /last\nuse_profile 2'
    } >"$TOMOYO_INTERFACE/domain_policy"
    run bash -c "'$setprofile' -n -r -f 2 1 '<kernel>' | wc -l"
    assert_output 33335
    run "$setprofile" -n 1 '<kernel> /last' '<kernel> /long'
    assert_output - <<'END'
2 <kernel> /long
2 <kernel> /last
END
    run "$setprofile" -n 1 '<kernel> /hidden'
    assert_failure 1
}

@test "setprofile reports a full disk" {
    run bash -c "'$setprofile' -n -r 1 '<kernel>' >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "setprofile without profile file: nothing is written" {
    rm "$TOMOYO_INTERFACE/profile"
    run "$setprofile" 1 '<kernel>'
    assert_failure 2
    assert_output --partial "cannot open $TOMOYO_INTERFACE/profile"
    untouched
}

@test "setprofile --help has examples" {
    run "$setprofile" --help
    assert_success
    assert_line 'Examples:'
}

@test "setprofile --json: domains with the mode of their profile" {
    echo '<kernel> 2-CONFIG::file={ mode=enforcing }' >>"$TOMOYO_INTERFACE/profile"
    assert_equal "$("$setprofile" --json -n -r 1 '<kernel>' | jq -c 'map([.domain, .profile, .mode])')" \
        '[["<kernel>",1,"learning"],["<kernel> /usr/sbin/sshd",1,"learning"],["<kernel> /usr/sbin/sshd /bin/b\\040sh",2,"permissive,enforcing"]]'
}

@test "setprofile on a terminal: the profile has the colour of its mode, unless NO_COLOR is set" {
    paint() { TERM=xterm script -qec "'$setprofile' -n 3 '<other> /usr/sbin/sshd'" /dev/null | tr -d '\r'; }
    assert_equal "$(paint)" $'\e[32m3\e[m <other> /usr/sbin/sshd'
    assert_equal "$(NO_COLOR=1 paint)" '3 <other> /usr/sbin/sshd'
}
