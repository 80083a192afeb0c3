// SPDX-License-Identifier: GPL-2.0-only
// applet: patternize
// path: /usr/sbin/tomoyo-patternize
// also:
// summary: put patterns in the place of names that differ from run to run
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/base/text_set.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/cli/suggest_report.h"
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/apply.h"
#include "tomoyo-box/policy/rewrite/packs.h"
#include "tomoyo-box/policy/rewrite/rewriter.h"
#include "tomoyo-box/policy/rewrite/suggest.h"
#include "tomoyo-box/policy/sets/filter.h"
#include "tomoyo-box/policy/sets/unpack.h"

#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr const char* default_config = "/etc/tomoyo/tools/patternize.conf";
constexpr unsigned most_warnings = 20;

struct Options {
    bool diff = false;    // print what changes, not the policy
    bool unique = false;  // no line twice in a domain
    bool verbose = false; // say what was done, and every name that stays
    bool compat = false;
};

// Each wrong line is told; the last one ends the applet.
void read_rules(policy::RewriteRules& rules, const std::string& path, bool compat) {
    Fd own;
    if (path != "-") {
        own = open_fd(path, O_RDONLY);
        if (!own)
            throw Error(exit_negative, fmt::format("cannot open {}: {}", path, errno_text(errno)))
                .legacy(fmt::format("Can't open {} for reading.", path));
    }
    policy::PolicyReader reader(path == "-" ? STDIN_FILENO : own.get(), path);
    const std::vector<policy::Refusal> refused = rules.parse(reader);
    for (const policy::Refusal& refusal : refused) {
        const std::string text =
            fmt::format("{}:{}:{}: {}", path, refusal.line, refusal.problem.column, refusal.problem.reason);
        if (compat || &refusal == &refused.back())
            throw Error(exit_negative, text)
                .legacy(fmt::format("Invalid rule at line {} in {} .", refusal.line, path));
        warn("{}", text);
    }
    if (rules.empty())
        throw Error(exit_negative, fmt::format("{}: it holds no rule", path),
                    "see 'tomoyo-patternize --list-packs' for rules that are there without a file")
            .legacy(fmt::format("No rules defined in {} .", path));
    if (rules.unfinished())
        warn("{}: conditions at its end have no effect: no 'rewrite' follows", path);
}

// What keeps names from becoming patterns comes with our own rules, not with those that somebody wrote.
void add_packs(policy::RewriteRules& rules, std::string_view names, const Command& command) {
    rules.keep().add_default();
    while (!names.empty()) {
        const std::string_view name = names.substr(0, names.find(','));
        names.remove_prefix(std::min(name.size() + 1, names.size()));
        const policy::RewritePack* pack = policy::find_pack(name);
        if (!pack && name != "all")
            throw command.usage_error(fmt::format("there is no pack '{}': see --list-packs", name));
        for (const policy::RewritePack& one : policy::rewrite_packs())
            if (!pack || pack == &one)
                policy::add_pack(rules, one);
    }
}

void list_packs() {
    for (const policy::RewritePack& pack : policy::rewrite_packs()) {
        out().print("# {}: {}{}\n{}", pack.name, pack.summary,
                    pack.by_default ? " In force without a file." : "", pack.rules);
        out().write("\n");
    }
}

// The policy goes through line by line.
class Filter {
public:
    Filter(policy::RewriteRules& rules, const Options& options)
        : rewriter_(rules, options.compat), options_(options),
          color_(options.diff && use_color(STDOUT_FILENO)) {}

    void read(const std::string& path) {
        Input input = policy_input(path);
        policy::PolicyReader reader = input.lines();
        Progress progress("generalising", input.size());
        rewriter_.restart();
        std::string_view line;
        policy::Unpacked unpacked(line, options_.compat);
        while (policy::next_line(reader, options_.compat, shown_warnings(), line)) {
            unpacked.start(line);
            std::string_view one;
            while (unpacked.next(one))
                add(one, reader);
            if (unpacked.lacks_operation() && !report_hole(reader, unpacked.column()))
                return;
            progress.at(reader.offset());
        }
    }

    void summarize() const {
        if (!options_.verbose && !isatty(STDERR_FILENO))
            return;
        warn(
            "{} lines, {} with a name that became a pattern, {} with one that stays; {} equal lines left out",
            lines_, changed_, kept_, doubles_);
    }

private:
    // False: the input ends here.
    bool report_hole(const policy::PolicyReader& reader, size_t column) const {
        if (!options_.compat)
            warn("{}: it names no operation; the line stays as it is", reader.where(column));
        return !options_.compat;
    }

