#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-168 to K-204: which domain the execution of a program leads to. What would make namespaces is in
# 92-transition-namespaces.bats.

# shellcheck disable=SC2030,SC2031,SC2086,SC2154,SC2206 # k.bash sets variables; no path has a blank

load /suite-lib/k
load /suite-lib/k-rows

# The files are links to one program, act, which can say in which domain it is.
t=/tmp/k/t22
domain="<kernel> $t"

# Profile 150 does nothing; 157 enforces executions, 152 only tells, 153 learns; 154 learns what is opened; 155
# enforces environment variables, 156 opens.
setup_file()
{
    local number name links=()
    k_setup_file
    for number in 150 152 153 154 155 156 157; do k_profile $number disabled; done
    k_write profile 157-CONFIG::file::execute='{ mode=enforcing grant_log=no reject_log=no }' \
        152-CONFIG::file::execute='{ mode=permissive grant_log=no reject_log=yes }' \
        153-CONFIG::file::execute='{ mode=learning grant_log=no reject_log=no }' \
        154-CONFIG::file::open='{ mode=learning grant_log=no reject_log=no }' \
        155-CONFIG::misc::env='{ mode=enforcing grant_log=no reject_log=no }' \
        156-CONFIG::file::open='{ mode=enforcing grant_log=no reject_log=no }'
    mkdir -p $t/dd
    cp /bin/act $t/a
    for name in b c i k173 k174 k175 k176 k177 k178 k179 dd/x1 dd/x2; do links+=(: link $t/a $t/$name); done
    act -q symlink $t/a $t/sl "${links[@]}"
    printf '#!%s/i readfile\n' $t >$t/s.sh
    printf '#!%s/missing\n' $t >$t/missing.sh
    echo 'neither a script nor a program' >$t/bad
    chmod 755 $t/s.sh $t/missing.sh $t/bad
}

teardown()
{
    k_cleanup /tmp/k/t22 /agg
}

# to PROGRAM: act executes the program, which says in which domain it is. If it cannot, act says why, and where it is.
to()
{
    k_act exec "$t/$1" self : self
}

@test "K-168 a program leads to a child of the domain, with the same profile and groups" {
    k_domain t22 150 'use_group 7' 'use_group 9'
    to a
    k_output "ok $domain $t/a"
    k_read_domain "$domain $t/a"
    k_equal "$attributes" 'use_profile 150' 'use_group 7' 'use_group 9'
}

@test "K-169 a symbolic link is executed by its own name" {
    k_domain t22 150
    to sl
    k_output "ok $domain $t/sl"
}

@test "K-170 the entry's pattern becomes the child's name" {
    k_domain t22 150 "file execute $t/dd/x\\\$"
    k_act fork exec $t/dd/x1 self : fork exec $t/dd/x2 self
    k_output "ok $domain $t/dd/x\\\\\$
ok $domain $t/dd/x\\\\\$"
}

@test "K-171 the member of the entry's group becomes the child's name" {
    k_exception "path_group T22 $t/dd/x\\+"
    k_domain t22 150 'file execute @T22'
    to dd/x1
    k_output "ok $domain $t/dd/x\\\\+"
}

@test "K-172 of two matching entries the first one gives the name" {
    k_domain t22 150 "file execute $t/dd/x\\+" "file execute $t/dd/\\*"
    to dd/x1
    k_output "ok $domain $t/dd/x\\\\+"
    k_domain t22 150 "file execute $t/dd/\\*" "file execute $t/dd/x\\+"
    to dd/x1
    k_output "ok $domain $t/dd/\\\\*"
}

@test "K-173 K-174 K-175 K-176 K-177 K-178 K-179 keep, child, initialize, parent, a path, a condition, a domain" {
    k_domain 't22parent /tmp/k/t22' 150 "file execute $t/k173 keep" "file execute $t/k174 child" \
        "file execute $t/k175 initialize" "file execute $t/k176 parent" "file execute $t/k177 /other" \
        "file execute $t/k178 //s task.uid=0" "file execute $t/k179 <kernel> /tmp/k/t22j /k"
    k_act fork exec $t/k173 self : fork exec $t/k174 self : fork exec $t/k175 self : fork exec $t/k176 self : \
        fork exec $t/k177 self : fork exec $t/k178 self : fork exec $t/k179 self
    k_rows "K-173: ok $domain" "K-174: ok $domain $t/k174" "K-175: ok <kernel> $t/k175" \
        'K-176: ok <kernel> /tmp/k/t22parent' "K-177: ok $domain /other" "K-178: ok $domain //s" \
        'K-179: ok <kernel> /tmp/k/t22j /k'
}

