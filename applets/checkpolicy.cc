// SPDX-License-Identifier: GPL-2.0-only
// applet: checkpolicy
// path: /usr/sbin/tomoyo-checkpolicy
// also:
// summary: say what is wrong in policy files, and what would be right
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/policy/advice.h"
#include "tomoyo-box/policy/boot_check.h"
#include "tomoyo-box/policy/complaint.h"
#include "tomoyo-box/policy/cross_check.h"
#include "tomoyo-box/policy/dialect.h"
#include "tomoyo-box/policy/hash.h"
#include "tomoyo-box/policy/remarks.h"
#include "tomoyo-box/policy/words.h"
#include "tomoyo-box/store/layout.h"

#include <algorithm>
#include <unistd.h>

namespace {

using policy::Language;

constexpr struct {
    std::string_view word; // what names it on the command line, and what the names of its files begin with
    Language language;
} languages[] = {
    {"domain_policy", Language::domains}, {"exception_policy", Language::exceptions},
    {"profile", Language::profiles},      {"manager", Language::managers},
    {"stat", Language::quotas},
};

std::string_view word_of(Language language) {
    for (const auto& [word, its] : languages)
        if (its == language)
            return word;
    return {};
}

// Bytes that the kernel takes for blanks, but nobody else does.
bool illegal(char c) { return (c < ' ' || c > '~') && c != '\t'; }

// What has been found, as it is printed and counted.
class Report {
public:
    explicit Report(bool json) : json_(json), color_(!json && use_color(STDOUT_FILENO)) {
        if (json_)
            text_.object().key("problems").array();
    }

    struct Place {
        std::string_view file;
        unsigned long line = 0;
        size_t column = 0;      // from 1 in RAW, 0: none
        std::string_view raw{}; // the line as it is written
    };
    void error(const Place& place, std::string_view text, const policy::Advice& advice = {}) {
        errors_++;
        show(place, "error", "\033[1;31m", text, advice);
    }
    void warning(const Place& place, std::string_view text, const policy::Advice& advice = {}) {
        warnings_++;
        show(place, "warning", "\033[1;35m", text, advice);
    }

    // In the words of tomoyo-tools 2.6.1.
    void legacy_error(unsigned long line, std::string_view text) {
        errors_++;
        out().print("{}: ERROR: {}\n", line, text);
    }
    void legacy_warning(unsigned long line, std::string_view text) {
        warnings_++;
        out().print("{}: WARNING: {}\n", line, text);
    }

    void count_line() { lines_++; }

    int finish() {
        if (json_) {
            text_.end().key("lines").value(lines_).key("errors").value(errors_);
            text_.key("warnings").value(warnings_);
            out().write(text_.end().text());
        } else {
            const auto plural = [](uint64_t count) { return count > 1 ? "s" : ""; };
            out().print("Total:   {} Line{}   {} Error{}   {} Warning{}\n", lines_, plural(lines_), errors_,
                        plural(errors_), warnings_, plural(warnings_));
        }
        return errors_ ? exit_trouble : warnings_ ? exit_negative : exit_ok;
    }

private:
    void show(const Place& place, const char* severity, const char* color, std::string_view text,
              const policy::Advice& advice) {
        if (json_)
            return show_json(place, severity, text, advice);
        std::string where(place.file);
        if (place.line)
            where += fmt::format(":{}", place.line);
        if (place.column)
            where += fmt::format(":{}", place.column);
        const std::string hint = phrase(advice);
        out().print("{}: {}{}:{} {}{}{}\n", where, color_ ? color : "", severity, color_ ? "\033[0m" : "",
                    text, hint.empty() ? "" : "; ", hint);
        if (place.raw.data())
            show_line(place);
    }

    // The line, or the part of a long one that matters, and a caret below.
    static void show_line(const Place& place) {
        constexpr size_t before = 60, most = 100;
        const size_t at = place.column - 1, from = at > before ? at - before : 0;
        std::string part(place.raw.substr(from, most));
        for (char& c : part)
            if (c < ' ' || c > '~')
                c = c == '\t' ? ' ' : '?'; // a terminal shall not obey it
        out().print("    {}\n    {:{}}^\n", part, "", at - from);
    }

