// SPDX-License-Identifier: GPL-2.0-only
// Command: the command line of one applet, over CLI11.
//
// CLI11 is included by command.cc alone: every other file that saw its templates would pay
// for them in compile time and in bytes of the binary.
#pragma once

#include "tomoyo-box/applet.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

class Command {
public:
    // DESCRIPTION: one or more sentences shown under the usage line of --help.
    Command(const Call& call, const char* description);
    ~Command();
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;

    // NAMES are CLI11's: "-r,--recursive". Variables must outlive parse(), and are changed only by it.
    // META says what a value is: a name that the completions know (FILE, DIR, DOMAIN, PROFILE: see
    // completions/generate.awk), or all the words it may be, "auto|always|never"; any other word is wrong
    // usage then.
    void flag(const char* names, bool& value, const char* help);
    void flag(const char* names, unsigned& times, const char* help); // counts
    void option(const char* names, const char* meta, std::string& value, const char* help);
    void option(const char* names, const char* meta, std::vector<std::string>& values, const char* help);
    // A number outside MIN..MAX, or with anything behind it, is wrong usage.
    void number(const char* names, const char* meta, std::optional<unsigned>& value, unsigned min,
                unsigned max, const char* help);
    // Operands take what is left, in the order of these calls. NAME: "FILE".
    void operand(const char* name, std::string& value, const char* help, bool required);
    void operands(const char* name, std::vector<std::string>& values, const char* help, size_t at_least);

    void example(const char* command, const char* meaning);

    // Sets the variables. A value means: exit with it (--help and --version have been printed).
    // Throws Error (exit 2) on wrong usage.
    [[nodiscard]] std::optional<int> parse();

    // Wrong usage that only the applet can see: throw command.usage_error("..."). In compatibility mode it is
    // what tomoyo-tools print for it.
    [[nodiscard]] class Error usage_error(std::string message) const;

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};
