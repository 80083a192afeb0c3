#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The guest's part of tomoyo-tools.bats: uses each of Debian's tools once, and leaves in /out what came of it.
#
# Each tool has a function. It writes to /out/FUNCTION/, where `try NAME COMMAND...` leaves the output of a command as
# NAME and its exit status as NAME.status, and `keep NAME` copies what the kernel holds at this moment. The functions
# run in the order in which they stand here, in one machine: each finds the policy that the one before it has left.

# shellcheck disable=SC2086,SC2317 # no path has a blank; the functions are called by the loop at the end

export PATH=/opt/tomoyo-tools/sbin:/usr/bin:/bin:/sbin TERM=vt100
kernel=/sys/kernel/security/tomoyo

# try NAME COMMAND...
try()
{
    local status=0
    "${@:2}" >"$out/$1" 2>&1 || status=$?
    echo $status >"$out/$1.status"
}

# keep NAME [FILE]...: the kernel's files, as NAME.FILE
keep()
{
    local name=$1 file
    shift
    [ $# -gt 0 ] || set -- domain_policy exception_policy profile manager
    for file; do cat "$kernel/$file" >"$out/$name.$file"; done
}

# victim NAME WORD...: act does this in the domain <kernel> /victim/NAME.
victim()
{
    cp /bin/act "/victim/$1"
    (exec -c "/victim/$1" "${@:2}")
}

# sleeper: a process in the domain <kernel> /victim/sleeper, whose number is then in $sleeping
sleeper()
{
    cp /bin/act /victim/sleeper
    (exec -c /victim/sleeper sleep 600000) &
    sleeping=$!
    until_there grep -q sleeper /proc/$sleeping/comm
}

# until_there COMMAND...: until the command succeeds, but not for ever; the result of who did not wait enough says so
until_there()
{
    local naps=0
    until "$@" 2>/dev/null; do
        if [ $((naps += 1)) -ge 900 ]; then
            echo "tomoyo-tools: waited in vain for: $*"
            return 1
        fi
        sleep 0.1
    done
}

# on_screen TEXT FILE
on_screen()
{
    grep -qaF -e "$1" "$2"
}

# end NAME [SIGNAL]: ends a daemon, and waits until it has gone
end()
{
    local pid
    pid=$(pidof "$1") || return 0
    kill "-${2:-TERM}" "$pid"
    until_there gone "$pid"
}

gone()
{
    [ ! -d "/proc/$1" ]
}

# As the kernel started it at boot; nobody has written to the policy since.
init()
{
    keep boot
    keep boot stat
    dmesg >"$out/dmesg"
    try stranger victim stranger open $kernel/domain_policy wronly : write '<kernel> /stranger\n'
    # By hand, it is no manager here, and changes nothing.
    printf 'delete /opt/tomoyo-tools/sbin/tomoyo-init\ndelete /sbin/tomoyo-init\n' >$kernel/manager
    try again tomoyo-init
    printf '/opt/tomoyo-tools/sbin/tomoyo-init\n/sbin/tomoyo-init\n' >$kernel/manager
    keep again domain_policy
}

loadpolicy()
{
    local name
    for name in learn deny asked edit notify sleeper; do echo "initialize_domain /victim/$name from any"; done |
        try exception tomoyo-loadpolicy -e
    printf '%s\n' '<kernel> /victim/learn' 'use_profile 1' '<kernel> /victim/edit' 'use_profile 0' \
        'file read /keep' 'file write /drop' '<kernel> /victim/deny' 'use_profile 3' \
        '  file   read/append  /spaces ' 'bogus line' 'file read /only task.uid=0' 'network inet stream bind ::1 80' \
        '<kernel> /victim/asked' 'use_profile 3' '<kernel> /victim/notify' 'use_profile 3' |
        try domain tomoyo-loadpolicy -d
    printf '%s\n' '7-COMMENT=loaded' '7-CONFIG={ mode=permissive }' '7-CONFIG::file::open={ mode=learning }' |
        try profile tomoyo-loadpolicy -p
    printf '%s\n' /loaded '<kernel> /loaded' | try manager tomoyo-loadpolicy -m
    echo 'Memory used by policy: 12345678' | try stat tomoyo-loadpolicy -s
    keep loaded
    keep loaded stat

    echo 'delete /loaded' | tomoyo-loadpolicy -m
    printf '%s\n' 'select <kernel> /victim/deny' 'delete file append /spaces' | tomoyo-loadpolicy -d
    keep deleted manager domain_policy

    # -df makes the domains what the input says, and deletes who is not in it.
    {
        cat $kernel/domain_policy
        printf '%s\n' '<kernel> /victim/deny' 'delete file read /spaces' 'file read /replaced' '<kernel> /forced' \
            'use_profile 2' 'delete <kernel> /sbin/init /vmrun /victim/stranger'
    } >/tmp/forced
    echo '<kernel> /goes' >$kernel/domain_policy
    try forced-domain tomoyo-loadpolicy -df </tmp/forced
    cp $kernel/exception_policy /tmp/exceptions
    printf '%s\n' 'path_group GOES /a' 'acl_group 3 file read /goes' 'address_group GOES ::1' >$kernel/exception_policy
    { cat /tmp/exceptions; echo 'path_group FORCED /f'; } | try forced-exception tomoyo-loadpolicy -ef
    keep forced

    cp /opt/tomoyo-tools/sbin/tomoyo-loadpolicy /tmp/
    echo '<kernel> /by-stranger' | try stranger /tmp/tomoyo-loadpolicy -d
    keep stranger domain_policy
}

savepolicy()
{
    local option name
    for option in d e p m s; do try -$option tomoyo-savepolicy -$option; done
    keep kernel
    keep kernel stat
    try save tomoyo-savepolicy
    for name in current previous; do readlink /etc/tomoyo/policy/$name; done >"$out/links"
    cp -r /etc/tomoyo/policy/current/. "$out/saved"
    # What has been saved is what is there when it has been loaded, also after it has been forced.
    tomoyo-loadpolicy -p <"$out/saved/profile.conf"
    tomoyo-loadpolicy -m <"$out/saved/manager.conf"
    tomoyo-loadpolicy -df <"$out/saved/domain_policy.conf"
    tomoyo-loadpolicy -ef <"$out/saved/exception_policy.conf"
    keep round
}

setlevel()
{
    try one tomoyo-setlevel 9-COMMENT=hello
    try two tomoyo-setlevel 9-COMMENT=x 1-COMMENT
    try all tomoyo-setlevel
    keep after profile
}

setprofile()
{
    printf '%s\n' '<kernel> /set' '<kernel> /set /one' '<kernel> /set /one /two' '<kernel> /sets' >$kernel/domain_policy
    try one tomoyo-setprofile 1 '<kernel> /set'
    try undefined tomoyo-setprofile 200 '<kernel> /set'
    try recursive tomoyo-setprofile -r 2 '<kernel> /set /one' '<kernel> /nobody'
    keep after domain_policy
    printf 'delete %s\n' '<kernel> /set' '<kernel> /set /one' '<kernel> /set /one /two' '<kernel> /sets' \
        >$kernel/domain_policy
}

# tree PID INDENT: what pstree should say of the process and its children, which are in $names, $parents, $domains.
tree()
{
    local child profile
    read -r _ profile domain <<<"${domains[$1]}"
    printf '%3u%s %s (%u) %s\n' "$profile" "$2" "${names[$1]}" "$1" "$domain"
    for child in "${!parents[@]}"; do
        [ "${parents[child]}" != "$1" ] || case $2 in
        '') tree "$child" '  +-' ;;
        *) tree "$child" "    $2" ;;
        esac
    done
}

