// SPDX-License-Identifier: GPL-2.0-only
// applet: init
// path: /sbin/tomoyo-init
// also:
// summary: load the policy into the kernel at boot
//
// The kernel runs this program when /sbin/init is executed for the first time, and waits for it: whatever is
// wrong, it has to end, and with a policy in the kernel that the kernel takes (userspace
// specification 2.4, 4.1).
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/boot/boot_console.h"
#include "tomoyo-box/boot/boot_mounts.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/check/boot_check.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/store/layout.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr unsigned usual_timeout = 10; // seconds for one answer
constexpr unsigned longest_timeout = 3600;
constexpr unsigned answers = 3;         // all questions together take at most as long as this many answers
constexpr unsigned most_questions = 20; // a program at the other end shall not keep the console busy
constexpr seconds post_init_remark{10}; // then the console learns what is being waited for
constexpr seconds post_init_limit{60};
constexpr size_t most_problems = 5; // shown of one kind; the kernel's log takes ten lines at once

// The words of the kernel's command line and of our own.
struct Words {
    std::string profile; // of TOMOYO=; empty: not given
    bool load_domains = true;
    bool keep_enforcing = false;
    unsigned timeout = usual_timeout;

    // False when WORD means nothing to us.
    bool take(std::string_view word) {
        if (word == "TOMOYO_NOLOAD") {
            load_domains = false;
        } else if (word == "TOMOYO_KEEP_ENFORCING") {
            keep_enforcing = true;
        } else if (strip(word, "TOMOYO_TIMEOUT=")) {
            unsigned value = 0;
            if (word.empty() || word.find_first_not_of("0123456789") != word.npos)
                return false;
            for (const char digit : word)
                value = std::min(value * 10 + unsigned(digit - '0'), longest_timeout);
            timeout = value;
        } else if (strip(word, "TOMOYO=")) {
            profile = word;
        } else {
            return false;
        }
        return true;
    }

    void take_all(std::string_view text) {
        const std::string line = policy::normalize(text);
        for (std::string_view rest = line; !rest.empty();)
            (void)take(take_word(rest));
    }
};

// Which files are loaded.
struct Choice {
    enum Kind { standard, named, previous, disabled } kind = standard;
    std::string name; // of a named one
};

class Loader {
public:
    Loader(BootConsole& console, Words words, std::string directory)
        : console_(console), words_(std::move(words)), directory_(std::move(directory)) {}

    // Returns the exit code.
    int run(bool compat);

private:
    bool readable(const std::string& file) const { return bool(policy::open_policy_file(file)); }
    std::string profile_file(const Choice& choice) const;
    std::string policy_file(const Choice& choice, const char* file) const;
    policy::BootCheck check(const Choice& choice) const;
    bool previous_is_good() const { return !check({Choice::previous, {}}).fatal(); }
    bool previous_is_another() const;

    bool loaded_before() const;
    Choice choose();
    std::optional<Choice> ask();
    Choice fall_back(std::string_view why);
    Choice inspect(Choice choice);
    void report(const std::vector<policy::BootProblem>& problems);
    template <typename List, typename Text> void warn_each(const List& list, Text text);

    void load(const Choice& choice);
    void copy(const std::string& file, const char* to);
    void write(const char* file, const std::vector<std::string>& lines);
    policy::BootCheck check_kernel() const;
    bool repair(const policy::BootCheck& check); // false: there was nothing to repair
    void replace_locked(const policy::BootCheck::Lockout& locked);
    void disable(const policy::BootCheck& check);
    bool run_post_init(); // false: there is none
    void summarize(const policy::BootCheck& check);

    BootConsole& console_;
    Words words_;
    std::unique_ptr<Interface> interface_;
    const std::string directory_;
    bool as_asked_ = true; // false: something else was loaded than the boot parameters and files ask for
};

std::string Loader::profile_file(const Choice& choice) const {
    if (choice.kind == Choice::disabled)
        return {};
    if (choice.kind == Choice::named)
        return directory_ + "/profile-" + choice.name + ".conf";
    return policy_file(choice, "profile.conf");
}

std::string Loader::policy_file(const Choice& choice, const char* file) const {
    return directory_ + (choice.kind == Choice::previous ? "/policy/previous/" : "/") + file;
}

policy::BootCheck Loader::check(const Choice& choice) const {
    return policy::check_boot({profile_file(choice), policy_file(choice, "exception_policy.conf"),
                               words_.load_domains ? policy_file(choice, "domain_policy.conf") : ""});
}

