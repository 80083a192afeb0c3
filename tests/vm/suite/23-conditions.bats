#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-277 to K-302: conditions, as they are written, read back, and hold or not.

# shellcheck disable=SC2054,SC2086,SC2191,SC2206 # conditions look like assignments; no path has a blank

load /suite-lib/k
load /suite-lib/k-rows

t=/tmp/k/t23

# Profile 161 enforces what is opened, created and executed, and nothing else.
setup_file()
{
    k_setup_file
    k_profile 161 disabled
    k_write profile 161-CONFIG::file::open='{ mode=enforcing grant_log=no reject_log=no }' \
        161-CONFIG::file::create='{ mode=enforcing grant_log=no reject_log=no }' \
        161-CONFIG::file::execute='{ mode=enforcing grant_log=no reject_log=no }'
    mkdir -p $t
    cp /bin/act $t/act
}

teardown()
{
    k_cleanup $t
}

# policy LINE...: the domain has these lines, and nothing else.
policy()
{
    k_domain t23 161 "$@"
    k_read_domain
}

@test "K-277 which conditions are accepted, and how they are read back" {
    local conditions=(
        task.uid=@G
        0=task.uid
        0=0
        1-5=3
        0x10=020
        file=directory
        'exec.argv[0]="x"'
        'exec.argv[0]=""'
        'exec.argv[0]="a=b"'
        'exec.argv[0]="a"b"'
        'exec.argv[0]="=b"'
        'exec.envp["HOME"]=NULL'
        'exec.envp["HOME"]!=NULL'
        'exec.envp["HOME"]="x\*"'
        'exec.envp["H\*"]="x"'
        'exec.realpath="/x"'
        exec.realpath=@G
        'exec.realpath=""'
        'exec.realpath!="/x"'
        exec.realpath!=@G
        'symlink.target="/x"'
        symlink.target!=@G
        task.uid=exec.realpath
        # Every keyword, on both sides.
        task.uid=task.euid task.suid=task.fsuid task.gid=task.egid task.sgid=task.fsgid task.pid!=task.ppid
        exec.argc=exec.envc
        path1.type=socket symlink=path1.type path1.type=file block=path1.type path1.type=directory char=path1.type
        path1.type=fifo
        path1.perm=setuid setgid=path1.perm path1.perm=sticky owner_read=path1.perm path1.perm=owner_write
        owner_execute=path1.perm path1.perm=group_read group_write=path1.perm path1.perm=group_execute
        others_read=path1.perm path1.perm=others_write others_execute=path1.perm
        path1.uid=path2.uid path1.gid=path2.gid path1.ino=path2.ino path1.major=path2.major path1.minor=path2.minor
        path1.perm=path2.perm path1.type=path2.type path1.dev_major=path2.dev_major path1.dev_minor=path2.dev_minor
        path1.parent.uid=path2.parent.uid path1.parent.gid=path2.parent.gid path1.parent.ino=path2.parent.ino
        path1.parent.perm=path2.parent.perm
        # The order stays, and so does what is said twice.
        'task.uid=0 task.gid=0 0=task.uid task.uid=0'
    )
    local -a lines=()
    local condition
    for condition in "${conditions[@]}"; do lines+=("file read /c${#lines[@]} $condition"); done
    policy "${lines[@]}"
    k_learned "${lines[@]}"
}

