// SPDX-License-Identifier: GPL-2.0-only
// applet: checkpolicy
// path: /usr/sbin/tomoyo-checkpolicy
// also:
// summary: say what is wrong in policy files, and what would be right
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/cli/report.h"
#include "tomoyo-box/compat/complaint.h"
#include "tomoyo-box/policy/audit/rules.h"
#include "tomoyo-box/policy/check/advice.h"
#include "tomoyo-box/policy/check/boot_check.h"
#include "tomoyo-box/policy/check/cross_check.h"
#include "tomoyo-box/policy/check/dialect.h"
#include "tomoyo-box/policy/check/remarks.h"
#include "tomoyo-box/policy/config/editor_settings.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/policy/language/socket_types.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/rules.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/policy_directory.h"

#include <algorithm>
#include <unistd.h>

namespace {

using policy::kind_of;
using policy::Language;

// Bytes that the kernel takes for blanks, but nobody else does.
bool illegal(char c) { return (c < ' ' || c > '~') && c != '\t'; }

using policy::Report;

struct Settings {
    bool compat = false;
    bool strict = false;
    bool mainline = false; // judge for the kernel's own TOMOYO 2.6
    bool boot = false;
};

// COLUMN is one of the normalized line.
Report::Place place(const policy::PolicyReader& reader, size_t column) {
    return {reader.name(), reader.number(), policy::raw_column(reader.raw(), column), reader.raw()};
}

// Bytes in a file that no line should hold. What a file has as a whole is told once.
class ByteCheck {
public:
    ByteCheck(bool compat, Report& report) : compat_(compat), report_(report) {}

    // Counts the line that has been read, and looks at it.
    void see(const policy::PolicyReader& reader) {
        report_.count_line();
        if (reader.was_canonical())
            return;
        const std::string_view raw = reader.raw();
        const std::string_view part = compat_ ? raw : without_marks(reader, raw);
        const auto found = std::find_if(part.begin(), part.end(), illegal);
        if (found == part.end())
            return;
        const unsigned byte = static_cast<unsigned char>(*found);
        if (compat_)
            return report_.legacy_warning(reader.number(),
                                          fmt::format("Line contains illegal character (\\{:03o}).", byte));
        report_.warning(
            {reader.name(), reader.number(), static_cast<size_t>(&*found - raw.data()) + 1, raw},
            byte == 0
                ? "a NUL byte: for the kernel the line ends here"
                : fmt::format("for the kernel this byte is a blank; in a name write it as \\{:03o}", byte));
    }

private:
    std::string_view without_marks(const policy::PolicyReader& reader, std::string_view raw) {
        std::string_view part = raw;
        if (reader.number() == 1 && strip(part, "\xef\xbb\xbf"))
            report_.warning({reader.name(), 1, 1, raw},
                            "the file begins with a byte order mark (BOM), three blanks for the kernel; "
                            "save it as plain text");
        if (!part.ends_with('\r'))
            return part;
        if (!std::exchange(has_cr_, true))
            report_.warning({reader.name(), reader.number(), raw.size(), raw},
                            "the file has line ends of DOS (CR LF), and CR is a blank for the kernel; "
                            "save it with those of Unix (LF)");
        part.remove_suffix(1);
        return part;
    }

    bool compat_;
    Report& report_;
    bool has_cr_ = false;
};

// One file in its language.
class FileCheck {
public:
    FileCheck(Language language, const Settings& settings, Report& report, policy::CrossCheck* cross)
        : language_(language), settings_(settings), report_(report), cross_(cross),
          bytes_(settings.compat, report) {}

