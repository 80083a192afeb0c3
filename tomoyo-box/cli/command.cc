// SPDX-License-Identifier: GPL-2.0-only
// Command: the one translation unit that sees CLI11.
#include "tomoyo-box/cli/command.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/compat/usage.h"
#include "tomoyo-box/version.h"

// A copy made by cli11.sh, without <iostream>.
#include <CLI/App.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>

// CLI11 can read and write configuration files, which no applet has.
std::vector<CLI::ConfigItem> CLI::ConfigBase::from_config(mini::istream&) const { return {}; }
std::string CLI::ConfigBase::to_config(const App*, bool, bool, std::string) const { return {}; }

namespace {

constexpr size_t page_width = 79;
constexpr size_t help_column = 26; // where the text on an option begins

// TEXT filled to the width of the page, its lines after the first behind INDENT blanks. Empty lines stay, and
// so do lines that begin with a blank, and the break before them.
std::string wrap(const std::string& text, size_t indent = 0) {
    std::string page;
    size_t column = indent;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find_first_of(" \n", at), text.size());
        if (column > indent && column + (end - at) > page_width) {
            page.back() = '\n'; // it was a blank
            page.append(indent, ' ');
            column = indent;
        }
        page.append(text, at, end - at);
        column += end - at + 1;
        const char next = end + 1 < text.size() ? text[end + 1] : '\n';
        const bool ends_line =
            end < text.size() && text[end] == '\n' && (column == indent + 1 || next == '\n' || next == ' ');
        page += ends_line ? '\n' : ' ';
        if (ends_line)
            column = indent;
        at = end + 1;
    }
    page.back() = '\n';
    return page;
}

// Whether META allows for WORD: a name of values, in upper case, does.
bool fits(std::string_view meta, std::string_view word) {
    for (;;) {
        const std::string_view one = meta.substr(0, meta.find('|'));
        if (one == word || (one.front() >= 'A' && one.front() <= 'Z'))
            return true;
        if (one.size() == meta.size())
            return false;
        meta.remove_prefix(one.size() + 1);
    }
}

[[noreturn]] void refuse(const std::string& word, const std::string& wanted) {
    throw CLI::ValidationError(fmt::format("'{}' is {}", word, wanted));
}

// The help page, in the order of a manual: usage, purpose, operands, options; or, for programs, operands and
// options, each on one line with a tab before what it does.
class HelpPage : public CLI::Formatter {
public:
    explicit HelpPage(bool for_programs) : for_programs_(for_programs) { label("Positionals", "Operands"); }
    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
        std::string page;
        if (!for_programs_)
            page =
                "Usage: " + wrap(make_usage(app, std::move(name)), 7) + "\n" + wrap(app->get_description());
        return page + make_positionals(app) + make_groups(app, mode);
    }
    std::string make_usage(const CLI::App* app, std::string name) const override {
        std::string usage = std::move(name);
        if (!app->get_options([](const CLI::Option* o) { return o->nonpositional(); }).empty())
            usage += " [OPTION]...";
        for (const CLI::Option* o :
             app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
            const std::string operand = make_option_name(o, true);
            usage += o->get_required() ? " " + operand : " [" + operand + "]";
        }
        return usage;
    }
    std::string make_option(const CLI::Option* o, bool is_operand) const override {
        std::string line = make_option_name(o, is_operand);
        if (!is_operand && !o->get_type_name().empty())
            line += " " + o->get_type_name();
        if (for_programs_)
            return line + "\t" + o->get_description() + "\n";
        // The text begins at help_column.
        line = fmt::format("  {:<23} ", line);
        if (line.size() > help_column)
            line.append(1, '\n').append(help_column, ' ');
        return line + wrap(o->get_description(), help_column);
    }
    std::string make_option_name(const CLI::Option* o, bool is_operand) const override {
        return is_operand ? o->get_name(true) + (o->get_expected_max() > 1 ? "..." : "")
                          : o->get_name(false, true);
    }

private:
    bool for_programs_;
};

bool for_programs(const Call& call) { return !call.args.empty() && call.args.front() == dump_options; }

