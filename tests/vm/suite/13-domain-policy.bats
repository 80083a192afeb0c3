#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves how domain policy is written and read. Domains of this file are below <kernel> /k13, its profile is 213.

load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo

setup()
{
    exec {fd}<>$policy/domain_policy
}

teardown()
{
    local name
    [ -z "${sleeper:-}" ] || kill "$sleeper"
    domains_with k13
    [ -z "$REPLY" ] || while IFS= read -r name; do
        echo "delete $name"
    done <<<"$REPLY" >&"$fd"
    exec {fd}>&-
}

# text_of: REPLY is the text of <kernel> /k13 as it is selected, without the line that says so.
text_of()
{
    echo "select domain=<kernel> /k13" >&"$fd"
    mapfile -t -s 1 -u "$fd"
    joined "${MAPFILE[@]}"
}

# is_selected SELECTION TEXT: fails unless the selection prints itself and the text.
is_selected()
{
    echo "select $1" >&"$fd"
    IFS= read -r -d '' -u "$fd" || :
    k_equal "$REPLY" "# select $1"$'\n'"$2"
}

write()
{
    printf '%s\n' "$@" >&"$fd"
}

# sleeper: starts a process in the domain <kernel> /tmp/k13/busybox, which is empty, and leaves its id in $sleeper.
sleeper()
{
    mkdir -p /tmp/k13
    cp /bin/busybox /tmp/k13/busybox
    echo 'initialize_domain /tmp/k13/busybox from any' >$policy/exception_policy
    write '<kernel> /tmp/k13/busybox'
    /tmp/k13/busybox sleep 1000 3>&- &
    sleeper=$!
    # Until it has executed the program it is in this shell's domain.
    for _ in {1..3000}; do
        status_of_sleeper
        [ "$REPLY" != "$sleeper 0 <kernel> /tmp/k13/busybox" ] || break
        usleep 10000
    done
    echo 'delete initialize_domain /tmp/k13/busybox from any' >$policy/exception_policy
    k_equal "$REPLY" "$sleeper 0 <kernel> /tmp/k13/busybox"
}

# status_of_sleeper: REPLY is its line of .process_status.
status_of_sleeper()
{
    local status
    exec {status}<>$policy/.process_status
    echo "$sleeper" >&"$status"
    read -r -u "$status" || :
    exec {status}>&-
}

@test "K-097 a domain without entries" {
    write '<kernel> /k13'
    is_selected 'domain=<kernel> /k13' $'<kernel> /k13\nuse_profile 0\n\n\n'
}

@test "K-098 groups are printed in ascending order behind the profile" {
    write '<kernel> /k13' 'use_group 0' 'use_group 3' 'use_group 1' 'use_group 255' 'file read /a'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\nuse_group 0\nuse_group 1\nuse_group 3\nuse_group 255\n\nfile read /a\n'
}

@test "K-099 numbers of profiles and groups end at 255" {
    write '<kernel> /k13' 'use_profile 2' 'use_group 256' 'use_profile 256' 'use_profile -1' 'use_group -1'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 2\n\n'
}

@test "K-100 a profile that is not defined is not taken" {
    profile_lines 77
    k_equal "$REPLY" ''
    write '<kernel> /k13' 'use_profile 2' 'use_profile 77' 'delete use_profile 2'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 2\n\n'
}

@test "K-102 flags are set and cleared" {
    write '<kernel> /k13' transition_failed quota_exceeded
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\nquota_exceeded\ntransition_failed\n\n'
    write 'delete quota_exceeded'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\ntransition_failed\n\n'
    write 'delete transition_failed'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\n\n'
}

@test "K-103 a group is taken from a domain" {
    write '<kernel> /k13' 'use_group 1' 'use_group 2' 'delete use_group 1' 'delete use_group 7'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\nuse_group 2\n\n'
}

@test "D-10 lines that only begin like a flag or a number" {
    write '<kernel> /k13' quota_exceeded_and_more 'use_group 5x' 'use_profile 1x'
    text_of
    if k_ours; then
        k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\n\n'
    else
        k_equal "$REPLY" $'<kernel> /k13\nuse_profile 1\nquota_exceeded\nuse_group 5\n\n'
    fi
}

