#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-168 to K-204: which domain the execution of a program leads to. What would make namespaces is in
# 92-transition-namespaces.bats.

# shellcheck disable=SC2030,SC2031,SC2154 # bats runs each test in a subshell, and `run` sets output

bats_load_library bats-support
bats_load_library bats-assert
load k
load rows

tomoyo=/sys/kernel/security/tomoyo
# The files are links to one program, act, which can say in which domain it is.
t=/tmp/t22
D='<kernel> //t22'

# Profile 150 does nothing; 151 enforces executions, 152 only tells, 153 learns; 154 learns what is opened; 155
# enforces environment variables, 156 opens.
setup_file()
{
    local name
    mkdir -p $t/dd
    cp "$(type -P act)" $t/a
    for name in b c i j k173 k174 k175 k176 k177 k178 k179 dd/x1 dd/x2; do ln -f $t/a $t/$name; done
    ln -sf $t/a $t/sl
    printf '#!%s/i readfile\n' $t >$t/s.sh
    printf '#!%s/missing\n' $t >$t/missing.sh
    echo 'neither a script nor a program' >$t/bad
    chmod 755 $t/s.sh $t/missing.sh $t/bad
    printf '%s\n' 150-COMMENT=t22 151-CONFIG::file::execute='{ mode=enforcing }' \
        152-CONFIG::file::execute='{ mode=permissive }' 153-CONFIG::file::execute='{ mode=learning }' \
        154-CONFIG::file::open='{ mode=learning }' 155-CONFIG::misc::env='{ mode=enforcing }' \
        156-CONFIG::file::open='{ mode=enforcing }' >$tomoyo/profile
    echo "acl_group 0 task manual_domain_transition $D" >$tomoyo/exception_policy
}

teardown_file()
{
    echo "delete acl_group 0 task manual_domain_transition $D" >$tomoyo/exception_policy
}

setup()
{
    exceptions=()
}

