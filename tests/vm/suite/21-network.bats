#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves which requests socket calls make: refused without an entry, learned as which one, and granted with it.
# Kernel ABI specification 3.9, 3.10, checks K-263 to K-276.
# shellcheck disable=SC2034,SC2154 # variables of k.bash

load /suite-lib/k

setup_file()
{
    k_setup_file
}

teardown()
{
    k_cleanup
}

teardown_file()
{
    rm -rf /tmp/k
}

@test "K-263 bind of a stream socket" {
    k_requests socket inet stream : bind inet:127.0.0.1:8080
    k_output ok ok
    k_learned 'network inet stream bind 127.0.0.1 8080'
    k_act socket inet stream : bind inet:127.0.0.1:8081 : bind inet:127.0.0.2:8080 : bind inet:0.0.0.0:8080
    k_output ok EPERM EPERM EPERM
    k_requests socket inet6 stream : bind 'inet6:[::1]:8080'
    k_output ok ok
    k_learned 'network inet stream bind ::1 8080'
}

@test "K-264 listen on a socket without a name" {
    k_requests socket inet stream : listen
    k_output ok ok
    k_learned 'network inet stream listen 0.0.0.0 0'
    k_requests socket inet6 stream : listen
    k_output ok ok
    k_learned 'network inet stream listen :: 0'
}

@test "K-264 listen on a bound socket" {
    k_learn socket inet stream : bind inet:127.0.0.1:8080 : listen
    k_output ok ok ok
    k_learned 'network inet stream bind/listen 127.0.0.1 8080'
    k_try enforcing 'network inet stream bind 127.0.0.1 8080' -- socket inet stream : bind inet:127.0.0.1:8080 : listen
    k_output ok ok EPERM
}

@test "K-265 connect of a stream socket" {
    k_requests socket inet stream : connect inet:127.0.0.1:81
    k_output ok ECONNREFUSED
    k_learned 'network inet stream connect 127.0.0.1 81'
    k_requests socket inet6 stream : connect 'inet6:[::1]:81'
    k_output ok ECONNREFUSED
    k_learned 'network inet stream connect ::1 81'
}

@test "what a connected stream socket sends and what is accepted asks for nothing" {
    k_try enforcing 'network inet stream bind/listen/connect 127.0.0.1 8080' -- \
        socket inet stream : bind inet:127.0.0.1:8080 : listen : save 1 : \
        socket inet stream : connect inet:127.0.0.1:8080 : send hello : use 1 : accept : read 5 : send x
    k_output ok ok ok ok ok ok ok 'ok hello' ok
}

@test "K-266 a datagram with a destination, by sendto, sendmsg and sendmmsg" {
    k_requests socket inet dgram : sendto inet:127.0.0.1:9
    k_output ok ok
    k_learned 'network inet dgram send 127.0.0.1 9'
    k_requests socket inet dgram : sendmsg inet:127.0.0.1:9
    k_output ok ok
    k_learned 'network inet dgram send 127.0.0.1 9'
    k_requests socket inet6 dgram : sendmmsg 'inet6:[::1]:9'
    k_output ok ok
    k_learned 'network inet dgram send ::1 9'
    k_requests socket inet dgram : bind inet:127.0.0.1:9000
    k_output ok ok
    k_learned 'network inet dgram bind 127.0.0.1 9000'
}

@test "K-267 connect of a datagram socket is the one request to send" {
    k_requests socket inet dgram : connect inet:127.0.0.1:9
    k_output ok ok
    k_learned 'network inet dgram send 127.0.0.1 9'
    # Something has to be there, or the second datagram hears of it.
    k_audit_drain
    k_profile 104 'learning grant_log=yes'
    k_domain dgram 104 'network inet dgram send 127.0.0.1 9'
    k_act socket inet dgram : connect inet:127.0.0.1:9 : send hello
    k_output ok ok ok
    k_audit_records
    k_equal "${#records[@]}" 1
    k_like "${records[0]}" '#*granted=yes*' '<kernel> /tmp/k/dgram' 'network inet dgram send 127.0.0.1 9' ''
}

@test "K-268 raw sockets: the port is the protocol" {
    k_requests socket inet raw icmp : sendto inet:127.0.0.1:0
    k_output ok ok
    k_learned 'network inet raw send 127.0.0.1 1'
    k_requests socket inet raw icmp : bind inet:127.0.0.1:77
    k_output ok ok
    k_learned 'network inet raw bind 127.0.0.1 1'
    k_requests socket inet6 raw icmp6 : sendto 'inet6:[::1]:0'
    k_output ok ok
    k_learned 'network inet raw send ::1 58'
    k_requests socket inet raw icmp : connect inet:127.0.0.1:0
    k_output ok ok
    k_learned 'network inet raw send 127.0.0.1 1'
}

