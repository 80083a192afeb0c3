// SPDX-License-Identifier: GPL-2.0-only
// Help topic: profiles.
#include "tomoyo-box/topics/topics.h"

const std::string_view topic::profiles = R"topic(Profiles: what happens to requests; and limits

In profile:
  PROFILE_VERSION=20150505
  1-COMMENT=learning
  1-CONFIG={ mode=learning grant_log=no reject_log=yes }
  1-CONFIG::network={ mode=disabled grant_log=no reject_log=no }
  1-CONFIG::file::execute={ mode=enforcing }
  1-CONFIG::file::ioctl=use_default
  1-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }
  <ns> 0-CONFIG={ mode=disabled }         of the namespace <ns>
Wrong in profile:
  256-CONFIG={ mode=enforcing }           0 to 255
  1-CONFIG::file::read={ mode=enforcing }   read, write and append are open

mode        an entry grants it      no entry grants it
disabled    allowed                 allowed
learning    allowed, grant_log      allowed, reject_log, becomes an entry
permissive  allowed, grant_log      allowed, reject_log
enforcing   allowed, grant_log      EPERM, reject_log
CONFIG::file::OPERATION, CONFIG::network::inet_stream_bind and so on, and
CONFIG::misc::env hold for one operation, CONFIG::file, ::network, ::misc for
the rest of a kind, CONFIG for all other. tomoyo-setlevel shows them.

A domain that has max_learning_entry entries learns no more: quota_exceeded.
In stat (bytes, 0 means no limit):
  Memory used by policy: 0
  Memory used by audit log: 16777216
  Memory used by query message: 1048576
)topic";