pstree()
{
    local pid name value names=() parents=() domains=()
    sleeper
    try tree tomoyo-pstree
    try all tomoyo-pstree -a
    for pid in /proc/[0-9]*; do
        pid=${pid#/proc/}
        [ -e "/proc/$pid/exe" ] || continue
        while read -r name value; do
            case $name in
            Name:) names[pid]=$value ;;
            PPid:) parents[pid]=$value ;;
            esac
        done <"/proc/$pid/status"
        exec 5<>$kernel/.process_status
        echo "$pid" >&5
        read -r value <&5
        domains[pid]=$value
        exec 5>&-
    done
    tree 1 '' >"$out/expected"
    kill $sleeping
}

domainmatch()
{
    try hits tomoyo-domainmatch 'file read /replaced'
    try none tomoyo-domainmatch 'file read /nowhere'
}

# The tools that only know text, with the kernel's text.
text()
{
    keep old domain_policy
    try sorted tomoyo-sortpolicy <"$out/old.domain_policy"
    try selected tomoyo-selectpolicy '<kernel> /victim/deny' <"$out/old.domain_policy"
    try checked tomoyo-checkpolicy d <"$out/old.domain_policy"
    try checked-exception tomoyo-checkpolicy e <$kernel/exception_policy
    {
        cat "$out/old.domain_policy"
        printf '%s\n' '<kernel> /victim/deny' 'use_profile 2' 'delete file read /replaced' 'file write/unlink /new' \
            'delete <kernel> /forced' '<kernel> /diff' 'use_profile 1' 'file read /diff'
    } | tomoyo-sortpolicy >"$out/wanted"
    try difference tomoyo-diffpolicy "$out/old.domain_policy" "$out/wanted"
    try none tomoyo-diffpolicy "$out/old.domain_policy" "$out/sorted"
    tomoyo-loadpolicy -d <"$out/difference"
    tomoyo-sortpolicy <$kernel/domain_policy >"$out/new"
    tomoyo-diffpolicy "$out/wanted" "$out/old.domain_policy" | tomoyo-loadpolicy -d
    tomoyo-sortpolicy <$kernel/domain_policy >"$out/back"
}

