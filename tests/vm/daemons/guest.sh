#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# The administrator of the machines in daemons.bats and board.bats: the last thing that each boot starts. Types what the
# README says, in its words, and uses the servers as clients do.
#
# On the kernel's command line daemons.stage= says which boot this is, daemons.list= which servers there are. What is found is
# left in /out, in a file each:
#   commands         the README's commands that were typed
#   clients          one line for each client that was served, or not
#   audit            what TOMOYO has logged until the end of the ordinary use
#   denied           what of this was denied
#   attacks          what became of each attack: DAEMON ATTACK RESULT
#   attacks-audit    what TOMOYO has logged of them
#   trouble          what did not go as it should
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
here=/opt/readme
kernel=/sys/kernel/security/tomoyo

say() { echo "daemons: $*"; }

trouble()
{
    say "TROUBLE: $*"
    echo "$*" >>/out/trouble
}

# parameter NAME: its value on the kernel's command line.
parameter() { tr ' ' '\n' </proc/cmdline | sed -n "s/^$1=//p"; }

# command_of STEP WORDS: the file with the README's first command that has these words in it.
command_of()
{
    local file
    for file in "$here/$1"-*.sh; do
        ! grep -qF -- "$2" "$file" || {
            echo "$file"
            return
        }
    done
    trouble "the README has no command with '$2' in step $1" >&2
}

# readme STEP WORDS [PROGRAM]: types the command of this step that has these words in it, for PROGRAM where the README has a
# web server.
readme()
{
    local file status=0
    file=$(command_of "$1" "$2")
    [ -n "$file" ] || return
    basename "$file" >>/out/commands
    sed "s|/usr/sbin/httpd|${3:-/usr/sbin/httpd}|g" "$file" >/run/command
    sed 's/^/daemons: # /' /run/command >&2
    sh /run/command || status=$?
    # status says by 1 that there is something left to do.
    [ $status = 0 ] || [ "$2" = tomoyo-status ] || trouble "status $status of: $(cat /run/command)"
}

# until_true WHAT COMMAND...: waits until the command succeeds.
until_true()
{
    local what=$1 count=3000
    shift
    until "$@"; do
        count=$((count - 1))
        [ $count -gt 0 ] || {
            trouble "waited in vain for $what"
            return 1
        }
        sleep 0.2
    done
}

# listens PORT: does a process listen there (TCP)?
listens()
{
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        grep -E "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$1") [0-9A-F]+:0000 0A " >/dev/null
}

wait_for()
{
    case $1 in
    sshd) set -- "$1" 22 ;;
    dropbear) set -- "$1" 2222 ;;
    dnsmasq) set -- "$1" 53 ;;
    nginx | httpd) set -- "$1" 80 ;;
    mosquitto) set -- "$1" 1883 ;;
    esac
    until_true "$1 to listen" listens "$2"
}

restart()
{
    local service=$1
    [ "$service" != sshd ] || service=ssh
    if [ -d /run/systemd/system ]; then
        systemctl restart "$service" || trouble "$1 does not start again"
    else
        "/etc/init.d/$service" restart >/run/restart 2>&1 || trouble "$1 does not start again: $(cat /run/restart)"
    fi
    wait_for "$1"
}

# expect DAEMON WHAT TEXT COMMAND...: the client's output has to be TEXT.
expect()
{
    local name="$1: $2" text=$3 output
    shift 3
    output=$("$@" 2>/run/errors </dev/null | tr -d '\r')
    if [ "$output" = "$text" ]; then
        echo "ok $name" >>/out/clients
    else
        echo "not ok $name" >>/out/clients
        trouble "$name: '$output' in place of '$text': $(cat /run/errors)"
    fi
}

# login DAEMON [-t] COMMAND: what a user does who has a key; -t: on a terminal.
login() (
    local client=$1
    shift
    exec </dev/null
    case $client in
    sshd)
        timeout 900 ssh -q -i $here/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BatchMode=yes \
            ${2:+-tt} user@127.0.0.1 "${2:-$1}"
        ;;
    dropbear)
        # It makes its own end raw, too.
        [ -z "${2:-}" ] || exec </dev/console
        timeout 900 dbclient -y -y -i $here/dropbear-key -p 2222 ${2:+-t} user@127.0.0.1 "${2:-$1}"
        ;;
    esac
)

use()
{
    local count
    case $1 in
    sshd | dropbear)
        for count in 1 2; do
            expect "$1" "command $count" "$(printf 'user\nboard')" login "$1" 'id -un; cat /etc/hostname'
        done
        expect "$1" terminal board login "$1" -t 'test -t 1 && cat /etc/hostname'
        ;;
    dnsmasq)
        for count in 1 2 3 4; do
            expect dnsmasq "question $count" 192.0.2.7 dig +short +tries=3 +time=300 @127.0.0.1 board.test
        done
        expect dnsmasq 'question by TCP' 192.0.2.7 dig +short +tcp +tries=3 +time=300 @127.0.0.1 board.test
        ;;
    nginx)
        expect nginx page 'It works.' curl -fsS http://127.0.0.1/
        expect nginx 'page that is not there' 404 curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1/none
        ;;
    httpd)
        expect httpd page 'It works.' wget -q -O - http://127.0.0.1/
        ;;
    mosquitto)
        expect mosquitto publish '' mosquitto_pub -r -t room/temperature -m 21
        expect mosquitto subscribe 21 mosquitto_sub -C 1 -W 900 -t room/temperature
        ;;
    esac
}