@test "K-184 an entry whose condition does not hold has no say" {
    k_domain t22 150 "file execute $t/a //x task.uid=1"
    to a
    k_output "ok $domain $t/a"
}

@test "K-185 only 'file execute' alone takes a transition" {
    k_domain t22 150 'file read /a keep' 'misc env A keep' 'file execute/read /a keep' 'file execute /a keep'
    k_read_domain
    k_learned 'file execute /a keep'
}

@test "K-186 K-187 initialize_domain, and no_initialize_domain from this domain" {
    k_exception "initialize_domain $t/a"
    k_domain t22 150
    to a
    k_output "ok <kernel> $t/a"
    k_exception "no_initialize_domain $t/a from $domain"
    to a
    k_output "ok $domain $t/a"
}

@test "K-188 K-189 keep_domain, and no_keep_domain for one program from the last word of the domain" {
    k_exception "keep_domain any from $domain"
    k_domain t22 150
    to a
    k_output "ok $domain"
    k_exception "no_keep_domain $t/a from /tmp/k/t22"
    k_act fork exec $t/a self : fork exec $t/b self
    k_output "ok $domain $t/a
ok $domain"
}

@test "K-191 no_reset_domain takes reset_domain back" {
    k_exception "reset_domain $t/c" "no_reset_domain $t/c"
    k_domain t22 150
    to c
    k_output "ok $domain $t/c"
}

@test "K-192 a directive's program is a name, not a pattern" {
    k_exception "initialize_domain $t/\\?"
    k_domain t22 150
    to b
    k_output "ok $domain $t/b"
}

@test "K-193 an aggregator's name is what is asked for, and the domain" {
    k_exception "aggregator $t/dd/x\\+ /agg"
    k_domain t22 157 'file execute /agg'
    to dd/x1
    k_output "ok $domain /agg"
    k_domain t22 157 "file execute $t/dd/x1"
    to dd/x1
    k_output "EPERM
ok $domain"
}

@test "K-194 an aggregator's name is what the directives look at" {
    k_exception "aggregator $t/dd/x\\+ /agg" 'initialize_domain /agg'
    k_domain t22 150
    to dd/x1
    k_output 'ok <kernel> /agg'
}

# long_domain LENGTH PROFILE LINE...: the domain is one with a name of so many bytes.
long_domain()
{
    local word
    printf -v word '%*s' $(($1 - 26)) ''
    shift
    k_domain "t22 /long/${word// /x}" "$@"
}

