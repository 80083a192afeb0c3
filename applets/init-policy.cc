// SPDX-License-Identifier: GPL-2.0-only
// applet: init-policy
// path: /usr/lib/tomoyo/init_policy
// also: /usr/sbin/tomoyo-init-policy
// summary: make the first policy and configuration of a system
#include "tomoyo-box/base/atomic_file.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/root_path.h"
#include "tomoyo-box/base/text.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/policy/check/boot_check.h"
#include "tomoyo-box/policy/template/template.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/stamp.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace {

// ---- The command line: every option with or without "--", with '_' or '-', later ones win ----

struct Wish {
    std::string root = "/";
    std::string directory = store::default_directory;
    std::string base = "auto";
    std::string manager = "auto";
    std::string tools;
    unsigned profile = 0;
    std::set<unsigned> groups;
    policy::ProfileWish profiles;
};

struct Word {
    std::string typed; // as the user wrote it
    std::string name;  // "use-profile"
    std::string value;
};

constexpr std::string_view flags = "file-only-profile full-profile";
constexpr std::string_view settings =
    "root policy-dir use-profile use-group grant-log reject-log max-audit-log "
    "max-learning-entry template manager tools-dir";

bool is_one_of(std::string_view words, std::string_view word) {
    bool found = false;
    for_each_word(words, [&](const std::string& known) { found |= known == word; });
    return found;
}

Error bad_option(const std::string& typed, std::string hint) {
    const std::string message = fmt::format("Unknown option: '{}'", typed);
    return Error(exit_trouble, message, std::move(hint)).legacy(message);
}

// The words of the command line in one spelling. HELP becomes the one that asks for the help or the version.
std::vector<Word> read_words(const Call& call, std::string& help) {
    std::vector<Word> words;
    for (auto arg = call.args.begin(); arg != call.args.end(); ++arg) {
        if (!call.compat && (*arg == "--help" || *arg == "-h" || *arg == "--version")) {
            help = *arg;
            return words;
        }
        Word word{*arg, *arg, ""};
        if (word.name.starts_with("--"))
            word.name.erase(0, 2);
        const size_t equals = word.name.find('=');
        const bool has_value = equals != std::string::npos;
        if (has_value)
            word.value = word.name.substr(equals + 1);
        word.name.resize(std::min(equals, word.name.size()));
        std::replace(word.name.begin(), word.name.end(), '_', '-');
        const bool is_flag = is_one_of(flags, word.name);
        if (is_flag ? has_value : !is_one_of(settings, word.name))
            throw bad_option(word.typed, fmt::format("see '{} --help'", call.name));
        if (!is_flag && !has_value) {
            if (call.compat || arg + 1 == call.args.end())
                throw bad_option(word.typed, fmt::format("it needs a value: {}=VALUE", word.typed));
            word.value = *++arg;
        }
        words.push_back(std::move(word));
    }
    return words;
}

std::optional<unsigned> exact_number(const std::string& text, unsigned max) {
    unsigned value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || value > max)
        return std::nullopt;
    return value;
}

// As tomoyo-tools read it: what follows the digits is ignored, and large numbers wrap.
std::optional<unsigned> loose_number(const Word& word) {
    char* end = nullptr;
    const unsigned long long value = std::strtoull(word.value.c_str(), &end, 10);
    if (end == word.value.c_str())
        return std::nullopt;
    return static_cast<unsigned>(value);
}

// The number of a word: from 0 to MAX, or modulo 256 as the old tool took it.
unsigned number(const Call& call, const Word& word, unsigned max) {
    if (call.compat)
        return loose_number(word).value_or(0) % 256;
    if (const auto value = exact_number(word.value, max))
        return *value;
    throw Error(exit_trouble,
                fmt::format("'{}' in '{}' is not a number from 0 to {}", word.value, word.typed, max));
}

void set_limit(const Call& call, const Word& word, unsigned& limit) {
    constexpr unsigned max = ~0U;
    const auto value = call.compat ? loose_number(word) : exact_number(word.value, max);
    if (value)
        limit = *value;
    else if (!call.compat || !word.value.empty())
        throw bad_option(word.typed, fmt::format("'{}' is not a number from 0 to {}", word.value, max));
}

std::string one_of(const Word& word, std::string_view allowed) {
    if (is_one_of(allowed, word.value))
        return word.value;
    throw Error(exit_trouble, fmt::format("'{}' in '{}' is none of: {}", word.value, word.typed, allowed));
}

std::string yes_or_no(const Call& call, const Word& word) {
    return call.compat ? word.value : one_of(word, "yes no");
}