bool Loader::previous_is_another() const {
    struct stat current {
    }, previous{};
    if (stat((directory_ + "/policy/previous").c_str(), &previous) != 0)
        return false;
    if (stat((directory_ + "/policy/current").c_str(), &current) != 0)
        return true;
    return current.st_dev != previous.st_dev || current.st_ino != previous.st_ino;
}

// ---- What to load ----

Choice Loader::choose() {
    if (!is_directory(directory_)) {
        console_.warn(fmt::format("there is no directory {}: nothing is loaded and every access is allowed; "
                                  "make a policy with init_policy",
                                  directory_));
        as_asked_ = false;
        return {Choice::disabled, {}};
    }
    const std::string& wanted = words_.profile;
    if (wanted == "disabled")
        return {Choice::disabled, {}};
    if (wanted.empty() || wanted == "default") {
        if (readable(directory_ + "/profile.conf"))
            return {Choice::standard, {}};
        console_.say("TOMOYO: Default profile doesn't exist.");
        // A save that was interrupted leaves exactly this behind; it needs no decision.
        if (!exists(directory_ + "/policy/current") && previous_is_good())
            return fall_back("the current policy is missing");
    } else if (wanted != "ask") {
        Choice named{Choice::named, wanted};
        if (wanted.find('/') == wanted.npos && readable(profile_file(named)))
            return named;
        if (wanted == "previous" && readable(profile_file({Choice::previous, {}})))
            return {Choice::previous, {}};
        console_.say("TOMOYO: Specified profile doesn't exist.");
    }
    if (words_.timeout == 0)
        return fall_back("TOMOYO_TIMEOUT=0 forbids to ask");
    if (!console_.can_ask())
        return fall_back("there is no console to ask at");
    if (const auto answer = ask())
        return *answer;
    return fall_back("nobody answered in time");
}

std::optional<Choice> Loader::ask() {
    const auto end = Clock::now() + seconds(words_.timeout * answers);
    for (unsigned asked = 0; asked < most_questions; asked++) {
        std::vector<std::string> names;
        if (DIR* listing = opendir(directory_.c_str())) {
            while (const dirent* entry = readdir(listing)) {
                std::string_view name = entry->d_name;
                if (!strip(name, "profile-") || !name.ends_with(".conf"))
                    continue;
                name.remove_suffix(5);
                if (!name.empty() && name != "default" && name != "disable")
                    names.emplace_back(name);
            }
            closedir(listing);
        }
        std::sort(names.begin(), names.end());
        const bool standard = readable(directory_ + "/profile.conf");
        const bool previous = std::find(names.begin(), names.end(), "previous") == names.end() &&
                              previous_is_another() && readable(profile_file({Choice::previous, {}}));

        console_.say("TOMOYO: Select a profile from the following list.");
        if (standard)
            console_.say("default");
        for (const auto& name : names)
            console_.say(name);
        if (previous)
            console_.say("previous");
        console_.say("disable");
        const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
        auto line = console_.ask("> ", std::min<milliseconds>(left, seconds(words_.timeout)));
        if (!line) {
            console_.say("");
            return std::nullopt;
        }
        const std::string answer = policy::normalize(*line);
        if (answer == "default" && standard)
            return Choice{Choice::standard, {}};
        if (answer == "disable")
            return Choice{Choice::disabled, {}};
        if (std::find(names.begin(), names.end(), answer) != names.end()) {
            if (const Choice named{Choice::named, answer}; readable(profile_file(named)))
                return named;
        } else if (answer == "previous" && previous) {
            return Choice{Choice::previous, {}};
        }
        if (answer == "TOMOYO_NOLOAD")
            words_.load_domains = false;
    }
    return std::nullopt;
}

Choice Loader::fall_back(std::string_view why) {
    as_asked_ = false;
    if (readable(directory_ + "/profile.conf")) {
        console_.warn(fmt::format("{}: using the default profile", why));
        return {Choice::standard, {}};
    }
    if (previous_is_good()) {
        console_.warn(fmt::format("{}: using the previous policy, {}/policy/previous", why, directory_));
        return {Choice::previous, {}};
    }
    console_.warn(fmt::format("{}, and there is no usable previous policy: every access is allowed", why));
    return {Choice::disabled, {}};
}