auditd()
{
    mkdir -p /etc/tomoyo/tools
    printf '%s\n' '# Programs that meet a domain for the first time' 'header.contains profile=0' \
        'destination /dev/null' '# Learned, rejected, others' 'header.contains mode=learning' \
        'destination /var/log/tomoyo/learned.log' 'domain.equals <kernel> /victim/deny' 'acl[1].equals file' \
        'acl[2].contains read' 'destination /var/log/tomoyo/new/denied\040reads.log' \
        'destination /var/log/tomoyo/rest.log' >/etc/tomoyo/tools/auditd.conf
    cat $kernel/audit >/dev/null
    try start tomoyo-auditd
    try second tomoyo-auditd
    pidof tomoyo-auditd >"$out/daemons"
    try learn victim learn open /etc/hosts rdonly
    try deny victim deny open /etc/hosts rdonly
    try deny-write victim deny unlink /etc/hosts
    until_there [ -s /var/log/tomoyo/learned.log -a -s '/var/log/tomoyo/new/denied reads.log' \
        -a -s /var/log/tomoyo/rest.log ]
    # The daemon goes on with a new file when somebody takes the old one away, and with new rules when told so.
    mv /var/log/tomoyo/learned.log "$out/learned.log"
    victim learn open /etc/passwd rdonly
    until_there [ -s /var/log/tomoyo/learned.log ]
    cp /var/log/tomoyo/learned.log "$out/learned-later.log"
    printf '%s\n' 'header.contains profile=3' 'destination /var/log/tomoyo/everything.log' \
        >/etc/tomoyo/tools/auditd.conf
    kill -HUP "$(pidof tomoyo-auditd)"
    until_there [ -e /var/log/tomoyo/everything.log ]
    victim deny open /etc/group rdonly
    until_there [ -s /var/log/tomoyo/everything.log ]
    cp /var/log/tomoyo/everything.log /var/log/tomoyo/rest.log '/var/log/tomoyo/new/denied reads.log' "$out"
    ls -ld /var/log/tomoyo/new /var/log/tomoyo/rest.log >"$out/modes"
    end tomoyo-auditd
    keep after domain_policy
}

queryd()
{
    local screen=$out/screen terminal
    try screen.result terminal "$screen" tomoyo-queryd <<'SCRIPT' &
wait Monitoring /sys/kernel/security/tomoyo/query .
wait Allow?
type y
wait Allow?
type a
wait Enter new entry>
enter 
wait Added 'file read /etc/passwd'.
wait Allow?
type n
wait Allow?
type s
wait use_profile 3
wait Allow?
type r
wait Allow?
type n
SCRIPT
    terminal=$!
    until_there on_screen Monitoring "$screen"
    try yes victim asked open /etc/hosts rdonly
    try added victim asked open /etc/passwd rdonly
    try no victim asked unlink /etc/hosts
    try shown victim asked open /etc/group rdonly
    end tomoyo-queryd INT
    wait $terminal
    keep after domain_policy
    try unobserved victim asked open /etc/hosts rdonly
}

