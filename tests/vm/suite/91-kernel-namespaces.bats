#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves what namespaces are. None can ever be removed: so these tests run last.

load /suite-lib/k
load kept

policy=/sys/kernel/security/tomoyo
# shellcheck disable=SC2034 # kept.bash reads it
mark=k91

setup_file()
{
    k_setup_file
}

teardown()
{
    forget_exceptions
    printf 'delete %s\n' '<kernel> /k91' '<kernel> /k91 //y' '</k91/httpd>' '<k91.bar> /a' '<k91> /d' '<k91> /e' \
        '<k91full>' '<k91full> /d' >$policy/domain_policy
    k_cleanup
}

@test "K-043 odd but right names make domains, and namespaces" {
    printf '%s\n' '<kernel> /k91 //y' '</k91/httpd>' '<k91.bar> /a' >$policy/domain_policy
    domains_with k91
    k_equal "$REPLY" '<kernel> /k91 //y' '</k91/httpd>' '<k91.bar> /a'
}

@test "K-138 K-139 with two namespaces every line begins with its own" {
    printf '%s\n' 'path_group k91G /a' '<k91> path_group k91G /b' '<k91> acl_group 1 file read /k91' \
        >$policy/exception_policy
    exceptions_with k91G # K-138
    k_equal "$REPLY" '<kernel> path_group k91G /a' '<k91> path_group k91G /b'
    mapfile -t <$policy/exception_policy
    [[ ${MAPFILE[0]} == '<kernel> '* ]]
    for line in "${MAPFILE[@]}"; do
        [[ $line == '<'*'> '* ]] || k_equal "$line" 'a line with its namespace'
    done
    mapfile -t <$policy/profile
    k_equal "${MAPFILE[0]}" '<kernel> PROFILE_VERSION=20150505'
    [[ " ${MAPFILE[*]} " == *' <k91> PROFILE_VERSION=20150505 '* ]]
    for line in "${MAPFILE[@]}"; do
        [[ $line == '<'*'> '* ]] || k_equal "$line" 'a line with its namespace'
    done

    forget_exceptions # K-139
    mapfile -t <$policy/profile
    [[ " ${MAPFILE[*]} " == *' <k91> PROFILE_VERSION=20150505 '* ]]
    kept_exceptions 'path_group k91G /a'
    k_equal "$REPLY" '<kernel> path_group k91G /a'
}

@test "K-140 K-141 'delete' comes in front of the namespace" {
    kept_exceptions '<k91> path_group k91G /a' '<k91> delete path_group k91G /a' # K-140
    k_equal "$REPLY" '<k91> path_group k91G /a'
    kept_exceptions 'delete <k91> path_group k91G /a' # K-141
    k_equal "$REPLY" ''
    # The same group of another namespace is another one.
    kept_exceptions '<k91> path_group k91G /a' 'delete path_group k91G /a'
    k_equal "$REPLY" '<k91> path_group k91G /a'
}

@test "K-210 K-211 a manual transition into another namespace" {
    k_domain k91 disabled 'task manual_domain_transition <k91> /d' 'task manual_domain_transition <k91> /e' \
        'task manual_domain_transition <k91full> /d' 'task manual_domain_transition <k91none> /d'
    # K-210: no domain; the domain's profile is not defined; no namespace.
    printf '%s\n' '<k91> /e' >$policy/domain_policy
    printf '%s\n' '<k91full> 0-COMMENT=' >$policy/profile
    k_act transit '<k91> /d' : transit '<k91> /e' : transit '<k91full> /d' : transit '<k91none> /d' : self
    k_output ENOENT ENOENT ENOENT ENOENT "ok ${domain:?}"
    printf '%s\n' '<k91full> /d' >$policy/domain_policy # K-211
    k_act transit '<k91full> /d' : self
    k_output ok 'ok <k91full> /d'
}

@test "D-06 a namespace is named in full" {
    printf '%s\n' '<k91full> path_group k91G /a' '<k91fu path_group k91G /b' >$policy/exception_policy
    exceptions_with k91G
    if k_ours; then
        k_equal "$REPLY" '<k91full> path_group k91G /a'
    else
        k_equal "$REPLY" '<k91full> path_group k91G /a' '<k91full> path_group k91G /b'
    fi
}