// Refuses a default policy that would stop the system when the previous one does not.
Choice Loader::inspect(Choice choice) {
    if (choice.kind == Choice::disabled)
        return choice;
    const auto current = check(choice);
    const auto problems = current.problems();
    report(problems);
    // Being locked out on purpose is no reason to fall back; it is the only fatal problem that can be wanted.
    const auto fatal =
        std::count_if(problems.begin(), problems.end(), [](const auto& problem) { return problem.fatal; });
    const bool wanted = words_.keep_enforcing && current.lockout() && fatal == 1;
    if (choice.kind != Choice::standard || fatal == 0 || wanted)
        return choice;
    if (!previous_is_good()) {
        console_.warn("there is no usable previous policy: loading this one and repairing it in the kernel");
        return choice;
    }
    as_asked_ = false;
    console_.warn(fmt::format("using the previous policy, {}/policy/previous", directory_));
    return {Choice::previous, {}};
}

template <typename List, typename Text> void Loader::warn_each(const List& list, Text text) {
    size_t shown = 0;
    for (const auto& item : list) {
        if (shown == most_problems) {
            console_.warn(fmt::format("... and {} more", list.size() - shown));
            break;
        }
        console_.warn(text(item));
        shown++;
    }
}

void Loader::report(const std::vector<policy::BootProblem>& problems) {
    warn_each(problems,
              [](const policy::BootProblem& problem) { return problem.where + ": " + problem.text; });
}

// ---- Into the kernel ----

void Loader::copy(const std::string& file, const char* to) try {
    const Fd from = policy::open_policy_file(file);
    if (!from) {
        if (errno != ENOENT)
            console_.warn(fmt::format("cannot open {}: {}", file, errno_text(errno)));
        return;
    }
    const Fd target = interface_->open(to, O_WRONLY);
    std::string buffer(65536, '\0');
    char last = '\n';
    for (;;) {
        const ssize_t got = read_some(from.get(), buffer.data(), buffer.size());
        if (got < 0) {
            console_.warn(
                fmt::format("cannot read {}: {}; the rest of it is not loaded", file, errno_text(errno)));
            as_asked_ = false;
        }
        if (got <= 0)
            break;
        const std::string_view piece(buffer.data(), static_cast<size_t>(got));
        if (!write_all(target.get(), piece)) {
            console_.warn(
                fmt::format("cannot load {}: {}; the rest of it is not loaded", file, errno_text(errno)));
            as_asked_ = false;
            return;
        }
        last = piece.back();
    }
    // The kernel would drop a last line that lacks its newline.
    if (last != '\n')
        (void)write_all(target.get(), "\n");
} catch (const Error& error) {
    // The other files, and the repair, are needed all the more.
    console_.warn(fmt::format("cannot load {}: {}", file, error.message()));
    as_asked_ = false;
}

void Loader::load(const Choice& choice) {
    copy(policy_file(choice, "manager.conf"), "manager");
    copy(policy_file(choice, "exception_policy.conf"), "exception_policy");
    if (words_.load_domains)
        copy(policy_file(choice, "domain_policy.conf"), "domain_policy");
    if (choice.kind != Choice::disabled)
        copy(profile_file(choice), "profile");
}

void Loader::write(const char* file, const std::vector<std::string>& lines) {
    PolicyWriter writer(*interface_, file);
    for (const auto& line : lines)
        writer.line(line);
    writer.flush();
}

policy::BootCheck Loader::check_kernel() const {
    policy::BootCheck check;
    const auto read = [&](const char* file, void (policy::BootCheck::*how)(policy::PolicyReader&)) {
        const Fd fd = interface_->open(file, O_RDONLY);
        policy::PolicyReader reader(fd.get(), file);
        (check.*how)(reader);
    };
    read("profile", &policy::BootCheck::read_profile);
    read("exception_policy", &policy::BootCheck::read_exception_policy);
    read("domain_policy", &policy::BootCheck::read_domain_policy);
    return check;
}