    void run(policy::PolicyReader& reader) {
        std::string_view line;
        while (reader.next_normalized(line)) {
            if (settings_.compat && !reader.has_newline())
                return;
            bytes_.see(reader);
            const policy::Line parsed = policy::parse_line(language_, line);
            if (settings_.compat) {
                for (const std::string& text : compat::complaints(language_, line, parsed))
                    report_.legacy_error(reader.number(), text);
                continue;
            }
            if (language_ == Language::domains)
                place_in_domain(line, parsed, reader);
            if (const auto* problem = std::get_if<policy::Problem>(&parsed))
                wrong(line, *problem, reader);
            else
                right(line, parsed, reader);
        }
        sockets();
    }

private:
    // Below no domain a line is lost. One line alone may be a question about that line.
    void place_in_domain(std::string_view line, const policy::Line& parsed,
                         const policy::PolicyReader& reader) {
        const auto* domain = std::get_if<policy::DomainLine>(&parsed);
        const auto* order = std::get_if<policy::Order>(&parsed);
        const bool resets = (order && order->order == TMY_ORDER_RESET) ||
                            (domain && domain->type == TMY_LINE_DOMAIN && domain->remove);
        if (std::holds_alternative<policy::Blank>(parsed) || std::holds_alternative<policy::Comment>(parsed))
            return;
        if (alone_) {
            outside(*alone_, alone_raw_);
            alone_.reset();
        }
        if (resets || policy::is_heading(line)) {
            below_ = resets ? nowhere : somewhere;
        } else if (domain && domain->type >= TMY_LINE_PROFILE && below_ == nowhere) {
            below_ = told;
            if (!any_ && !cross_) {
                alone_ = Report::Place{reader.name(), reader.number(), policy::raw_column(reader.raw(), 1)};
                alone_raw_ = reader.raw();
            } else {
                outside(place(reader, 1), reader.raw());
            }
        }
        any_ = true;
    }

    void outside(Report::Place where, std::string_view raw) {
        where.raw = raw;
        report_.error(where, "no domain is named above, so the kernel drops this line and those that follow");
    }

    void wrong(std::string_view line, const policy::Problem& problem, const policy::PolicyReader& reader) {
        const Report::Place where = place(reader, problem.column);
        if (settings_.mainline)
            if (const auto taken = policy::taken_by_mainline(language_, line))
                return report_.warning(where,
                                       fmt::format("{}, but mainline takes it {}", problem.reason, *taken));
        report_.error(where, problem.reason, policy::advise(language_, line));
    }

    void right(std::string_view line, const policy::Line& parsed, const policy::PolicyReader& reader) {
        if (const auto remark = remark_on(language_, line, parsed, settings_.strict)) {
            const Report::Place where = place(reader, remark->column);
            remark->error ? report_.error(where, remark->text, remark->advice)
                          : report_.warning(where, remark->text, remark->advice);
        }
        if (settings_.strict)
            repeated(line, parsed, reader);
        socket_entry(line, parsed, reader);
        if (cross_)
            cross_->see(language_, line, parsed, reader.number());
    }

    // Entries of sockets are judged in the end, beside the others of the domain or group.
    void socket_entry(std::string_view line, const policy::Line& parsed, const policy::PolicyReader& reader) {
        const auto* domain = std::get_if<policy::DomainLine>(&parsed);
        const auto* exception = std::get_if<policy::ExceptionLine>(&parsed);
        if (domain && domain->type == TMY_LINE_DOMAIN)
            socket_context_ = text_hash(line, seed_);
        const tmy_entry* entry = nullptr;
        uint64_t context = socket_context_;
        if (domain && domain->type == TMY_LINE_ENTRY && !domain->remove)
            entry = &domain->entry;
        if (exception && exception->exception.type == TMY_ACL_GROUP && !exception->remove) {
            entry = &exception->exception.entry;
            context = text_hash(exception->space, exception->exception.acl_group);
        }
        if (!entry || (entry->kind != TMY_INET && entry->kind != TMY_UNIX))
            return;
        socket_types_.note(context, *entry);
        if (settings_.mainline || entry->operations >> TMY_LISTEN & 1)
            socket_lines_.push_back({reader.name(), reader.number(), context, policy::canonical(*entry)});
    }

    // What a kernel that does not compare types of sockets did not learn.
    void sockets() {
        for (const SocketLine& line : socket_lines_) {
            policy::DomainLine parsed;
            if (policy::parse(line.text, parsed))
                continue;
            tmy_entry entry = parsed.entry;
            if (settings_.mainline) {
                for (const tmy_entry& other : socket_types_.missing(line.context, entry)) {
                    socket_types_.note(line.context, other);
                    report_.warning(
                        {line.file, line.number},
                        fmt::format("mainline does not compare types of sockets: this grants '{}', "
                                    "too, which learning has not added",
                                    policy::canonical(other)));
                }
            } else if (socket_types_.listens_unbound(line.context, entry)) {
                entry.operations = 1U << TMY_BIND;
                report_.warning(
                    {line.file, line.number},
                    fmt::format(
                        "it may listen, but lacks '{}': a kernel that does not compare types of sockets does "
                        "not learn that beside another type's; tomoyo-upgrade --from=2.6 adds it",
                        policy::canonical(entry)));
            }
        }
    }

