#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-326 to K-342: which requests leave an audit record, what it says, and how the log is read.

# shellcheck disable=SC2086,SC2154 # k.bash sets variables; no path has a blank

load /suite-lib/k
load /suite-lib/k-rows

t=/tmp/k/t26
ids='uid=0 gid=0 euid=0 egid=0 suid=0 sgid=0 fsuid=0 fsgid=0'

# Profiles 190 to 192: enforcing, with and without records of what is granted and rejected; 194: three records at most.
setup_file()
{
    k_setup_file
    k_profile 190 'enforcing grant_log=no reject_log=no'
    k_profile 191 'enforcing grant_log=no reject_log=yes'
    k_profile 192 'enforcing grant_log=yes reject_log=no'
    k_profile 194 'enforcing grant_log=no reject_log=yes' max_audit_log=3
    mkdir -p $t
    cp /bin/act $t/act
    echo >$t/f
    echo >$t/g
    act -q mknod $t/block block 0640 7 300
}

teardown()
{
    k_cleanup $t
}

# request PROFILE LINE... -- COMMAND...: act does this in a domain with these lines, then $records is the log.
request()
{
    local profile=$1 lines=()
    shift
    while [ "$1" != -- ]; do
        lines+=("$1")
        shift
    done
    k_domain t26 "$profile" "${lines[@]}"
    k_audit_drain
    k_act "${@:2}"
    k_audit_records
}

# record: the same, for what makes one record. $header is what follows the task in its first line, $body its last line.
record()
{
    local text
    request "$@"
    k_equal "${#records[@]}" 1
    text=${records[0]}
    [[ $text == *$'\n'"$domain"$'\n'*$'\n' ]]
    body=${text#*$'\n'*$'\n'} body=${body%$'\n'}
    header=${text%%$'\n'*} header=${header#*" $ids }"} header=${header# }
}

# no_record: the same, for what makes none.
no_record()
{
    request "$@"
    k_equal "${#records[@]}" 0
}

# attributes_of PATH: what the log says about it, if it is a file or a directory of root.
attributes_of()
{
    local inode device type
    read -r inode device perm type < <(stat -c '%i %d %a %F' "$1")
    case $type in
    directory) printf 'uid=0 gid=0 ino=%s perm=0%s' "$inode" "$perm" ;;
    *)
        printf 'uid=0 gid=0 ino=%s major=%d minor=%d perm=0%s type=file' "$inode" $((device >> 8)) $((device & 255)) \
            "$perm"
        ;;
    esac
}