@test "K-269 an IPv4 address inside an IPv6 one stays an IPv6 address" {
    k_requests socket inet6 stream : connect 'inet6:[::ffff:127.0.0.1]:81'
    k_output ok ECONNREFUSED
    k_learned 'network inet stream connect ::ffff:127.0.0.1 81'
    k_try enforcing 'network inet stream connect 127.0.0.1 81' -- socket inet6 stream : connect 'inet6:[::ffff:127.0.0.1]:81'
    k_output ok EPERM
}

@test "the family of the address decides, not that of the socket" {
    k_requests socket inet6 dgram : sendto inet:127.0.0.1:9
    k_learned 'network inet dgram send 127.0.0.1 9'
}

@test "K-270 bind of a UNIX socket to a pathname" {
    k_undo=(unlink /tmp/k/s)
    k_requests socket unix stream : bind unix:/tmp/k/s
    k_output ok ok
    k_learned 'network unix stream bind /tmp/k/s' 'file mksock /tmp/k/s 0755'
    rm /tmp/k/s
    k_try enforcing 'network unix stream bind /tmp/k/s' -- socket unix stream : bind unix:/tmp/k/s
    k_output ok EPERM
    k_learn socket unix stream : umask 077 : bind unix:/tmp/k/s : listen : socket unix stream : connect unix:/tmp/k/s
    k_output ok ok ok ok ok
    k_learned 'network unix stream bind/listen/connect /tmp/k/s' 'file mksock /tmp/k/s 0700'
    rm /tmp/k/s
}

@test "K-271 bind of a UNIX socket to an abstract name" {
    k_requests socket unix dgram : bind abstract:abs
    k_output ok ok
    k_learned 'network unix dgram bind \000abs'
}

@test "K-272 all NULs of an abstract name count" {
    k_requests socket unix dgram : bind 'abstract:abs\0\0x\0\0'
    k_output ok ok
    k_learned 'network unix dgram bind \000abs\000\000x\000\000'
    k_act socket unix dgram : bind 'abstract:abs\0\0x\0'
    k_output ok EPERM
}

@test "K-273 bind of a UNIX socket to no name, listen without one" {
    k_requests socket unix stream : bind unnamed
    k_output ok ok
    k_learned 'network unix stream bind anonymous'
    k_requests socket unix seqpacket : listen
    k_learned 'network unix seqpacket listen anonymous'
}

@test "K-274 a relative pathname stays as it is" {
    k_learn chdir /tmp/k : socket unix stream : bind 'unix:rel path' : unlink 'rel path'
    k_output ok ok ok ok
    k_learned 'network unix stream bind rel\040path' 'file mksock /tmp/k/rel\040path 0755' 'file unlink /tmp/k/rel\040path'
}

@test "connect and send of UNIX datagram sockets" {
    k_requests socket unix dgram : connect abstract:none
    k_output ok ECONNREFUSED
    k_learned 'network unix dgram send \000none'
    k_requests socket unix dgram : sendto unix:/tmp/k/none
    k_output ok ENOENT
    k_learned 'network unix dgram send /tmp/k/none'
    k_requests socket unix seqpacket : connect abstract:none
    k_output ok ECONNREFUSED
    k_learned 'network unix seqpacket connect \000none'
}

@test "K-275 groups of addresses and ports" {
    k_exception 'address_group K21A 127.0.0.1-127.0.0.9' 'address_group K21A 10.0.0.1' 'number_group K21P 8080-8089' \
        'number_group K21P 9000'
    k_domain groups enforcing 'network inet stream bind @K21A @K21P'
    k_act socket inet stream : bind inet:127.0.0.1:8080
    k_output ok ok
    k_act socket inet stream : bind inet:127.0.0.9:9000
    k_output ok ok
    k_act socket inet stream : bind inet:127.0.0.10:8080
    k_output ok EPERM
    k_act socket inet stream : bind inet:127.0.0.1:8090
    k_output ok EPERM
    k_act socket inet6 stream : bind 'inet6:[::ffff:127.0.0.1]:8080'
    k_output ok EPERM
    k_act socket inet6 stream : bind 'inet6:[::1]:8080'
    k_output ok EPERM
}

@test "K-276 an address that is too short asks for nothing" {
    for length in 2 4 7; do
        k_try enforcing -- socket inet stream : bind short:$length
        k_output ok EINVAL
    done
    for length in 2 8 23; do
        k_try enforcing -- socket inet6 stream : bind short6:$length
        k_output ok EINVAL
    done
    k_try enforcing -- socket unix stream : bind short:1
    k_output ok EINVAL
}

@test "families that are not known and sockets of other families ask for nothing" {
    k_try enforcing -- socket inet stream : bind family:77 : socket inet dgram : connect family:0
    k_output ok EAFNOSUPPORT ok ok
    k_try enforcing -- socket netlink raw : sendto family:16 x : socketpair dgram : send x : swap : read 1
    k_like "$output" ok '*' ok ok 'ok x'
    k_read_domain
    k_learned
}
