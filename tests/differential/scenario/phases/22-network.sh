# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Servers and clients over the loopback, and sockets of all kinds.

network_job() {
	empty /tmp/network /tmp/network/www
	echo page >/tmp/network/www/index.html
	run_limited network /scenario/jobs/network.sh

	serve web /usr/sbin/httpd -f -p 127.0.0.1:8080 -h /tmp/network/www
	await has_port tcp 8080 0A
	run_limited client /usr/bin/wget -q -O /tmp/network/page http://127.0.0.1:8080/index.html
	run_limited client /usr/bin/wget -q -O /tmp/network/page http://127.0.0.1:8080/nosuch
	run_limited client /usr/bin/wget -q -O /tmp/network/page http://127.0.0.1:8081/
	serve_end

	serve log /sbin/syslogd -n -O /tmp/network/messages
	await [ -S /dev/log ]
	run_limited client /usr/bin/logger -t scenario 'a message'
	serve_end
	/bin/rm -f /dev/log

	serve listener /usr/bin/nc -l -p 8082 -e /bin/hostname
	await has_port tcp6 8082 0A
	run_limited client /usr/bin/nc -w 2 127.0.0.1 8082
	serve_end
}

phase network-learning
# Each program's domain is there from the beginning, since they begin in any order.
for name in network web client log listener; do
	domain $name 1
done
domain 'web /usr/sbin/httpd' 1
domain 'client /usr/bin/wget' 1
domain 'client /usr/bin/logger' 1
domain 'client /usr/bin/nc' 1
domain 'log /sbin/syslogd' 1
domain 'listener /usr/bin/nc' 1
domain 'listener /usr/bin/nc /bin/hostname' 1
network_job
phase_save

phase network-permissive
thin 4
use 2
network_job
phase_save

phase network-enforcing
use 3
network_job
phase_end