notifyd()
{
    printf '%s\n' 'time_to_wait 0' 'action_to_take /bin/sh -c cat>>/tmp/noted;echo\040end>>/tmp/noted' \
        'minimal_interval 0' >/etc/tomoyo/tools/notifyd.conf
    try start tomoyo-notifyd
    until_there pidof tomoyo-notifyd >/dev/null
    try first victim notify open /etc/hosts rdonly
    until_there grep -q '^end' /tmp/noted
    cp /tmp/noted "$out/noted"
    end tomoyo-notifyd
}

editpolicy()
{
    local screen=$out/screen
    keep before domain_policy exception_policy profile manager
    # The domains: another profile for one; its entries: one more and one less.
    try screen.result terminal "$screen" tomoyo-editpolicy <<'SCRIPT'
wait <<< Domain Transition Editor >>>
type f
wait Search>
enter /victim/edit
type s
wait Enter profile number>
enter 2
enter 
wait <<< Domain Policy Editor >>>
wait /keep
type a
wait Enter new entry>
enter file read /added
wait /added
type f
wait Search>
enter /drop
type d
wait Delete selected entry?
type y
enter 
wait <<< Domain Transition Editor >>>
type a
wait Enter new entry>
enter <kernel> /victim/created
wait created
type w
wait to switch window.
type p
wait <<< Profile Editor >>>
type a
wait Enter new entry>
enter 11
wait 11-CONFIG
type w
wait to switch window.
type e
wait <<< Exception Policy Editor >>>
type a
wait Enter new entry>
enter path_group EDITED /e
wait EDITED
type w
wait to switch window.
type m
wait <<< Manager Policy Editor >>>
type a
wait Enter new entry>
enter /edited
wait /edited
type w
wait to switch window.
type s
wait <<< Statistics >>>
wait Total memory used:
type w
wait to switch window.
type n
wait <<< Namespace Selector >>>
type q
SCRIPT
    keep after
    # The processes, whose domains' profiles can be set, too.
    sleeper
    try processes.result terminal "$out/processes" tomoyo-editpolicy <<'SCRIPT'
wait <<< Domain Transition Editor >>>
type @
wait <<< Process State Viewer >>>
wait sleeper
type f
wait Search>
enter sleeper
type s
wait Enter profile number>
enter 1
type q
SCRIPT
    keep processes domain_policy
    kill $sleeping
    try readonly.result terminal "$out/readonly" tomoyo-editpolicy e readonly <<'SCRIPT'
wait <<< Exception Policy Editor >>>
type adq
SCRIPT
}

agent()
{
    tomoyo-editpolicy-agent 127.0.0.1:7000 >"$out/agent" 2>&1 &
    agent=$!
    until_there on_screen Listening "$out/agent"
    try version nc 127.0.0.1 7000 < <(printf 'version\0\0'; until_there [ -s "$out/version" ])
    keep kernel
    try -d tomoyo-savepolicy -d 127.0.0.1:7000
    try -e tomoyo-savepolicy -e 127.0.0.1:7000
    echo 'path_group REMOTE /r' | try load tomoyo-loadpolicy -e 127.0.0.1:7000
    try tree tomoyo-pstree 127.0.0.1:7000
    try editor.result terminal "$out/editor" tomoyo-editpolicy 127.0.0.1:7000 <<'SCRIPT'
wait <<< Domain Transition Editor >>>
type q
SCRIPT
    keep after exception_policy
    kill $agent
}

mkdir /victim
[ -e /dev/log ] || syslogd -O /tmp/messages
for tool in init loadpolicy savepolicy setlevel setprofile pstree domainmatch text auditd queryd notifyd \
    editpolicy agent; do
    out=/out/$tool
    mkdir -p "$out"
    echo "tomoyo-tools: $tool"
    $tool
done
cp /tmp/messages /out/messages
exit 0
