#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves setprofile and setlevel on a running kernel. Domains of this file are below <kernel> /t60,
# its profiles are 60 to 64 (profiles cannot be deleted). What creates a namespace is in ../boot.
# shellcheck disable=SC2154 # run sets stderr

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

tomoyo=/sys/kernel/security/tomoyo
reference=/opt/tomoyo-tools/sbin

setup()
{
    printf '%s\n' '60-COMMENT=suite' '61-CONFIG={ mode=learning }' '62-CONFIG={ mode=permissive }' >$tomoyo/profile
    printf '%s\n' '<kernel> /t60' 'use_profile 60' '<kernel> /t60 /t60/a' 'use_profile 60' \
        '<kernel> /t60 /t60/a /t60/b' 'use_profile 61' '<kernel> /t60x' 'use_profile 60' >$tomoyo/domain_policy
}

teardown()
{
    for domain in '/t60 /t60/a /t60/b' '/t60 /t60/a' /t60 /t60x; do
        echo "delete <kernel> $domain"
    done >$tomoyo/domain_policy
    printf 'select <kernel>\nuse_profile 0\n' >$tomoyo/domain_policy
}

profile_of()
{
    grep -Fx -A 1 "$1" $tomoyo/domain_policy | sed -n 's/^use_profile //p'
}

@test "U-163 setlevel shows all profiles behind its first line" {
    run tomoyo-setlevel
    assert_success
    assert_line --index 0 '<<< Access Control Status >>>'
    assert_equal "$(tomoyo-setlevel | tail -n +2)" "$(cat $tomoyo/profile)"
    assert_equal "$output" "$($reference/tomoyo-setlevel)"
}

@test "U-164 setlevel defines a profile by a comment, and prints the line" {
    run tomoyo-setlevel '63-COMMENT=hello'
    assert_success
    assert_output '63-COMMENT=hello'
    grep -Fx '63-COMMENT=hello' $tomoyo/profile
    grep -F '63-CONFIG=' $tomoyo/profile
    assert_equal "$(tomoyo-setlevel --compat '63-COMMENT=hello')" "$($reference/tomoyo-setlevel '63-COMMENT=hello')"
}

@test "U-165 setlevel prints lines in the order of the profile, not of the operands" {
    run tomoyo-setlevel '60-COMMENT=x' 1-COMMENT
    assert_success
    assert_line --index 0 '1-COMMENT=-----Learning Mode-----'
    assert_line --index 1 '60-COMMENT=x'
    assert_equal "$output" "$(tomoyo-setlevel --compat '60-COMMENT=x' 1-COMMENT)"
    assert_equal "$output" "$($reference/tomoyo-setlevel '60-COMMENT=x' 1-COMMENT)"
}

@test "U-166 setlevel says that garbage names nothing; with --compat it is silent" {
    run tomoyo-setlevel garbage
    assert_failure 1
    assert_output "tomoyo-setlevel: no line begins with 'garbage'"
    run tomoyo-setlevel --compat garbage
    assert_success
    assert_output ''
}

@test "setlevel with an empty operand shows the whole profile, as the reference does" {
    assert_equal "$(tomoyo-setlevel '')" "$(cat $tomoyo/profile)"
    assert_equal "$(tomoyo-setlevel --compat '')" "$($reference/tomoyo-setlevel '')"
}

@test "setlevel: a bare number names one profile, and a question defines none" {
    run tomoyo-setlevel 6
    assert_failure 1
    run tomoyo-setlevel 60
    assert_success
    assert_line --index 0 '60-COMMENT=suite'
    refute_line --regexp '^[^6]'
    run tomoyo-setlevel 199-COMMENT
    assert_failure 1
    run grep '^199-' $tomoyo/profile
    assert_failure
}

@test "setlevel knows a setting by what the kernel made of it" {
    run tomoyo-setlevel '060-CONFIG::file={mode=learning grant_log=no}'
    assert_success
    assert_output '60-CONFIG::file={ mode=learning grant_log=no reject_log=yes }'
    run tomoyo-setlevel '60-CONFIG::file=enforcing' '60-PREFERENCE={ max_learning_entry=77 }'
    assert_success
    assert_line '60-CONFIG::file={ mode=enforcing grant_log=no reject_log=yes }'
    assert_line --partial 'max_learning_entry=77'
    run tomoyo-setlevel '60-CONFIG::file=use_default'
    assert_success
    assert_output ''
    run grep '^60-CONFIG::file' $tomoyo/profile
    assert_failure
}

@test "setlevel names the settings that the kernel did not take" {
    run tomoyo-setlevel '60-CONFIG::bogus={ mode=learning }' '60-COMMENT=taken'
    assert_failure 1
    assert_line '60-COMMENT=taken'
    assert_line --partial "did not take '60-CONFIG::bogus={ mode=learning }'"
    refute_line --partial "did not take '60-COMMENT"

    run tomoyo-setlevel '60-CONFIG=use_default'
    assert_failure 1
    assert_line --partial 'in force is: 60-CONFIG={ mode=disabled'
    run tomoyo-setlevel '60-CONFIG::network={ grant_log=no }'
    assert_failure 1
    assert_output --partial 'use_default'
}