# Everything that a test may have left: its exceptions, its domains and those below.
teardown()
{
    local lines line domains=''
    [ ${#exceptions[@]} = 0 ] || printf 'delete %s\n' "${exceptions[@]}" >$tomoyo/exception_policy
    mapfile -t lines <$tomoyo/domain_policy
    for line in "${lines[@]}"; do
        [[ ! $line =~ ^"<kernel> "(//t22|/tmp/t22|/agg) ]] || domains+="delete $line"$'\n'
    done
    echo "$domains" >$tomoyo/domain_policy
}

# policy LINE...: the domain has these lines, and nothing else.
policy()
{
    printf '%s\n' "delete $D" "$D" 'use_profile 150' "$@" >$tomoyo/domain_policy
}

# exception LINE...: until the end of the test.
exception()
{
    exceptions+=("$@")
    printf '%s\n' "$@" >$tomoyo/exception_policy
}

# go COMMAND...: act does this in the domain.
go()
{
    run act transit "$D" : "$@"
    [[ $output = ok$'\n'* ]] || fail "cannot enter the domain: $output"
    output=${output#ok$'\n'}
}

# to PROGRAM: act executes the program, which says in which domain it is. If it cannot, act says why, and where it is.
to()
{
    go exec "$t/$1" self : self
}

# domain NAME: what domain_policy says about it, in one line.
domain()
{
    local text line
    while read -r line; do
        case $line in '' | '#'*) ;; *) text+="$line;" ;; esac
    done <<<"$(k_read_domain "$1")"
    echo "$text"
}

@test "K-168 a program leads to a child of the domain, with the same profile and groups" {
    policy 'use_group 7' 'use_group 9'
    to a
    assert_output "ok $D $t/a"
    assert_equal "$(domain "$D $t/a")" "$D $t/a;use_profile 150;use_group 7;use_group 9;"
}

@test "K-169 a symbolic link is executed by its own name" {
    policy
    to sl
    assert_output "ok $D $t/sl"
}

@test "K-170 the entry's pattern becomes the child's name" {
    policy "file execute $t/dd/x\\\$"
    go fork exec $t/dd/x1 self : fork exec $t/dd/x2 self
    assert_output "ok $D $t/dd/x\\\\\$
ok $D $t/dd/x\\\\\$"
}

@test "K-171 the member of the entry's group becomes the child's name" {
    exception "path_group T22 $t/dd/x\\+"
    policy 'file execute @T22'
    to dd/x1
    assert_output "ok $D $t/dd/x\\\\+"
}

@test "K-172 of two matching entries the first one gives the name" {
    policy "file execute $t/dd/x\\+" "file execute $t/dd/\\*"
    to dd/x1
    assert_output "ok $D $t/dd/x\\\\+"
    policy "file execute $t/dd/\\*" "file execute $t/dd/x\\+"
    to dd/x1
    assert_output "ok $D $t/dd/\\\\*"
}

@test "K-173 K-174 K-175 K-176 K-177 K-178 K-179 keep, child, initialize, parent, a path, a condition, a domain" {
    local parent='<kernel> //t22-parent' k
    D="$parent //t22"
    exception "acl_group 0 task manual_domain_transition $D"
    policy "file execute $t/k173 keep" "file execute $t/k174 child" "file execute $t/k175 initialize" \
        "file execute $t/k176 parent" "file execute $t/k177 /other" "file execute $t/k178 //s task.uid=0" \
        "file execute $t/k179 <kernel> //t22-j /k"
    go fork exec $t/k173 self : fork exec $t/k174 self : fork exec $t/k175 self : fork exec $t/k176 self : \
        fork exec $t/k177 self : fork exec $t/k178 self : fork exec $t/k179 self
    rows "K-173: ok $D" "K-174: ok $D $t/k174" "K-175: ok <kernel> $t/k175" "K-176: ok $parent" "K-177: ok $D /other" \
        "K-178: ok $D //s" 'K-179: ok <kernel> //t22-j /k'
}

@test "K-184 an entry whose condition does not hold has no say" {
    policy "file execute $t/a //x task.uid=1"
    to a
    assert_output "ok $D $t/a"
}

@test "K-185 only 'file execute' alone takes a transition" {
    policy 'file read /a keep' 'misc env A keep' 'file execute/read /a keep' 'file execute /a keep'
    assert_equal "$(domain "$D")" "$D;use_profile 150;file execute /a keep;"
}

@test "K-186 K-187 initialize_domain, and no_initialize_domain from this domain" {
    exception "initialize_domain $t/a"
    policy
    to a
    assert_output "ok <kernel> $t/a"
    exception "no_initialize_domain $t/a from $D"
    to a
    assert_output "ok $D $t/a"
}

@test "K-188 K-189 keep_domain, and no_keep_domain for one program from the last word of the domain" {
    exception "keep_domain any from $D"
    policy
    to a
    assert_output "ok $D"
    exception "no_keep_domain $t/a from //t22"
    go fork exec $t/a self : fork exec $t/b self
    assert_output "ok $D $t/a
ok $D"
}

@test "K-191 no_reset_domain takes reset_domain back" {
    exception "reset_domain $t/c" "no_reset_domain $t/c"
    policy
    to c
    assert_output "ok $D $t/c"
}

@test "K-192 a directive's program is a name, not a pattern" {
    exception "initialize_domain $t/\\?"
    policy
    to b
    assert_output "ok $D $t/b"
}

@test "K-193 an aggregator's name is what is asked for, and the domain" {
    exception "aggregator $t/dd/x\\+ /agg"
    policy 'use_profile 151' 'file execute /agg'
    to dd/x1
    assert_output "ok $D /agg"
    policy 'use_profile 151' "file execute $t/dd/x1"
    to dd/x1
    assert_output "EPERM
ok $D"
}

@test "K-194 an aggregator's name is what the directives look at" {
    exception "aggregator $t/dd/x\\+ /agg" 'initialize_domain /agg'
    policy
    to dd/x1
    assert_output 'ok <kernel> /agg'
}

# long_domain LENGTH: the domain is one with a name of so many bytes.
long_domain()
{
    local word
    printf -v word '%*s' $(($1 - ${#D} - 2)) ''
    D="<kernel> //t22 /${word// /x}"
    exception "acl_group 0 task manual_domain_transition $D"
}

@test "K-195 a child's name of more than 4085 bytes, not enforcing: the program runs in this domain, which is marked" {
    local below=" $t/a"
    long_domain $((4085 - ${#below}))
    policy 'use_profile 152' "file execute $t/a"
    to a
    assert_output "ok $D$below"

    D='<kernel> //t22'
    long_domain $((4086 - ${#below}))
    policy 'use_profile 152' "file execute $t/a"
    k_audit_drain >/dev/null
    to a
    assert_output "ok $D"
    assert_equal "$(domain "$D")" "$D;use_profile 152;transition_failed;file execute $t/a;"
    assert_equal "$(k_audit_drain | tr '\0' '\n' | grep -c '^transition_failed$')" 1
    # Said once.
    to a
    assert_output "ok $D"
    assert_equal "$(k_audit_drain | tr '\0' '\n' | grep -c '^transition_failed$')" 0
}

@test "K-196 a child's name that would be too long, enforcing: ENOMEM" {
    long_domain 4085
    policy 'use_profile 151' "file execute $t/a"
    to a
    assert_output "ENOMEM
ok $D"
    assert_equal "$(domain "$D")" "$D;use_profile 151;file execute $t/a;"
}

@test "K-197 a script leads to a domain of its own name, and its interpreter is read there" {
    policy 'use_profile 154'
    go exec $t/s.sh
    assert_output --partial "ok #!$t/i readfile"
    assert_equal "$(domain "$D $t/s.sh")" "$D $t/s.sh;use_profile 154;file read $t/i;file read $t/s.sh;"
}

@test "K-198 a program executed by its descriptor, /dev/fd being a link into procfs" {
    policy
    assert_equal "$(readlink /dev/fd)" /proc/self/fd
    go fexec $t/a self
    assert_output --regexp "^ok $D proc:/self/fd/[0-9]+\$"
}

@test "K-199 a program executed by its descriptor, without /dev/fd" {
    policy
    mv /dev/fd /dev/fd-t22
    go fexec $t/a self
    mv /dev/fd-t22 /dev/fd
    assert_output "ok $D $t/a"
}

@test "K-200 environment variables are checked in the new domain" {
    policy "$D $t/a" 'use_profile 155' 'misc env A'
    go fork execenv A=1 $t/a self : fork execenv A=1,B=2 $t/a self
    assert_output "ok $D $t/a
EPERM"
}

@test "K-201 conditions of environment variables see the program's arguments" {
    policy "$D $t/a" 'use_profile 155' 'misc env \* exec.argc=2'
    go fork execenv A=1 $t/a self : fork execenv A=1 $t/a -e self
    assert_output "ok $D $t/a
EPERM"
}

# rolled_back ID...: line N of $output is the domain after execution N has failed late. That it should be the domain
# from before is what mainline does not do (D-01).
rolled_back()
{
    local -a expected=()
    local id
    for id; do
        if k_ours; then expected+=("${id%% *}: ok $D"); else expected+=("${id%% *}: ok $D $t/${id#* }"); fi
    done
    rows "${expected[@]}"
}

@test "K-202 after an execution that has ended with ENOEXEC the task is where it was" {
    policy
    go fork '{' exec $t/bad : open /dev/null rdonly : self '}'
    [[ $output = ENOEXEC$'\n'* ]] || fail "$output"
    output=${output##*$'\n'}
    rolled_back 'K-202 bad'
}

@test "D-01 no interpreter, a rejected variable, a rejected interpreter: the task is where it was" {
    policy "$D $t/a" 'use_profile 155' "$D $t/s.sh" 'use_profile 156' "file read $tomoyo/self_domain" \
        'file read securityfs:/tomoyo/self_domain'
    go fork '{' exec $t/missing.sh : self '}' : fork '{' execenv B=2 $t/a : self '}' : fork '{' exec $t/s.sh : self '}'
    assert_equal "$(sed -n 'p;n' <<<"$output")" 'ENOENT
EPERM
EPERM'
    output=$(sed -n 'n;p' <<<"$output")
    rolled_back 'missing missing.sh' 'variable a' 'interpreter s.sh'
}

@test "D-01 a change of credentials between the failure and the next access" {
    policy
    go fork '{' exec $t/bad : setgroups 0 : open /dev/null rdonly : self '}'
    assert_output "ENOEXEC
ok
ok
ok $D"
}

@test "K-203 disabled: the child's name is the program's, not that of an entry whose condition does not hold" {
    policy "file execute $t/dd/\\* task.uid=1"
    to dd/x1
    if k_ours; then assert_output "ok $D $t/dd/x1"; else assert_output "ok $D $t/dd/\\\\*"; fi
}

@test "D-02 the same in permissive and in learning mode" {
    local profile
    for profile in 152 153; do
        policy "use_profile $profile" "file execute $t/dd/\\* task.uid=1"
        to dd/x1
        if k_ours; then assert_output "ok $D $t/dd/x1"; else assert_output "ok $D $t/dd/\\\\*"; fi
    done
}

@test "K-204 kernel threads are in <kernel>" {
    assert_equal "$(k_process_status 2)" '2 0 <kernel>'
}