bool Loader::repair(const policy::BootCheck& check) {
    std::vector<std::string> lines;
    for (const auto& name : check.old_versions())
        lines.push_back(name + " PROFILE_VERSION=20150505");
    const auto versions = check.unsupported_versions();
    for (const auto& version : versions)
        lines.push_back(version.name_space + " PROFILE_VERSION=20150505");
    warn_each(versions, [](const auto& version) {
        return fmt::format("PROFILE_VERSION={} of {} would stop the kernel: changed to 20150505",
                           version.number, version.name_space);
    });
    const auto undefined = check.undefined_profiles();
    for (const auto& missing : undefined) {
        lines.push_back(fmt::format("{} {}-COMMENT=disabled", missing.name_space, missing.profile));
        lines.push_back(fmt::format("{} {}-CONFIG={{ mode=disabled grant_log=no reject_log=yes }}",
                                    missing.name_space, missing.profile));
    }
    warn_each(undefined, [](const auto& missing) {
        return fmt::format(
            "profile {} (used by '{}') is not defined and would stop the kernel: defined it as disabled",
            missing.profile, missing.domain);
    });
    if (!versions.empty() || !undefined.empty())
        as_asked_ = false;
    if (!lines.empty())
        write("profile", lines);

    const auto locked = check.lockout();
    if (locked && words_.keep_enforcing)
        console_.warn(
            fmt::format("'<kernel>' enforces profile {} and may execute nothing: /sbin/init cannot start "
                        "(kept so by TOMOYO_KEEP_ENFORCING)",
                        locked->profile));
    if (locked && !words_.keep_enforcing)
        replace_locked(*locked);
    return !lines.empty() || (locked && !words_.keep_enforcing);
}

void Loader::replace_locked(const policy::BootCheck::Lockout& locked) {
    as_asked_ = false;
    const unsigned profile = locked.replacement;
    if (!locked.replacement_defined)
        write("profile",
              {fmt::format("<kernel> {}-COMMENT=disabled", profile),
               fmt::format("<kernel> {}-CONFIG={{ mode=disabled grant_log=no reject_log=yes }}", profile)});
    write("domain_policy", {"<kernel>", fmt::format("use_profile {}", profile)});
    console_.warn(
        fmt::format("'<kernel>' enforces profile {} and may execute nothing, /sbin/init could not start: "
                    "gave it profile {}; allow 'file execute /sbin/init', "
                    "or boot with TOMOYO_KEEP_ENFORCING to have it as it is",
                    locked.profile, profile));
}

// As tomoyo-tools do it: what is in use is defined, and everything that is defined becomes disabled.
void Loader::disable(const policy::BootCheck& check) {
    std::vector<std::string> lines;
    for (const auto& [name, numbers] : check.used_profiles())
        for (unsigned number = 0; number < numbers.size(); number++)
            if (numbers.test(number))
                lines.push_back(fmt::format("{} {}-COMMENT=disabled", name, number));
    write("profile", lines);
    lines.clear();
    const Fd fd = interface_->open("profile", O_RDONLY);
    policy::PolicyReader reader(fd.get(), "profile");
    std::string_view line;
    while (reader.next(line)) {
        policy::ProfileLine setting;
        if (parse(line, setting) || setting.setting.type != TMY_PROFILE_LINE_CONFIG)
            continue;
        const std::string_view value = policy::view(setting.setting.value);
        lines.push_back(fmt::format("{}{{ mode=disabled }}", line.substr(0, line.size() - value.size())));
    }
    write("profile", lines);
}

bool Loader::run_post_init() {
    const std::string program = directory_ + "/tomoyo-post-init";
    if (access(program.c_str(), X_OK) != 0 || is_directory(program))
        return false;
    std::signal(SIGCHLD, SIG_DFL); // ignored, it would make the child's end unnoticeable
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigset_t before;
    sigprocmask(SIG_BLOCK, &child, &before);
    const pid_t pid = fork();
    if (pid == 0) {
        sigprocmask(SIG_SETMASK, &before, nullptr);
        if (chdir(directory_.c_str()) != 0)
            _exit(127);
        unsetenv("TOMOYO_INTERFACE"); // BootMounts may have set it, for this process only
        execl(program.c_str(), program.c_str(), nullptr);
        _exit(127);
    }
    if (pid < 0) {
        console_.warn(fmt::format("cannot start {}: {}", program, errno_text(errno)));
        return false;
    }
    const auto started = Clock::now();
    bool remarked = false;
    while (waitpid(pid, nullptr, WNOHANG) == 0) {
        const auto waited = Clock::now() - started;
        if (waited >= post_init_limit) {
            console_.warn(fmt::format("{} has not ended after {} seconds: going on without it", program,
                                      post_init_limit.count()));
            return true;
        }
        if (waited >= post_init_remark && !remarked) {
            remarked = true;
            console_.warn(fmt::format("waiting for {} (process {}), {} seconds at most", program, pid,
                                      post_init_limit.count()));
        }
        const timespec second{1, 0};
        sigtimedwait(&child, nullptr, &second);
    }
    return true;
}

