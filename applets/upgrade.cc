// SPDX-License-Identifier: GPL-2.0-only
// applet: upgrade
// path: /usr/sbin/tomoyo-upgrade
// also:
// summary: turn policy of TOMOYO 1.8 and 2.2 to 2.5 into policy of 2.6
#include "tomoyo-box/policy/upgrade.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/policy/boot_check.h"
#include "tomoyo-box/policy/template.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/new_directory.h"
#include "tomoyo-box/store/old_directory.h"

#include <algorithm>

namespace {

using policy::Document;
using policy::Language;
namespace upgrade = policy::upgrade;

struct Wish {
    upgrade::Versions from = upgrade::any_version;
    std::string exceptions; // a file
    bool dry_run = false, force = false, json = false;
};

constexpr struct Kind {
    char letter;
    Language language;
    const char* name; // of the file, without ".conf"
} kinds[] = {
    {'p', Language::profiles, "profile"},
    {'m', Language::managers, "manager"},
    {'e', Language::exceptions, "exception_policy"},
    {'d', Language::domains, "domain_policy"},
    {'s', Language::quotas, "stat"},
};

// ---- What is to be said about it ----

class Report {
public:
    Report() { losses_.array(), files_.array(); }

    void add(const std::string& file, const Document& source, const upgrade::Result& result, bool list,
             bool show) {
        add(file, source.name(), result, show);
        for (const upgrade::Loss& loss : result.losses)
            lose(file, source.where(loss.line), source.raw(loss.line), loss, list);
    }

    void add(const std::string& file, const std::string& source, const upgrade::Result& result, bool show) {
        kept_ += result.kept;
        converted_ += result.converted;
        files_.object().key("file").value(file).key("source").value(source);
        files_.key("kept").value(result.kept).key("converted").value(result.converted);
        if (show)
            files_.key("text").value(result.text);
        files_.end();
    }

    void lose(const std::string& file, const std::string& where, std::string_view line,
              const upgrade::Loss& loss, bool list) {
        lost_++;
        losses_.object().key("file").value(file).key("line").value(loss.line + 1).key("text").value(line);
        losses_.key("reason").value(loss.reason).key("partly").value(loss.partly).end();
        if (list)
            warn("{}: not {}converted ({}): {}", where, loss.partly ? "wholly " : "", loss.reason, line);
    }

    int finish(const upgrade::Detector& detector, const Wish& wish, const std::string& snapshot) {
        if (wish.json)
            print(detector, snapshot);
        warn("{}; {} converted, {} as they were, {} not converted{}", detector.verdict(), lines(converted_),
             kept_, lost_, lost_ ? ": see the comments '# not ...'" : "");
        return lost_ ? exit_negative : exit_ok;
    }

private:
    static std::string lines(size_t count) { return fmt::format("{} line{}", count, count == 1 ? "" : "s"); }

    void print(const upgrade::Detector& detector, const std::string& snapshot) {
        // Both arrays are values of their own; a reader does not mind how they are indented.
        std::string text =
            fmt::format("{{\n  \"from\": \"{}\",\n  \"snapshot\": ",
                        detector.from() & upgrade::v2_6 ? "2.6" : upgrade::version_names(detector.from()));
        text += snapshot.empty() ? "null" : '"' + snapshot + '"';
        text += ",\n  \"files\": " + files_.end().text() + ",  \"not_converted\": " + losses_.end().text() +
                "}\n";
        out().write(text);
    }

    Json files_, losses_;
    size_t kept_ = 0, converted_ = 0, lost_ = 0;
};

Document read(Language language, const std::string& path) {
    Input input(path, false);
    LineReader reader = input.lines();
    return {language, reader};
}

// ---- One file ----

int filter(const Kind& kind, const std::string& path, const Wish& wish) {
    const Document document = read(kind.language, path.empty() ? "-" : path);
    std::optional<Document> exceptions;
    if (!wish.exceptions.empty())
        exceptions = read(Language::exceptions, wish.exceptions);
    upgrade::Detector detector(wish.from);
    detector.see(document);
    if (exceptions)
        detector.see(*exceptions);
    upgrade::Context context{.from = detector.from()};
    if (exceptions)
        context.append_only = upgrade::append_only_names(*exceptions);
    const upgrade::Result result = upgrade::convert(document, context);
    Report report;
    report.add(kind.name + std::string(".conf"), document, result, false, wish.json);
    if (!wish.json)
        out().write(result.text);
    out().flush();
    return report.finish(detector, wish, "");
}

// ---- A directory ----

class Upgrade {
public:
    Upgrade(const std::string& from, std::string to, const Wish& wish)
        : old_(from), old_name_(from), new_name_(std::move(to)), wish_(wish), detector_(known(from, wish)) {}

