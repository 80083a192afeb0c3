// SPDX-License-Identifier: GPL-2.0-only
// The first configuration files.
#include "tomoyo-box/policy/template/template.h"

#include "tomoyo-box/policy/rewrite/packs.h"

namespace policy {

const std::string_view stat_template = R"(# Memory quota (byte). 0 means no quota.
Memory used by policy:               0
Memory used by audit log:     16777216
Memory used by query message:  1048576
)";

const std::string_view editpolicy_template = R"(# Configuration of tomoyo-editpolicy.

# Other words for the directives, on the screen and while typing:
#   keyword_alias DIRECTIVE = WORD
# Example:
#   keyword_alias task manual_domain_transition = go

# Colours: foreground and background, each one of
# 0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white.
line_color ACL_CURSOR       = 03
line_color ACL_HEAD         = 03
line_color DOMAIN_CURSOR    = 02
line_color DOMAIN_HEAD      = 02
line_color EXCEPTION_CURSOR = 06
line_color EXCEPTION_HEAD   = 06
line_color MANAGER_CURSOR   = 72
line_color MANAGER_HEAD     = 72
line_color STAT_CURSOR      = 03
line_color STAT_HEAD        = 03
line_color PROFILE_CURSOR   = 71
line_color PROFILE_HEAD     = 71
line_color DEFAULT_COLOR    = 70
)";

const std::string_view auditd_template = R"(# Where tomoyo-auditd writes audit logs.
#
# A log has three lines, called header, domain and acl. Conditions ask for words in them:
#   header.contains TEXT   TEXT occurs in the line, as whole words
#   domain.equals TEXT     the line is TEXT
#   acl.starts TEXT        the line starts with TEXT, as whole words
# With a number they look at one word of the line: acl[3].starts /tmp/
# A log goes to the first destination whose conditions, between it and the destination
# before, are all true. A blank in a path is written \040.

# Granted requests are not kept.
header.contains granted=yes
destination     /dev/null

# The others go to one file per profile.
header.contains profile=0
destination     /var/log/tomoyo/reject_000.log

header.contains profile=1
destination     /var/log/tomoyo/reject_001.log

header.contains profile=2
destination     /var/log/tomoyo/reject_002.log

header.contains profile=3
destination     /var/log/tomoyo/reject_003.log
)";

std::string patternize_template() {
    std::string text = R"(# How tomoyo-patternize turns names that differ from run to run into patterns.
#
#   rewrite path_pattern OLD [NEW]      a word that matches OLD becomes NEW
#   rewrite head_pattern DIRECTORY/ [NEW]   the beginning of a word does
#   rewrite tail_pattern /REST [NEW]    the end of a word does
#   rewrite part_pattern OLD [NEW]      a part of a file's name does
#   rewrite number_pattern OLD [NEW]    a number or a range of numbers does
#   rewrite address_pattern OLD [NEW]   an IP address or a range of addresses does
# Without NEW the word becomes OLD. A rule may follow conditions, as in auditd.conf:
#   domain.contains /usr/sbin/httpd
#   acl.starts file read
# The first rule that matches a word is the only one applied to it. There are more rules
# that can be added: tomoyo-patternize --list-packs
)";
    for (const RewritePack& pack : rewrite_packs())
        if (pack.by_default)
            text.append("\n# ").append(pack.summary).append("\n").append(pack.rules);
    return text;
}

const std::string_view notifyd_template =
    R"(# What tomoyo-notifyd does when a request was rejected in enforcing mode.

# Seconds for which the request is held, so that somebody can answer it with tomoyo-queryd.
# (Other than 0: tomoyo-notifyd has to be in manager.conf.)
time_to_wait 0

# The program that gets the message on its standard input, with its arguments. No shell reads
# the line; a blank inside a word is written \040. Another example:
#   action_to_take curl --data-binary @- https://example.org/report
action_to_take mail -s Notification\040from\040tomoyo-notifyd root@localhost

# Seconds between two messages at least.
minimal_interval 60
)";

} // namespace policy
