// SPDX-License-Identifier: GPL-2.0-only
// The box called by its own name.
#include "tomoyo-box/multiplexer.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/install.h"
#include "tomoyo-box/version.h"

namespace {

constexpr int exit_unknown_applet = 127; // as a shell says of a command it cannot find

constexpr std::string_view usage =
    "Usage: tomoyo-box APPLET [ARGUMENT]...\n"
    "   or: APPLET [ARGUMENT]...                (through a link named like the applet)\n"
    "   or: tomoyo-box --list | --list-full     (names; paths of the links)\n"
    "   or: tomoyo-box --install [-s] [-f] [DIR] (make hard or symbolic links)\n"
    "   or: tomoyo-box help [TOPIC]\n"
    "   or: tomoyo-box --version\n"
    "\n"
    "TOMOYO Linux policy tools in one program. An applet may be called as NAME,\n"
    "tomoyo-NAME or ccs-NAME.\n";

int unknown_applet(const std::string& name) {
    std::string message = fmt::format("'{}' is not an applet", name);
    if (const auto nearest = nearest_applets(name); !nearest.empty()) {
        message += "; did you mean";
        for (size_t i = 0; i < nearest.size(); i++)
            message += fmt::format("{} '{}'",
                                   i == 0                    ? ""
                                   : i + 1 == nearest.size() ? " or"
                                                             : ",",
                                   nearest[i]);
        message += '?';
    } else {
        message += "; see 'tomoyo-box --list'";
    }
    warn("{}", message);
    return exit_unknown_applet;
}

void print_page() {
    out().write(usage);
    out().write("\nApplets:\n");
    for (const Applet& applet : applets())
        out().print("  {:<14} {}\n", applet.name, applet.summary);
    out().print("\nTopics: {}\nPolicy: {}\n", box_topic_names(), language_topic_names());
    out().write("\nExamples:\n"
                "  tomoyo-box --install -s\n      put symbolic links to all applets in their places\n"
                "  tomoyo-box status\n      is TOMOYO active here, and what to do next\n"
                "  tomoyo-box help managers\n      who may change the policy, and how to register a program\n"
                "  tomoyo-box help policy\n      what the lines of a policy mean\n");
}

int help(const std::string& topic) {
    if (const Applet* applet = find_applet(topic))
        return run_applet(*applet, topic, {"--help"});
    const std::string_view text = help_topic(topic);
    if (text.empty()) {
        warn("there is no help on '{}'; topics are the applets and: {} {}", topic, box_topic_names(),
             language_topic_names());
        return exit_trouble;
    }
    out().write(text);
    return exit_ok;
}

void print_paths() {
    for (const Applet& applet : applets())
        for (const std::string& path : link_paths(applet))
            out().print("{}\n", path.substr(1));
}

} // namespace

int multiplexer(const Call& call) {
    if (call.args.empty()) {
        print_page();
        return exit_ok;
    }
    const std::string& first = call.args.front();
    const std::vector<std::string> rest(call.args.begin() + 1, call.args.end());
    if (first == "--help" || first == "-h" || (first == "help" && rest.empty())) {
        print_page();
    } else if (first == "help") {
        return help(rest.front());
    } else if (first == "--version") {
        out().print("{}\n", version_line);
    } else if (first == "--list") {
        for (const Applet& applet : applets())
            out().print("{}\n", applet.name);
    } else if (first == "--list-full") {
        print_paths();
    } else if (first == "--install") {
        return install_links(rest);
    } else if (first.starts_with('-')) {
        throw Error(exit_trouble, fmt::format("unknown option '{}'", first), "see 'tomoyo-box --help'");
    } else if (const Applet* applet = find_applet(first)) {
        return run_applet(*applet, first, rest);
    } else {
        return unknown_applet(first);
    }
    return exit_ok;
}