@test "setlevel writes nothing when a word means nothing to the kernel, and names the nearest" {
    run tomoyo-setlevel '60-COMMENT=not written' '60-CONFIG={ mode=learnin }'
    assert_failure 2
    assert_output --partial "did you mean 'mode=learning'?"
    run grep 'not written' $tomoyo/profile
    assert_failure
}

@test "setlevel writes nothing when an operand can be no setting" {
    for bad in '-CONFIG={ mode=enforcing }' '256-COMMENT=x' '64-NONSENSE=x' '1x-COMMENT=x' 'a=b'; do
        run tomoyo-setlevel '60-COMMENT=not written' -- "$bad"
        assert_failure 2
        assert_output --partial 'is not a setting'
    done
    run grep -E '^64-|not written' $tomoyo/profile
    assert_failure
}

@test "setlevel and setprofile say that they are not a manager" {
    mkdir -p /tmp/t60
    cp /usr/sbin/tomoyo-box /tmp/t60/
    run /tmp/t60/tomoyo-box setlevel '60-COMMENT=stranger'
    assert_failure 1
    assert_output --partial 'neither /tmp/t60/tomoyo-box nor the domain'
    run /tmp/t60/tomoyo-box setprofile 61 '<kernel> /t60'
    assert_failure 1
    assert_output --partial 'neither /tmp/t60/tomoyo-box nor the domain'
    assert_equal "$(profile_of '<kernel> /t60')" 60

    run /tmp/t60/tomoyo-box setprofile --compat 61 '<kernel> /t60'
    assert_success
    assert_output '60 <kernel> /t60'
    run /tmp/t60/tomoyo-box setlevel --compat '60-COMMENT=stranger'
    assert_success
    assert_output '60-COMMENT=suite'
}

@test "U-167 setprofile: wrong usage; with --compat the old text and success" {
    for arguments in '' 1 'x <kernel>' '1x <kernel>' '256 <kernel>' '-1 <kernel>'; do
        # shellcheck disable=SC2086 # several arguments
        run tomoyo-setprofile $arguments
        assert_failure 2
    done
    for arguments in '' 1 'x <kernel>'; do
        # shellcheck disable=SC2086 # several arguments
        run tomoyo-setprofile --compat $arguments
        assert_success
        assert_output 'tomoyo-setprofile [-r] profile domainname [domainname ...]'
        old=$output
        # shellcheck disable=SC2086 # several arguments
        assert_equal "$old" "$(PATH=$reference tomoyo-setprofile $arguments 2>&1)"
    done
}

@test "U-168 setprofile prints the profile in force and the domain" {
    run tomoyo-setprofile 1 '<kernel>'
    assert_success
    assert_output '1 <kernel>'
    assert_equal "$(profile_of '<kernel>')" 1
    assert_equal "$($reference/tomoyo-setprofile 0 '<kernel>')" '0 <kernel>'
    assert_equal "$(tomoyo-setprofile --compat 0 '<kernel>')" '0 <kernel>'
}

@test "U-169 setprofile -r: one line for every domain, in the order of the kernel" {
    run tomoyo-setprofile -r 62 '<kernel> /t60'
    assert_success
    assert_output - <<'END'
62 <kernel> /t60
62 <kernel> /t60 /t60/a
62 <kernel> /t60 /t60/a /t60/b
END
    assert_equal "$(profile_of '<kernel> /t60x')" 60
    new=$output
    assert_equal "$new" "$($reference/tomoyo-setprofile -r 62 '<kernel> /t60')"
    assert_equal "$new" "$(tomoyo-setprofile --compat -r 62 '<kernel> /t60')"
}

@test "U-170 setprofile refuses an undefined profile and changes nothing; with --compat it prints the old number" {
    for number in 250 64; do
        run tomoyo-setprofile $number '<kernel> /t60'
        assert_failure 1
        assert_output --partial "namespace <kernel> has no profile $number; nothing was changed"
        run tomoyo-setprofile --compat $number '<kernel> /t60'
        assert_success
        assert_output '60 <kernel> /t60'
        assert_equal "$output" "$($reference/tomoyo-setprofile $number '<kernel> /t60')"
    done
    run tomoyo-setprofile 300 '<kernel> /t60'
    assert_failure 2
    run tomoyo-setprofile --compat 300 '<kernel> /t60'
    assert_success
    assert_output '60 <kernel> /t60'
    for number in -1 +61 ' 61' 061; do
        assert_equal "$(tomoyo-setprofile --compat "$number" '<kernel> /t60')" "$($reference/tomoyo-setprofile "$number" '<kernel> /t60')"
        assert_regex "$(tomoyo-setprofile --compat "$number" '<kernel> /t60')" '^6[01] <kernel> /t60$'
    done
    run tomoyo-setprofile --compat 62x '<kernel> /t60'
    assert_output '62 <kernel> /t60'
}

