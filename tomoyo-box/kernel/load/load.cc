// SPDX-License-Identifier: GPL-2.0-only
// Loading domain policy, exception policy and managers: sets of lines.
#include "tomoyo-box/kernel/load/load.h"

#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/kernel/load/probe.h"
#include "tomoyo-box/kernel/load/refusals.h"
#include "tomoyo-box/kernel/load/statement_table.h"
#include "tomoyo-box/kernel/load/transcript.h"
#include "tomoyo-box/policy/language/policy_reader.h"

#include <algorithm>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <unordered_map>

namespace {

using policy::Language;
using policy::Statement;
using policy::StatementParser;
using policy::StatementTable;
using Inputs = std::vector<Input>;

uint64_t total_size(const Inputs& inputs) {
    uint64_t total = 0;
    for (const Input& input : inputs) {
        if (!input.size())
            return 0;
        total += input.size();
    }
    return total;
}

// Why a line was refused.
struct Reason {
    std::string text;
    size_t column = 0; // 0: it is about the whole line
};

Reason reason_of(const std::optional<policy::Problem>& problem) {
    return problem ? Reason{problem->reason, problem->column} : Reason{};
}

// One load of domain policy, exception policy or managers.
class Load {
public:
    Load(const Interface& interface, Language language, Inputs& inputs, const LoadOptions& options)
        : interface_(interface), language_(language), file_(policy::kind_of(language).kernel_file),
          inputs_(inputs), options_(options), refusals_(options.verbose, options.json) {}

    int run();

private:
    StatementParser parser(StatementParser::Depth depth) const { return {language_, seed_, depth}; }
    // Calls visit(parser, reader, line, statement) for every line that says something.
    template <typename Visit> StatementParser each_line(StatementParser::Depth depth, Visit visit);
    // Calls visit(line, statement) for what the kernel has, as long as it returns true.
    template <typename Visit> void each_kernel_line(StatementParser kernel, Visit visit) const;
    void survey();
    void write(policy::Transcript* transcript);
    bool write_and_confirm();
    void read_back();
    void settle();
    void count_lost_lines();
    std::optional<Reason> judge(const StatementParser& at, std::string_view line, const Statement& statement);
    Reason reason_for(const StatementParser& at, std::string_view line);
    void remove_rest();