    void show_json(const Place& place, const char* severity, std::string_view text,
                   const policy::Advice& advice) {
        text_.object().key("file").value(place.file);
        text_.key("line");
        place.line ? text_.value(place.line) : text_.null();
        text_.key("column");
        place.column ? text_.value(place.column) : text_.null();
        text_.key("severity").value(severity).key("text").value(text).key("suggestion");
        advice.kind == policy::Advice::none ? text_.null() : text_.value(advice.text);
        text_.key("suggestion_is_line")
            .value(advice.kind == policy::Advice::correction || advice.kind == policy::Advice::example);
        text_.end();
        out().write(text_.take());
    }

    bool json_, color_;
    Json text_;
    uint64_t lines_ = 0, errors_ = 0, warnings_ = 0;
};

struct Settings {
    bool compat = false;
    bool strict = false;
    bool mainline = false; // judge for the kernel's own TOMOYO 2.6
    bool boot = false;
};

// One file in its language.
class FileCheck {
public:
    FileCheck(Language language, const Settings& settings, Report& report, policy::CrossCheck* cross)
        : language_(language), settings_(settings), report_(report), cross_(cross) {}

    void run(LineReader& reader) {
        std::string_view line;
        while (reader.next_normalized(line)) {
            if (settings_.compat && !reader.has_newline())
                return;
            report_.count_line();
            bytes(reader);
            const policy::Line parsed = policy::parse_line(language_, line);
            if (settings_.compat) {
                legacy(line, parsed, reader.number());
                continue;
            }
            if (const auto* problem = std::get_if<policy::Problem>(&parsed))
                wrong(line, *problem, reader);
            else
                right(line, parsed, reader);
        }
    }

private:
    // COLUMN is one of the normalized line.
    static Report::Place place(const LineReader& reader, size_t column) {
        return {reader.name(), reader.number(), raw_column(reader.raw(), column), reader.raw()};
    }

    void bytes(const LineReader& reader) {
        const std::string_view raw = reader.raw();
        const auto found = std::find_if(raw.begin(), raw.end(), illegal);
        if (found == raw.end())
            return;
        const unsigned byte = static_cast<unsigned char>(*found);
        if (settings_.compat)
            return report_.legacy_warning(reader.number(),
                                          fmt::format("Line contains illegal character (\\{:03o}).", byte));
        const Report::Place place{reader.name(), reader.number(),
                                  static_cast<size_t>(found - raw.begin()) + 1, raw};
        if (byte == 0)
            report_.warning(place, "a NUL byte: for the kernel the line ends here");
        else
            report_.warning(
                place,
                fmt::format("for the kernel this byte is a blank; in a name write it as \\{:03o}", byte));
    }

    void legacy(std::string_view line, const policy::Line& parsed, unsigned long number) {
        if (const auto* problem = std::get_if<policy::Problem>(&parsed)) {
            if (was_taken(language_, line, *problem))
                return;
            const std::string text = complaint(language_, line, problem->column);
            report_.legacy_error(number, text);
            if (text.ends_with(" is a bad namespace")) { // what is behind it was judged all the same
                policy::take_word(line);
                legacy(line, policy::parse_line(language_, line), number);
            }
            return;
        }
        if (const auto text = complaint_of_right(line, parsed))
            return report_.legacy_error(number, *text);
        if (const auto remark = remark_on(language_, line, parsed, false); remark && remark->error)
            report_.legacy_error(number, complaint(language_, line, remark->column));
    }

    void wrong(std::string_view line, const policy::Problem& problem, const LineReader& reader) {
        const Report::Place where = place(reader, problem.column);
        if (settings_.mainline)
            if (const auto taken = policy::taken_by_mainline(language_, line))
                return report_.warning(where,
                                       fmt::format("{}, but mainline takes it {}", problem.reason, *taken));
        report_.error(where, problem.reason, policy::advise(language_, line));
    }

