// SPDX-License-Identifier: GPL-2.0-only
// applet: upgrade
// path: /usr/sbin/tomoyo-upgrade
// also:
// summary: turn policy of TOMOYO 1.8 and 2.2 to 2.5 into policy of 2.6
#include "tomoyo-box/policy/upgrade/upgrade.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/policy/audit/rules.h"
#include "tomoyo-box/policy/check/boot_check.h"
#include "tomoyo-box/policy/config/editor_settings.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/rules.h"
#include "tomoyo-box/policy/template/template.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/new_directory.h"
#include "tomoyo-box/store/old_directory.h"

#include <algorithm>

namespace {

using policy::Document;
using policy::Language;
using policy::policy_kinds;
using policy::PolicyKind;
using policy::upgrade::Context;
using policy::upgrade::Detector;
using policy::upgrade::Loss;
using policy::upgrade::Result;
namespace versions = policy::upgrade;

struct Options {
    std::string from = "auto", first, second;
    std::string exceptions; // a file
    bool dry_run = false, force = false, json = false;
};

constexpr size_t piece = 16384;

const struct Tool {
    const char* file;
    std::string (*text)(); // when there was none
} tools[] = {
    {"tools/patternize.conf", policy::patternize_template}, // the first: it may get rules
    {"tools/auditd.conf", [] { return std::string(policy::auditd_template); }},
    {"tools/notifyd.conf", [] { return std::string(policy::notifyd_template); }},
    {"tools/editpolicy.conf", [] { return std::string(policy::editpolicy_template); }},
};

// A file of policy before and after.
struct Part {
    Document document;
    Result result = {};
};
using Parts = std::optional<Part>[std::size(policy_kinds)]; // one for each kind

// Reads a file; it tells DETECTOR what it knows.
const Document* read(Parts& parts, const PolicyKind& kind, policy::PolicyReader&& reader,
                     Detector& detector) {
    std::optional<Part>& part = parts[&kind - policy_kinds];
    part.emplace(Part{Document(kind.language, reader)});
    detector.see(part->document);
    return &part->document;
}

void print_json(const Parts& parts, const Detector& detector, const std::string& snapshot, bool with_text) {
    Json json;
    json.object().key("from").value(versions::version_names(detector.from())).key("snapshot").value(snapshot);
    json.key("files").array();
    for (const PolicyKind& kind : policy_kinds) {
        const std::optional<Part>& part = parts[&kind - policy_kinds];
        if (!part)
            continue;
        const auto& [document, result] = *part;
        json.object().key("file").value(kind.file).key("source").value(document.name());
        json.key("kept").value(result.kept).key("converted").value(result.converted);
        if (with_text)
            json.key("text").value(result.text);
        json.key("added").array();
        for (const versions::Addition& added : result.additions)
            json.object().key("line").value(added.line + 1).key("text").value(added.text).end();
        json.end().key("not_converted").array();
        for (const Loss& loss : result.losses) {
            json.object().key("line").value(loss.line + 1).key("text").value(document.raw(loss.line));
            json.key("reason").value(loss.reason).key("partly").value(loss.partly).end();
        }
        json.end().end();
    }
    out().write(json.end().end().text());
}

// A line of tools/ that its program would not understand.
struct ToolLoss {
    std::string where, reason, line;
};

// Such lines become comments, as in policy.
template <typename Rules>
std::string mend_tool(const char* file, std::string_view text, std::vector<ToolLoss>& losses) {
    Rules rules;
    std::string mended;
    for (unsigned long number = 1; !text.empty(); number++) {
        const std::string_view raw = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(raw.size() + 1, text.size()));
        const std::string line = policy::normalize(raw);
        if (!line.empty() && line.front() != '#')
            if (const auto problem = rules.add(line)) {
                losses.push_back({fmt::format("{}:{}", file, number), problem->reason, line});
                mended += fmt::format("# not converted ({}): ", problem->reason);
            }
        mended.append(raw).append("\n");
    }
    return mended;
}

std::string mended_tool(const char* file, const std::string& text, std::vector<ToolLoss>& losses) {
    const std::string name = file_name(file);
    return name == "editpolicy.conf"   ? mend_tool<policy::EditorSettings>(file, text, losses)
           : name == "auditd.conf"     ? mend_tool<policy::AuditRules>(file, text, losses)
           : name == "patternize.conf" ? mend_tool<policy::RewriteRules>(file, text, losses)
                                       : text;
}