    int run() {
        if (!wish_.dry_run)
            store::require_room(new_name_, wish_.force);
        read();
        convert();
        convert_tools();
        std::string snapshot;
        if (wish_.dry_run)
            show();
        else
            snapshot = write();
        return report_.finish(detector_, wish_, snapshot);
    }

private:
    struct Source {
        const Kind* kind;
        std::string target;
        Document document;
    };

    // Those of 1.x have a directory of their own.
    static upgrade::Versions known(const std::string& directory, const Wish& wish) {
        const Root root(directory);
        const bool ccs = wish.from == upgrade::any_version && file_name(directory) == "ccs";
        return ccs ? upgrade::Versions(upgrade::ccs_versions) : wish.from;
    }

    void take(const Kind& kind, const std::string& name, const std::string& target) {
        auto file = old_.open(name);
        if (!file)
            return;
        LineReader reader(file->fd.get(), file->name);
        sources_.push_back({&kind, target, Document(kind.language, reader)});
        detector_.see(sources_.back().document);
    }

    void read() {
        for (const Kind& kind : kinds)
            take(kind, kind.name, kind.name + std::string(".conf"));
        if (sources_.empty())
            throw Error(exit_trouble, old_name_ + " holds no policy",
                        "name the directory that profile.conf or domain_policy.conf is in");
        take(kinds[4], "meminfo", "stat.conf");
        for (const std::string& name : old_.names("profile-"))
            take(kinds[0], name, name + ".conf");
        for (const store::PolicyFile& policy : store::policy_files)
            if (!find(policy.file))
                warn("{} has no {}; 'tomoyo-init-policy policy_dir={}' makes what is missing", old_name_,
                     policy.file, new_name_);
    }

    const Source* find(std::string_view target) const {
        const auto at = std::find_if(sources_.begin(), sources_.end(),
                                     [&](const Source& source) { return source.target == target; });
        return at == sources_.end() ? nullptr : &*at;
    }

    void convert() {
        upgrade::Context context{.from = detector_.from(), .keeps_rules = true};
        if (const Source* const exceptions = find("exception_policy.conf"))
            context.append_only = upgrade::append_only_names(exceptions->document);
        for (const Source& source : sources_) {
            upgrade::Result result = upgrade::convert(source.document, context);
            report_.add(source.target, source.document, result, true, wish_.dry_run);
            rules_ += result.rules;
            const bool in_snapshot =
                std::any_of(std::begin(store::policy_files), std::end(store::policy_files),
                            [&](const store::PolicyFile& policy) { return source.target == policy.file; });
            (in_snapshot ? policy_ : others_).push_back({source.target, std::move(result.text)});
        }
    }

    void convert_tools() {
        static const struct {
            const char* path;
            std::string_view text;
        } tools[] = {
            {"tools/patternize.conf", policy::patternize_template},
            {"tools/auditd.conf", policy::auditd_template},
            {"tools/notifyd.conf", policy::notifyd_template},
            {"tools/editpolicy.conf", policy::editpolicy_template},
        };
        for (const auto& tool : tools) {
            std::string text(tool.text);
            if (const auto file = old_.open_file(tool.path))
                text = upgrade::convert_tools(read_all(file->fd.get(), file->name), detector_.from());
            // The first rule that fits a name is the one that counts.
            if (!rules_.empty())
                text = "# From file_pattern of the old exception policy.\n" + std::exchange(rules_, {}) +
                       '\n' + text;
            others_.push_back({tool.path, std::move(text)});
        }
        take_editor_settings();
    }

    // Those of 2.2 and 2.3 lay beside the tools.
    void take_editor_settings() {
        const std::string path = old_name_ + "/../../usr/lib/tomoyo/tomoyotools.conf";
        if (!upgrade::within(detector_.from(), upgrade::first_syntax) || !exists(path))
            return;
        const std::string text = read_file(path);
        upgrade::Result result = upgrade::convert_editor_settings(text);
        report_.add("tools/editpolicy.conf", path, result, false);
        for (const upgrade::Loss& loss : result.losses)
            report_.lose("tools/editpolicy.conf", fmt::format("{}:{}", path, loss.line + 1), "keyword_alias",
                         loss, true);
        others_.back().text = std::move(result.text);
    }

