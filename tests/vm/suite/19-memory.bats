#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves that what is deleted is freed, and only when nobody needs it. Domains of this file are below <kernel> /k19.

load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo
# shellcheck disable=SC2034 # kept.bash reads it
mark=k19

teardown()
{
    printf 'delete <kernel> /k19%s\n' '' /{1..4} >$policy/domain_policy
    forget_exceptions
}

# used: REPLY is the number of bytes in use by policy.
used()
{
    mapfile -t <$policy/stat
    REPLY=${MAPFILE[4]#*:} REPLY=${REPLY%%'('*} REPLY=${REPLY// /}
}

# settles AT_MOST: waits until no more than that is in use. The kernel collects when a file that was written to is
# closed, and in its own time.
settles()
{
    for _ in {1..1000}; do
        used
        [ "$REPLY" -gt "$1" ] || return 0
        : >$policy/domain_policy
        usleep 50000
    done
    echo "in use: $REPLY, expected at most: $1"
    return 1
}

# quiet: waits until what is in use stays the same, that is until what earlier tests deleted has been collected. The
# kernel has ten turns for it: one long one might be over before a busy host has let it run.
quiet()
{
    local last=0 same=0 naps=0
    used
    while [ $same -lt 10 ]; do
        [ $((naps += 1)) -lt 1000 ] || k_fail "what is in use goes on changing: $last, $REPLY"
        if [ "$REPLY" = "$last" ]; then same=$((same + 1)); else same=0; fi
        last=$REPLY
        : >$policy/domain_policy
        usleep 30000
        used
    done
}

# entries N: entries of all kinds.
entries()
{
    printf "file read/write /k19/%s task.uid=%d symlink.target=\"/k19/%s\"\n" "$1" "$1" "$1"
    printf 'file rename /k19/%s /k19/%s/\\*\n' "$1" "$1"
    printf 'file create /k19/%s %d-%d0\n' "$1" "$1" "$1"
    printf 'file mkchar /k19/%s 0600 %d @k19n\nfile mount /k19/%s /d/ tmpfs %d\n' "$1" "$1" "$1" "$1"
    printf 'network inet stream bind @k19a %d\nnetwork unix dgram send /k19/%s\nmisc env K19_%s\n' "$1" "$1" "$1"
    printf 'task manual_domain_transition <kernel> /k19/%s\n' "$1"
}

# churn: adds a few of everything (few: mainline waits for all readers after each thing that it frees), fails unless that
# takes memory, and deletes it again.
churn()
{
    local i before
    used
    before=$REPLY
    {
        for i in {1..4}; do
            printf '<kernel> /k19/%s\nuse_group 3\n' "$i"
            entries "$i"
        done
    } >$policy/domain_policy
    {
        printf 'path_group k19p /k19/%d/\\*\n' {1..5}
        printf 'number_group k19n %d\n' {1..5}
        printf 'address_group k19a 10.0.0.%d\n' {1..5}
        printf 'acl_group 219 file read /k19/%d task.gid=%d\n' {1..10}
        printf 'aggregator /k19/a%d /k19/b%d\ninitialize_domain /k19/c%d from <kernel> /k19/d%d\n' {1..20}
    } >$policy/exception_policy
    used
    [ $((REPLY - before)) -gt 5000 ] || k_equal "$((REPLY - before))" 'more than 5000'
    {
        # The entries of some domains one by one, the others with their domain.
        for i in 1 2; do
            printf 'select <kernel> /k19/%s\n' "$i"
            # Without a program, which would get a domain of its own.
            mapfile -t < <(entries "$i")
            printf 'delete %s\n' "${MAPFILE[@]}"
        done
        printf 'delete <kernel> /k19/%s\n' {1..4}
    } >$policy/domain_policy
    forget_exceptions
}

@test "K-360 what was added and deleted is freed" {
    quiet
    before=$REPLY
    churn
    # Tables of what cannot be deleted, such as the namespace, may have grown a little, but that is all: once.
    if k_ours; then settles $((before + 256)); else settles "$before"; fi
    quiet
    before=$REPLY
    churn
    settles "$before"
}

@test "K-361 a domain that is deleted while it is being read" {
    printf -v name '%0400d' 0
    exec {fd}<>$policy/domain_policy
    printf '%s\n' '<kernel> /k19' >&"$fd"
    printf "file read /k19/%d/$name task.uid=%d\n" {1..60} >&"$fd"
    echo 'select domain=<kernel> /k19' >&"$fd"
    mapfile -t -u "$fd" whole
    echo 'select domain=<kernel> /k19' >&"$fd"
    begin=$(dd bs=500 count=1 <&"$fd" 2>/dev/null && echo .)
    # Something else takes the place of what is freed, if it is.
    {
        printf '%s\n' 'delete <kernel> /k19' '<kernel> /k19'
        printf "misc env %d/$name\n" {1..40}
    } >$policy/domain_policy
    IFS= read -r -d '' -u "$fd" rest || :
    exec {fd}>&-
    joined "${whole[@]}"
    [ "${begin%.}$rest" = "$REPLY"$'\n' ] || k_equal "${begin%.}$rest" "$REPLY"
}

@test "K-362 adding and deleting ten thousand times" {
    quiet
    before=$REPLY
    printf -v lines 'file read /k19/%d task.uid=%d\n' {1..40}
    printf -v lines "%s${lines//file/delete file}" "$lines"
    printf -v lines "$lines%.0s" {1..100}
    for _ in {1..5}; do
        printf '<kernel> /k19\n%s' "$lines" >$policy/domain_policy
        settles $((before + 20000))
    done
    k_read_domain '<kernel> /k19'
    k_learned ''
    echo 'delete <kernel> /k19' >$policy/domain_policy
    settles "$before"
}