    void add(std::string_view line, const policy::PolicyReader& reader) {
        const std::string_view result = rewriter_.next(line);
        const bool changed = result.data() != line.data();
        lines_++;
        changed_ += changed;
        if (rewriter_.kept())
            tell(*rewriter_.kept(), reader);
        const bool twice =
            options_.unique && !line.empty() && line.front() != '#' && !seen_.add(result, rewriter_.domain());
        doubles_ += twice;
        if (options_.diff) {
            if (changed || twice)
                print_change(line, twice ? std::string_view() : result);
        } else if (!twice) {
            out().write(result);
            // tomoyo-tools print it so; comparing with them is easier when nothing differs.
            out().write((line == "file" || line == "network") && !rewriter_.domain().empty() ? " \n" : "\n");
        }
    }

    void print_change(std::string_view line, std::string_view result) {
        if (rewriter_.domain() != shown_domain_) {
            out().print("{}{}\n", shown_domain_.empty() ? "" : "\n", rewriter_.domain());
            shown_domain_ = rewriter_.domain();
        }
        const char* const end = color_ ? ansi::off : "";
        out().print("{}- {}{}\n", color_ ? ansi::red : "", line, end);
        if (!result.empty())
            out().print("{}+ {}{}\n", color_ ? ansi::green : "", result, end);
    }

    void tell(const policy::Rewriter::Kept& kept, const policy::PolicyReader& reader) {
        kept_++;
        if (kept.word == told_)
            return; // often the next operation of the same line
        told_ = kept.word;
        if (++warnings_ > most_warnings && !options_.verbose)
            return;
        if (kept.pattern.empty())
            warn("{}: {} stays: {} is never generalised", reader.where(), kept.word, kept.entry);
        else
            warn("{}: {} stays: {} would cover {}, which is never generalised", reader.where(), kept.word,
                 kept.pattern, kept.entry);
    }

    policy::Rewriter rewriter_;
    const Options& options_;
    bool color_;
    TextSet seen_;
    std::string shown_domain_, told_;
    unsigned long lines_ = 0, changed_ = 0, kept_ = 0, doubles_ = 0;
    unsigned warnings_ = 0;
};

class NoWarnings final : public policy::ReadObserver {
    void progress(uint64_t) override {}
    void warning(const std::string&) override {}
};

// The policy once more, with the suggested patterns. A line that has become equal to one before it in its
// domain goes.
void apply(const policy::Suggester& suggester, const std::vector<policy::Suggestion>& suggestions,
           std::vector<Input>& inputs, bool compat) {
    policy::SuggestedPolicy policy(suggester, suggestions);
    NoWarnings told_before;
    TextSet seen;
    for (Input& input : inputs) {
        policy::PolicyReader reader = input.lines();
        std::string domain;
        for (std::string_view line; policy::next_line(reader, compat, told_before, line);) {
            if (policy::is_heading(line))
                domain = line;
            const std::string_view now = policy.next(line);
            const bool first = seen.add(now, domain);
            if (now.data() == line.data() || first)
                out().print("{}\n", now);
        }
    }
}

int suggest(policy::RewriteRules& rules, const std::vector<std::string>& files, unsigned support,
            const std::string& format, bool applies, const Options& options) {
    rules.keep().add_default();
    policy::Suggester suggester(rules.keep(), support);
    std::vector<Input> inputs;
    for (const std::string& file : files) {
        Input& input = inputs.emplace_back(policy_input(file, applies));
        policy::PolicyReader reader = input.lines();
        suggester.read(reader, input.size(), options.compat, shown_warnings());
    }
    const std::vector<policy::Suggestion> suggestions = suggester.find();
    if (applies) {
        apply(suggester, suggestions, inputs, options.compat);
        return exit_ok;
    }
    policy::SuggestReport report(suggester, format);
    unsigned refused = 0, proposed = 0;
    for (const policy::Suggestion& suggestion : suggestions) {
        if (suggestion.refused_by.empty()) {
            report.add(suggestion);
            proposed++;
        } else if (++refused <= most_warnings || options.verbose) {
            warn("no suggestion of {} in {}: it would cover {}, which is never generalised",
                 suggestion.pattern, suggestion.domain, suggestion.refused_by);
        }
    }
    report.end();
    if (options.verbose || isatty(STDERR_FILENO))
        warn("{} suggestions, {} refused", proposed, refused);
    return exit_ok;
}

} // namespace

