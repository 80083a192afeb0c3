#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves what the kernel counts and how it prints that. Domains of this file are below <kernel> /k18.

load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo

setup()
{
    # As they are; a line that is read would set the quota to what is in use.
    mapfile -t saved <$policy/stat
}

teardown()
{
    local line
    for line in "${saved[@]}"; do
        case $line in
        'Memory used by '*Quota:*) line=${line%)} && echo "${line%%:*}: ${line##*Quota:}" ;;
        'Memory used by '*) echo "${line%%:*}: 0" ;;
        esac
    done >$policy/stat
    echo 'delete <kernel> /k18' >$policy/domain_policy
}

# line_of TEXT: REPLY is the line of stat that begins with it.
line_of()
{
    local line
    mapfile -t <$policy/stat
    for line in "${MAPFILE[@]}"; do
        [[ $line != "$1"* ]] || REPLY=$line
    done
}

# updates: REPLY is the number of policy updates.
updates()
{
    line_of 'Policy update:'
    REPLY=${REPLY#*:} REPLY=${REPLY%%'('*} REPLY=${REPLY// /}
}

# counts FILE N LINE: fails unless the line adds N to the policy updates.
counts()
{
    local before
    updates
    before=$REPLY
    printf '%s\n' "$3" >$policy/"$1"
    updates
    [ $((REPLY - before)) = "$2" ] || {
        echo "$1: '$3' counts $((REPLY - before)) instead of $2"
        return 1
    }
}

@test "K-343 the text of stat" {
    local number quota expected taken sum total=0 today i
    number='[ 0-9]{9}[0-9]'
    quota="( \\(Quota: $number\\))?"
    expected=("^Policy update:                        $number \\(Last: 20[0-9]{2}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\)$"
        "^Policy violation in learning mode:    $number( \\(Last: .*\\))?$"
        "^Policy violation in permissive mode:  $number( \\(Last: .*\\))?$"
        "^Policy violation in enforcing mode:   $number( \\(Last: .*\\))?$"
        "^Memory used by policy:                $number$quota$"
        "^Memory used by audit log:             $number$quota$"
        "^Memory used by query message:         $number$quota$"
        "^Total memory used:                    $number$")
    echo '<kernel> /k18' >$policy/domain_policy
    mapfile -t <$policy/stat
    k_equal ${#MAPFILE[@]} 8
    for i in {0..7}; do
        [[ ${MAPFILE[i]} =~ ${expected[i]} ]] || k_equal "${MAPFILE[i]}" "${expected[i]}"
    done
    # The total is the sum of the three above it.
    for i in 4 5 6; do
        taken=${MAPFILE[i]#*:}
        taken=${taken%%'('*}
        total=$((total + taken))
    done
    sum=${MAPFILE[7]#*:}
    k_equal $((sum)) $total
    # The time is that of the clock.
    printf -v today '%(%Y/%m/%d)T' -1
    [[ ${MAPFILE[0]} == *"(Last: $today"* ]] || k_equal "${MAPFILE[0]}" "$today"
}

@test "K-344 K-345 K-346 quotas are set by lines of stat" {
    local used quota
    echo 'Memory used by audit log: 3000' >$policy/stat # K-344
    line_of 'Memory used by audit log:'
    k_equal "${REPLY#*(}" 'Quota:       3000)'
    echo 'Memory used by query message: 12345 and more' >$policy/stat
    line_of 'Memory used by query message:'
    k_equal "${REPLY#*(}" 'Quota:      12345)'

    echo 'Memory used by audit log: 0x100' >$policy/stat # K-345
    line_of 'Memory used by audit log:'
    k_equal "${REPLY#*Quota}" "$REPLY"

    line_of 'Memory used by policy:' # K-346
    used=${REPLY#*:} used=${used%%'('*} used=${used// /}
    printf '%s\n' "Memory used by audit log: $used (Quota: 99)" >$policy/stat
    line_of 'Memory used by audit log:'
    printf -v quota '(Quota: %10d)' "$used"
    k_equal "${REPLY#"${REPLY%"$quota"}"}" "$quota"
}

@test "K-347 a quota that is used up" {
    echo 'Memory used by policy: 1' >$policy/stat
    echo '<kernel> /k18' >$policy/domain_policy
    domains_with k18
    k_equal "$REPLY" ''
    echo 'Memory used by policy: 0' >$policy/stat
    echo '<kernel> /k18' >$policy/domain_policy
    domains_with k18
    k_equal "$REPLY" '<kernel> /k18'
}

@test "K-348 K-349 which lines count as updates" {
    counts domain_policy 1 '<kernel> /k18' # K-348
    counts domain_policy 1 '<kernel> /k18'
    counts domain_policy 2 $'<kernel> /k18\nfile read /a'
    counts domain_policy 0 'file read'
    counts domain_policy 0 'select pid=1'
    counts domain_policy 0 'reset'
    counts domain_policy 1 $'<kernel> /k18\ndelete file read /b'
    counts exception_policy 0 'no_such /a'
    counts manager 0 '/a /b'
    counts profile 0 '256-COMMENT=a'
    counts profile 1 'PROFILE_VERSION=20150505'

    counts domain_policy 1 'delete <kernel> /k18 /unknown' # K-349
    counts stat 1 garbage
    counts domain_policy 1 '<kernel> bad'
}