void apply(const Call& call, const Word& word, Wish& wish) {
    const std::string& name = word.name;
    if (name == "root") {
        wish.root = word.value;
    } else if (name == "policy-dir") {
        wish.directory = word.value;
    } else if (name == "template") {
        wish.base = one_of(word, "auto busybox distribution");
    } else if (name == "manager") {
        wish.manager = one_of(word, "auto paths domains box");
    } else if (name == "tools-dir") {
        wish.tools = word.value;
    } else if (name == "use-profile") {
        wish.profile = number(call, word, policy::template_profiles - 1);
    } else if (name == "use-group") {
        wish.groups.insert(number(call, word, 255));
    } else if (name == "grant-log") {
        wish.profiles.grant_log = yes_or_no(call, word);
    } else if (name == "reject-log") {
        wish.profiles.reject_log = yes_or_no(call, word);
    } else if (name == "max-audit-log") {
        set_limit(call, word, wish.profiles.max_audit_log);
    } else if (name == "max-learning-entry") {
        set_limit(call, word, wish.profiles.max_learning_entry);
    } else {
        wish.profiles.file_only = name == "file-only-profile";
    }
}

// Help and version are the core's business; it learns all options for that.
int show_help(const Call& call, const std::string& help) {
    const Call asked{call.applet, call.name, {help}, false};
    Command command(
        asked,
        "Makes the first policy and configuration below /etc/tomoyo from what is installed. Files that "
        "exist are left\nas they are. The dashes before an option may be omitted.");
    bool flag = false;
    std::string text;
    command.option("--root", "DIR", text,
                   "make the policy of the system in DIR (no chroot, nothing in DIR is run)");
    command.option("--policy_dir", "DIR", text, "where to put the files; default /etc/tomoyo");
    command.option("--template", "KIND", text,
                   "busybox, distribution or auto (default: what the root looks like)");
    command.option("--use_profile", "N", text,
                   "profile of <kernel>: 0 disabled (default), 1 learning, 2 permissive, "
                   "3 enforcing");
    command.option("--use_group", "N", text, "acl_group that <kernel> uses, 0..255; repeatable; default 0");
    command.flag("--file-only-profile", flag, "profiles restrict access to files only");
    command.flag("--full-profile", flag, "profiles restrict everything (default)");
    command.option("--grant_log", "yes|no", text, "log granted requests; default no");
    command.option("--reject_log", "yes|no", text, "log rejected requests; default yes");
    command.option("--max_audit_log", "N", text, "audit logs kept in the kernel; default 1024");
    command.option("--max_learning_entry", "N", text, "entries learned per domain; default 2048");
    command.option("--manager", "STYLE", text,
                   "how manager.conf names the tools: paths, domains, box or auto (default)");
    command.option("--tools-dir", "DIR", text,
                   "where the tools are in the root; default: searched, else /usr/sbin");
    command.example("init-policy", "make what is missing below /etc/tomoyo");
    command.example("init-policy use_profile=1", "start every program in learning mode at the next boot");
    command.example("init-policy --root=rootfs --template=busybox",
                    "make the policy of an image on the build host");
    return command.parse().value_or(exit_ok);
}

// ---- The files ----

struct File {
    const char* what; // for the message
    std::string path; // inside the root
    std::string text;
    bool readable_by_all = false;
};

// Says how WORK went, as tomoyo-tools did.
template <typename F> void report(const std::string& what, const char* ok, F&& work) {
    try {
        work();
    } catch (...) {
        warn_line(fmt::format("Creating {}... failed.", what));
        throw;
    }
    warn_line(fmt::format("Creating {}... {}", what, ok));
}

class Builder {
public:
    Builder(const Call& call, const Wish& wish)
        : call_(call), wish_(wish), root_(wish.root), top_(locate(wish.directory)),
          policy_(locate(top_ + "/policy")), tools_(locate(top_ + "/tools")) {}