use_all()
{
    local daemon
    for daemon in $daemons; do
        ! wait_for "$daemon" || use "$daemon"
    done
}

restart_all()
{
    local daemon
    for daemon in $daemons; do restart "$daemon"; done
}

# readme_all STEP WORDS: types the command for each daemon.
readme_all()
{
    local daemon
    for daemon in $daemons; do readme "$1" "$2" "/usr/sbin/$daemon"; done
}

# outcome TEXT COMMAND...: did the command bring what it must not?
outcome()
{
    local text=$1
    shift
    if "$@" 2>/dev/null | grep -F "$text" >/dev/null; then echo ok; else echo refused; fi
}

# pids NAME: the processes of this name, the oldest first.
pids() { grep -lx "$1" /proc/[0-9]*/comm 2>/dev/null | cut -d / -f 3 | sort -n; }

# inject VICTIM PID
inject()
{
    : >/srv/public/victim
    chmod 666 /srv/public/victim
    $here/inject "$2" >/run/injected || trouble "cannot inject into $1"
    sed "s/^/$1 /" /run/injected
    rm -f /srv/public/planted-*
}

# attack: what somebody may try who has an account on a server, and who has taken over the server.
attack()
{
    local daemon
    for daemon in $daemons; do
        case $daemon in
        sshd | dropbear)
            echo "$daemon login-secret $(outcome SECRET login "$daemon" 'cat /srv/secret')"
            # BusyBox' shell has many programs in it.
            [ -e /bin/busybox ] ||
                echo "$daemon login-other-program $(outcome board login "$daemon" 'head -n 1 /etc/hostname')"
            ;;
        # What a forgotten link in the site leads to.
        nginx) echo "$daemon fetch-secret $(outcome SECRET curl -s http://127.0.0.1/leak)" ;;
        httpd) echo "$daemon fetch-secret $(outcome SECRET wget -q -O - http://127.0.0.1/leak)" ;;
        esac
        [ "$daemon" != nginx ] || inject nginx-worker "$(pids nginx | tail -n 1)"
        inject "$daemon" "$(pids "$daemon" | head -n 1)"
    done >>/out/attacks
}

# denied MODE FILE: the requests that a domain in this mode is not granted, without those that only say that a domain is new.
denied()
{
    awk -v mode="mode=$1 granted=no" '/^#/ { wanted = index($0, mode); next }
        /^</ { domain = $0; next }
        wanted && NF && !/^use_(profile|group) / { print domain " | " $0 }' "$2"
}

# finish STEP: sends what was found to the machine's second serial port, as guest/init does, and reboots as STEP says.
finish()
{
    # Before it is done, as nothing can be sent after it.
    basename "$(command_of "$1" reboot)" >>/out/commands
    cat $kernel/domain_policy >/out/domain_policy
    cat $kernel/exception_policy >/out/exception_policy
    dmesg >/out/dmesg
    mkdir -p /run/verdict
    if [ -e /out/trouble ]; then echo 1; else echo 0; fi >/run/verdict/status
    exec 6>/dev/ttyS1
    stty raw -echo <&6
    # Some refuse to write an archive to a terminal.
    tar -C /out -czf - . | cat >&6
    tar -C /run/verdict -czf - status | cat >&6
    exec 6>&-
    say "stage $stage is finished with status $(cat /run/verdict/status) after $(cut -d ' ' -f 1 /proc/uptime) s"
    readme "$1" reboot
}

stage=$(parameter daemons.stage)
daemons=$(parameter daemons.list | tr ',' ' ')
mkdir -p /out
mount -t tmpfs tmpfs /out
[ -e $kernel/stat ] || mount -t securityfs securityfs /sys/kernel/security
say "stage $stage begins after $(cut -d ' ' -f 1 /proc/uptime) s"
case $stage in
first)
    readme 0 tomoyo-status
    use_all
    attack
    readme 1 tomoyo-init-policy
    finish 1
    ;;
# A board has its first policy from its maker.
board | learning)
    [ "$stage" != board ] || {
        use_all
        attack
    }
    [ ! -d /run/systemd/system ] || readme On-systemd tomoyo-loadpolicy
    readme 2 tomoyo-pstree
    readme_all 2 tomoyo-setprofile
    restart_all
    use_all
    readme 2 'tomoyo-savepolicy --name learning'
    finish 2
    ;;
learned)
    use_all
    readme 2 'tomoyo-savepolicy --name learned'
    readme 3 tomoyo-patternize
    case $daemons in *dnsmasq*) readme 3 /usr/sbin/dnsmasq ;; esac
    readme_all 4 tomoyo-setprofile
    readme 4 tomoyo-savepolicy
    finish 4
    ;;
permissive)
    use_all
    readme 4 'tr ' >/out/audit
    denied permissive /out/audit >/out/denied
    [ ! -s /out/denied ] || trouble "would be denied in the ordinary use: $(cat /out/denied)"
    readme_all 5 tomoyo-setprofile
    readme 5 tomoyo-savepolicy
    finish 4
    ;;
enforced | again)
    use_all
    readme 4 'tr ' >/out/audit
    attack
    readme 4 'tr ' >/out/attacks-audit
    # Those that were attacked still serve, and those that are started by hand do.
    use_all
    restart_all
    use_all
    readme 4 'tr ' >>/out/audit
    denied enforcing /out/audit >/out/denied
    [ ! -s /out/denied ] || trouble "was denied in the ordinary use: $(cat /out/denied)"
    finish 4
    ;;
*) trouble "unknown stage '$stage'" && finish 1 ;;
esac