namespace applet {

int patternize(const Call& call) {
    Command command(
        call,
        "Reads domain or exception policy from standard input and prints it, each operation on a line of\n"
        "its own, with patterns in the place of names that match a rule. The rules are those of CONFIG,\n"
        "by default of /etc/tomoyo/tools/patternize.conf; when there is no such file, some that come\n"
        "with this program.");
    Options options;
    options.compat = call.compat;
    std::vector<std::string> configs, files, keep, pack_names;
    std::string format = "text";
    std::optional<unsigned> support;
    bool list = false, suggests = false, json = false, applies = false;
    command.option("-f,--file", "FILE", files,
                   "policy to read in place of standard input, '-'; may be repeated");
    command.option("-p,--pack", "PACKS", pack_names,
                   "rules that come with this program, separated by commas, or 'all'");
    command.flag("-l,--list-packs", list, "print the rules that come with this program, and exit");
    command.option("-k,--keep", "PATTERN", keep, "names that no pattern may stand for; may be repeated");
    command.flag("-d,--diff", options.diff,
                 "print the lines that would change and what would become of them");
    command.flag("-u,--unique", options.unique, "print each line once in its domain");
    command.flag("-s,--suggest", suggests,
                 "look for groups of similar names, and propose a pattern for each");
    command.flag("--apply", applies, "with --suggest: print the policy with all proposals in it");
    command.number("-n,--support", "N", support, 2, 1000000, "with --suggest: names that make a group (3)");
    command.option("--format", "text|json|rules", format,
                   "with --suggest: how to print; rules are for a CONFIG");
    command.flag("--json", json, "the same as --format=json");
    command.flag("-v,--verbose", options.verbose, "say what was done, and every name that stays as it is");
    command.operands("CONFIG", configs, "a file of rules; '-': standard input", 0);
    command.example("tomoyo-savepolicy -d | tomoyo-patternize >new.conf", "generalise the policy in force");
    command.example("tomoyo-patternize --diff -f domain_policy.conf", "what would change?");
    command.example("tomoyo-patternize --suggest -f domain_policy.conf", "what could be a pattern?");
    command.example("tomoyo-patternize --suggest --apply -f domain_policy.conf >new.conf",
                    "all proposals at once");
    command.example("tomoyo-patternize --suggest --format=rules -f domain_policy.conf >my.conf\n"
                    "  tomoyo-patternize my.conf -f domain_policy.conf",
                    "review the proposals, then apply them");
    command.example("tomoyo-patternize --pack=proc,library,home <domain_policy.conf",
                    "only these kinds of names");
    if (const auto code = command.parse())
        return *code;
    if (list) {
        list_packs();
        return exit_ok;
    }
    if (call.compat && configs.size() > 1)
        configs.clear();
    if (configs.size() > 1)
        throw command.usage_error(
            "only one CONFIG can be used; policy is read with --file or from standard input");
    if (json)
        format = "json";
    if (!suggests && (support || applies || format != "text"))
        throw command.usage_error("--support, --apply, --format and --json are for --suggest");
    if (applies && format != "text")
        throw command.usage_error("--apply prints policy, so it goes with neither --format nor --json");
    if (suggests && (options.diff || options.unique || !configs.empty() || !pack_names.empty()))
        throw command.usage_error(
            "--suggest proposes rules; it cannot be used together with rules, --diff or --unique");
    if (files.empty())
        files = {"-"};

    policy::RewriteRules rules;
    for (const std::string& pattern : keep)
        if (const auto problem = rules.keep().add(pattern))
            throw command.usage_error(fmt::format("--keep '{}': {}", pattern, problem->reason));
    if (suggests)
        return suggest(rules, files, support.value_or(3), format, applies, options);

    if (!configs.empty() || (pack_names.empty() && (call.compat || exists(default_config))))
        read_rules(rules, configs.empty() ? default_config : configs.front(), call.compat);
    else if (pack_names.empty())
        add_packs(rules, "proc,inode,run,temp", command);
    for (const std::string& names : pack_names)
        add_packs(rules, names, command);
    Filter filter(rules, options);
    for (const std::string& file : files)
        filter.read(file);
    filter.summarize();
    return exit_ok;
}

} // namespace applet
