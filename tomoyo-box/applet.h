// SPDX-License-Identifier: GPL-2.0-only
// Applet: what the multi-call core knows of a tool, and how it calls it.
//
// The table is generated from the head comments of applets/*.cc (registry.awk); nothing else
// names an applet.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

struct Call;

struct Applet {
    std::string_view name;    // "loadpolicy"
    std::string_view path;    // where its link is installed: "/usr/sbin/tomoyo-loadpolicy"
    std::string_view also;    // more such paths, separated by blanks; usually empty
    std::string_view summary; // one line, lower case, no full stop
    int (*run)(const Call&);  // returns an exit code, or throws Error
};

// One call of an applet.
struct Call {
    const Applet& applet;
    std::string name;    // as the user typed it: "tomoyo-loadpolicy", "loadpolicy"
    std::string command; // what calls it again: "/usr/sbin/tomoyo-loadpolicy", "tomoyo-box loadpolicy"
    std::vector<std::string> args; // without the name, and without --compat
    bool compat = false;           // speak as tomoyo-tools 2.6.1 does (--compat, TOMOYO_BOX_COMPAT=1)
};

// Not for people: the first argument of an applet, which then prints its operands and options (HelpPage in
// cli/command.cc). Everything that lists options, completions and checks of the manual pages, is made from
// that.
constexpr const char* dump_options = "--dump-options";

// All applets, sorted by name. Static storage.
std::span<const Applet> applets();

// The applet that NAME means: "loadpolicy", "tomoyo-loadpolicy", "ccs-loadpolicy", "init_policy". Or null.
const Applet* find_applet(std::string_view name);

// The names nearest to a mistyped one, best first, at most three.
std::vector<std::string_view> nearest_applets(std::string_view name);
