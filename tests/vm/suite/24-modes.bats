#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-303 to K-310: what the four modes make of a request, what is learned, and how much.

# shellcheck disable=SC2086,SC2154 # k.bash sets variables; no path has a blank

load /suite-lib/k
load /suite-lib/k-rows

t=/tmp/k/t24

# Profile 174 learns, and tests change its quota.
setup_file()
{
    k_setup_file
    k_profile 174 learning
    mkdir -p $t/m
    cp /bin/act $t/act
    ln -s $t/act $t/link
    echo >$t/f
}

teardown()
{
    k_cleanup $t
}

# go MODE LINE... -- COMMAND...: k_try, and then $learned and $attributes are what the domain has, $records what is in
# the audit log, and $violations by how much the counters for learning, permissive and enforcing mode have grown.
go()
{
    local mode=$1 lines=()
    shift
    while [ "$1" != -- ]; do
        lines+=("$1")
        shift
    done
    k_domain t24 "$mode" "${lines[@]}"
    again "${@:2}"
}

# again COMMAND...: the same once more, in the domain as it is now.
again()
{
    local before after mode
    violations_to before
    k_audit_drain
    k_act "$@"
    k_audit_records
    violations_to after
    violations=''
    for mode in 0 1 2; do violations+=" $((after[mode] - before[mode]))"; done
    k_read_domain
}

# violations_to ARRAY: the three counters.
violations_to()
{
    local -n counters=$1
    local lines
    mapfile -t lines <$k_tomoyo/stat
    counters=()
    for line in "${lines[@]:1:3}"; do
        line=${line#*mode:}
        read -r line _ <<<"$line"
        counters+=("$line")
    done
}

# recorded N TEXT: N records are about TEXT.
recorded()
{
    local record found=0
    for record in "${records[@]}"; do
        [[ $record != *$'\n'"$domain"$'\n'"$2"$'\n' ]] || found=$((found + 1))
    done
    k_equal "$2: $found" "$2: $1"
}

@test "K-303 enforcing: EPERM, a record, the counter" {
    go enforcing -- open $t/f rdonly
    k_output EPERM
    recorded 1 "file read $t/f"
    [[ ${records[0]} == *'# profile=103 mode=enforcing granted=no '* ]]
    k_equal "$violations" ' 0 0 1'
    k_learned ''
}

@test "K-304 permissive: allowed, a record, the counter" {
    go permissive -- open $t/f rdonly
    k_output ok
    recorded 1 "file read $t/f"
    [[ ${records[0]} == *'# profile=102 mode=permissive granted=no '* ]]
    k_equal "$violations" ' 0 1 0'
    k_learned ''
}

@test "K-305 disabled: allowed, and nothing else" {
    go disabled -- open $t/f rdonly
    k_output ok
    k_equal "${#records[@]} $violations" '0  0 0 0'
    k_learned ''
}

@test "K-306 learning: an execution is learned with the real path and argv[0]" {
    go learning "<kernel> $t $t/link" 'use_profile 100' -- execargv $t/link 'a "b' access /
    k_output ok
    k_learned "file execute $t/link exec.realpath=\"$t/act\" exec.argv[0]=\"a\\040\"b\""
    recorded 1 "file execute $t/link"
    [[ ${records[0]} == *'# profile=101 mode=learning granted=no '* ]]
    k_equal "$violations" ' 1 0 0'
    # What was learned allows the same, and nothing more.
    again execargv $t/link 'a "b' access /
    k_equal "$violations" ' 0 0 0'
    again execargv $t/link 'other' access /
    k_equal "$violations" ' 1 0 0'
}

@test "K-307 learning: everything else is learned without conditions" {
    go learning -- open $t/f rdwr : stat $t/f : mkdir $t/d 0755 : rmdir $t/d : chmod $t/f 0644 : rename $t/f $t/g : \
        rename $t/g $t/f : socket inet stream : bind inet:127.0.0.1:2424
    k_output ok 'ok 100644 0 0 1' ok ok ok ok ok ok ok
    k_learned "file read/write/getattr $t/f" "file mkdir $t/d/ 0755" "file rmdir $t/d/" "file chmod $t/f 0644" \
        "file rename $t/f $t/g" "file rename $t/g $t/f" 'network inet stream bind 127.0.0.1 2424'
    k_equal "$violations" ' 9 0 0'
}

@test "K-308 learning ends when the quota is reached, which is said once" {
    k_profile 174 learning max_learning_entry=3
    # One line, but two entries.
    go 174 'file write/truncate /t24' -- open $t/f rdonly : open $t/f wronly : stat $t/f
    k_output ok ok 'ok 100644 0 0 1'
    k_learned 'file write/truncate /t24' "file read $t/f"
    k_equal "$attributes" 'use_profile 174' quota_exceeded
    recorded 1 quota_exceeded
    recorded 1 "file write $t/f"
    recorded 1 "file getattr $t/f"
    k_equal "$violations" ' 3 0 0'
}

@test "K-309 learning goes on when the mark is deleted and the quota is raised" {
    # As long as the mark is there nothing is learned, although there is room for one.
    k_profile 174 learning max_learning_entry=4
    go 174 quota_exceeded 'file write/truncate/append /t24' -- open $t/f rdonly
    k_learned 'file write/append/truncate /t24'
    recorded 0 quota_exceeded
    k_add 'delete quota_exceeded'
    again open $t/f rdonly : open $t/f wronly
    k_learned 'file write/append/truncate /t24' "file read $t/f"
    # Said again, since the mark was not there.
    recorded 1 quota_exceeded
    k_profile 174 learning max_learning_entry=5
    k_add 'delete quota_exceeded'
    again open $t/f wronly
    k_learned 'file write/append/truncate /t24' "file read/write $t/f"
    k_equal "$attributes" 'use_profile 174'
}

@test "K-310 learning: what a group allows is not learned" {
    k_exception "acl_group 170 file read $t/f"
    go learning 'use_group 170' -- open $t/f rdonly
    k_output ok
    k_learned ''
    k_equal "${#records[@]} $violations" '0  0 0 0'
}

@test "D-13 mount(2) without a type: not rejected, so the answer is the kernel's own" {
    local mode
    go disabled -- mount none $t/m NULL 0
    k_output EINVAL
    for mode in learning permissive; do
        go $mode -- mount none $t/m NULL 0
        if k_ours; then k_output EINVAL; else k_output ENODEV; fi
    done
}