// As it would be read from files.
policy::BootCheck boot_check_of(const Parts& parts) {
    policy::BootCheck boot;
    for (const PolicyKind& kind : policy_kinds)
        if (const auto& part = parts[&kind - policy_kinds];
            part && kind.language != Language::managers && kind.language != Language::quotas) {
            const Fd fd = memory_file(part->result.text);
            policy::PolicyReader reader(fd.get(), kind.file);
            boot.read(kind.language, reader);
        }
    return boot;
}

// The last words: what has been found out and done.
int summarize(const Parts& parts, const Detector& detector, bool list,
              const std::vector<ToolLoss>& tool_losses = {}) {
    size_t converted = 0, kept = 0, lost = 0, added = 0, doubtful = 0;
    for (const std::optional<Part>& part : parts) {
        if (!part)
            continue;
        const auto& [document, result] = *part;
        converted += result.converted;
        kept += result.kept;
        lost += result.losses.size();
        added += result.additions.size();
        doubtful += result.doubts.size();
        for (const Loss& doubt : result.doubts)
            warn("{}: {}: {}; tomoyo-checkpolicy says more", document.where(doubt.line), doubt.reason,
                 document.raw(doubt.line));
        for (const Loss& loss : result.losses)
            if (list)
                warn("{}: not {}converted ({}): {}", document.where(loss.line), loss.partly ? "wholly " : "",
                     loss.reason, document.raw(loss.line));
    }
    for (const ToolLoss& loss : tool_losses)
        warn("{}: not converted ({}): {}", loss.where, loss.reason, loss.line);
    const size_t all_lost = lost + tool_losses.size();
    if (added > 0)
        warn("{} line{} added, in each case behind a comment '# added ...': take out what is not needed",
             added, added > 1 ? "s" : "");
    warn("{}; lines: {} converted, {} as they were, {} not converted{}", detector.verdict(), converted, kept,
         all_lost, all_lost > 0 ? " (see the comments '# not ...')" : "");
    return lost + doubtful > 0 ? exit_negative : exit_ok;
}

int upgrade_file(const PolicyKind& kind, const Options& options, Detector detector) {
    Parts parts, others;
    Input input(options.second.empty() ? "-" : options.second, false);
    const Document* document = read(parts, kind, input.lines(), detector);
    Context context;
    if (!options.exceptions.empty())
        context.exceptions = read(others, policy::kind_of(Language::exceptions),
                                  Input(options.exceptions, false).lines(), detector);
    context.from = detector.from();
    context.adds_socket_types = context.from == versions::v2_6;
    Result& result = parts[&kind - policy_kinds]->result;
    result = versions::convert(*document, context);
    if (options.json)
        print_json(parts, detector, "", true);
    else
        for (std::string_view rest = result.text; !rest.empty();
             rest.remove_prefix(std::min(rest.size(), piece)))
            out().write(rest.substr(0, piece)); // a copy of all at once would be one too many
    out().flush();
    return summarize(parts, detector, false);
}

// A boot with what is written ends well?
void check_boot(const policy::BootCheck& boot) {
    for (const policy::BootProblem& problem : boot.problems())
        if (problem.fatal)
            warn("{}: {}; a boot with this policy fails", problem.where, problem.text);
}

