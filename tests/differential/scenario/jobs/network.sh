#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash disable=SC2101,SC2102
# A job of the scenario: sockets of all kinds, in programs that need nobody at the other end.

try() {
	"$@"
	echo "$*: $?"
}

cd /tmp/network || exit 1
umask 022
try /bin/ping -q -c 1 -W 3 127.0.0.1 >ping
try /bin/ping6 -q -c 1 -W 3 ::1 >ping6
try /usr/bin/nc -w 1 127.0.0.1 9
try /sbin/ip addr show dev lo >addresses
try /sbin/ip link set lo up
try /bin/netstat -ltn >netstat
try /bin/hostname
try /bin/act socket inet stream : bind inet:127.0.0.1:4000 : listen : \
	socket inet stream : connect inet:127.0.0.1:4000 : send text
try /bin/act socket inet6 stream : bind inet6:[::1]:4001 : listen : socket inet6 stream : connect inet6:[::1]:4001
try /bin/act socket inet6 stream : bind inet6:[::]:4002 : listen : socket inet stream : connect inet:127.0.0.1:4002
try /bin/act socket inet stream : listen : socket inet6 stream : listen
try /bin/act socket inet dgram : bind inet:127.0.0.1:4003 : socket inet dgram : sendto inet:127.0.0.1:4003 text : \
	connect inet:127.0.0.1:4003 : send more : sendmsg inet:127.0.0.1:4003 : sendmmsg inet:127.0.0.1:4003
try /bin/act socket inet6 dgram : bind inet6:[::1]:4004 : sendto inet6:[::1]:4004 : sendto inet6:[::ffff:127.0.0.1]:4003
try /bin/act socket inet raw icmp : bind inet:127.0.0.1:0 : sendto inet:127.0.0.1:0 : connect inet:127.0.0.1:0
try /bin/act socket inet6 raw icmp6 : bind inet6:[::1]:0 : sendto inet6:[::1]:0
try /bin/act socket unix stream : bind unix:/tmp/network/stream : listen : socket unix stream : \
	connect unix:/tmp/network/stream : send text
try /bin/act socket unix stream : bind unix:relative : listen : socket unix stream : connect unix:./relative
try /bin/act socket unix stream : bind 'unix:a name' : socket unix stream : connect unix:nosuch
try /bin/act socket unix stream : bind 'abstract:name\0more' : listen : socket unix stream : connect 'abstract:name\0more'
try /bin/act socket unix stream : bind unnamed : listen : socket unix stream : listen
try /bin/act socket unix dgram : bind unix:/tmp/network/dgram : socket unix dgram : sendto unix:/tmp/network/dgram text : \
	connect unix:/tmp/network/dgram : send more : sendmsg unix:/tmp/network/dgram
try /bin/act socket unix seqpacket : bind unix:/tmp/network/seqpacket : listen : socket unix seqpacket : \
	connect unix:/tmp/network/seqpacket
try /bin/act socketpair : write text : fstat : swap : read 4 : socketpair dgram : fstat
try /bin/act socket inet stream : bind short:4 : bind family:77 : connect short:1 : connect family:0 : socket inet6 dgram : \
	bind short6:20 : sendto inet:127.0.0.1:4003
try /bin/act socket netlink raw : bind family:16 : socket packet raw
