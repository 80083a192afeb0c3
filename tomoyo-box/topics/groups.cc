// SPDX-License-Identifier: GPL-2.0-only
// Help topic: groups.
#include "tomoyo-box/topics/topics.h"

const std::string_view topic::groups = R"topic(Groups: one name for many names, numbers, addresses or entries

In exception policy:
  path_group WEB /srv/www/\*.html
  path_group WEB /srv/www/\{\*\}/\*.html
  number_group HIGH_PORTS 1024-65535
  address_group LAN 192.168.0.0-192.168.255.255
  address_group LAN fe80::-fe80:ffff:ffff:ffff:ffff:ffff:ffff:ffff
  acl_group 0 file read /etc/ld.so.cache
  acl_group 7 network inet stream connect @LAN 80
  delete path_group WEB /srv/www/\*.html

In domain policy:
  <kernel> /usr/sbin/httpd
  use_group 0                           whatever acl_group 0 grants
  delete use_group 7
  file read @WEB                        where a name stands
  network inet dgram send @LAN @HIGH_PORTS
  file chown /srv/\* @HIGH_PORTS        where a number stands
  file execute @WEB exec.realpath=@WEB
Wrong in exception policy:
  number_group ANY @HIGH_PORTS          no group in a group of numbers
  acl_group 256 file read /a            0 to 255
  address_group LAN 10.0.0.0/8          10.0.0.0-10.255.255.255

A group begins with its first member. An empty one fits nothing. A new domain
uses the acl_groups of the domain it comes from. "@" in a path_group is plain.
)topic";
