#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Containers: what programs of another root directory are called, and what tomoyo-policy(5) recommends for them. It runs
# after 90, since a namespace stays.

# shellcheck disable=SC2154 # k.bash sets variables

load /suite-lib/k

# crun is what starts containers. The container's root holds an httpd and a loadpolicy with the names of the host's.
t=/tmp/k/t93

setup_file()
{
    k_setup_file
    mkdir -p $t/new $t/root$t $t/root/old $t/root/security
    cp /bin/act $t/crun
    cp /bin/act $t/root$t/httpd
    cp /bin/act $t/root$t/loadpolicy
}

setup()
{
    k_exception "initialize_domain $t/httpd from any" "initialize_domain $t/loadpolicy from any"
    k_domain t93 disabled
}

teardown()
{
    k_domains+=("delete <$t/crun>" "delete <$t/crun> $t/httpd" "delete <$t/crun> $t/loadpolicy" 'delete <kernel> /t93')
    k_write manager "delete $t/loadpolicy" "delete <kernel> $t/loadpolicy"
    k_cleanup $t
}

# contained PROGRAM WORD...: crun makes a container and executes act there, under the name PROGRAM; $output is what that says.
# The initial root file system cannot be left by pivot_root, so another one is put on it first.
contained()
{
    local program=$t/$1
    shift
    k_act exec '{' $t/crun unshare mnt : mount none $t/new tmpfs 0 : mkdir $t/new/root 0755 : \
        mount $t/root $t/new/root NULL bind : chdir $t/new : mount $t/new / NULL move : chroot . : chdir / : \
        pivot_root root root/old : chdir / : umount /old detach : exec '{' "$program" "$@" '}' '}'
    local made=$'ok\nok\nok\nok\nok\nok\nok\nok\nok\nok\nok\n'
    [[ $output == "$made"* ]] || k_output 'a container' || return
    output=${output#"$made"}
}

# What a loadpolicy in the container does to the policy.
intrude=(mount none /security securityfs 0 : open /security/tomoyo/domain_policy wronly : write '<kernel> /t93\n')

# What the page says.
give_namespace()
{
    k_exception "reset_domain $t/crun from any"
    k_write profile "<$t/crun> 0-CONFIG={ mode=disabled }" "<$t/crun> 3-CONFIG={ mode=enforcing }"
    k_write domain_policy "<$t/crun>" 'use_profile 0'
}

@test "a container's program is called as the host's of that path, and enters its domain" {
    contained httpd self
    k_output "ok <kernel> $t/httpd"
}

@test "a container's program with the name of a manager is the manager" {
    k_write manager "<kernel> $t/loadpolicy"
    contained loadpolicy "${intrude[@]}"
    k_like "$output" ok 'ok*' 'ok*'
    k_read_domain '<kernel> /t93'
    k_equal "$attributes" 'use_profile 0'
}

@test "with a namespace for what starts containers their programs have domains of their own" {
    give_namespace
    contained httpd self
    k_output "ok <$t/crun> $t/httpd"
}

@test "with a namespace, and managers named by domains, a container changes no policy" {
    give_namespace
    k_write manager "<kernel> $t/loadpolicy"
    contained loadpolicy "${intrude[@]}"
    k_like "$output" ok 'ok*' EPERM
    k_read_domain '<kernel> /t93'
    k_equal "$attributes"
}

@test "a manager named by its path is one in a container, too" {
    give_namespace
    k_write manager "$t/loadpolicy"
    contained loadpolicy "${intrude[@]}"
    k_like "$output" ok 'ok*' 'ok*'
}

@test "the profiles of the namespace hold in the container" {
    give_namespace
    k_write domain_policy "<$t/crun> $t/httpd" 'use_profile 3' "file read $t/httpd"
    contained httpd open $t/httpd rdonly : open $t/loadpolicy rdonly
    k_like "$output" 'ok*' EPERM
}

@test "without the first domain of the namespace nothing starts" {
    k_exception "reset_domain $t/crun from any"
    contained httpd self || :
    k_output ENOMEM
}