// Where there may be no links, examples call applets as this one was called: "tomoyo-box loadpolicy". Paths
// stay.
std::string as_called(std::string examples, const Call& call) {
    if (call.command.ends_with(' ' + call.name))
        for (size_t at = 0; (at = examples.find("tomoyo-", at)) != std::string::npos; at += 7)
            if (examples[at - 1] != '/')
                examples.replace(at + 6, 1, "-box ");
    return examples;
}

} // namespace

struct Command::Parser {
    explicit Parser(const Call& call, const char* description) : call(call), app(description, call.command) {}

    const Call& call;
    CLI::App app;
    std::string examples;
};

Command::Command(const Call& call, const char* description)
    : parser_(std::make_unique<Parser>(call, description)) {
    CLI::App& app = parser_->app;
    app.formatter(std::make_shared<HelpPage>(for_programs(call)));
    app.set_help_flag("-h,--help", "show this help and exit");
    app.set_version_flag("--version", std::string(version_line), "show the version and exit");
}

Command::~Command() = default;

void Command::flag(const char* names, bool& value, const char* help) {
    parser_->app.add_flag(names, value, help);
}

void Command::flag(const char* names, unsigned& times, const char* help) {
    parser_->app.add_flag(names, times, help);
}

void Command::option(const char* names, const char* meta, std::string& value, const char* help) {
    const auto read = [&value, meta](const CLI::results_t& words) {
        value = words.back();
        if (!fits(meta, value))
            refuse(value, std::string("none of ") + meta);
        return true;
    };
    parser_->app.add_option(names, read, help)->type_name(meta);
}

void Command::option(const char* names, const char* meta, std::vector<std::string>& values,
                     const char* help) {
    parser_->app.add_option(names, values, help)
        ->type_name(meta)
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
}

void Command::number(const char* names, const char* meta, std::optional<unsigned>& value, unsigned min,
                     unsigned max, const char* help) {
    const auto read = [&value, min, max](const CLI::results_t& words) {
        const std::string& word = words.back();
        unsigned number = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error != std::errc() || end != word.data() + word.size() || number < min || number > max)
            refuse(word, fmt::format("not a number from {} to {}", min, max));
        value = number;
        return true;
    };
    parser_->app.add_option(names, read, help)->type_name(meta);
}

void Command::operand(const char* name, std::string& value, const char* help, bool required) {
    parser_->app.add_option(name, value, help)->required(required);
}

void Command::operands(const char* name, std::vector<std::string>& values, const char* help,
                       size_t at_least) {
    parser_->app.add_option(name, values, help)
        ->required(at_least > 0)
        ->expected(static_cast<int>(at_least), 1 << 20);
}

void Command::example(const char* command, const char* meaning) {
    parser_->examples += fmt::format("  {}\n      {}\n", command, meaning);
}

std::optional<int> Command::parse() {
    if (for_programs(parser_->call)) {
        out().write(parser_->app.help());
        return exit_ok;
    }
    std::vector<std::string> reversed(parser_->call.args.rbegin(),
                                      parser_->call.args.rend()); // CLI11's order
    try {
        parser_->app.parse(std::move(reversed));
        return std::nullopt;
    } catch (const CLI::CallForHelp&) {
        out().write(parser_->app.help());
        if (!parser_->examples.empty())
            out().print("\nExamples:\n{}", as_called(parser_->examples, parser_->call));
        return exit_ok;
    } catch (const CLI::CallForVersion&) {
        out().print("{}\n", version_line);
        return exit_ok;
    } catch (const CLI::ExtrasError&) {
        const std::vector<std::string> extra = parser_->app.remaining();
        for (const std::string& arg : parser_->call.args)
            if (std::find(extra.begin(), extra.end(), arg) != extra.end())
                throw usage_error(fmt::format(
                    "{} '{}'", arg.starts_with('-') ? "unknown option" : "unexpected argument", arg));
        throw usage_error("unexpected arguments");
    } catch (const CLI::ParseError& error) {
        throw usage_error(error.what());
    }
}

Error Command::usage_error(std::string message) const {
    Error error(exit_trouble, std::move(message), fmt::format("see '{} --help'", parser_->call.command));
    const compat::Usage usage = compat::usage_of(parser_->call.applet, parser_->call.name);
    if (usage.text.empty())
        return error;
    if (parser_->call.compat && usage.to_stdout)
        out().write(usage.text + "\n");
    return error.legacy(usage.to_stdout ? "" : usage.text, usage.code);
}