    // A line that says what one before it says, of the same domain.
    void repeated(std::string_view line, const policy::Line& parsed, const policy::PolicyReader& reader) {
        const auto* domain = std::get_if<policy::DomainLine>(&parsed);
        const auto* exception = std::get_if<policy::ExceptionLine>(&parsed);
        if (domain && domain->type == TMY_LINE_DOMAIN)
            section_ = text_hash(line, seed_);
        else if (domain || exception) {
            const std::string text = domain ? policy::canonical(*domain) : policy::canonical(*exception);
            const auto [first, is_new] = seen_.try_emplace(text_hash(text, section_), reader.number());
            if (!is_new)
                report_.warning(place(reader, 1), fmt::format("line {} says the same", first->second));
        }
    }

    Language language_;
    const Settings& settings_;
    Report& report_;
    policy::CrossCheck* cross_;
    ByteCheck bytes_;
    // Domain policy: what the lines are below of.
    enum : uint8_t { nowhere, told, somewhere } below_ = nowhere;
    bool any_ = false;                   // line that is neither blank nor a comment
    std::optional<Report::Place> alone_; // the first one, which is below no domain
    std::string alone_raw_;
    // Entries of sockets.
    struct SocketLine {
        std::string file;
        unsigned long number;
        uint64_t context;
        std::string text;
    };
    policy::SocketTypes socket_types_;
    std::vector<SocketLine> socket_lines_;
    uint64_t socket_context_ = 0;
    // For repeated lines.
    std::unordered_map<uint64_t, uint32_t> seen_;
    uint64_t seed_ = random_seed(), section_ = 0;
};

void check_file(const std::string& path, Language language, const Settings& settings, Report& report,
                policy::CrossCheck* cross = nullptr) {
    Input input = policy_input(path);
    policy::PolicyReader reader = input.lines();
    FileCheck(language, settings, report, cross).run(reader);
}

// A file of tools/: rules of a daemon, or settings of the editor. False when it is none that is known.
bool check_tool_file(const std::string& path, Report& report) {
    const std::string name = file_name(path);
    const bool is_audit = name.starts_with("auditd"), is_rewrite = name.starts_with("patternize");
    if (!is_audit && !is_rewrite && !name.starts_with("editpolicy"))
        return false;
    policy::AuditRules audit;
    policy::RewriteRules rewrite;
    policy::EditorSettings editor;
    Input input(path, false);
    policy::PolicyReader reader = input.lines();
    ByteCheck bytes(false, report);
    std::string_view line;
    while (reader.next_normalized(line)) {
        bytes.see(reader);
        if (line.empty() || line.front() == '#')
            continue;
        const auto problem = is_audit ? audit.add(line) : is_rewrite ? rewrite.add(line) : editor.add(line);
        if (problem)
            report.error(place(reader, problem->column), problem->reason);
    }
    if (audit.unfinished() || rewrite.unfinished())
        report.warning({path, reader.number()}, "conditions at the end, with nothing that they are for");
    return true;
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

std::string path_of(const std::string& directory, Language language) {
    return directory + '/' + kind_of(language).file;
}

// Would a kernel start with the policy of a directory?
void check_boot(const std::string& directory, bool complete, Report& report) {
    policy::BootFiles files = policy::boot_files_in(directory);
    // Where there are snapshots, tomoyo-init takes one that is complete instead.
    if (complete && exists(files.profile) && !exists(files.domain_policy) &&
        link_target(files.domain_policy).empty() && !exists(directory + "/policy")) {
        report.note({files.domain_policy}, "there is none: the kernel starts, with the domain <kernel> in "
                                           "profile 0 and no other");
        files.domain_policy.clear();
    }
    const policy::BootCheck check = policy::check_boot(files);
    if (!complete) {
        for (const auto& missing : check.undefined_profiles())
            report.error(
                boot_place(missing.where.empty() ? path_of(directory, Language::profiles) : missing.where),
                fmt::format("profile {} (used by '{}') is not defined", missing.profile, missing.domain));
        return;
    }
    for (const policy::BootProblem& problem : check.problems())
        if (problem.fatal)
            report.error(boot_place(problem.where), "the kernel does not start with this: " + problem.text);
}

// The files of one policy, and what they are together.
void check_directory(std::string directory, const Settings& settings, Report& report) {
    const auto path = [&](Language language) { return path_of(directory, language); };
    while (directory.size() > 1 && directory.back() == '/')
        directory.pop_back();
    const std::vector<std::string> hiding = store::files_in_place_of_links(directory);
    const bool has_any = std::ranges::any_of(policy::policy_kinds,
                                             [&](const auto& kind) { return exists(path(kind.language)); });
    bool found = false;
    for (const char* tool : {"auditd", "patternize", "editpolicy"})
        if (const std::string file = fmt::format("{}/tools/{}.conf", directory, tool); exists(file))
            found = check_tool_file(file, report);
    if (!has_any && is_directory(directory + "/policy/current"))
        directory += "/policy/current";
    policy::CrossCheck cross;
    for (const policy::PolicyKind& kind : policy::policy_kinds)
        if (exists(path(kind.language))) {
            found = true;
            check_file(path(kind.language), kind.language, settings, report, &cross);
        }
    if (!found && !settings.boot)
        throw trouble(
            "{} holds no file of a policy: domain_policy.conf, exception_policy.conf, profile.conf, "
            "manager.conf or stat.conf",
            directory);
    if (exists(path(Language::exceptions)))
        for (const policy::CrossCheck::Group& group : cross.groups())
            if (const std::string text = group.doubt(settings.strict); !text.empty())
                report.warning({path(group.language), group.line, group.column}, text);
    for (const std::string& file : hiding)
        report.warning({file},
                       fmt::format("a file, not the link to policy/current/{}: the next boot loads it, "
                                   "and not what tomoyo-savepolicy saves",
                                   file_name(file)));
    if (settings.boot || (exists(path(Language::profiles)) && exists(path(Language::domains))))
        check_boot(directory, settings.boot, report);
}

// "d", "dom", "domain_policy"; or as tomoyo-tools had it, any word with such a first letter that is no file.
std::optional<Language> language_of_word(const std::string& word) {
    for (const policy::PolicyKind& kind : policy::policy_kinds)
        if (!word.empty() && std::string_view(kind.kernel_file).starts_with(word))
            return kind.language;
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
    for (const policy::PolicyKind& kind : policy::policy_kinds)
        if (name.starts_with(kind.kernel_file))
            return kind.language;
    return std::nullopt;
}

void check_operand(const std::string& path, const Command& command, const Settings& settings,
                   Report& report) {
    if (path != "-" && is_directory(path))
        return check_directory(path, settings, report);
    if (settings.boot)
        throw command.usage_error(
            fmt::format("'{}' is no directory; --boot looks at all files of one", path));
    if (check_tool_file(path, report))
        return;
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
    command.option("--kernel", "2.6|ours", kernel, "2.6: judge for mainline's TOMOYO; ours is the default");
    command.flag("--strict", settings.strict, "warn also of what is right but seldom meant");
    command.flag("--json", json, "an object with all problems, for programs");
    command.operands("WHAT|FILE|DIR", operands,
                     "a letter and files, or files, or directories; '-': standard input", 0);
    command.example("tomoyo-checkpolicy d <domain_policy.conf", "judge domain policy");
    command.example("tomoyo-checkpolicy /etc/tomoyo",
                    "all files that the next boot loads, and whether they fit");
    command.example("tomoyo-checkpolicy --boot /mnt/etc/tomoyo", "would a board start with it?");
    if (call.compat) {
        const char letter = compat::letter_to_check(call.args);
        if (letter != 'd' && letter != 'e')
            throw command.usage_error("which policy? d or e");
        Report report(false);
        check_file("-", letter == 'd' ? Language::domains : Language::exceptions, settings, report);
        return report.finish();
    }
    if (const auto code = command.parse())
        return *code;
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
        check_file(operand, *language, settings, report);
    }
    return report.finish();
}

} // namespace applet