@test "K-277 which conditions are rejected" {
    local conditions=(
        @G=task.uid
        task.uid=5-3
        task.uid=
        task.uid=0,1
        =0
        'exec.argv[00]="x"'
        'exec.argv[0x1]="x"'
        'exec.argv[]="x"'
        'exec.argv[-1]="x"'
        'exec.argv[0]=x'
        'exec.argv[0]="'
        exec.argv[0]=@G
        'exec.envp["HOME"]=null'
        'exec.envp[HOME]="/"'
        'exec.envp[""]="/"'
        'exec.envp["A=B"]="/"'
        exec.realpath=/x
        '"/x"=exec.realpath'
        exec.realpath=symlink.target
        'grant_log=yes grant_log=no'
        grant_log!=yes
        grant_log=YES
        task.uid==0
        'task.uid = 0'
        path1.parent.type=file
        path1.parent.major=0
        task.type=file
        task.nosuch=0
        path3.uid=0
        'task.uid=0 nonsense'
        'task.uid=0 keep'
    )
    local -a lines=()
    local condition
    for condition in "${conditions[@]}"; do lines+=("file read /c${#lines[@]} $condition"); done
    policy "${lines[@]}" 'file read /last'
    k_learned 'file read /last'
}

@test "K-278 grant_log is read back as the last condition" {
    policy 'file read /a grant_log=no task.gid=0' 'file read /b task.gid=0 grant_log=yes task.uid=0' \
        'file execute /c grant_log=no keep' 'file execute /c keep grant_log=no task.uid=0'
    k_learned 'file read /a task.gid=0 grant_log=no
file read /b task.gid=0 task.uid=0 grant_log=yes
file execute /c keep task.uid=0 grant_log=no'
}

@test "K-279 K-280 K-281 K-282 K-283 K-284 K-285 K-286 K-287 K-288 K-289 K-290 K-291 K-292 opening under conditions" {
    # NUMBER ANSWER CONDITION. Numbers with a letter are further cases of the same rule.
    local rows=(
        '279 ok task.uid=0-10'
        '279a EPERM task.uid!=0-10'
        '279b EPERM task.uid=1-10'
        '280 ok 0-5=5-9'
        '281 EPERM 0-4=5-9'
        '281a ok 0-4!=5-9'
        '282 ok task.uid!=@T23EMPTY'
        '282a EPERM task.uid=@T23EMPTY'
        '282b ok 3-5=@T23'
        '282c EPERM 6-9=@T23'
        '283 ok path1.perm=owner_read'
        '283a EPERM path1.perm!=owner_read'
        '284 ok path1.perm!=others_read'
        '284a EPERM path1.perm=others_read'
        '284b ok owner_read=path1.perm'
        '284c ok path1.perm=0640'
        '284d EPERM path1.uid=owner_read'
        '284e EPERM path1.uid!=owner_read'
        '285 ok owner_read=0400'
        '286 EPERM 0400=owner_read'
        '286a EPERM 0400!=owner_read'
        '287 EPERM owner_read=owner_read'
        '287a EPERM owner_read!=owner_read'
        '288 ok path1.type=file'
        '288a ok path1.type=0100000'
        '288b EPERM path1.type=directory'
        '289 EPERM path2.uid=0'
        '290 EPERM path2.uid!=0'
        '291 EPERM exec.argc!=0'
        '291a EPERM exec.argv[0]!="a"'
        '291b EPERM exec.envp["A"]=NULL'
        '291c EPERM exec.realpath!="/a"'
        '291d EPERM task.uid=exec.realpath'
        '291e EPERM task.uid!=exec.realpath'
        '292 EPERM symlink.target!="a"'
        '292a ok path1.parent.uid=0 task.gid=0 path1.ino=path1.ino'
        '292b EPERM path1.parent.uid=0 task.gid=1 path1.ino=path1.ino'
    )
    local -a entries=() commands=() expected=()
    local row number answer condition
    for row in "${rows[@]}"; do
        read -r number answer condition <<<"$row"
        entries+=("file read $t/$number $condition")
        commands+=(: open $t/"$number" rdonly)
        expected+=("K-$number: $answer")
        echo >$t/"$number"
    done
    chmod 640 $t/2*
    k_exception 'number_group T23 0' 'number_group T23 5'
    policy "${entries[@]}"
    k_act "${commands[@]:1}"
    k_rows "${expected[@]}"
}