@test "what follows a number behind a blank says nothing" {
    write '<kernel> /k13' 'use_group 5 junk' 'use_profile 1   # comment' 'use_group 6' 'delete use_group 6 # no more'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 1\nuse_group 5\n\n'

}

# is_nowhere TEXT: fails if it occurs in domain policy.
is_nowhere()
{
    REPLY=$(<$policy/domain_policy)
    [[ $REPLY != *"$1"* ]] || {
        echo "found: $1"
        return 1
    }
}

@test "K-104 K-105 K-106 an entry without a domain goes nowhere" {
    write 'file read /k13lost104' # K-104
    is_nowhere k13lost104
    write '<kernel> /k13' '<kernel> bad' 'file read /k13lost105' # K-105
    is_nowhere k13lost105
    write '<kernel> /k13' 'file read /k13found' reset 'file read /k13lost106' # K-106
    is_nowhere k13lost106
    write '<kernel> /k13' 'delete <kernel> /k13 /k13' 'file read /k13lost'
    is_nowhere k13lost
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\n\nfile read /k13found\n'
}

@test "K-107 selecting an unknown domain makes none" {
    write '<kernel> /k13' 'select <kernel> /k13 /nope' 'file read /k13lost'
    domains_with k13
    k_equal "$REPLY" '<kernel> /k13'
    is_nowhere k13lost
    # A known one is written to.
    write 'select <kernel> /k13' 'file read /k13found'
    text_of
    k_equal "$REPLY" $'<kernel> /k13\nuse_profile 0\n\nfile read /k13found\n'
}

@test "K-108 a selection that finds nothing" {
    is_selected 'domain=<kernel> /k13 /nope' ''
    is_selected 'pid=4000000000' ''
    is_selected 'Q=4000000000' ''
}

@test "K-109 text behind the number of a selection is echoed" {
    write 'select pid=1x'
    mapfile -t -u "$fd"
    k_equal "${MAPFILE[0]}|${MAPFILE[1]}|${MAPFILE[2]}" '# select pid=1x|<kernel> /sbin/init|use_profile 0'
    write 'select global-pid=1 y'
    mapfile -t -u "$fd"
    k_equal "${MAPFILE[0]}|${MAPFILE[1]}|${MAPFILE[2]}" '# select global-pid=1 y|<kernel> /sbin/init|use_profile 0'
}

@test "K-110 K-111 K-112 K-113 K-114 entries are merged and taken apart" {
    kept 'file read /a' 'file write /b' 'file append /a' 'file getattr /b' # K-110
    k_equal "$REPLY" $'file read/append /a\nfile write/getattr /b'
    kept 'file read /a' 'file read /b' 'file read /a' 'misc env A' 'misc env A' # K-111
    k_equal "$REPLY" $'file read /a\nfile read /b\nmisc env A'
    kept 'file read/write /a' 'delete file read /a' # K-112
    k_equal "$REPLY" 'file write /a'
    kept 'file read/write /a' 'delete file append /a' 'delete file read /b' # K-113
    k_equal "$REPLY" 'file read/write /a'
    kept 'file read/write /a' 'delete file read/write/append /a'
    k_equal "$REPLY" ''
    kept 'file read /a task.uid=0 task.gid=0' 'delete file read /a task.gid=0 task.uid=0' # K-114
    k_equal "$REPLY" 'file read /a task.uid=0 task.gid=0'
    kept 'file read /a task.uid=0' 'file read /a' 'delete file read /a task.uid=0'
    k_equal "$REPLY" 'file read /a'
}

# Writes a domain of all kinds of entries.
transitions()
{
    write '<kernel> /k13' 'file read/execute /x task.uid=0' 'file execute /y keep' 'file write /z' 'misc env A' \
        'task manual_domain_transition <kernel> /m task.gid=1' 'network unix stream bind /s'
}