    void run() {
        // All text first: trouble in making it leaves no trace.
        std::vector<File> snapshot, others;
        if (missing(top_ + "/exception_policy.conf"))
            snapshot.push_back({"exception policy", "exception_policy.conf", exceptions()});
        if (missing(top_ + "/domain_policy.conf")) {
            check_profile();
            snapshot.push_back({"domain policy", "domain_policy.conf",
                                policy::domain_template(wish_.profile, wish_.groups)});
        }
        if (missing(top_ + "/manager.conf"))
            snapshot.push_back({"manager policy", "manager.conf", manager_list()});
        if (missing(top_ + "/profile.conf"))
            snapshot.push_back({"default profile", "profile.conf", policy::profile_template(wish_.profiles)});
        const auto other = [&](const char* what, std::string path, std::string_view text,
                               bool readable_by_all) {
            if (missing(path))
                others.push_back({what, std::move(path), std::string(text), readable_by_all});
        };
        other("stat policy", top_ + "/stat.conf", policy::stat_template, false);
        other("configuration file for tomoyo-editpolicy ", tools_ + "/editpolicy.conf",
              policy::editpolicy_template, true);
        other("configuration file for tomoyo-auditd ", tools_ + "/auditd.conf", policy::auditd_template,
              true);
        other("configuration file for tomoyo-patternize ", tools_ + "/patternize.conf",
              policy::patternize_template(), true);
        other("configuration file for tomoyo-notifyd ", tools_ + "/notifyd.conf", policy::notifyd_template,
              true);

        const bool fresh = !snapshot.empty() && !root_.is_directory(policy_ + "/current");
        if (fresh)
            report("policy directory", "OK", [&] { make_directory(policy_); });
        if (!root_.is_directory(tools_))
            report("configuration directory", "OK", [&] { make_directory(tools_); });
        if (fresh)
            make_snapshot(snapshot);
        else
            for (const File& file : snapshot)
                complete_snapshot(file);
        for (const File& file : others)
            report(file.what, "OK.", [&] { write(file, root_.target(file.path)); });
        tell(snapshot);
    }

private:
    std::string locate(const std::string& path) const {
        try {
            return root_.target(path);
        } catch (Error& error) {
            error.legacy("Creating policy directory... failed.");
            throw;
        }
    }

    // As the old tool asked: a link that leads nowhere is missing, too.
    bool missing(const std::string& path) const {
        const auto real = root_.real_path(path);
        return !real || access(root_.outside(*real).c_str(), R_OK) != 0;
    }

    const policy::Managers& managers() {
        if (managers_.entries.empty()) {
            using Style = policy::ManagerStyle;
            const Style style = wish_.manager == "paths"     ? Style::paths
                                : wish_.manager == "domains" ? Style::domains
                                : wish_.manager == "box"     ? Style::box
                                                             : Style::automatic;
            managers_ = policy::manager_template(root_, style, wish_.tools);
            if (style == Style::automatic && !will_have(managers_.rules))
                managers_ = policy::manager_template(root_, Style::box, wish_.tools);
        }
        return managers_;
    }

    // Managers by domain are worth nothing without their rules, which an exception policy that stays may
    // lack.
    bool will_have(const std::vector<std::string>& rules) const {
        const std::string path = top_ + "/exception_policy.conf";
        if (missing(path))
            return true;
        std::set<std::string> present;
        for_each_line(path, [&](std::string_view line) {
            policy::ExceptionLine parsed;
            if (!parse(line, parsed))
                present.insert(canonical(parsed));
        });
        return std::all_of(rules.begin(), rules.end(), [&](const std::string& rule) {
            policy::ExceptionLine parsed;
            return !parse(rule, parsed) && present.contains(canonical(parsed));
        });
    }

    std::string exceptions() {
        const policy::Base base = wish_.base == "busybox"        ? policy::Base::busybox
                                  : wish_.base == "distribution" ? policy::Base::distribution
                                                                 : policy::detect_base(root_);
        return policy::exception_template(root_, base, managers().rules);
    }

    std::string manager_list() {
        std::string text;
        for (const std::string& entry : managers().entries)
            text += entry + '\n';
        return text;
    }

    // A profile.conf that stays may not define what the new domain is to use: the kernel would panic.
    void check_profile() const {
        const std::string path = top_ + "/profile.conf";
        if (call_.compat || missing(path))
            return;
        policy::Profiles profiles;
        for_each_line(path, [&](std::string_view line) { profiles.add(line); });
        if (profiles.find(policy::kernel_space, wish_.profile))
            return;
        throw Error(exit_trouble,
                    fmt::format("{} does not define profile {}", root_.outside(path), wish_.profile),
                    "choose another with use_profile=N, or remove that file to get the default profiles");
    }

    template <typename Visit> void for_each_line(const std::string& path, Visit visit) const {
        const std::string real = root_.outside(*root_.real_path(path));
        const Fd fd = open_fd(real, O_RDONLY);
        if (!fd)
            throw system_trouble("open " + real);
        policy::PolicyReader reader(fd.get(), real);
        for (std::string_view line; reader.next_normalized(line);)
            visit(line);
    }

    // Directories on the way to the policy directory are ordinary ones, the rest is root's alone.
    void make_directory(const std::string& path) const {
        if (root_.is_directory(path))
            return;
        if (path != top_ && path.starts_with(top_))
            make_directory(parent_directory(path));
        else
            make_directories(root_.outside(parent_directory(path)), 0755);
        const std::string name = root_.outside(path);
        if (mkdir(name.c_str(), 0700) != 0 && errno != EEXIST)
            throw system_trouble("make directory " + name);
        sync_directory(parent_directory(name));
    }

