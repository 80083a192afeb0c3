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
    "   or: APPLET [ARGUMENT]...                (through a link of that name)\n"
    "   or: tomoyo-box help [TOPIC]\n"
    "   or: tomoyo-box OPTION\n"
    "\n"
    "TOMOYO Linux policy tools in one program. An applet may be called as NAME,\n"
    "tomoyo-NAME or ccs-NAME.\n";

// Also what completions offer: a name, two blanks at least, its meaning.
constexpr std::string_view options =
    "  --install [-s] [-f] [DIR]  make links: hard, -s symbolic; -f replaces files\n"
    "  --list                     print the names of the applets\n"
    "  --list-full                print the paths of their links\n"
    "  -h,--help                  show this help and exit\n"
    "  --version                  show the version and exit\n";

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

void print_own() {
    out().print("\nTopics: {}\nPolicy: {}\n\nOptions:\n{}", box_topic_names(), language_topic_names(),
                options);
}

void print_page() {
    out().write(usage);
    out().write("\nApplets:\n");
    for (const Applet& applet : applets())
        out().print("  {:<14} {}\n", applet.name, applet.summary);
    print_own();
    out().write("\nExamples:\n"
                "  tomoyo-box --install -s\n      put symbolic links to all applets in their places\n"
                "  tomoyo-box status\n      is TOMOYO active here, and what to do next\n"
                "  tomoyo-box help managers\n      who may change the policy, and how to register a program\n"
                "  tomoyo-box help policy\n      what the lines of a policy mean\n");
}

int help(const std::string& topic, std::string_view caller) {
    if (const Applet* applet = find_applet(topic))
        return run_applet(*applet, caller, topic, {"--help"});
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

// What each applet says of itself (cli/command.h), behind a line of its own.
void print_options() {
    print_own();
    for (const Applet& applet : applets()) {
        out().print("\n{}\t{}\n", applet.name, applet.summary);
        run_applet(applet, "", applet.name, {dump_options});
    }
}

} // namespace

int multiplexer(const Call& call) {
    if (call.args.empty()) {
        print_page();
        return exit_ok;
    }
    const std::string& first = call.args.front();
    const std::string caller = call.command + ' ';
    const std::vector<std::string> rest(call.args.begin() + 1, call.args.end());
    if (first == "--help" || first == "-h" || (first == "help" && rest.empty())) {
        print_page();
    } else if (first == "help") {
        return help(rest.front(), caller);
    } else if (first == "--version") {
        out().print("{}\n", version_line);
    } else if (first == "--list") {
        for (const Applet& applet : applets())
            out().print("{}\n", applet.name);
    } else if (first == "--list-full") {
        print_paths();
    } else if (first == dump_options) {
        print_options();
    } else if (first == "--install") {
        return install_links(rest);
    } else if (first.starts_with('-')) {
        throw Error(exit_trouble, fmt::format("unknown option '{}'", first), "see 'tomoyo-box --help'");
    } else if (const Applet* applet = find_applet(first)) {
        return run_applet(*applet, caller, first, rest);
    } else {
        return unknown_applet(first);
    }
    return exit_ok;
}