void Loader::summarize(const policy::BootCheck& check) {
    unsigned long bytes = 0;
    const std::string stat = interface_->read("stat");
    if (const size_t at = stat.find("Memory used by policy:"); at != stat.npos)
        std::sscanf(stat.c_str() + at + 22, "%lu", &bytes);
    console_.say(fmt::format("{} domain{}. {} ACL entr{}.", check.domains(), check.domains() > 1 ? "s" : "",
                             check.entries(), check.entries() > 1 ? "ies" : "y"));
    console_.say(fmt::format("{} KB used by policy.", (bytes + 1023) / 1024));
}

// Is the policy in force? Then loading would change a running system, if the kernel let us.
bool Loader::loaded_before() const try {
    const std::string domain = interface_->own_domain(); // afterwards no program is in <kernel>
    return (!domain.empty() && domain != "<kernel>") || !interface_->is_manager();
} catch (Error& error) {
    throw error.legacy("Fatal error while loading policy.");
}

int Loader::run(bool compat) {
    interface_ = std::make_unique<Interface>("");
    if (loaded_before()) {
        if (!compat)
            throw Error(exit_negative, "the policy was loaded at boot already: nothing was changed",
                        "to change it use tomoyo-loadpolicy, or reboot");
        summarize(check_kernel());
        return exit_ok;
    }
    const Choice choice = inspect(choose());
    load(choice);
    auto check = check_kernel();
    if (choice.kind == Choice::disabled) {
        disable(check);
        check = check_kernel();
    }
    bool changed = repair(check);
    // Behind the repair, which a quota that is too small would keep from being made.
    copy(directory_ + "/stat.conf", "stat");
    changed |= run_post_init();
    if (changed) {
        check = check_kernel();
        if (repair(check))
            check = check_kernel();
    }
    summarize(check);
    return as_asked_ || compat ? exit_ok : exit_negative;
}

} // namespace

namespace applet {

int init(const Call& call) {
    Command command(
        call,
        "Loads the policy into the kernel and makes sure that the kernel can start with it. The kernel\n"
        "itself runs this program at boot, before /sbin/init; afterwards it changes nothing.\n"
        "\n"
        "Words are looked for on the kernel's command line too:\n"
        "  TOMOYO=default          use profile.conf (the default)\n"
        "  TOMOYO=NAME             use profile-NAME.conf\n"
        "  TOMOYO=previous         use the policy before the current one\n"
        "  TOMOYO=disabled         use no profile: allow every access\n"
        "  TOMOYO=ask              ask at the console which of them to use\n"
        "  TOMOYO_TIMEOUT=SECONDS  wait so long for an answer; 0: never ask (default 10)\n"
        "  TOMOYO_NOLOAD           do not load the domain policy\n"
        "  TOMOYO_KEEP_ENFORCING   let <kernel> enforce even if /sbin/init cannot start");
    std::string directory = store::default_directory;
    std::vector<std::string> given;
    command.option("-d,--directory", "DIR", directory, "the policy's directory, instead of /etc/tomoyo");
    command.operands("WORD", given, "one of the words above", 0);
    command.example("tomoyo-init TOMOYO=ask",
                    "ask which policy to load, on a system that has not loaded any");
    if (const auto code = command.parse())
        return *code;

    BootConsole console;
    const BootMounts mounts;
    Words words;
    if (const auto line = mounts.command_line()) {
        words.take_all(*line);
    } else {
        console.warn("cannot read the kernel's command line: going on as if it said nothing about TOMOYO");
    }
    for (const auto& word : given)
        if (!words.take(word) && !call.compat)
            throw command.usage_error(fmt::format("unknown word '{}'", word));

    // Scripts call this program on kernels without TOMOYO too, and expect no words then.
    if (!std::getenv("TOMOYO_INTERFACE") && !is_directory("/sys/kernel/security/tomoyo") &&
        (call.compat || !isatty(STDERR_FILENO)))
        return exit_negative;
    try {
        return Loader(console, words, directory).run(call.compat);
    } catch (const Error& error) {
        if (!console.at_boot())
            throw;
        console.warn(error.message());
        return error.code();
    }
}

} // namespace applet