@test "U-171 setprofile names an unknown domain, and goes on with the others; with --compat it is silent" {
    run tomoyo-setprofile 62 '<kernel> /t60/none' '<kernel> /t60'
    assert_failure 1
    assert_line '62 <kernel> /t60'
    assert_line "tomoyo-setprofile: no domain is named '<kernel> /t60/none'"
    run tomoyo-setprofile --compat 62 '<nosuch>'
    assert_success
    assert_output ''
}

@test "setprofile takes blanks in an operand as the kernel does" {
    run tomoyo-setprofile 62 $'  <kernel>\t/t60   /t60/a '
    assert_success
    assert_output '62 <kernel> /t60 /t60/a'
}

@test "setprofile --pattern: the policy language's patterns, word by word" {
    run tomoyo-setprofile --pattern 62 '/t60/\a'
    assert_success
    assert_output - <<'END'
62 <kernel> /t60 /t60/a
62 <kernel> /t60 /t60/a /t60/b
END
    run tomoyo-setprofile -p 62 '<kernel> /t60/\*'
    assert_failure 1
    assert_output "tomoyo-setprofile: no domain matches '<kernel> /t60/\*'"
}

@test "setprofile -r --pattern: the domains below those that match, too" {
    run tomoyo-setprofile -rp 62 '<kernel> /t6\+'
    assert_success
    assert_output - <<'END'
62 <kernel> /t60
62 <kernel> /t60 /t60/a
62 <kernel> /t60 /t60/a /t60/b
END
}

@test "setprofile --from: only domains that have this profile now" {
    run tomoyo-setprofile -r --from 61 62 '<kernel> /t60'
    assert_success
    assert_output '62 <kernel> /t60 /t60/a /t60/b'
    run tomoyo-setprofile -r --from 61 62 '<kernel> /t60'
    assert_failure 1
    assert_output --partial 'and has profile 61'
}

@test "setprofile --dry-run prints what matches and changes nothing" {
    run tomoyo-setprofile -n -r 62 '<kernel> /t60'
    assert_success
    assert_output - <<'END'
60 <kernel> /t60
60 <kernel> /t60 /t60/a
61 <kernel> /t60 /t60/a /t60/b
END
    assert_equal "$(profile_of '<kernel> /t60')" 60
}

# saved_before_boot PROFILE: makes a snapshot that is older than this boot, with the domains of this file in PROFILE.
saved_before_boot()
{
    local snapshot=/etc/tomoyo/policy/26-01-02.03:04:05
    mkdir -p $snapshot
    cp $tomoyo/profile $snapshot/profile.conf
    printf '<kernel> %s\nuse_profile %s\n\n' /t60 "$1" '/t60 /t60/a' "$1" '/t60 /t60/a /t60/b' "$1" >$snapshot/domain_policy.conf
}

@test "setprofile and status warn when a domain is enforced that was not seen starting from boot" {
    echo '64-CONFIG={ mode=enforcing }' >$tomoyo/profile
    rm -rf /etc/tomoyo/policy/26-01-02.03:04:05

    run --separate-stderr tomoyo-setprofile 64 '<kernel> /t60'
    assert_success
    assert_output '64 <kernel> /t60'
    [[ $stderr == *"warning: '<kernel> /t60' is enforcing and has not been seen starting from boot ("*reboot* ]]
    run tomoyo-status
    assert_output --partial "'<kernel> /t60' is enforcing and has not been seen starting from boot"
    run --separate-stderr tomoyo-setprofile --compat 64 '<kernel> /t60'
    assert_equal "$stderr" ''

    # It was there, but not watched; and it is not alone.
    saved_before_boot 60
    run --separate-stderr tomoyo-setprofile -r 64 '<kernel> /t60'
    assert_success
    [[ $stderr == *"each of 3 domains ('<kernel> /t60', ...) is"* ]]
    [[ $stderr == *'26-01-02.03:04:05, does not have them in a profile that learns'* ]]

    for profile in 61 62 64; do
        saved_before_boot $profile
        run --separate-stderr tomoyo-setprofile -r 64 '<kernel> /t60'
        assert_success
        assert_equal "$stderr" ''
    done
    run tomoyo-status
    refute_output --partial 'seen starting from boot'

    # Permissive breaks nothing.
    rm -r /etc/tomoyo/policy/26-01-02.03:04:05
    run --separate-stderr tomoyo-setprofile -r 62 '<kernel> /t60'
    assert_equal "$stderr" ''
}

@test "setprofile changes 1,000 domains in one go" {
    for ((i = 0; i < 1000; i++)); do echo "<kernel> /t60 /t60/many/$i"; done >"$BATS_TEST_TMPDIR/many"
    cat "$BATS_TEST_TMPDIR/many" >$tomoyo/domain_policy
    tomoyo-setprofile -r 62 '<kernel> /t60' >"$BATS_TEST_TMPDIR/printed"
    assert_equal "$(wc -l <"$BATS_TEST_TMPDIR/printed")" 1003
    run grep -v '^62 ' "$BATS_TEST_TMPDIR/printed"
    assert_failure
    sed 's/^/delete /' "$BATS_TEST_TMPDIR/many" >$tomoyo/domain_policy
}