    void right(std::string_view line, const policy::Line& parsed, const LineReader& reader) {
        if (const auto remark = remark_on(language_, line, parsed, settings_.strict)) {
            const Report::Place where = place(reader, remark->column);
            remark->error ? report_.error(where, remark->text, remark->advice)
                          : report_.warning(where, remark->text, remark->advice);
        }
        if (settings_.strict)
            repeated(line, parsed, reader);
        if (cross_)
            cross_->see(language_, line, parsed, reader.number());
    }

    // A line that says what one before it says, of the same domain.
    void repeated(std::string_view line, const policy::Line& parsed, const LineReader& reader) {
        const auto* domain = std::get_if<policy::DomainLine>(&parsed);
        const auto* exception = std::get_if<policy::ExceptionLine>(&parsed);
        if (domain && domain->type == TMY_LINE_DOMAIN)
            section_ = policy::hash(line, seed_);
        else if (domain || exception) {
            const std::string text = domain ? policy::canonical(*domain) : policy::canonical(*exception);
            const auto [first, is_new] = seen_.try_emplace(policy::hash(text, section_), reader.number());
            if (!is_new)
                report_.warning(place(reader, 1), fmt::format("line {} says the same", first->second));
        }
    }

    Language language_;
    const Settings& settings_;
    Report& report_;
    policy::CrossCheck* cross_;
    // For repeated lines.
    std::unordered_map<uint64_t, uint32_t> seen_;
    uint64_t seed_ = policy::random_seed(), section_ = 0;
};

void check_file(const std::string& path, Language language, const Settings& settings, Report& report,
                policy::CrossCheck* cross = nullptr) {
    Input input(path, false);
    LineReader reader = input.lines();
    FileCheck(language, settings, report, cross).run(reader);
}

// "FILE:LINE" of BootCheck.
Report::Place boot_place(const std::string& where) {
    const size_t colon = where.rfind(':');
    std::string_view number =
        colon == std::string::npos ? std::string_view() : std::string_view(where).substr(colon + 1);
    const auto line = policy::take_number(number, UINT32_MAX);
    if (!line || !number.empty())
        return {where};
    return {std::string_view(where).substr(0, colon), *line};
}

// Would a kernel start with the policy of a directory?
void check_boot(const std::string& directory, bool complete, Report& report) {
    const policy::BootCheck check =
        policy::check_boot({directory + "/profile.conf", directory + "/exception_policy.conf",
                            directory + "/domain_policy.conf"});
    if (!complete) {
        for (const auto& missing : check.undefined_profiles())
            report.error(
                boot_place(missing.where.empty() ? directory + "/profile.conf" : missing.where),
                fmt::format("profile {} (used by '{}') is not defined", missing.profile, missing.domain));
        return;
    }
    for (const policy::BootProblem& problem : check.problems())
        if (problem.fatal)
            report.error(boot_place(problem.where), "the kernel does not start with this: " + problem.text);
}

// The files of one policy, and what they are together.
void check_directory(std::string directory, const Settings& settings, Report& report) {
    const auto path = [&](std::string_view file) { return fmt::format("{}/{}.conf", directory, file); };
    while (directory.size() > 1 && directory.back() == '/')
        directory.pop_back();
    const bool has_any =
        std::ranges::any_of(languages, [&](const auto& one) { return exists(path(one.word)); });
    if (!has_any && is_directory(directory + "/policy/current"))
        directory += "/policy/current";
    policy::CrossCheck cross;
    bool found = false;
    for (const auto& [word, language] : languages)
        if (exists(path(word))) {
            found = true;
            check_file(path(word), language, settings, report, &cross);
        }
    if (!found && !settings.boot)
        throw trouble(
            "{} holds no file of a policy: domain_policy.conf, exception_policy.conf, profile.conf, "
            "manager.conf or stat.conf",
            directory);
    if (exists(path("exception_policy")))
        for (const policy::CrossCheck::Group& group : cross.groups())
            if (const std::string text = group.doubt(settings.strict); !text.empty())
                report.warning({path(word_of(group.language)), group.line, group.column}, text);
    if (settings.boot || (exists(path("profile")) && exists(path("domain_policy"))))
        check_boot(directory, settings.boot, report);
}

// "d", "dom", "domain_policy"; or as tomoyo-tools had it, any word with such a first letter that is no file.
std::optional<Language> language_of_word(const std::string& word) {
    for (const auto& [name, language] : languages)
        if (!word.empty() && name.starts_with(word))
            return language;
    if (word.find_first_of("./") != std::string::npos || exists(word))
        return std::nullopt;
    if (word.starts_with('d'))
        return Language::domains;
    if (word.starts_with('e'))
        return Language::exceptions;
    return std::nullopt;
}

std::optional<Language> language_of_file(const std::string& path) {
    const std::string name = file_name(path);
    for (const auto& [word, language] : languages)
        if (name.starts_with(word))
            return language;
    return std::nullopt;
}

void check_operand(const std::string& path, const Command& command, const Settings& settings,
                   Report& report) {
    if (path != "-" && is_directory(path))
        return check_directory(path, settings, report);
    if (settings.boot)
        throw command.usage_error(
            fmt::format("'{}' is no directory; --boot looks at all files of one", path));
    const auto language = language_of_file(path);
    if (!language)
        throw command.usage_error(
            fmt::format("'{}': which policy is it? Put d, e, p, m or s in front", path));
    check_file(path, *language, settings, report);
}

} // namespace