@test "K-326 reject_log=yes: the record of a rejected open" {
    local before after pid
    TZ=UTC printf -v before '%(%Y/%m/%d %H:%M:%S)T' -1
    record 191 -- pid : open $t/f rdonly
    TZ=UTC printf -v after '%(%Y/%m/%d %H:%M:%S)T' -1
    pid=${output#ok } pid=${pid%%$'\n'*}
    k_output "ok $pid" EPERM
    k_equal "${records[0]#\#*\# }" \
        "profile=191 mode=enforcing granted=no (global-pid=$pid) task={ pid=$pid ppid=$BASHPID $ids }\
 path1={ $(attributes_of $t/f) } path1.parent={ $(attributes_of $t) }" "$domain" "file read $t/f" ''
    local stamp=${records[0]%%\# *}
    [[ $stamp =~ ^'#'[0-9]{4}/[0-9]{2}/[0-9]{2}' '[0-9]{2}:[0-9]{2}:[0-9]{2}$ ]]
    [[ ! ${stamp#\#} < $before && ! ${stamp#\#} > $after ]] || k_fail "$before, $stamp, $after"
}

@test "K-327 reject_log=no: no record of a rejected open" {
    no_record 190 -- open $t/f rdonly
    k_output EPERM
}

@test "K-328 grant_log=no, but the entry says grant_log=yes: a record of the open" {
    record 190 "file read $t/f grant_log=yes" -- open $t/f rdonly
    k_output ok
    k_equal "$body" "file read $t/f"
    [[ ${records[0]} == *'# profile=190 mode=enforcing granted=yes '* ]]
    # Another entry does not say so.
    no_record 190 "file read $t/f" -- open $t/f rdonly
    k_output ok
}

@test "K-329 grant_log=yes, but the entry says grant_log=no: no record of the open" {
    no_record 192 "file read $t/f grant_log=no" -- open $t/f rdonly
    k_output ok
    record 192 "file read $t/f" -- open $t/f rdonly
    k_output ok
    [[ ${records[0]} == *'# profile=192 mode=enforcing granted=yes '* ]]
}

@test "K-330 rename to a new name: both directories, and only the first file" {
    record 191 -- rename $t/f $t/new
    k_equal "$header" \
        "path1={ $(attributes_of $t/f) } path1.parent={ $(attributes_of $t) } path2.parent={ $(attributes_of $t) }"
    k_equal "$body" "file rename $t/f $t/new"
    # To a name that is there already: both files.
    record 191 -- rename $t/f $t/g
    k_equal "$header" "path1={ $(attributes_of $t/f) } path1.parent={ $(attributes_of $t) }\
 path2={ $(attributes_of $t/g) } path2.parent={ $(attributes_of $t) }"
}

@test "K-331 creating: only the directory" {
    record 191 -- mknod $t/new file 0644
    k_equal "$header" "path1.parent={ $(attributes_of $t) }"
    k_equal "$body" "file create $t/new 0644"
}

@test "K-332 device nodes: the numbers of the device" {
    record 191 -- open /dev/null rdonly
    [[ $header == 'path1={ uid=0 gid=0 ino='*' perm=0666 type=char dev_major=1 dev_minor=3 } path1.parent={ '* ]]
    record 191 -- stat $t/block
    [[ $header == 'path1={ uid=0 gid=0 ino='*' perm=0640 type=block dev_major=7 dev_minor=300 } path1.parent={ '* ]]
}

@test "K-333 symlinks: what the link contains, behind the paths" {
    record 191 -- symlink 'a b\c"' $t/new
    k_equal "$header" "path1.parent={ $(attributes_of $t) } symlink.target=\"a\\040b\\\\c\"\""
    k_equal "$body" "file symlink $t/new"
}

@test "K-334 the network: no paths" {
    record 191 -- socket inet stream : bind inet:127.0.0.1:2626
    k_equal "$header" ''
    k_equal "$body" 'network inet stream bind 127.0.0.1 2626'
}

@test "K-335 executions: the program, the arguments and the environment, encoded" {
    record 191 -- execenv 'X=1 2,Y\\Z=3,nov,=e' $t/act 'a\b' '"q' $'b\nc' $'\303\251' ''
    k_output EPERM
    k_equal "$header" "path1={ $(attributes_of $t/act) } path1.parent={ $(attributes_of $t) }\
 exec={ realpath=\"$t/act\" argc=6 envc=4 argv[]={ \"$t/act\" \"a\\\\b\" \"\"q\" \"b\\012c\" \"\\303\\251\" \"\" }\
 envp[]={ \"X=1\\0402\" \"Y\\\\Z=3\" \"nov\" \"=e\" } }"
    k_equal "$body" "file execute $t/act"
    record 191 -- execenv '' $t/act
    [[ $header == *' argc=1 envc=0 argv[]={ "'$t/act'" } envp[]={ } }' ]]
    # A variable that is rejected: the same, in the program's own domain.
    request 191 "file execute $t/act" "<kernel> $t $t/act" 'use_profile 191' -- execenv A=1 $t/act pid
    k_output EPERM
    k_equal "${#records[@]}" 1
    [[ ${records[0]} == *" $ids } path1={ "*" exec={ realpath=\"$t/act\" argc=2 envc=1 argv[]={ \"$t/act\" \"pid\" }\
 envp[]={ \"A=1\" } }"$'\n'"$domain $t/act"$'\nmisc env A\n' ]]
}

@test "K-336 executions with long arguments: what does not fit is left out" {
    local long
    printf -v long '%5000s' ''
    long=${long// /x}
    record 191 -- execenv "A=1,B=$long,C=1" $t/act "$long" "$long" z
    [[ $header == *" argc=4 envc=3 argv[]={ \"$t/act\" \"$long\" ... } envp[]={ \"A=1\" ... } }" ]] ||
        k_fail "${header//$long/LONG}"
}

@test "K-337 a domain that an execution makes: records of its profile and groups" {
    k_domain t26 100 'use_group 195' 'use_group 3'
    k_audit_drain
    k_act exec $t/act access /
    k_output ok
    k_audit_records
    k_equal "${#records[@]}" 3
    local i want=('use_profile 100' 'use_group 3' 'use_group 195')
    for i in 0 1 2; do
        [[ ${records[i]} == *'# profile=100 mode=disabled granted=no '*" $ids }"$'\n'* ]] || k_fail "${records[i]}"
        k_equal "${records[i]#*$'\n'}" "$domain $t/act" "${want[i]}" ''
    done
    # Without reject_log there are none.
    k_cleanup $t
    k_domain t26 190 'use_group 3' "file execute $t/act"
    k_audit_drain
    k_act exec $t/act access /
    k_output ok
    k_audit_records
    k_equal "${#records[@]}" 0
}

@test "K-338 no more than max_audit_log records are kept" {
    k_domain t26 194
    k_audit_drain
    k_act open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : \
        open $t/f rdonly
    k_output EPERM EPERM EPERM EPERM EPERM EPERM
    k_audit_records
    k_equal "${#records[@]}" 3
}

# audit_memory: sets $used and $quota.
audit_memory()
{
    local text
    text=$(<$k_tomoyo/stat)
    text=${text#*Memory used by audit log:} text=${text%%$'\n'*}
    read -r used _ quota <<<"$text"
    quota=${quota%)}
}

@test "K-339 no more memory than the quota is used for records" {
    local used quota old
    audit_memory
    old=${quota:-0}
    k_domain t26 191
    k_audit_drain
    k_write stat 'Memory used by audit log: 3000'
    k_act open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : \
        open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : open $t/f rdonly : \
        open $t/f rdonly : open $t/f rdonly
    audit_memory
    k_write stat "Memory used by audit log: $old"
    k_equal "$quota" 3000
    [[ $used -gt 0 && $used -lt 3000 ]] || k_fail "used: $used"
    k_audit_records
    [[ ${#records[@]} -gt 0 && ${#records[@]} -lt 12 ]] || k_fail "records: ${#records[@]}"
    audit_memory
    k_equal "$used" 0
}

# two: there are two records, file read f and file read g, and nothing else in the log. With the reader's own domain
# being there already, its execution makes none.
two()
{
    k_domain t26 191
    $t/act -q pid
    k_audit_drain
    k_act open $t/f rdonly : open $t/g rdonly
    k_output EPERM EPERM
}

# see COMMAND...: act does this somewhere else.
see()
{
    output=$($t/act "$@" 3>&-) || :
}

@test "K-340 a large read returns one record with a NUL at its end" {
    two
    see open $k_tomoyo/audit rdonly : poll in : read 8192 : read 8192 : read 8192 : poll in
    k_like "$output" ok 'ok in' "ok #*\\\\nfile read $t/f\\\\n\\\\000" \
        "ok #*\\\\nfile read $t/g\\\\n\\\\000" ok 'ok none'
}

@test "K-341 small reads return pieces" {
    local i commands=() text='' line zeros
    two
    for ((i = 0; i < 20; i++)); do commands+=(: read 100); done
    see open $k_tomoyo/audit rdonly "${commands[@]}"
    while read -r line; do
        [[ $line == ok* ]]
        line=${line#ok} line=${line# }
        # A NUL as something that the shell can keep.
        line=${line//\\000/@}
        printf -v line %b "$line"
        [ ${#line} -le 100 ] || k_fail "more than 100 bytes: $line"
        text+=$line
    done <<<"$output"
    zeros=${text//[^@]/}
    k_equal "${#zeros}" 2
    k_like "$text" '#*' "$domain" "file read $t/f" '@#*' "$domain" "file read $t/g" @
}

@test "K-342 the rest of a record is lost when its reader goes" {
    two
    see open $k_tomoyo/audit rdonly : readn 10 : close : open $k_tomoyo/audit rdonly : read 8192 : read 8192
    k_like "$output" ok 'ok 10' ok ok "ok #*\\\\nfile read $t/g\\\\n\\\\000" ok
}

@test "D-11 reading to an address where nothing is" {
    local file commands=() expected=()
    two
    for file in version stat profile manager exception_policy domain_policy audit; do
        commands+=(: open "$k_tomoyo/$file" rdonly : badread 8)
        if k_ours; then expected+=("$file: ok" "$file: EFAULT"); else expected+=("$file: ok" "$file: ok 0"); fi
    done
    see "${commands[@]:1}"
    k_rows "${expected[@]}"
}
