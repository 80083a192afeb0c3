// SPDX-License-Identifier: GPL-2.0-only
// Help topic: transitions.
#include "tomoyo-box/topics/topics.h"

const std::string_view topic::transitions = R"topic(Transitions: which domain a program runs in

Without any directive /bin/sh, executed in <kernel> /sbin/init, runs in
<kernel> /sbin/init /bin/sh. These change that, looked at in this order; the
exceptions, no_..., concern only the one behind them:
no_reset_domain reset_domain no_initialize_domain initialize_domain
no_keep_domain keep_domain

In exception policy:
  initialize_domain /usr/sbin/sshd from any   in <kernel> /usr/sbin/sshd
  no_initialize_domain /usr/sbin/sshd from /usr/bin/test
  keep_domain any from <kernel> /usr/sbin/sshd /bin/bash   stays where it is
  no_keep_domain /bin/su from any
  reset_domain /usr/bin/crun from any         in </usr/bin/crun>, a namespace
  no_reset_domain /usr/bin/crun from /bin/test
  aggregator /usr/bin/perl\* /usr/bin/perl    another name for programs
Behind "from" stands a domain, its last program, or any. Names are literal.

A "file execute" may say it itself, in front of its conditions:
keep child initialize reset parent, a domain, or a path that is appended.
In domain policy:
  file execute /bin/ls keep
  file execute /bin/sh <kernel> /bin/sh task.uid=0
  file execute /bin/sh //user task.uid!=0     <kernel> ... //user
  task manual_domain_transition <kernel> /x   by a write to self_domain
Wrong in domain policy:
  file read /bin/ls keep                      only behind "file execute"

A domain of another namespace must exist, and its profile there be defined.
)topic";
