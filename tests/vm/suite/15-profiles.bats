#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves what the kernel makes of profile lines. Profiles cannot be deleted: each test defines a new one, from 200 on.

load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo

# write LINE...: to the profile
write()
{
    printf '%s\n' "$@" >$policy/profile
}

# is_printed N TEXT: fails unless the configuration of profile N is printed so, comment and preference aside.
is_printed()
{
    profile_lines "$1"
    k_equal "${REPLY#*$'\n'*$'\n'}" "$2"
}

# rows N LINE PRINTED...: writes "N-LINE" to the same profile, and compares what is printed then.
rows()
{
    local number=$1
    shift
    while [ $# -gt 0 ]; do
        write "$number-$1"
        is_printed "$number" "$2" || {
            echo "after '$number-$1'"
            return 1
        }
        shift 2
    done
}

preference='PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }'

@test "K-144 a comment defines a profile with the defaults" {
    write '200-COMMENT=a   b'
    profile_lines 200
    # What the limits are is the kernel's configuration.
    [[ $REPLY =~ ^'200-COMMENT=a b'$'\n''200-PREFERENCE={ max_audit_log='[0-9]+' max_learning_entry='[0-9]+' }'$'\n''200-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'$ ]] || k_equal "$REPLY" 'the defaults'
    write '200-COMMENT=' '200-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }'
    profile_lines 200
    k_equal "$REPLY" $'200-COMMENT=\n200-'"$preference"$'\n200-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
    write '200-COMMENT=a=b' 'delete 200-COMMENT=c'
    profile_lines 200
    k_equal "${REPLY%%$'\n'*}" '200-COMMENT=c'
    # The number is enough, and leading zeros are nothing.
    write 0201-
    is_printed 201 '201-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
}

@test "K-145 K-146 K-147 modes and log flags" {
    rows 202 'CONFIG={ grant_log=no reject_log=yes }' '202-CONFIG={ mode=disabled grant_log=no reject_log=yes }' \
        'CONFIG={ mode=learning }' '202-CONFIG={ mode=learning grant_log=no reject_log=yes }' \
        'CONFIG={ reject_log=no }' '202-CONFIG={ mode=learning grant_log=no reject_log=no }' \
        'CONFIG={ mode=permissive grant_log=yes }' '202-CONFIG={ mode=permissive grant_log=yes reject_log=no }'
    rows 203 'CONFIG=enforcing' '203-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }' \
        'CONFIG=disabled' '203-CONFIG={ mode=disabled grant_log=yes reject_log=yes }' \
        'CONFIG={ mode=enforcing mode=disabled }' '203-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }' \
        'CONFIG={ mode=disabled mode=permissive mode=learning }' \
        '203-CONFIG={ mode=permissive grant_log=yes reject_log=yes }'
}

@test "K-148 K-149 K-150 items of their own" {
    local config='204-CONFIG={ mode=disabled grant_log=no reject_log=no }'
    local item='204-CONFIG::file::execute={ mode=enforcing grant_log=no reject_log=yes }'
    local file='204-CONFIG::file={ mode=learning grant_log=yes reject_log=yes }'
    rows 204 'CONFIG={ grant_log=no reject_log=no }' "$config" \
        'CONFIG::file={ mode=learning }' "$config"$'\n'"$file" \
        'CONFIG::network={ grant_log=no }' "$config"$'\n'"$file" \
        'CONFIG::file::execute={ mode=enforcing grant_log=no }' "$config"$'\n'"$item"$'\n'"$file" \
        'CONFIG::file::execute=use_default' "$config"$'\n'"$file" \
        'CONFIG::file=use_default' "$config" \
        'CONFIG=use_default' "$config"
}

@test "K-151 items that do not exist" {
    local config='206-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
    rows 206 'CONFIG::file::read={ mode=enforcing }' "$config" \
        'CONFIG::execute={ mode=enforcing }' "$config" \
        'CONFIG::capability={ mode=enforcing }' "$config" \
        'CONFIG::file::execute::x={ mode=enforcing }' "$config" \
        'CONFIG::={ mode=enforcing }' "$config" \
        'CONFIGURATION={ mode=enforcing }' "$config" \
        'CONFIG' "$config"
}

# prefers TEXT: fails unless the preference of profile 207 is printed so.
prefers()
{
    profile_lines 207
    REPLY=${REPLY#*$'\n'}
    k_equal "${REPLY%%$'\n'*}" "207-PREFERENCE={ $1 }"
}

@test "K-152 K-153 preferences" {
    write '207-PREFERENCE={ max_audit_log=5 max_learning_entry=6 }'
    prefers 'max_audit_log=5 max_learning_entry=6'
    write '207-PREFERENCE={ max_learning_entry=9 }' # K-152
    prefers 'max_audit_log=5 max_learning_entry=9'
    write '207-PREFERENCE={ max_audit_log=x }' # K-153
    prefers 'max_audit_log=5 max_learning_entry=9'
    write '207-PREFERENCE={ max_audit_log=-1 enforcing_penalty=3 }' 207-PREFERENCE=
    prefers 'max_audit_log=5 max_learning_entry=9'
    write '207-PREFERENCE={ max_audit_log=0x10 }'
    prefers 'max_audit_log=0 max_learning_entry=9'
}

@test "K-154 the order of items" {
    local items=(file::{execute,open,create,unlink,getattr,mkdir,rmdir,mkfifo,mksock,truncate,symlink,mkblock,mkchar}
        file::{link,rename,chmod,chown,chgrp,ioctl,chroot,mount,unmount,pivot_root}
        network::inet_{stream_{bind,listen,connect},dgram_{bind,send},raw_{bind,send}}
        network::unix_{stream_{bind,listen,connect},dgram_{bind,send},seqpacket_{bind,listen,connect}}
        misc::env file network misc) lines=() expected='208-CONFIG={ mode=disabled grant_log=yes reject_log=yes }'
    local item
    for item in "${items[@]}"; do
        # Written in the opposite order.
        lines=("208-CONFIG::$item={ mode=learning }" "${lines[@]}")
        expected+=$'\n'"208-CONFIG::$item={ mode=learning grant_log=yes reject_log=yes }"
    done
    k_equal ${#items[@]} 42
    write "${lines[@]}"
    is_printed 208 "$expected"
}

@test "K-155 profiles end at 255" {
    local text
    text=$(<$policy/profile)
    write '256-COMMENT=x' 'x-COMMENT=x' 'COMMENT=x'
    k_equal "$(<$policy/profile)" "$text"
}

@test "D-05 D-09 a profile without a number, or with one that overflows, is profile 0 in mainline" {
    local number comment
    for number in '' 4294967296; do
        profile_lines 0
        comment=${REPLY%%$'\n'*}
        write "$number-COMMENT=no number"
        profile_lines 0
        write "$comment"
        if k_ours; then
            k_equal "${REPLY%%$'\n'*}" "$comment"
        else
            k_equal "${REPLY%%$'\n'*}" '0-COMMENT=no number'
        fi
    done
}

@test "K-156 the version is only what was written, once TOMOYO is active" {
    write PROFILE_VERSION=1
    mapfile -t <$policy/profile
    write PROFILE_VERSION=20150505
    k_equal "${MAPFILE[0]}" PROFILE_VERSION=1
    mapfile -t <$policy/profile
    k_equal "${MAPFILE[0]}" PROFILE_VERSION=20150505
}

@test "K-157 an operation takes its category's mode" {
    mkdir -p /tmp/k
    : >/tmp/k/f
    write '209-CONFIG={ mode=disabled }' '209-CONFIG::file={ mode=enforcing }' \
        '209-CONFIG::file::getattr={ mode=disabled }'
    k_domain category 209
    k_act open /tmp/k/f rdonly : lstat /tmp/k/f : socket inet dgram : bind inet:127.0.0.1:0
    k_cleanup
    k_like "$output" EPERM 'ok*' 'ok' 'ok'
}