int upgrade_directory(const Options& options, Detector detector) {
    const std::string& target = options.second;
    if (!options.dry_run)
        store::require_room(target, options.force);
    const store::OldDirectory old(options.first);
    Parts parts;
    Context context{.keeps_rules = true};
    bool any = false;
    for (const PolicyKind& kind : policy_kinds) {
        const bool in_snapshot = kind.language != Language::quotas;
        auto file = old.open(kind.kernel_file);
        if (!file && !in_snapshot)
            file = old.open(policy::old_stat_file);
        if (file)
            (void)read(parts, kind, policy::PolicyReader(file->fd.get(), file->name), detector);
        else if (in_snapshot)
            warn("{} has no {}; 'tomoyo-init-policy policy_dir={}' makes what is missing", options.first,
                 kind.file, target);
        any |= file.has_value();
    }
    if (!any)
        throw Error(exit_trouble, options.first + " holds no policy");
    context.from = detector.from();
    context.adds_socket_types = context.from == versions::v2_6;
    if (const auto& part = parts[&policy::kind_of(Language::exceptions) - policy_kinds])
        context.exceptions = &part->document;

    std::vector<store::NewFile> files;
    std::string rules;
    for (const PolicyKind& kind : policy_kinds)
        if (std::optional<Part>& part = parts[&kind - policy_kinds]) {
            part->result = versions::convert(part->document, context);
            rules += part->result.rules;
            files.push_back({kind.file, part->result.text, kind.language != Language::quotas});
        }
    std::vector<ToolLoss> tool_losses;
    std::string texts[std::size(tools)] = {std::move(rules)}; // the first rule that fits a name counts
    for (size_t i = 0; i < std::size(tools); i++) {
        const auto file = old.open_file(tools[i].file);
        texts[i] += versions::convert_tools(file ? read_all(file->fd.get(), file->name) : tools[i].text(),
                                            context.from);
        texts[i] = mended_tool(tools[i].file, texts[i], tool_losses);
        files.push_back({tools[i].file, texts[i], false});
    }
    std::string snapshot;
    if (!options.dry_run)
        snapshot = store::write_directory(target, files);
    if (options.json)
        print_json(parts, detector, snapshot, options.dry_run);
    else if (options.dry_run)
        for (const store::NewFile& file : files)
            out().print("# ==== {} ====\n{}\n", file.path, file.text);
    out().flush();
    check_boot(options.dry_run ? boot_check_of(parts) : policy::check_boot(policy::boot_files_in(target)));
    return summarize(parts, detector, true, tool_losses);
}

} // namespace

namespace applet {

int upgrade(const Call& call) {
    Command command(
        call, "Turns policy of TOMOYO 2.2 to 2.5 or 1.8 into policy of 2.6: a whole directory, or one file "
              "of a KIND\n(p profile, m manager, e exception_policy, d domain_policy, s stat) to standard "
              "output.\nWhat 2.6 cannot express stays as a comment in its place. With --from=2.6, entries of "
              "sockets\nthat mainline's kernels did not learn are added.");
    Options options;
    command.option("--from", "1.7|1.8|1.8.5|2.2|2.3|2.4|2.5|2.6|auto", options.from,
                   "who wrote the policy; auto (default): what the lines look like; 2.6: learned by "
                   "mainline's kernel");
    command.option("--exceptions", "FILE", options.exceptions,
                   "for kind d: the old exception policy, whose deny_rewrite lines count");
    command.flag("-n,--dry-run", options.dry_run, "only print what would be written");
    command.flag("-f,--force", options.force,
                 "even when NEW_DIRECTORY has a policy, which becomes 'previous'");
    command.flag("--json", options.json, "print a report for programs");
    command.operand("OLD_DIRECTORY|KIND", options.first, "/etc/tomoyo or /etc/ccs of old; or a letter", true);
    command.operand("NEW_DIRECTORY|FILE", options.second, "is made; or the file, default standard input",
                    false);
    command.example("tomoyo-upgrade /mnt/old/etc/tomoyo rootfs/etc/tomoyo", "the policy of an old board");
    command.example("tomoyo-upgrade -n /mnt/old/etc/ccs | less", "first see what would become of it");
    command.example("tomoyo-upgrade d < old.conf > new.conf", "one file, here domain policy");
    command.example("tomoyo-upgrade --from=2.6 d < learned.conf > new.conf", "learned by mainline's kernel");
    if (const auto code = command.parse())
        return *code;

    versions::Versions from = versions::versions_named(options.from);
    if (const auto* kind = options.first.size() == 1 ? policy::kind_of(options.first[0]) : nullptr)
        return upgrade_file(*kind, options, Detector(from));
    if (options.second.empty() && !options.dry_run)
        throw command.usage_error("NEW_DIRECTORY is missing");
    // Those of 1.x have a directory of their own.
    while (options.first.size() > 1 && options.first.ends_with('/'))
        options.first.pop_back();
    if (from == versions::any_version && file_name(options.first) == "ccs")
        from = versions::ccs_versions;
    return upgrade_directory(options, Detector(from));
}

} // namespace applet
