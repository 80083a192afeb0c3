#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# The demo up to the reboot: a web server is attacked, learned, confined, and attacked again.
# shellcheck source=site.sh
. /usr/share/demo/site.sh

step '1/8  A small device with a web site'
site_is_up
say 'TOMOYO puts each program into a domain, named after the programs that led to it. The number' \
    'in front is the profile of the domain: what to do there. 0 is to check nothing.'
run tomoyo-pstree
# The domain of the web server, as the kernel names it.
web=$(tomoyo-pstree | sed -n 's/^.* httpd ([0-9]*) //p' | head -n 1)
clock="$web /www/cgi-bin/clock"
claim 'the web server has a domain of its own' test -n "$web"
visit
claim 'the site works' site_works
pause

step '2/8  It has a hole'
say 'The page puts what it is asked into shell code. So anybody can read the passwords, run a' \
    'shell as root, or let the device connect to them and offer a shell:'
attack_read
claim 'the attack reads /etc/shadow' shows 'root:$'
attack_shell
claim 'the attack starts a shell' shows 'uid=0'
attack_reverse
claim 'the attack opens a reverse connection, with a shell behind it' shows 'uid=0'
pause

step '3/8  Learn what the site needs'
say 'First, the domains in which the attacks ran are removed. Then the server gets profile 1, the' \
    'learning mode: all is allowed, and becomes policy. It is restarted so that its start is' \
    'learned too, and the site is used as intended.'
run "tomoyo-savepolicy -d | sed -n 's|^<kernel> .*clock|delete &|p' | tomoyo-loadpolicy -d"
run "tomoyo-setprofile -r 1 '$web'"
claim 'the web server is in learning mode' shows "1 $web"
run 'killall httpd'
claim 'the web server is back' site_is_up
for _ in 1 2 3; do visit; done
claim 'the site works' site_works
pause

step '4/8  Save, and look at what was learned'
run tomoyo-savepolicy
run "awk '/^</ { on = /clock/ } on && !/misc env/' /etc/tomoyo/domain_policy.conf"
claim 'the page and the program it runs have domains with what they did' \
    shows "$clock /usr/bin/nc"
claim 'one connection was learned' shows 'network inet stream connect 127.0.0.1 13'
claim 'nothing of the attacks is in it' innocent
pause

step '5/8  One pattern instead of many names'
say 'Each visit leaves a report with another number in its name. Written by hand, two lines cover' \
    'them all: \$ stands for any number.'
cat >/tmp/pattern <<END
select $clock
$(tomoyo-savepolicy -d | sed -n 's/^file .* \/tmp\/report\.[0-9].*/delete &/p' | sort -u)
file create /tmp/report.\\$ 0666
file read/write /tmp/report.\\$
END
run 'cat /tmp/pattern'
run 'tomoyo-loadpolicy -d </tmp/pattern'
run "tomoyo-savepolicy -d | grep /tmp/report"
claim 'the pattern has replaced the names' test "$(printf '%s\n' "$shown" | wc -l)" = 2
pause

step '6/8  Enforce'
say 'Profile 3 is the enforcing mode: what the policy does not allow is refused.'
# The log still has what was learned.
cat /sys/kernel/security/tomoyo/audit >/dev/null
run "tomoyo-setprofile -r 3 '$web'"
claim 'the web server is in enforcing mode' shows "3 $web"
run tomoyo-savepolicy
visit
claim 'the site works as before' site_works
say 'The hole is still there. The same attacks:'
attack_read
claim 'DENIED: reading /etc/shadow' hides 'root:$'
attack_shell
claim 'DENIED: starting a shell' hides 'uid=0'
attack_reverse
claim 'DENIED: the reverse connection' hides 'uid=0'
visit
claim 'the site still works' site_works
pause

step '7/8  Who tried what'
say 'The kernel has kept a record of each denial: when, in which mode, and who; the domain; and the' \
    'line that the policy of the domain lacks. The first record, and the lines of all three:'
run "tr '\\0' '\\n' </sys/kernel/security/tomoyo/audit >/tmp/audit"
run "grep -m 1 -A 2 enforcing /tmp/audit"
claim 'the record names the mode and the domain' shows "mode=enforcing granted=no"
run "grep -E '^(file|network|misc)' /tmp/audit"
claim 'there are three denials, one for each attack' three_denials
run tomoyo-status
claim 'tomoyo-status says that TOMOYO is active' shows 'is active'
pause

step '8/8  Reboot'
say 'Is it all still there when the device is switched on again?'
printf '# reboot\n'
finish
