// SPDX-License-Identifier: GPL-2.0-only
// BootChooser: options, questions, and what is used when neither leads to a policy (userspace
// specification 4.1).
#include "tomoyo-box/boot/boot_choice.h"

#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/text.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <chrono>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace {

using policy::Language;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr unsigned answers = 3;         // all questions together take at most as long as this many answers
constexpr unsigned most_questions = 20; // a program at the other end shall not keep the console busy

constexpr const char* standard_answer = "default";
constexpr const char* previous_answer = "previous";
constexpr const char* disabled_answer = "disable";

} // namespace

std::string BootChooser::file(Kind kind, Language language) const {
    if (language == Language::profiles && kind == disabled)
        return {};
    if (language == Language::profiles && kind == named)
        return directory_ + "/profile-" + name_ + ".conf";
    if (language == Language::domains && !options_.load_domains)
        return {};
    return directory_ + (kind == previous ? "/policy/previous/" : "/") + policy::kind_of(language).file;
}

policy::BootCheck BootChooser::check(Kind kind) const {
    return policy::check_boot(
        {file(kind, Language::profiles), file(kind, Language::exceptions), file(kind, Language::domains)});
}

bool BootChooser::readable(Kind kind) const {
    return bool(policy::open_policy_file(file(kind, Language::profiles)));
}

bool BootChooser::readable_by_name(const std::string& name) {
    name_ = name;
    return readable(named);
}

bool BootChooser::previous_is_another() const {
    struct stat current = {};
    struct stat previous = {};
    if (stat((directory_ + "/policy/previous").c_str(), &previous) != 0)
        return false;
    if (stat((directory_ + "/policy/current").c_str(), &current) != 0)
        return true;
    return current.st_dev != previous.st_dev || current.st_ino != previous.st_ino;
}

void BootChooser::choose() { kind_ = inspect(choose_kind()); }

BootChooser::Kind BootChooser::choose_kind() {
    if (!is_directory(directory_)) {
        console_.warn(fmt::format("there is no directory {}: nothing is loaded and every access is allowed; "
                                  "make a policy with tomoyo-init-policy",
                                  directory_));
        as_asked_ = false;
        return disabled;
    }
    const std::string& wanted = options_.profile;
    if (wanted == "disabled")
        return disabled;
    if (wanted.empty() || wanted == standard_answer) {
        if (readable(standard))
            return standard;
        console_.say("TOMOYO: Default profile doesn't exist.");
        // A save that was interrupted leaves exactly this behind; it needs no decision.
        if (!exists(directory_ + "/policy/current") && previous_is_good())
            return fall_back("the current policy is missing");
    } else if (wanted != "ask") {
        if (wanted.find('/') == wanted.npos && readable_by_name(wanted))
            return named;
        if (wanted == previous_answer && readable(previous))
            return previous;
        console_.say("TOMOYO: Specified profile doesn't exist.");
    }
    if (options_.timeout == 0)
        return fall_back("TOMOYO_TIMEOUT=0 forbids to ask");
    if (!console_.can_ask())
        return fall_back("there is no console to ask at");
    if (const auto answer = ask())
        return *answer;
    return fall_back("nobody answered in time");
}

// What can be answered, in the order in which it is shown.
std::vector<std::string> BootChooser::offers() const {
    std::vector<std::string> names;
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(opendir(directory_.c_str()), closedir);
    while (const dirent* entry = listing ? readdir(listing.get()) : nullptr) {
        std::string_view name = entry->d_name;
        if (!strip(name, "profile-") || !name.ends_with(".conf"))
            continue;
        name.remove_suffix(5);
        if (!name.empty() && name != standard_answer && name != disabled_answer)
            names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    const bool other = std::find(names.begin(), names.end(), previous_answer) == names.end() &&
                       previous_is_another() && readable(previous);
    if (readable(standard))
        names.insert(names.begin(), standard_answer);
    if (other)
        names.emplace_back(previous_answer);
    names.emplace_back(disabled_answer);
    return names;
}

// The policy that an answer means; nothing when it was not offered or cannot be read.
std::optional<BootChooser::Kind> BootChooser::find_answer(const std::string& answer,
                                                          const std::vector<std::string>& offered) {
    if (std::find(offered.begin(), offered.end(), answer) == offered.end())
        return std::nullopt;
    if (answer == standard_answer)
        return standard;
    if (answer == disabled_answer)
        return disabled;
    if (readable_by_name(answer))
        return named;
    if (answer == previous_answer && previous_is_another() && readable(previous))
        return previous;
    return std::nullopt;
}

std::optional<BootChooser::Kind> BootChooser::ask() {
    const auto end = Clock::now() + seconds(options_.timeout * answers);
    for (unsigned asked = 0; asked < most_questions; asked++) {
        const std::vector<std::string> offered = offers();
        console_.say("TOMOYO: Select a profile from the following list.");
        for (const std::string& name : offered)
            console_.say(name);
        const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
        const auto line = console_.ask("> ", std::min<milliseconds>(left, seconds(options_.timeout)));
        if (!line) {
            console_.say("");
            return std::nullopt;
        }
        const std::string answer = policy::normalize(*line);
        if (auto found = find_answer(answer, offered))
            return found;
        if (answer == "TOMOYO_NOLOAD")
            options_.load_domains = false;
    }
    return std::nullopt;
}

BootChooser::Kind BootChooser::fall_back(std::string_view why) {
    as_asked_ = false;
    if (readable(standard)) {
        console_.warn(fmt::format("{}: using the default profile", why));
        return standard;
    }
    if (previous_is_good()) {
        console_.warn(fmt::format("{}: using the previous policy, {}/policy/previous", why, directory_));
        return previous;
    }
    console_.warn(fmt::format("{}, and there is no usable previous policy: every access is allowed", why));
    return disabled;
}

// Refuses a default policy that would stop the system when the previous one does not.
BootChooser::Kind BootChooser::inspect(Kind kind) {
    if (kind == disabled)
        return kind;
    const policy::BootCheck current = check(kind);
    const auto problems = current.problems();
    console_.warn_each(
        problems, [](const policy::BootProblem& problem) { return problem.where + ": " + problem.text; });
    // Being locked out on purpose is no reason to fall back; it is the only fatal problem that can be wanted.
    const auto fatal =
        std::count_if(problems.begin(), problems.end(), [](const auto& problem) { return problem.fatal; });
    const bool wanted = options_.keep_enforcing && current.lockout() && fatal == 1;
    if (kind != standard || fatal == 0 || wanted)
        return kind;
    if (!previous_is_good()) {
        console_.warn("there is no usable previous policy: loading this one and repairing it in the kernel");
        return kind;
    }
    as_asked_ = false;
    console_.warn(fmt::format("using the previous policy, {}/policy/previous", directory_));
    return previous;
}