# Each row's program is a name of act of its own; what it answers is not of interest, only that it was started.
@test "K-293 K-294 K-295 K-296 K-297 K-298 K-299 K-300 K-301 executing under conditions" {
    # NUMBER | ANSWER | ENVIRONMENT | ARGUMENTS | CONDITION
    local rows=(
        "293 |ok   |A=1        |-e access /|exec.argv[4]!=\"x\""
        "293a|EPERM|A=1        |-e access /|exec.argv[4]=\"x\""
        "293b|ok   |A=1        |-e access /|exec.argv[1]=\"-\\a\""
        "293c|ok   |A=1        |-e access /|exec.argc=4"
        "293d|EPERM|A=1        |-e access /|exec.argc=3"
        "294a|EPERM|A=1        |access /   |exec.argv[2]=\"\""
        "295 |ok   |A=1        |access /   |exec.envp[\"NOPE\"]!=\"x\""
        "296 |EPERM|A=1        |access /   |exec.envp[\"NOPE\"]=\"x\""
        "296a|ok   |A=1        |access /   |exec.envp[\"NOPE\"]=NULL"
        "296b|EPERM|A=1        |access /   |exec.envp[\"NOPE\"]!=NULL"
        "297 |EPERM|DUP=1,DUP=2|access /   |exec.envp[\"DUP\"]=\"1\""
        "297a|EPERM|DUP=1,DUP=2|access /   |exec.envp[\"DUP\"]!=\"1\""
        "297b|ok   |DUP=1,DUP=2|access /   |exec.envp[\"DUP\"]!=\"3\""
        "298 |ok   |DUP=1,DUP=2|access /   |exec.envp[\"DUP\"]=\"\\\$\""
        "298a|ok   |DUP=1,DUP=2|access /   |exec.envp[\"D\\*\"]=\"\\\$\""
        "298b|ok   |DUP=1,DUP=2|access /   |exec.envc=2"
        "299 |ok   |NOEQ       |access /   |exec.envp[\"NOEQ\"]=NULL"
        "299a|EPERM|NOEQ       |access /   |exec.envp[\"NOEQ\"]!=NULL"
        "300a|EPERM|A=1        |access /   |exec.realpath=\"$t/other\""
        "301 |EPERM|A=1        |access /   |exec.realpath!=@T23"
        "301a|ok   |A=1        |access /   |exec.realpath=@T23"
    )
    local -a entries=() commands=() links=() expected=() words
    local row number answer environment arguments condition
    for row in "${rows[@]}"; do
        IFS='|' read -r number answer environment arguments condition <<<"${row// |/|}"
        number=${number// /} answer=${answer// /}
        entries+=("file execute $t/e$number $condition")
        read -ra words <<<"$arguments"
        commands+=(: fork execenv "${environment// /}" $t/e"$number" "${words[@]}")
        expected+=("K-$number: $answer")
        links+=(: link $t/act $t/e"$number")
    done
    # What rows cannot say: an empty argument, and a symbolic link.
    act -q link $t/act $t/e294 : symlink $t/act $t/e300 "${links[@]}"
    entries+=("file execute $t/e294 exec.argv[2]=\"\"" "file execute $t/e300 exec.realpath=\"$t/act\"")
    commands+=(: fork execargv $t/e294 x access '' : fork exec $t/e300 access /)
    expected+=("K-294: ENOENT" "K-300: ok")
    k_exception "path_group T23 $t/e30\\*"
    policy "${entries[@]}"
    k_act "${commands[@]:1}"
    k_rows "${expected[@]}"
}

@test "K-302 what is created has a parent, but no attributes yet" {
    policy "file create $t/new1 0-07777 path1.parent.uid=0" "file create $t/new2 0-07777 path1.uid=0" \
        "file create $t/new3 0-07777 path1.uid!=0" "file create $t/new4 0-07777 path1.parent.perm=owner_write"
        k_act mknod $t/new1 file 0600 : mknod $t/new2 file 0600 : mknod $t/new3 file 0600 : mknod $t/new4 file 0600
    k_output 'ok
EPERM
EPERM
ok'
}
