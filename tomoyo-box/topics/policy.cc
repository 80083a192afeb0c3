// SPDX-License-Identifier: GPL-2.0-only
// Help topic: policy.
#include "tomoyo-box/topics/topics.h"

const std::string_view topic::policy = R"topic(The policy language in short; all of it is in tomoyo-policy(5)

A domain is named by the programs that led to it. Its profile says whether
requests are learned, only logged, or enforced. An entry grants; none denies.

In domain policy:
  <kernel> /usr/sbin/httpd              what follows is about this domain
  use_profile 1                         help profiles
  use_group 0                           help groups
  file read/getattr /etc/httpd.conf     OPERATIONS NAME          help patterns
  file rename /srv/a.new /srv/a         OPERATION OLD NEW
  file create /tmp/session.\$ 0600      OPERATION NAME NUMBER
  file mkchar /dev/x 0600 1 3           OPERATION NAME MODE MAJOR MINOR
  file mount /dev/sda1 /mnt/ ext4 0x1   DEVICE DIRECTORY TYPE FLAGS
  file execute /bin/sh task.uid!=0      help conditions, help transitions
  network inet stream bind/listen 0.0.0.0 80
  network unix dgram send /dev/log
  misc env PATH                         a variable that programs may be given
  task manual_domain_transition <kernel> /bin/sh
  delete file getattr /etc/httpd.conf   takes an entry back

file, one NAME: execute read write append unlink getattr rmdir truncate symlink
  chroot unmount; OLD NEW: link rename pivot_root; NAME NUMBER: create mkdir
  mkfifo mksock ioctl chmod chown chgrp; with MODE MAJOR MINOR: mkblock mkchar
network inet: stream bind, listen, connect; dgram and raw bind, send
network unix: stream and seqpacket bind, listen, connect; dgram bind, send

Names of directories end in "/". Bytes one cannot see are \ooo, a blank \040.
)topic";