namespace applet {

int checkpolicy(const Call& call) {
    Command command(
        call,
        "Judges policy as the kernel does, and says where a line is wrong, why, and what would be right.\n"
        "WHAT is d (domain policy), e (exception policy), p (profiles), m (managers) or s (stat), and\n"
        "standard input is read without a FILE. Without WHAT the names of the FILEs tell; a directory\n"
        "stands for all files of its policy, which are then checked together.");
    Settings settings;
    settings.compat = call.compat;
    std::vector<std::string> operands;
    std::string kernel = "ours";
    bool json = false;
    command.flag("--boot", settings.boot,
                 "would the kernel start with this directory (/etc/tomoyo)? Files must not be missing");
    command.option("--kernel", "KERNEL", kernel, "'2.6': judge for mainline's TOMOYO; 'ours' is the default");
    command.flag("--strict", settings.strict, "warn also of what is right but seldom meant");
    command.flag("--json", json, "an object with all problems, for programs");
    command.operands("WHAT|FILE|DIR", operands,
                     "a letter and files, or files, or directories; '-': standard input", 0);
    command.example("tomoyo-checkpolicy d <domain_policy.conf", "judge domain policy");
    command.example("tomoyo-checkpolicy /etc/tomoyo",
                    "all files that the next boot loads, and whether they fit");
    command.example("tomoyo-checkpolicy --boot /mnt/etc/tomoyo", "would a board start with it?");
    command.legacy_usage(fmt::format("{} e|d < policy_to_check", call.name), false, exit_ok);
    if (call.compat) {
        // Of all its arguments it looked at one letter.
        const char letter = call.args.empty() || call.args.front().empty() ? ' ' : call.args.front().front();
        if (letter != 'd' && letter != 'e')
            throw command.usage_error("which policy? d or e");
        Report report(false);
        check_file("-", letter == 'd' ? Language::domains : Language::exceptions, settings, report);
        return report.finish();
    }
    if (const auto code = command.parse())
        return *code;
    if (kernel != "ours" && kernel != "2.6")
        throw command.usage_error(fmt::format("'{}' is no kernel: 2.6 or ours", kernel));
    settings.mainline = kernel == "2.6";
    if (operands.empty() && settings.boot)
        operands = {store::default_directory};
    if (operands.empty())
        throw command.usage_error("which policy? d, e, p, m or s; or a FILE or a directory");

    const auto language = settings.boot ? std::nullopt : language_of_word(operands.front());
    if (language) {
        operands.erase(operands.begin());
        if (operands.empty())
            operands = {"-"};
    }
    Report report(json);
    for (const std::string& operand : operands) {
        if (!language) {
            check_operand(operand, command, settings, report);
            continue;
        }
        if (operand == "-" && isatty(STDIN_FILENO))
            warn("reading policy from the terminal; end with Ctrl-D");
        check_file(operand, *language, settings, report);
    }
    return report.finish();
}

} // namespace applet
