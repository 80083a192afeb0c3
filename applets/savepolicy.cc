// SPDX-License-Identifier: GPL-2.0-only
// applet: savepolicy
// path: /usr/sbin/tomoyo-savepolicy
// also:
// summary: save the kernel's policy, or print it
#include "tomoyo-box/compat/savepolicy.h"
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/agent.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/check/boot_check.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/policy_directory.h"
#include "tomoyo-box/store/quota.h"
#include "tomoyo-box/store/snapshots.h"
#include "tomoyo-box/store/stamp.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <numeric>
#include <sys/stat.h>

namespace {

using policy::Language;
using policy::PolicyKind;

constexpr int64_t worth_a_word_s = 60; // several saves in one second are no reason to speak of the clock

struct Printable {
    const char* flags;
    const char* help;

    const PolicyKind& kind() const { return *policy::kind_of(flags[1]); }
};

constexpr Printable printables[] = {
    {"-e", "print the exception policy"},
    {"-d", "print the domain policy"},
    {"-p", "print the profiles"},
    {"-m", "print the managers"},
    {"-s", "print statistics and memory quotas"},
};

struct Options {
    std::string directory = store::default_directory;
    std::string tag;
    std::string note;
    std::string restore; // the name of the snapshot to go back to; empty: the kernel's policy is saved
    std::optional<unsigned> keep;
    std::string only; // letters of the policies to take from the kernel; empty: all
    bool always = false;
    bool quota = false;
    bool verbose = false;
    bool json = false;
};

struct Outcome {
    std::string snapshot; // empty: nothing had changed
    bool quota_written = false;
    std::vector<std::string> removed;
    std::vector<std::string>
        hiding; // files in the place of links, for which a boot does not load the snapshot
};

void refuse_agent(const std::string& word, bool compat) {
    const bool is_agent =
        compat ? word.find(':') != std::string::npos && !word.starts_with('/') : is_agent_address(word);
    if (is_agent)
        throw no_agents("tomoyo-savepolicy -d >FILE").legacy(fmt::format("Can't connect to {}", word));
}

void take_operand(const std::string& operand, const Command& command, const Call& call, Options& options) {
    if (call.compat)
        options.directory = compat::directory_2_6_1;
    if (compat::is_letters(operand)) {
        compat::SaveLetters letters = compat::letters_of(operand);
        options.only = std::move(letters.only);
        options.always |= letters.always;
        options.quota |= letters.quota;
        if (is_directory(operand))
            throw command.usage_error(
                fmt::format("'{0}' is a word of TOMOYO 2.2 and a directory here: write './{0}' "
                            "for the directory, or go elsewhere",
                            operand));
    } else if (!operand.empty()) {
        options.directory = operand;
    }
}

// --- printing ---

int print(const Interface& interface, const char* file) {
    const Fd fd = interface.open(file, O_RDONLY);
    std::string buffer(65536, '\0');
    while (const ssize_t got = read_some(fd.get(), buffer.data(), buffer.size())) {
        if (got < 0)
            throw system_trouble("read " + interface.path(file));
        out().write({buffer.data(), static_cast<size_t>(got)});
    }
    return exit_ok;
}

// --- saving ---

// Where a snapshot's file comes from: the kernel (null when an old snapshot is restored), unless an old word
// named other policies only.
Fd open_source(const Interface* interface, const store::PolicyDirectory& directory, const Options& options,
               const PolicyKind& kind) {
    if (!options.restore.empty()) {
        const std::string path = fmt::format("{}/{}/{}", directory.path(), options.restore, kind.file);
        Fd old = policy::open_policy_file(path);
        if (!old)
            throw system_trouble("open " + path);
        return old;
    }
    if (!options.only.empty() && options.only.find(kind.letter) == std::string::npos)
        if (Fd kept = directory.open_current(kind.file))
            return kept;
    return interface->open(kind.kernel_file, O_RDONLY);
}

bool read_fully(int fd, char* to, size_t size) {
    while (size > 0) {
        const ssize_t got = read_some(fd, to, size);
        if (got <= 0)
            return false;
        to += got;
        size -= static_cast<size_t>(got);
    }
    return true;
}

// Do two descriptors yield the same bytes from here to their ends? Throws Error when SOURCE cannot be read.
bool same_bytes(int source, const std::string& source_name, int saved) {
    std::string fresh(32768, '\0'), old(fresh);
    for (;;) {
        const ssize_t got = read_some(source, fresh.data(), fresh.size());
        if (got < 0)
            throw system_trouble("read " + source_name);
        const size_t size = static_cast<size_t>(got);
        if (size == 0)
            return read_some(saved, old.data(), 1) == 0;
        if (!read_fully(saved, old.data(), size) || fresh.compare(0, size, old, 0, size) != 0)
            return false;
    }
}

bool unchanged(const Interface* interface, const store::PolicyDirectory& directory, const Options& options) {
    return std::ranges::all_of(policy::snapshot_kinds, [&](const PolicyKind& kind) {
        const Fd saved = directory.open_current(kind.file);
        if (!saved)
            return false;
        return same_bytes(open_source(interface, directory, options, kind).get(),
                          interface->path(kind.kernel_file), saved.get());
    });
}

// A snapshot with which the next boot would end in a panic must not come into force (kernel ABI 6.5).
void require_bootable(const store::NewSnapshot& snapshot, bool restores) {
    struct stat status = {};
    if (fstat(snapshot.open(policy::kind_of(Language::domains).file).get(), &status) == 0 &&
        status.st_size == 0)
        throw Error(exit_trouble,
                    fmt::format("{} domain policy is empty, and no kernel's can be",
                                restores ? "the snapshot's" : "the kernel's"),
                    restores ? "nothing was changed" : "nothing was saved");
    policy::BootCheck check;
    for (const Language language : {Language::profiles, Language::exceptions, Language::domains}) {
        const char* const file = policy::kind_of(language).file;
        const Fd fd = snapshot.open(file);
        policy::PolicyReader lines(fd.get(), file);
        check.read(language, lines);
    }
    const auto refuse = [restores](const std::string& why) {
        throw Error(exit_negative, "a boot with this policy would end in a kernel panic: " + why,
                    restores ? "nothing was changed"
                             : "nothing was saved; change it with 'tomoyo-loadpolicy' and save again");
    };
    for (const auto& version : check.unsupported_versions())
        refuse(fmt::format("PROFILE_VERSION={} is not supported", version.number));
    for (const auto& missing : check.undefined_profiles())
        refuse(fmt::format("profile {}, which '{}' uses, is not defined", missing.profile, missing.domain));
    // Only likely: a directive may move the process that starts init out of <kernel>.
    if (check.lockout())
        warn("'<kernel>' is in enforcing mode and may execute nothing: the next boot may end in a panic");
}

// The links above, through which a boot finds the files.
void link_files(store::PolicyDirectory& directory, Outcome& outcome, bool compat) {
    outcome.hiding = directory.link_files();
    for (const std::string& name : outcome.hiding)
        if (!compat)
            warn("{} is not a link, so the next boot will not load what was saved; replace it by a link to "
                 "policy/current/{}",
                 name, name.substr(name.rfind('/') + 1));
}

// Throws Error; current is then what it was.
void write_snapshot(const Interface* interface, store::PolicyDirectory& directory, const Options& options,
                    bool compat, Outcome& outcome) {
    store::NewSnapshot snapshot(directory, options.tag);
    // Backwards: what refers to something is read before that something, which may grow meanwhile but never
    // shrinks below what was referred to. So a domain's profile is in the snapshot too.
    // Not std::views::reverse: clang 14 does not take it with this library.
    for (auto kind = policy::snapshot_kinds.rbegin(); kind != policy::snapshot_kinds.rend(); ++kind)
        snapshot.add(kind->file, open_source(interface, directory, options, *kind).get(),
                     interface ? interface->path(kind->kernel_file) : options.restore);
    if (!options.note.empty())
        snapshot.add(store::note_file, memory_file(options.note + '\n').get(), "the note");
    if (!compat)
        require_bootable(snapshot, !options.restore.empty());
    // Before there is a current: a power cut must not leave one that no boot finds.
    link_files(directory, outcome, compat);
    snapshot.commit();
    if (!compat && snapshot.clock_behind() > worth_a_word_s)
        warn("the clock is {} s behind the newest snapshot; this one is named {} to keep the order",
             snapshot.clock_behind(), snapshot.name());
    outcome.snapshot = snapshot.name();
}

bool is_full(const Error& error) { return error.number() == ENOSPC || error.number() == EDQUOT; }

// The same; when the disk is full, snapshots that would be removed afterwards are removed before.
void write_or_make_room(const Interface* interface, store::PolicyDirectory& directory, const Options& options,
                        bool compat, Outcome& outcome) {
    try {
        return write_snapshot(interface, directory, options, compat, outcome);
    } catch (const Error& error) {
        if (!is_full(error) || !options.keep)
            throw;
        outcome.removed = directory.prune(*options.keep - 1);
        if (outcome.removed.empty())
            throw;
    }
    write_snapshot(interface, directory, options, compat, outcome);
}

Outcome save(const Interface* interface, const Options& options, bool compat) {
    store::PolicyDirectory directory(options.directory);
    Outcome outcome;
    if (compat || options.always || !options.tag.empty() || !options.note.empty() ||
        !unchanged(interface, directory, options))
        try {
            write_or_make_room(interface, directory, options, compat, outcome);
        } catch (const Error& error) {
            const char* const failed =
                options.restore.empty() ? "failed to save policy: " : "failed to restore policy: ";
            std::string hint = error.hint();
            if (hint.empty())
                hint = fmt::format("{}/current is unchanged{}", directory.path(),
                                   !is_full(error) ? ""
                                   : options.keep  ? ", and no snapshot is left that may be removed"
                                                   : "; --keep N removes old snapshots when room is needed");
            throw Error(error.code(), failed + error.message(), hint);
        }
    if (outcome.snapshot.empty())
        link_files(directory, outcome, compat);
    if (const PolicyKind& quotas = policy::kind_of(Language::quotas); options.quota)
        outcome.quota_written =
            store::save_quota(interface->read(quotas.kernel_file), options.directory + '/' + quotas.file);
    if (options.keep)
        for (std::string& name : directory.prune(*options.keep))
            outcome.removed.push_back(std::move(name));
    return outcome;
}

void report(const Outcome& outcome, const Options& options) {
    const std::string prefix = options.directory + "/policy/";
    if (options.json) {
        Json json;
        json.object().key("saved").value(!outcome.snapshot.empty()).key("snapshot");
        outcome.snapshot.empty() ? json.null() : json.value(prefix + outcome.snapshot);
        json.key("quota_saved").value(outcome.quota_written).key("removed").array();
        for (const std::string& name : outcome.removed)
            json.value(prefix + name);
        json.end().key("hidden_by").array();
        for (const std::string& name : outcome.hiding)
            json.value(name);
        out().write(json.end().end().text());
    } else if (options.verbose) {
        if (outcome.snapshot.empty())
            out().print("unchanged since {}current\n", prefix);
        else
            out().print("saved {}{}\n", prefix, outcome.snapshot);
        if (outcome.quota_written)
            out().print("saved {}/stat.conf\n", options.directory);
        for (const std::string& name : outcome.removed)
            out().print("removed {}{}\n", prefix, name);
    }
}

// --- looking at snapshots ---

int list(const Options& options) {
    const std::string prefix = options.directory + "/policy/";
    Json json;
    if (options.json)
        json.array();
    else
        out().write("          domains  entries  snapshot\n");
    for (const store::SnapshotInfo& snapshot : store::list_snapshots(options.directory)) {
        policy::BootCheck counts;
        const std::string path = prefix + snapshot.name + '/' + policy::kind_of(Language::domains).file;
        if (const Fd fd = policy::open_policy_file(path)) {
            policy::PolicyReader lines(fd.get(), path);
            counts.read(Language::domains, lines);
        }
        if (!options.json) {
            out().print("{:<8} {:>8} {:>8}  {}{}{}\n",
                        snapshot.current    ? "current"
                        : snapshot.previous ? "previous"
                                            : "",
                        counts.domains(), counts.entries(), snapshot.name, snapshot.note.empty() ? "" : "  ",
                        snapshot.note);
            continue;
        }
        json.object().key("snapshot").value(prefix + snapshot.name).key("stamp").value(snapshot.stamp());
        json.key("name").value(snapshot.tag()).key("note").value(snapshot.note);
        json.key("current").value(snapshot.current).key("previous").value(snapshot.previous);
        json.key("domains").value(counts.domains()).key("entries").value(counts.entries()).end();
    }
    if (options.json)
        out().write(json.end().text());
    return exit_ok;
}

// Its name and its note go on in the snapshot that is made of it.
void take_snapshot_to_restore(const std::string& wanted, Options& options) {
    options.restore = store::find_snapshot(options.directory, wanted);
    options.always = true;
    for (const store::SnapshotInfo& snapshot : store::list_snapshots(options.directory)) {
        if (snapshot.name != options.restore)
            continue;
        if (options.tag.empty())
            options.tag = snapshot.tag();
        if (options.note.empty())
            options.note = snapshot.note.empty() ? fmt::format("as {}", snapshot.stamp()) : snapshot.note;
    }
}

} // namespace

