#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Closed standard descriptors: who reads or writes one fails, as with cat; nothing is lost or taken for empty.

# shellcheck disable=SC2154 # set by run

bats_require_minimum_version 1.5.0

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir -p kernel etc/policy
    export TOMOYO_INTERFACE=$PWD/kernel
    printf '<kernel>\nuse_profile 0\n' | tee policy.conf >kernel/domain_policy
    echo '<kernel> /other' >other.conf
    printf '0-COMMENT=x\n0-CONFIG={ mode=disabled }\n' >kernel/profile
    echo /usr/sbin/tomoyo-box >kernel/manager
    echo 'initialize_domain /a from any' >kernel/exception_policy
    echo 'Policy update: 1' >kernel/stat
}

# each_applet FUNCTION: calls it for each applet with the arguments in the table; fails when an applet is not there.
each_applet()
{
    local applet arguments known
    known=$("$box" --list)
    for applet in $known; do
        grep -q "^$applet:" <<<"$2" || fail "no line for $applet"
    done
    while IFS=: read -r applet arguments; do
        "$1" "$applet" "$arguments"
    done <<<"$2"
}

no_output()
{
    run --separate-stderr bash -c "'$box' $1 $2 >&-"
    assert_failure 2
    assert_equal "$stderr" "$1: cannot write standard output: Bad file descriptor"
}

@test "every applet that prints something fails when standard output is closed" {
    each_applet no_output "audit-exec-param:--help
checkpolicy:d policy.conf
convert-audit-log:--help
convert-exec-param:--help
diffpolicy:policy.conf other.conf
domainmatch:use policy.conf
findtemp:--help
init:--help
init-policy:--help
loadpolicy:--help
patternize:<policy.conf
pstree:--help
savepolicy:-d
selectpolicy:'<kernel>' <policy.conf
setlevel:
setprofile:--help
sortpolicy:policy.conf
status:
upgrade:d policy.conf"
}

no_input()
{
    [ "$2" != none ] || return 0
    run --separate-stderr bash -c "'$box' $1 $2 <&-"
    assert_failure 2
    assert_output ''
    assert_equal "$stderr" "$1: cannot read standard input: Bad file descriptor"
}

@test "every applet that reads standard input fails when it is closed" {
    each_applet no_input "audit-exec-param:none
checkpolicy:d
convert-audit-log:
convert-exec-param:
diffpolicy:policy.conf -
domainmatch:use -
findtemp:-
init:none
init-policy:none
loadpolicy:-d
patternize:
pstree:none
savepolicy:none
selectpolicy:'<kernel>'
setlevel:none
setprofile:none
sortpolicy:
status:none
upgrade:d"
}

@test "a descriptor that nobody needs may be closed" {
    run bash -c "'$box' savepolicy etc >&- <&-"
    assert_success
    cmp kernel/domain_policy etc/policy/current/domain_policy.conf
    run bash -c "'$box' sortpolicy policy.conf <&-"
    assert_success
    run bash -c "'$box' loadpolicy -d policy.conf <&- >&- 2>&-"
    assert_success
    run bash -c "'$box' sortpolicy nosuch <&- 2>&-"
    assert_failure 2
    assert_output ''
}
