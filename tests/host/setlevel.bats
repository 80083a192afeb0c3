#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# setlevel, on a plain file in the place of the kernel's profiles: what is written overwrites its beginning.

bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    setlevel=$BATS_TEST_TMPDIR/tomoyo-setlevel
    ln -s "$box" "$setlevel"
    export TOMOYO_INTERFACE=$BATS_TEST_TMPDIR/interface
    profile=$TOMOYO_INTERFACE/profile
    mkdir "$TOMOYO_INTERFACE"
}

teardown()
{
    [ -z "${public:-}" ] || rm -r "$public"
}

profiles()
{
    cat >"$profile"
    before=$(cat "$profile")
}

@test "U-176 setlevel without TOMOYO: the message, and 1; with --compat the old words" {
    unset TOMOYO_INTERFACE
    run "$setlevel"
    assert_failure 1
    assert_output --partial 'tomoyo-setlevel: this kernel offers no TOMOYO'
    run "$setlevel" --compat
    assert_failure 1
    assert_output "You can't use this command for this kernel."
}

@test "setlevel --json: names and values" {
    profiles <<'END'
<kernel> 1-COMMENT=a = b
<kernel> 1-CONFIG={ mode=learning }
<kernel> 2-CONFIG={ mode=disabled }
END
    assert_equal "$("$setlevel" --json | jq -c .)" '[{"name":"<kernel> 1-COMMENT","value":"a = b"},{"name":"<kernel> 1-CONFIG","value":"{ mode=learning }"},{"name":"<kernel> 2-CONFIG","value":"{ mode=disabled }"}]'
    assert_equal "$("$setlevel" --json 2 | jq -r '.[].name')" '<kernel> 2-CONFIG'
}

@test "U-163 setlevel shows what is there" {
    profiles <<<'1-COMMENT=a'
    run "$setlevel"
    assert_success
    assert_output $'<<< Access Control Status >>>\n1-COMMENT=a'
}

@test "U-165 setlevel: questions are answered in the order of the profile" {
    profiles <<'END'
PROFILE_VERSION=20150505
1-COMMENT=a
1-CONFIG={ mode=learning grant_log=no reject_log=yes }
1-CONFIG::file={ mode=enforcing grant_log=no reject_log=yes }
10-COMMENT=b
END
    run "$setlevel" 10 1-CONFIG PROFILE
    assert_success
    assert_output - <<'END'
PROFILE_VERSION=20150505
1-CONFIG={ mode=learning grant_log=no reject_log=yes }
1-CONFIG::file={ mode=enforcing grant_log=no reject_log=yes }
10-COMMENT=b
END
    run "$setlevel" 1-
    refute_output --partial 10-
    assert_equal "$(cat "$profile")" "$before"
}

@test "U-166 setlevel: a question without answer" {
    profiles <<<'1-COMMENT=a'
    run "$setlevel" garbage 1
    assert_failure 1
    assert_line '1-COMMENT=a'
    assert_line "tomoyo-setlevel: no line begins with 'garbage'"
}

@test "U-164 setlevel writes the setting in canonical blanks, and finds it again" {
    profiles </dev/null
    run "$setlevel" $' 009-COMMENT=two\t words = one comment '
    assert_success
    assert_equal "$(cat "$profile")" '009-COMMENT=two words = one comment'
    run "$setlevel" 9-COMMENT
    assert_output '009-COMMENT=two words = one comment'
}

@test "setlevel: what can be no setting is refused before anything is written" {
    profiles <<<'0-COMMENT=a'
    for bad in '256-COMMENT=x' '0-BOGUS=x' '0-=x' '=x' 'a=b' '0-COMMENT =x' '<ns>=x' '0x1-COMMENT=x'; do
        run "$setlevel" 0-COMMENT=b "$bad"
        assert_failure 2
        assert_output --partial "'$bad' is not a setting"
    done
    run "$setlevel" '-CONFIG={ mode=enforcing }'
    assert_failure 2
    assert_equal "$(cat "$profile")" "$before"
}

@test "setlevel tells a setting that is not in force" {
    profiles <<<'1-CONFIG={ mode=learning grant_log=no reject_log=yes }'
    run "$setlevel" '1-CONFIG={ }'
    assert_failure 1
    assert_output --partial "did not take '1-CONFIG={ }'"
}

@test "setlevel: namespaces are told apart; without one, <kernel> is meant" {
    profiles <<'END'
<kernel> 1-COMMENT=a
<other> 1-COMMENT=b
END
    run "$setlevel" 1-COMMENT
    assert_output '<kernel> 1-COMMENT=a'
    run "$setlevel" '<other> 1-COMMENT'
    assert_output '<other> 1-COMMENT=b'
    run "$setlevel" '<other>'
    assert_output '<other> 1-COMMENT=b'
    run "$setlevel" ''
    assert_output "$before"
}

@test "setlevel that may not read: permission is named" {
    public=$(mktemp -d)
    chmod 755 "$public"
    cp "$box" "$public/tomoyo-box"
    install -m 600 /dev/null "$public/profile"
    export TOMOYO_INTERFACE=$public
    as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    run "${as_nobody[@]}" "$public/tomoyo-box" setlevel
    assert_failure 1
    assert_output --partial 'Permission denied; run as root'
    run "${as_nobody[@]}" "$public/tomoyo-box" setlevel --compat
    assert_failure 1
    assert_output "Can't open $public/profile"
}

@test "setlevel reports a full disk" {
    profiles <<<'1-COMMENT=a'
    run bash -c "'$setlevel' >/dev/full"
    assert_failure 2
    assert_output --partial 'No space left on device'
}

@test "setlevel --help has examples" {
    run "$setlevel" --help
    assert_success
    assert_line 'Examples:'
}
