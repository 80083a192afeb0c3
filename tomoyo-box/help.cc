// SPDX-License-Identifier: GPL-2.0-only
// Help topics: those about the box, which are here, and those about the policy language.
#include "tomoyo-box/multiplexer.h"
#include "tomoyo-box/topics/topics.h"

namespace {

struct Topic {
    std::string_view name;
    std::string_view text;
};

constexpr Topic box_topics[] = {
    {"compat", "Speaking as tomoyo-tools 2.6.1 does\n"
               "\n"
               "Where this box does better than tomoyo-tools 2.6.1 (a final line without\n"
               "newline counts, refused writes are reported, wrong usage exits with 2), a\n"
               "script may still depend on the old form. It gets the old messages and\n"
               "exit codes with --compat as the first argument of an applet, or with\n"
               "TOMOYO_BOX_COMPAT=1 in the environment:\n"
               "\n"
               "  tomoyo-setprofile --compat 300 '<kernel>'\n"
               "\n"
               "Each applet's manual page lists what differs.\n"},
    {"environment", "Environment\n"
                    "\n"
                    "  NO_COLOR            when set and not empty, no colour is used\n"
                    "  TERM                no colour when unset or \"dumb\"\n"
                    "  TZ                  time zone of snapshot names (savepolicy, init-policy)\n"
                    "  TOMOYO_BOX_COMPAT   1: messages and exit codes of tomoyo-tools 2.6.1 (compat)\n"
                    "  TOMOYO_INTERFACE    directory of the kernel interface, instead of\n"
                    "                      /sys/kernel/security/tomoyo\n"},
    {"exit-status", "Exit status\n"
                    "\n"
                    "  0    done, or: yes\n"
                    "  1    a negative answer: the kernel refused, has no TOMOYO, nothing matched\n"
                    "  2    wrong usage, or trouble that kept the applet from doing its work\n"
                    "  127  tomoyo-box does not know the applet\n"},
    {"files", "Files\n"
              "\n"
              "  /sys/kernel/security/tomoyo/  the kernel interface\n"
              "  /sbin/tomoyo-init             called by the kernel before /sbin/init\n"
              "  /etc/tomoyo/                  policy; *.conf are links into policy/current/\n"
              "  /etc/tomoyo/policy/STAMP/     one saved policy each; the links current and\n"
              "                                previous lead to two of them\n"
              "  /etc/tomoyo/stat.conf         memory quotas, loaded at boot\n"
              "  /etc/tomoyo/tomoyo-post-init  run by tomoyo-init after loading, if executable\n"},
    {"managers", "Who may change the policy\n"
                 "\n"
                 "Once TOMOYO is active the kernel takes policy only from root and from programs\n"
                 "in its manager list. An entry is the real path of a program or the name of a\n"
                 "domain. Behind links every applet's real path is that of tomoyo-box itself, so\n"
                 "there are two styles:\n"
                 "\n"
                 "  /usr/sbin/tomoyo-box\n"
                 "      lets every applet write\n"
                 "  <kernel> /usr/sbin/tomoyo-loadpolicy\n"
                 "      lets this applet alone write, together with the exception policy's\n"
                 "      'initialize_domain /usr/sbin/tomoyo-loadpolicy from any'\n"
                 "\n"
                 "tomoyo-init-policy writes the right entries for the way the box is installed.\n"
                 "To add one now, from a program that is a manager already:\n"
                 "\n"
                 "  echo /usr/sbin/tomoyo-box | tomoyo-loadpolicy -m\n"
                 "\n"
                 "When no manager is left, boot with TOMOYO=disabled or edit\n"
                 "/etc/tomoyo/manager.conf and reboot.\n"},
};

// Not constexpr: the texts are in files of their own.
const Topic language_topics[] = {
    {"conditions", topic::conditions}, {"groups", topic::groups},     {"patterns", topic::patterns},
    {"policy", topic::policy},         {"profiles", topic::profiles}, {"transitions", topic::transitions},
};

std::string names(std::span<const Topic> topics) {
    std::string text;
    for (const Topic& topic : topics)
        text.append(text.empty() ? "" : " ").append(topic.name);
    return text;
}

} // namespace

std::string_view help_topic(std::string_view name) {
    for (const Topic& topic : box_topics)
        if (topic.name == name)
            return topic.text;
    for (const Topic& topic : language_topics)
        if (topic.name == name)
            return topic.text;
    return {};
}

std::string box_topic_names() { return names(box_topics); }

std::string language_topic_names() { return names(language_topics); }