    void show() const {
        if (wish_.json)
            return;
        for (const auto* files : {&policy_, &others_})
            for (const store::NewFile& file : *files)
                out().print("# ==== {}/{} ====\n{}\n", new_name_, file.path, file.text);
        out().flush();
    }

    std::string write() {
        std::string snapshot = store::write_directory(new_name_, policy_, others_);
        const auto path = [&](const char* file) { return find(file) ? new_name_ + '/' + file : ""; };
        const policy::BootCheck boot = policy::check_boot(
            {path("profile.conf"), path("exception_policy.conf"), path("domain_policy.conf")});
        for (const policy::BootProblem& problem : boot.problems())
            if (problem.fatal)
                warn("{}: {}; a boot with this policy fails", problem.where, problem.text);
        if (find("manager.conf"))
            warn("{}/manager.conf names programs; where they are links to tomoyo-box, see MANAGERS in "
                 "tomoyo-init-policy(8)",
                 new_name_);
        return snapshot;
    }

    store::OldDirectory old_;
    std::string old_name_, new_name_;
    const Wish& wish_;
    upgrade::Detector detector_;
    std::vector<Source> sources_;
    std::vector<store::NewFile> policy_, others_;
    std::string rules_; // for patternize.conf
    Report report_;
};

} // namespace

namespace applet {

int upgrade(const Call& call) {
    Command command(
        call, "Turns policy of TOMOYO 2.2 to 2.5 or 1.8 into policy of 2.6: a whole directory, or one file "
              "of the given kind\n(p profile, m manager, e exception_policy, d domain_policy, s stat), "
              "which goes to standard output.\nWhat 2.6 cannot express stays as a comment in its place.");
    Wish wish;
    std::string from = "auto", first, second;
    command.option("--from", "VERSION", from,
                   "2.2, 2.3, 2.4, 2.5, 1.7 or 1.8; default: what the lines look like");
    command.option("--exceptions", "FILE", wish.exceptions,
                   "for kind d: the old exception policy, whose deny_rewrite lines count");
    command.flag("-n,--dry-run", wish.dry_run, "write nothing; print what would be written");
    command.flag("-f,--force", wish.force, "also when NEW_DIRECTORY has a policy, which becomes 'previous'");
    command.flag("--json", wish.json, "print a report for programs");
    command.operand("OLD_DIRECTORY|KIND", first, "/etc/tomoyo or /etc/ccs of the old system; or a letter",
                    true);
    command.operand("NEW_DIRECTORY|FILE", second, "is made; or the file, default standard input", false);
    command.example("tomoyo-upgrade /mnt/old/etc/tomoyo rootfs/etc/tomoyo", "the policy of an old board");
    command.example("tomoyo-upgrade -n /mnt/old/etc/ccs | less", "first see what would become of it");
    command.example("tomoyo-upgrade d < old.conf > new.conf", "one file, here domain policy");
    if (const auto code = command.parse())
        return *code;

    wish.from = ::upgrade::versions_named(from);
    if (wish.from == 0)
        throw command.usage_error(
            fmt::format("'{}' is no version: 2.2, 2.3, 2.4, 2.5, 1.7, 1.8 or auto", from));
    const auto kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& known) {
        return first == std::string_view(&known.letter, 1);
    });
    if (kind != std::end(kinds)) {
        if (wish.dry_run || wish.force)
            throw command.usage_error("--dry-run and --force are for directories");
        if (!wish.exceptions.empty() && kind->language != Language::domains)
            throw command.usage_error("--exceptions is for kind d");
        return filter(*kind, second, wish);
    }
    if (!wish.exceptions.empty())
        throw command.usage_error("--exceptions is for kind d; of a directory they are known");
    if (second.empty() && !wish.dry_run)
        throw command.usage_error("NEW_DIRECTORY is missing: where to write the new policy");
    while (first.size() > 1 && first.ends_with('/'))
        first.pop_back();
    return Upgrade(first, second.empty() ? "/etc/tomoyo" : second, wish).run();
}

} // namespace applet