namespace applet {

int savepolicy(const Call& call) {
    Command command(
        call, "Saves the kernel's policy as a snapshot DIR/policy/STAMP and makes DIR/policy/current a link "
              "to it;\nwrites nothing when nothing has changed. With one of -e -d -p -m -s: prints instead.");
    unsigned chosen[std::size(printables)] = {};
    std::string operand;
    std::vector<std::string> tags;
    std::vector<std::string> restores;
    bool lists = false;
    Options options;
    for (size_t i = 0; i < std::size(printables); i++)
        command.flag(printables[i].flags, chosen[i], printables[i].help);
    command.option("--name", "TAG", tags,
                   "save even without a change, and append .TAG to the snapshot's name");
    command.option("--note", "TEXT", options.note, "save even without a change, with a line about it");
    command.flag("--list", lists, "show the snapshots: domains, entries, name and note of each");
    command.option("--restore", "SNAPSHOT", restores,
                   "make an old snapshot the one that the next boot loads: by name, stamp, 'previous'");
    command.number("--keep", "N", options.keep, 1, 1000000,
                   "remove the oldest snapshots, except current and previous, until N are left");
    command.flag("--always", options.always, "save even without a change");
    command.flag("--quota", options.quota, "save the memory quotas too, in DIR/stat.conf");
    command.flag("-v,--verbose", options.verbose, "say what was saved and removed");
    command.flag("--json", options.json, "the same for programs");
    command.operand("DIR", operand,
                    "instead of /etc/tomoyo; or a word of letters as in TOMOYO 2.2 (d e a p m f u)", false);
    command.example("tomoyo-savepolicy", "save, so that the next boot starts with this policy");
    command.example("tomoyo-savepolicy --name release-1.4-test --keep 20",
                    "tie a snapshot to a test, keep 20 in all");
    command.example("tomoyo-savepolicy --list", "which snapshots are there?");
    command.example("tomoyo-savepolicy --restore previous", "boot with the policy before next time");
    command.example("tomoyo-savepolicy -d > domain_policy.txt", "only look at the domain policy");
    command.example("tomoyo-savepolicy /mnt/target/etc/tomoyo", "save for another system");
    if (call.compat)
        compat::check_arguments(call, command);
    if (const auto code = command.parse())
        return *code;

    refuse_agent(operand, call.compat);
    const unsigned prints = std::accumulate(std::begin(chosen), std::end(chosen), 0U);
    if (prints > 1)
        throw command.usage_error(
            "you cannot print multiple policies at the same time: choose one of -e -d -p -m -s");
    if (prints == 1) {
        if (!operand.empty() || !tags.empty() || options.keep || options.always || options.quota ||
            options.verbose || options.json || lists || !restores.empty() || !options.note.empty())
            throw command.usage_error("-e -d -p -m -s print, and go with nothing that is about saving");
        return print(Interface(),
                     printables[std::find(chosen, std::end(chosen), 1U) - chosen].kind().kernel_file);
    }
    if (!tags.empty()) {
        options.tag = tags.back();
        if (!store::correct_tag(options.tag))
            throw command.usage_error(
                fmt::format("'{}' is not a tag: 1 to 64 of A-Z a-z 0-9 . _ -", options.tag));
    }
    if (options.note.find_first_of("\n\r") != std::string::npos)
        throw command.usage_error("a note is a single line");
    take_operand(operand, command, call, options);
    if (lists && (!tags.empty() || options.keep || options.always || options.quota || !restores.empty() ||
                  !options.note.empty()))
        throw command.usage_error("--list shows what there is, and goes with --json only");
    if (lists)
        return list(options);
    // Not what a save means: a script's variable may be empty.
    if (!restores.empty() && restores.back().empty())
        throw command.usage_error("--restore needs the name of a snapshot");
    if (!restores.empty() && (options.quota || !options.only.empty()))
        throw command.usage_error("--restore takes nothing from the kernel, so no quotas or single policies");
    if (!restores.empty())
        take_snapshot_to_restore(restores.back(), options);

    std::optional<Interface> interface;
    if (options.restore.empty())
        interface.emplace();
    try {
        const Outcome outcome = save(interface ? &*interface : nullptr, options, call.compat);
        report(outcome, options);
        return outcome.hiding.empty() || call.compat ? exit_ok : exit_negative;
    } catch (Error& error) {
        if (!error.has_legacy())
            error.legacy("Failed to save policy.");
        throw;
    }
}

} // namespace applet