@test "K-195 a child's name of more than 4085 bytes, not enforcing: the program runs in this domain, which is marked" {
    local below=" $t/a"
    long_domain $((4085 - ${#below})) 152 "file execute $t/a"
    to a
    k_output "ok $domain$below"

    long_domain $((4086 - ${#below})) 152 "file execute $t/a"
    k_audit_drain
    to a
    k_output "ok $domain"
    k_read_domain
    k_equal "$attributes" 'use_profile 152' transition_failed
    k_audit_records
    k_equal "${#records[@]}" 1
    [[ ${records[0]} == *" exec={ realpath=\"$t/a\" argc=2 "*$'\n'"$domain"$'\ntransition_failed\n' ]] ||
        k_fail "${records[0]}"
    # Said once.
    to a
    k_output "ok $domain"
    k_audit_records
    k_equal "${#records[@]}" 0
}

@test "K-196 a child's name that would be too long, enforcing: ENOMEM" {
    long_domain 4085 157 "file execute $t/a"
    to a
    k_output ENOMEM "ok $domain"
    k_read_domain
    k_equal "$attributes" 'use_profile 157'
}

@test "K-197 a script leads to a domain of its own name, and its interpreter is read there" {
    k_domain t22 154
    k_act exec $t/s.sh
    k_output "ok #!$t/i readfile\\n"
    k_read_domain "$domain $t/s.sh"
    k_learned "file read $t/i" "file read $t/s.sh"
}

@test "K-198 a program executed by its descriptor, /dev/fd being a link into procfs" {
    k_domain t22 150
    [ /dev/fd/0 -ef /proc/self/fd/0 ]
    k_act fexec $t/a self
    k_like "$output" "ok $domain proc:/self/fd/[0-9]"
}

@test "K-199 a program executed by its descriptor, without /dev/fd" {
    k_domain t22 150
    mv /dev/fd /dev/fd-t22
    k_act fexec $t/a self
    mv /dev/fd-t22 /dev/fd
    k_output "ok $domain $t/a"
}

@test "K-200 environment variables are checked in the new domain" {
    k_domain t22 150 "$domain $t/a" 'use_profile 155' 'misc env A'
    k_act fork execenv A=1 $t/a self : fork execenv A=1,B=2 $t/a self
    k_output "ok $domain $t/a
EPERM"
}

@test "K-201 conditions of environment variables see the program's arguments" {
    k_domain t22 150 "$domain $t/a" 'use_profile 155' 'misc env \* exec.argc=2'
    k_act fork execenv A=1 $t/a self : fork execenv A=1 $t/a -e self
    k_output "ok $domain $t/a
EPERM"
}

@test "names of environment variables are told apart to their last letter" {
    local length letter name
    for length in a200 b511 c512 d513 e1025 f3900; do
        letter=${length:0:1}
        name=$(printf '%*s' "${length:1}" '' | tr ' ' "$letter")
        k_domain t22 150 "$domain $t/a" 'use_profile 155' "misc env $name"
        k_act fork execenv "$name=1" $t/a self : fork execenv "${name%?}=1" $t/a self : fork execenv "${name%?}z=1" $t/a self
        k_output "ok $domain $t/a
EPERM
EPERM"
    done
}

# An environment of several pages, so that some of it lies across where one ends: $environment, and in $names its names.
long_environment()
{
    local letter name
    value=$(printf '%*s' 700 '' | tr ' ' v) environment='' names=()
    for letter; do
        name=$(printf '%*s' 1500 '' | tr ' ' "$letter")
        names+=("$name")
        environment+=${environment:+,}$name=$value
    done
}

@test "names of environment variables are whole wherever pages end" {
    local environment value names letter commands=()
    long_environment a b c d e f
    k_domain t22 150 "$domain $t/a" 'use_profile 155' "${names[@]/#/misc env }"
    for letter in a b c d e f; do
        commands+=(: fork execenv "${environment/$letter=/z=}" $t/a self)
    done
    k_act fork execenv "$environment" $t/a self "${commands[@]}"
    k_output "ok $domain $t/a" EPERM EPERM EPERM EPERM EPERM EPERM
}

@test "values that conditions compare are whole wherever pages end" {
    local environment value names name
    long_environment a b c
    for name in "${names[@]}"; do
        k_domain t22 150 "$domain $t/a" 'use_profile 155' "misc env \\* exec.envp[\"$name\"]=\"$value\""
        k_act fork execenv "$environment" $t/a self : fork execenv "${environment//v,/w,}x" $t/a self
        k_output "ok $domain $t/a" EPERM
    done
}

@test "conditions hold, or do not, whatever the number and size of the variables" {
    local value environment='FIRST=1' number last entry
    value=$(printf '%*s' 600 '' | tr ' ' v)
    for number in {1..150}; do environment+=,V$number=$value; done
    entry="file execute $t/a exec.argv[0]=\"$t/a\" exec.envc=152 exec.envp[\"FIRST\"]=\"1\" exec.envp[\"V9\"]=\"v\*\""
    entry+=" exec.envp[\"V\\*\"]!=\"x\" exec.envp[\"NONE\"]=NULL exec.envp[\"LAST\"]=\"the\\040end\""
    k_domain t22 157 "$entry" "$domain $t/a" 'use_profile 150'
    last='LAST=the end'
    k_act fork execenv "$environment,$last" $t/a self : fork execenv "$environment,${last}s" $t/a self : \
        fork execenv "${environment/,V77=/,NONE=},$last" $t/a self : fork execenv "${environment/V77=v/V77=}x,$last" $t/a self : \
        fork execenv "${environment/V9=v/V9=w},$last" $t/a self : fork execenv "${environment/V1=*,V2=/V1=x,V2=},$last" $t/a self
    k_output "ok $domain $t/a
EPERM
EPERM
ok $domain $t/a
EPERM
EPERM"
}

# rolled_back ID...: line N of $output is the domain after execution N has failed late. That it should be the domain
# from before is what mainline does not do (D-01).
rolled_back()
{
    local -a expected=()
    local id
    for id; do
        if k_ours; then expected+=("${id%% *}: ok $domain"); else expected+=("${id%% *}: ok $domain $t/${id#* }"); fi
    done
    k_rows "${expected[@]}"
}

@test "K-202 after an execution that has ended with ENOEXEC the task is where it was" {
    k_domain t22 150
    k_act fork '{' exec $t/bad : open /dev/null rdonly : self '}'
    [[ $output = ENOEXEC$'\n'* ]] || k_fail "$output"
    output=${output##*$'\n'}
    rolled_back 'K-202 bad'
}

@test "D-01 no interpreter, a rejected variable, a rejected interpreter: the task is where it was" {
    k_domain t22 150 "$domain $t/a" 'use_profile 155' "$domain $t/s.sh" 'use_profile 156' \
        'file read securityfs:/tomoyo/self_domain'
    k_act fork '{' exec $t/missing.sh : self '}' : fork '{' execenv B=2 $t/a : self '}' : \
        fork '{' exec $t/s.sh : self '}'
    mapfile -t lines <<<"$output"
    k_equal "${lines[0]} ${lines[2]} ${lines[4]}" 'ENOENT EPERM EPERM'
    output=${lines[1]}$'\n'${lines[3]}$'\n'${lines[5]}
    rolled_back 'missing missing.sh' 'variable a' 'interpreter s.sh'
}

@test "D-01 a change of credentials between the failure and the next access" {
    k_domain t22 150
    k_act fork '{' exec $t/bad : setgroups 0 : open /dev/null rdonly : self '}'
    k_output "ENOEXEC
ok
ok
ok $domain"
}

@test "K-203 disabled: the child's name is the program's, not that of an entry whose condition does not hold" {
    k_domain t22 150 "file execute $t/dd/\\* task.uid=1"
    to dd/x1
    if k_ours; then k_output "ok $domain $t/dd/x1"; else k_output "ok $domain $t/dd/\\\\*"; fi
}

@test "D-02 the same in permissive and in learning mode" {
    local profile
    for profile in 152 153; do
        k_domain t22 150 "use_profile $profile" "file execute $t/dd/\\* task.uid=1"
        to dd/x1
        if k_ours; then k_output "ok $domain $t/dd/x1"; else k_output "ok $domain $t/dd/\\\\*"; fi
    done
}

@test "D-15 a name that leads elsewhere while the program is started: the program's own name" {
    mkdir -p $t/d1 $t/d2
    [ -e $t/d1/p ] || cp /bin/act $t/d1/p
    [ -e $t/d2/p ] || cp /bin/act $t/d2/p
    ln -sfn d1 $t/l1
    ln -sfn d2 $t/l2
    k_domain t22 150
    k_act execheld $t/d1/p '{' exchange $t/l1 $t/l2 '}' $t/l1/p self : readlink $t/l1
    if k_ours; then
        k_output ok "ok $domain $t/d1/p" 'ok d2'
    else
        k_output ok "ok $domain $t/d2/p" 'ok d2'
    fi
    # The own name of a program that was called by a link is that of the link, as long as it leads there.
    k_act execheld $t/a '{' chmod $t/a 0755 '}' $t/sl self
    k_output ok "ok $domain $t/sl"
}

@test "K-204 kernel threads are in <kernel>" {
    exec 5<>$k_tomoyo/.process_status
    echo 2 >&5
    read -r line <&5 || :
    exec 5>&-
    k_equal "$line" '2 0 <kernel>'
}