@test "K-115 the transition view shows executions and manual transitions of all domains" {
    transitions
    write 'select transition_only'
    IFS= read -r -d '' -u "$fd" || :
    [[ $REPLY == *$'<kernel> /k13\nuse_profile 0\n\nfile execute /x task.uid=0\nfile execute /y keep\ntask manual_domain_transition <kernel> /m task.gid=1\n\n' ]] || k_equal "$REPLY" '...'
    [[ $REPLY == $'<kernel>\nuse_profile 0\n'* ]] || k_equal "$REPLY" '<kernel> first'
    [[ $REPLY != *$'\nfile '[!e]* && $REPLY != *$'\nmisc '* ]] || k_equal "$REPLY" 'nothing else'
}

@test "K-116 the transition view of one domain" {
    transitions
    write 'select domain=<kernel> /k13' 'select transition_only'
    IFS= read -r -d '' -u "$fd" || :
    k_equal "$REPLY" $'# select domain=<kernel> /k13\n<kernel> /k13\nuse_profile 0\n\nfile execute /x task.uid=0\nfile execute /y keep\ntask manual_domain_transition <kernel> /m task.gid=1\n\n'
}

@test "K-117 selecting a domain ends the transition view" {
    transitions
    write 'select transition_only' 'select domain=<kernel> /k13'
    IFS= read -r -d '' -u "$fd" || :
    k_equal "$REPLY" $'# select domain=<kernel> /k13\n<kernel> /k13\nuse_profile 0\n\nfile execute/read /x task.uid=0\nfile execute /y keep\nfile write /z\nmisc env A\ntask manual_domain_transition <kernel> /m task.gid=1\nnetwork unix stream bind /s\n\n'
}

@test "K-118 <kernel> cannot be deleted" {
    write 'delete <kernel>'
    mapfile -t <$policy/domain_policy
    k_equal "${MAPFILE[0]}" '<kernel>'
    # Not even for new processes: the kernel's own threads are still in it.
    write 'select pid=2'
    mapfile -t -u "$fd"
    k_equal "${MAPFILE[1]}" '<kernel>'
}

@test "K-119 a deleted domain is not listed" {
    write '<kernel> /k13' 'file read /a' 'delete <kernel> /k13'
    domains_with k13
    k_equal "$REPLY" ''
    is_selected 'domain=<kernel> /k13' ''
    # Nor is it the one to write to.
    write 'file read /k13lost'
    is_nowhere k13lost
}

@test "K-120 K-121 K-122 a deleted domain stays with its processes" {
    sleeper
    write 'select <kernel> /tmp/k13/busybox' 'use_profile 2' 'file read /k13old' 'delete <kernel> /tmp/k13/busybox'
    local head=$'# This is a deleted domain.\n<kernel> /tmp/k13/busybox\n'
    is_selected "pid=$sleeper" "$head"$'use_profile 2\n\nfile read /k13old\n\n' # K-120

    write 'file read /k13added' 'use_profile 1' # K-121
    is_selected "pid=$sleeper" "$head"$'use_profile 1\n\nfile read /k13old\nfile read /k13added\n\n'
    status_of_sleeper
    k_equal "$REPLY" "$sleeper 1 <kernel> /tmp/k13/busybox"

    write '<kernel> /tmp/k13/busybox' # K-122
    is_selected 'domain=<kernel> /tmp/k13/busybox' $'<kernel> /tmp/k13/busybox\nuse_profile 0\n\n\n'
    is_selected "pid=$sleeper" "$head"$'use_profile 1\n\nfile read /k13old\nfile read /k13added\n\n'
    write 'delete <kernel> /tmp/k13/busybox'
}

@test "K-123 domains are listed in the order of their creation" {
    write '<kernel> /k13b' '<kernel> /k13a' '<kernel> /k13b' '<kernel> /k13'
    domains_with k13
    k_equal "$REPLY" $'<kernel> /k13b\n<kernel> /k13a\n<kernel> /k13'
    write 'delete <kernel> /k13b' '<kernel> /k13b'
    domains_with k13
    k_equal "$REPLY" $'<kernel> /k13a\n<kernel> /k13\n<kernel> /k13b'
}