    void write(const File& file, const std::string& path) const {
        const std::string name = root_.outside(path);
        AtomicFile output(name);
        if (file.readable_by_all && fchmod(output.fd(), 0644) != 0)
            throw system_trouble("write " + name);
        output.write(file.text);
        if (!output.create())
            throw Error(exit_trouble, fmt::format("{} has just been made by another program", name));
    }

    // A snapshot no other program makes at the same time; its name.
    std::string make_stamp() const {
        for (int64_t time = store::local_time();; time++) {
            std::string stamp = store::stamp_name(time);
            const std::string name = root_.outside(policy_ + '/' + stamp);
            if (mkdir(name.c_str(), 0700) == 0)
                return stamp;
            if (errno != EEXIST)
                throw system_trouble("make directory " + name);
        }
    }

    // The snapshot counts only once `current` leads to it, so that comes last.
    void make_snapshot(const std::vector<File>& files) const {
        const std::string stamp = make_stamp();
        try {
            for (const File& file : files)
                report(file.what, "OK.", [&] { write(file, policy_ + '/' + stamp + '/' + file.path); });
            if (!root_.is_directory(policy_ + "/previous"))
                make_link(stamp, policy_ + "/previous");
            for (const File& file : files)
                link_to_current(file);
            make_link(stamp, policy_ + "/current");
            sync_directory(root_.outside(policy_));
        } catch (...) {
            for (const File& file : files)
                unlink(root_.outside(policy_ + '/' + stamp + '/' + file.path).c_str());
            rmdir(root_.outside(policy_ + '/' + stamp).c_str());
            throw;
        }
    }

    void complete_snapshot(const File& file) const {
        const std::string path = policy_ + "/current/" + file.path;
        report(file.what, "OK.", [&] {
            if (missing(path))
                write(file, root_.target(path));
            if (missing(top_ + '/' + file.path))
                link_to_current(file);
        });
    }

    void link_to_current(const File& file) const {
        make_link("policy/current/" + file.path, top_ + '/' + file.path);
    }

    // In place of a link that leads nowhere, if there is one.
    void make_link(const std::string& target, const std::string& path) const {
        const std::string name = root_.outside(path);
        if (!link_target(name).empty())
            unlink(name.c_str());
        if (symlink(target.c_str(), name.c_str()) == 0)
            return;
        // Another init-policy may have been faster; its link is as good.
        if (errno != EEXIST || link_target(name).empty())
            throw system_trouble("make link " + name);
    }

    void tell(const std::vector<File>& made) const {
        if (call_.compat)
            return;
        const auto has = [&](std::string_view name) {
            return std::any_of(made.begin(), made.end(), [&](const File& file) { return file.path == name; });
        };
        if (has("manager.conf") && !managers_.found)
            warn("no TOMOYO tool found in {}; manager.conf names the tools in {}, change that with "
                 "--tools-dir=DIR",
                 wish_.tools.empty() ? root_.outside("/") : root_.outside(managers_.directory),
                 managers_.directory);
        if (made.empty())
            return;
        // Together with files that were there before, or with use_profile=3.
        const auto place = [&](const char* file) { return root_.outside(root_.target(top_ + '/' + file)); };
        const policy::BootCheck boot = policy::check_boot(
            {place("profile.conf"), place("exception_policy.conf"), place("domain_policy.conf")});
        for (const policy::BootProblem& problem : boot.problems())
            if (problem.fatal)
                warn("{}: {}; the next boot with this policy fails", problem.where, problem.text);
    }

    const Call& call_;
    const Wish& wish_;
    Root root_;
    std::string top_, policy_, tools_; // real paths inside the root
    policy::Managers managers_;
};

} // namespace

namespace applet {

int init_policy(const Call& call) {
    std::string help;
    const std::vector<Word> words = read_words(call, help);
    if (!help.empty())
        return show_help(call, help);
    Wish wish;
    for (const Word& word : words)
        apply(call, word, wish);
    if (wish.groups.empty())
        wish.groups.insert(0);

    if (!wish.directory.starts_with('/'))
        throw Error(exit_trouble, fmt::format("policy_dir '{}' is not an absolute path", wish.directory))
            .legacy("Creating policy directory... failed.");
    if (!wish.tools.empty() && !wish.tools.starts_with('/'))
        throw Error(exit_trouble, fmt::format("tools-dir '{}' is not an absolute path", wish.tools));
    if (!is_directory(wish.root)) {
        const std::string message =
            fmt::format("Can't chroot to '{}'", wish.root); // tools look for these words
        throw Error(exit_trouble, message + ": there is no such directory").legacy(message);
    }
    Builder builder(call, wish);
    try {
        builder.run();
    } catch (Error& error) {
        error.legacy(""); // the old tool said no more than which work failed
        throw;
    }
    return exit_ok;
}

} // namespace applet