    const Interface& interface_;
    Language language_;
    const char* file_; // of the kernel interface
    Inputs& inputs_;
    const LoadOptions& options_;
    uint64_t seed_ = random_seed();
    StatementTable table_;
    StatementParser end_ = parser(StatementParser::parts); // as the input left it
    Refusals refusals_;
    std::unique_ptr<Probe> probe_;
    size_t lost_ = 0;             // lines below a domain that the kernel did not accept
    bool domain_refused_ = false; // such a domain is selected
    bool holds_policy_ = false;   // the input has a line that adds something, and is understood
    bool deletes_ = false;        // the input deletes something
    bool probed_ = false;         // a line was written once more, maybe after one that deletes it
    // Lines that the kernel accepted but prints in another form, by domain; only when replacing.
    std::unordered_map<std::string, std::string> other_forms_;
};

template <typename Visit> StatementParser Load::each_line(StatementParser::Depth depth, Visit visit) {
    StatementParser at = parser(depth);
    Progress progress("loading " + std::string(file_), total_size(inputs_));
    uint64_t before = 0;
    bool first = true;
    for (Input& input : inputs_) {
        policy::PolicyReader reader = input.lines();
        // No file continues the one before it.
        if (!std::exchange(first, false))
            visit(at, reader, "reset", at.next("reset"));
        std::string_view line;
        while (reader.next_normalized(line)) {
            progress.at(before + reader.offset());
            if (options_.compat && !reader.has_newline())
                break;
            Statement statement = at.next(line);
            if (reader.had_nul()) {
                // What is left of the line may grant more than was meant, or name another domain.
                if (statement.kind == Statement::domain || statement.kind == Statement::command)
                    at.next("reset");
                statement = {.kind = Statement::wrong,
                             .column = static_cast<uint32_t>(line.size() + 1),
                             .reason = "it holds a NUL byte"};
            }
            if (statement.kind != Statement::nothing)
                visit(at, reader, line, statement);
        }
        before += input.size();
    }
    return at;
}

template <typename Visit> void Load::each_kernel_line(StatementParser kernel, Visit visit) const {
    const Fd fd = interface_.open(file_, O_RDONLY);
    policy::PolicyReader reader(fd.get(), interface_.path(file_));
    for (std::string_view line; reader.next(line);) {
        const Statement statement = kernel.next(line);
        if (statement.kind != Statement::nothing && !visit(line, statement))
            return;
    }
}

// Takes down what the input means. What is to replace the policy must make sense before anything is written.
void Load::survey() {
    end_ =
        each_line(StatementParser::parts, [&](const StatementParser& at, const policy::PolicyReader& reader,
                                              std::string_view line, const Statement& statement) {
            if (statement.kind != Statement::command)
                table_.add(statement);
            deletes_ |= statement.deletes;
            if (!options_.replace)
                return;
            if (!holds_policy_ && !statement.deletes)
                holds_policy_ = (language_ == Language::domains ? statement.kind == Statement::domain
                                                                : statement.kind == Statement::entry) &&
                                !policy::find_problem(language_, line);
            std::optional<policy::Problem> problem;
            if (statement.kind == Statement::wrong)
                problem = statement.problem();
            else if (statement.kind == Statement::domain && !statement.deletes)
                problem = policy::check_domain(line);
            if (language_ == Language::domains && at.domain_name().empty() && !at.selection().empty())
                problem = policy::Problem{"-f needs domains by name"};
            if (!problem || (options_.compat && !line.starts_with('<')))
                return;
            throw Error(
                exit_trouble,
                fmt::format("{}: {}, in '{}'", reader.where(problem->column), problem->reason, shorten(line)),
                "nothing was changed")
                .legacy(fmt::format("Invalid domainname '{}'\nOut of memory. Aborted.", line));
        });
    if (options_.replace && !holds_policy_ && !options_.allow_empty && !options_.compat)
        throw Error(exit_trouble,
                    fmt::format("the input holds no {}: nothing was changed",
                                language_ == Language::domains ? "domain" : "line of exception policy"),
                    "if all that is in the kernel shall be deleted: --allow-empty");
    table_.close();
}

// Writes the whole input. TRANSCRIPT may be null.
void Load::write(policy::Transcript* transcript) {
    PolicyWriter writer(interface_, file_);
    each_line(StatementParser::lines, [&](const StatementParser& at, const policy::PolicyReader& reader,
                                          std::string_view line, const Statement& statement) {
        if (!options_.verify && statement.kind == Statement::wrong && !options_.compat)
            refusals_.add_unsent(reader.where(statement.column), line, statement.reason);
        if (transcript && statement.kind != Statement::command)
            transcript->add(statement);
        if (statement.kind != Statement::wrong || options_.compat)
            writer.line(line);
        else if (language_ == Language::domains && at.selection().empty())
            writer.line("reset"); // the lines below must not end in the domain above
    });
    writer.flush();
}

// Does the kernel now show the input as it was written? If not, it has to be looked at closely.
bool Load::write_and_confirm() {
    policy::Transcript transcript;
    write(&transcript);
    each_kernel_line(parser(StatementParser::lines), [&](std::string_view, const Statement& statement) {
        return transcript.found(statement);
    });
    return transcript.confirmed();
}

void Load::read_back() {
    StatementParser kernel = parser(StatementParser::parts);
    kernel.adopt(end_);
    each_kernel_line(std::move(kernel), [&](std::string_view, const Statement& statement) {
        table_.found(statement);
        return true;
    });
}

// Looks at the lines that the kernel does not show as they were written: it refused them, or prints them
// otherwise.
void Load::settle() {
    size_t i = 0;
    each_line(StatementParser::parts, [&](const StatementParser& at, const policy::PolicyReader& reader,
                                          std::string_view line, const Statement& statement) {
        if (statement.kind == Statement::command || statement.kind == Statement::domain)
            count_lost_lines();
        if (statement.kind == Statement::command)
            return;
        if (!table_.states(i, statement))
            throw trouble("{} was changed while it was being loaded", reader.name());
        if (!table_.missing(i++) || at.superseded_in(end_))
            return;
        if (statement.kind == Statement::wrong) {
            refusals_.add_unsent(reader.where(statement.column), line, statement.reason);
        } else if (domain_refused_) {
            lost_++;
        } else if (const std::optional<Reason> reason = judge(at, line, statement)) {
            if (reason->column)
                refusals_.add_mistake(reader.where(reason->column), line, reason->text);
            else
                refusals_.add(reader.where(), line, reason->text);
        }
    });
    count_lost_lines();
    // Everything in its order again: that leaves what the input as a whole means.
    if (probed_ && deletes_)
        write(nullptr);
}

void Load::count_lost_lines() {
    refusals_.add_lost(std::exchange(lost_, 0));
    domain_refused_ = false;
}

// Why the line was refused; nothing when it was not.
std::optional<Reason> Load::judge(const StatementParser& at, std::string_view line,
                                  const Statement& statement) {
    if (!options_.verify && statement.kind != Statement::entry)
        return std::nullopt;
    switch (statement.kind) {
    case Statement::profile:
        return Reason{"this profile is not defined"};
    case Statement::domain:
        if (statement.deletes)
            return Reason{"this domain cannot be deleted"};
        domain_refused_ = true;
        return reason_of(policy::check_domain(line));
    default:
        break;
    }
    if (statement.deletes)
        return options_.verify ? std::optional(Reason{"it is still there"}) : std::nullopt;
    if (options_.verify) {
        if (language_ == Language::managers)
            return reason_of(policy::find_problem(language_, line));
        if (!probe_)
            probe_ = std::make_unique<Probe>(interface_, file_);
        if (probe_->refuses(at.selection(), line))
            return reason_for(at, line);
        probed_ = true;
    }
    if (options_.replace) {
        std::string& lines = other_forms_[std::string(at.domain_name())];
        if (!lines.empty())
            lines += '\n';
        lines += line;
    }
    return std::nullopt;
}

Reason Load::reason_for(const StatementParser& at, std::string_view line) {
    if (!at.domain_name().empty() && !probe_->has_domain(at.domain_name())) {
        domain_refused_ = true;
        return {fmt::format("there is no domain '{}'", at.domain_name())};
    }
    if (const auto problem = policy::find_problem(language_, line))
        return reason_of(problem);
    const std::string stat = interface_.read("stat");
    const size_t memory = std::min(stat.find("Memory used by policy:"), stat.size());
    if (stat.substr(memory, stat.find('\n', memory) - memory).find("Quota") != std::string::npos)
        return {"nothing is wrong with it, so the memory quota of policy is used up"};
    return {"no mistake is known in it"};
}

// Deletes from the kernel what the input does not hold. Profiles of domains stay.
void Load::remove_rest() {
    StatementParser kernel = parser(StatementParser::parts);
    kernel.adopt(end_);
    PolicyWriter writer(interface_, file_);
    const bool domains = language_ == Language::domains;
    std::string current; // the domain; always empty in exception policy
    bool keep = !domains, selected = !domains, deleted = false;
    // A line that the kernel prints in another form has just been deleted under that form.
    const auto restore = [&] {
        const auto found = other_forms_.find(current);
        if (deleted && found != other_forms_.end())
            writer.line(found->second);
        deleted = false;
    };
    each_kernel_line(std::move(kernel), [&](std::string_view line, const Statement& statement) {
        if (statement.kind == Statement::domain) {
            restore();
            current = line;
            selected = false;
            keep = table_.wanted(statement.key) != 0;
            if (!keep && line != "<kernel>")
                writer.line(fmt::format("delete {}", line));
        }
        if (statement.kind != Statement::entry || !keep)
            return true;
        const unsigned extra = statement.operations & ~table_.wanted(statement.key);
        if (!extra)
            return true;
        if (!std::exchange(selected, true))
            writer.line("select domain=" + current);
        writer.line(policy::deletion_of(language_, line, static_cast<uint16_t>(extra)));
        deleted = true;
        return true;
    });
    restore();
    writer.flush();
}

int Load::run() {
    if (options_.replace) {
        survey();
        write(nullptr);
    } else if (!options_.verify) {
        write(nullptr);
        refusals_.finish();
        return refusals_.count() ? exit_negative : exit_ok;
    } else {
        if (write_and_confirm()) {
            refusals_.finish();
            return exit_ok;
        }
        survey();
    }
    read_back();
    if (!table_.complete())
        settle();
    refusals_.finish();
    if (refusals_.count() == 0) {
        if (options_.replace)
            remove_rest();
        return exit_ok;
    }
    if (options_.replace)
        warn("nothing was deleted: the new policy is in the kernel beside the old one; correct the input and "
             "load it again");
    return exit_negative;
}

} // namespace

int load_policy(const Interface& interface, Language language, Inputs& inputs, const LoadOptions& options) {
    return Load(interface, language, inputs, options).run();
}
