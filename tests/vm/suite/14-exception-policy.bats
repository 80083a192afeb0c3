#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves what is kept of lines written to exception policy. Each of this file has k14 in it.

load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo
# shellcheck disable=SC2034 # kept.bash reads it
mark=k14

teardown()
{
    forget_exceptions
}

@test "K-124 K-125 K-126 what is left out of a transition directive is 'any'" {
    keeps_exception 'initialize_domain /k14' 'initialize_domain /k14 from any' # K-124
    keeps_exception 'no_initialize_domain /k14' 'no_initialize_domain /k14 from any'
    keeps_exception 'reset_domain /k14' 'reset_domain /k14 from any'
    keeps_exception 'no_reset_domain /k14' 'no_reset_domain /k14 from any'
    keeps_exception 'keep_domain /k14' 'keep_domain any from /k14' # K-125
    keeps_exception 'keep_domain <kernel> /k14' 'keep_domain any from <kernel> /k14' # K-126
    keeps_exception 'no_keep_domain <kernel> /k14' 'no_keep_domain any from <kernel> /k14'
    keeps_exception 'initialize_domain any from /k14'
    keeps_exception 'keep_domain /a from <kernel> /k14'
}

@test "K-127 wrong transition directives are refused" {
    keeps_no_exception 'initialize_domain k14 from any' 'initialize_domain /k14 from /b /c' \
        'keep_domain \*k14 from <kernel>' 'keep_domain k14' 'initialize_domain <kernel> /k14' 'no_such /k14' \
        'initialize_domain /k14 of any' 'initialize_domain /a from <kernel> k14'
}

@test "K-128 K-129 K-130 aggregators" {
    keeps_exception 'aggregator /k14\* /b' # K-128
    keeps_no_exception 'aggregator /k14 /b\*' 'aggregator /k14 b' 'aggregator /k14' 'aggregator /k14\z /b' # K-129
    keeps_exception 'aggregator /k14 /b /c' 'aggregator /k14 /b' # K-130
    keeps_exception 'aggregator k14 /b'
}

@test "K-131 groups are printed in the order of their creation, members in theirs" {
    kept_exceptions 'path_group k14G /b' 'path_group k14F /c' 'path_group k14G /a' 'path_group k14G /b'
    k_equal "$REPLY" $'path_group k14G /b\npath_group k14G /a\npath_group k14F /c'
}

@test "K-132 K-133 wrong members of groups are refused" {
    keeps_no_exception 'number_group k14 @M' 'number_group k14 10-1' 'number_group k14 x' 'number_group k14' # K-132
    keeps_no_exception 'address_group k14 @B' 'address_group k14 1.2.3.4-5' 'address_group k14 x' \
        'address_group k14' # K-133
    keeps_exception 'number_group k14 0X0a-0x1f' 'number_group k14 0xA-0x1F'
    keeps_exception 'address_group k14 0:0::1' 'address_group k14 ::1'
    keeps_exception 'path_group k14 @H'
}

@test "D-08 members of a path group that are no words" {
    if k_ours; then
        keeps_no_exception 'path_group k14 \z' 'path_group k14'
    else
        keeps_exception 'path_group k14 \z'
        keeps_exception 'path_group k14' 'path_group k14 '
    fi
}

@test "D-06 a namespace's name cut short" {
    if k_ours; then
        keeps_no_exception '<kerne path_group k14 /a'
    else
        keeps_exception '<kerne path_group k14 /a' 'path_group k14 /a'
    fi
}

@test "K-134 K-135 numbers of acl_group" {
    keeps_exception 'acl_group 00 file read /k14' 'acl_group 0 file read /k14' # K-134
    keeps_exception 'acl_group 255 file write/read /k14' 'acl_group 255 file read/write /k14'
    keeps_no_exception 'acl_group 256 file read /k14' 'acl_group 0x1 file read /k14' 'acl_group -1 file read /k14' \
        'acl_group file read /k14' 'acl_group 1 use_profile k14' 'acl_group 1 file readx k14 k14' # K-135
}

@test "K-136 the order of exception policy" {
    kept_exceptions 'acl_group 9 file read /k14' 'address_group k14 ::1' 'number_group k14 1' 'path_group k14 /a' \
        'acl_group 1 misc env k14' 'aggregator /k14 /b' 'keep_domain /k14' 'no_reset_domain /k14' \
        'reset_domain /k14' 'no_keep_domain /k14' 'acl_group 9 file read /k14b' 'initialize_domain /k14' \
        'no_initialize_domain /k14'
    k_equal "$REPLY" 'keep_domain any from /k14
no_reset_domain /k14 from any
reset_domain /k14 from any
no_keep_domain any from /k14
initialize_domain /k14 from any
no_initialize_domain /k14 from any
aggregator /k14 /b
path_group k14 /a
number_group k14 1
address_group k14 ::1
acl_group 1 misc env k14
acl_group 9 file read /k14
acl_group 9 file read /k14b'
}

@test "K-137 the only namespace is not printed" {
    kept_exceptions '<kernel> path_group k14 /a'
    k_equal "$REPLY" 'path_group k14 /a'
    # If this fails, a file that ran before this one has made a namespace.
    mapfile -t <$policy/profile
    k_equal "${MAPFILE[0]}" 'PROFILE_VERSION=20150505'
}

@test "K-142 a range with equal ends is deleted as an address" {
    keeps_exception 'address_group k14 1.2.3.4-1.2.3.4' 'address_group k14 1.2.3.4'
    kept_exceptions 'address_group k14 1.2.3.4-1.2.3.4' 'delete address_group k14 1.2.3.4'
    k_equal "$REPLY" ''
}

@test "K-143 directives of other branches are refused" {
    keeps_no_exception 'execute_handler /k14' 'deny_autobind 1 k14' 'file_pattern /k14' 'allow_read /k14' \
        'move_namespace /k14'
}
