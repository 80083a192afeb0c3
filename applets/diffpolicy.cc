// SPDX-License-Identifier: GPL-2.0-only
// applet: diffpolicy
// path: /usr/sbin/tomoyo-diffpolicy
// also:
// summary: compare two domain policies, for the kernel, people or programs
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/sets/coverage.h"
#include "tomoyo-box/policy/sets/domain_change.h"
#include "tomoyo-box/store/layout.h"
#include "tomoyo-box/store/snapshots.h"

#include <algorithm>
#include <unistd.h>

namespace {

policy::DomainSet read(const std::string& path, bool compat) {
    policy::DomainSet set(compat);
    try {
        Input input = policy_input(path);
        read_domains(set, input);
    } catch (const Error& error) {
        if (!compat || error.has_legacy())
            throw;
        warn_line("Can't open " + path); // and went on
    }
    set.sort();
    return set;
}

using policy::DomainChange;
using policy::DomainChanges;
using policy::LineChange;

// ---- What can be loaded ----

void put_lines(const std::vector<LineChange>& lines, bool added) {
    for (const LineChange& line : lines) {
        if (line.added != added)
            continue;
        out().write(added ? "" : "delete ");
        out().write(line.text);
        out().write("\n");
    }
}

void put_profile(int profile) {
    if (profile >= 0)
        out().print("use_profile {}\n", profile);
}

// What is gone, then what is new, then what differs. In compatibility mode a domain without a profile keeps,
// once the output is loaded, the one that it had.
void print_delta(const DomainChanges& changes, bool compat) {
    std::vector<LineChange> lines;
    for (const DomainChange& change : changes.list())
        if (!change.now)
            out().print("delete {}\n\n", changes.old_name(change));
    for (const DomainChange& change : changes.list()) {
        if (change.old)
            continue;
        out().print("{}\n\n", changes.new_name(change));
        put_profile(change.now->profile);
        changes.lines(change, lines);
        put_lines(lines, true);
        out().write("\n");
    }
    for (const DomainChange& change : changes.list()) {
        if (!change.old || !change.now)
            continue;
        out().print("{}\n\n", changes.new_name(change));
        changes.lines(change, lines);
        put_lines(lines, true);
        put_lines(lines, false);
        if (!changes.same_profile(change))
            put_profile(std::max(change.now->profile, compat ? -1 : 0));
        out().write("\n");
    }
}

// ---- What can be read ----

// One domain that differs, and what --semantic knows of its lines.
class Difference {
public:
    // GROUPS is null when nobody asks for meaning.
    Difference(const DomainChanges& changes, const policy::Groups* groups)
        : changes_(changes), groups_(groups) {}

    void go_to(const DomainChange& change) {
        change_ = &change;
        changes_.lines(change, lines);
        old_.reset();
        now_.reset();
    }

    // The line of the other side that covers it; empty when there is none.
    std::string_view covered_by(const LineChange& line) {
        if (!groups_ || !change_->old || !change_->now)
            return {};
        if (line.added) {
            if (!old_)
                old_.emplace(changes_.old(), *change_->old, *groups_);
            return old_->find(line.text);
        }
        if (!now_)
            now_.emplace(changes_.now(), *change_->now, *groups_);
        return now_->find(line.text);
    }

    std::vector<LineChange> lines;

private:
    const DomainChanges& changes_;
    const policy::Groups* groups_;
    const DomainChange* change_ = nullptr;
    std::optional<policy::Coverage> old_, now_;
};

// How many domains below that of change I were renamed as it was.
size_t moved_along(const DomainChanges& changes, size_t i) {
    const auto& list = changes.list();
    const std::string_view above = changes.old_name(list[i]);
    size_t count = 0;
    for (size_t j = i + 1; j < list.size(); j++) {
        const bool was_there = list[j].old;
        if (!policy::domain_matches(was_there ? changes.old_name(list[j]) : changes.new_name(list[j]), above,
                                    true))
            break;
        count += list[j].with_parent;
    }
    return count;
}

class Unified {
public:
    Unified(const DomainChanges& changes, Difference difference, bool color)
        : changes_(changes), difference_(std::move(difference)), color_(color) {}

    void print(const std::string& old_path, const std::string& new_path) {
        put(ansi::red, "--- ", old_path);
        put(ansi::green, "+++ ", new_path);
        for (size_t i = 0; i < changes_.list().size(); i++)
            print(i);
    }

private:
    void put(const char* color, std::string_view sign, std::string_view text, std::string_view remark = {}) {
        Output& to = out();
        if (color_)
            to.write(color);
        to.write(sign);
        to.write(text);
        if (!remark.empty()) {
            to.write("    # covered by: ");
            to.write(remark);
        }
        if (color_)
            to.write(ansi::off);
        to.write("\n");
    }

    void print(size_t i) {
        const DomainChange& change = changes_.list()[i];
        difference_.go_to(change);
        const bool other_profile = !changes_.same_profile(change);
        if (change.with_parent && difference_.lines.empty() && !other_profile)
            return;
        if (change.renamed) {
            const size_t below = moved_along(changes_, i);
            put(ansi::dim, " # ",
                below ? fmt::format("renamed, and {} domain{} below it", below, below == 1 ? "" : "s")
                      : "renamed");
        }
        if (change.now && change.old && !change.renamed) {
            put(ansi::cyan, " ", changes_.new_name(change));
        } else {
            if (change.old)
                put(ansi::red, "-", changes_.old_name(change));
            if (change.now)
                put(ansi::green, "+", changes_.new_name(change));
        }
        if (other_profile || !change.old || !change.now) {
            put_profile(ansi::red, "-", DomainChanges::profile(change.old));
            put_profile(ansi::green, "+", DomainChanges::profile(change.now));
        }
        for (const LineChange& line : difference_.lines) {
            const std::string_view wider = difference_.covered_by(line);
            put(!wider.empty() ? ansi::dim
                : line.added   ? ansi::green
                               : ansi::red,
                line.added ? "+" : "-", line.text, wider);
        }
        out().write("\n");
    }

    void put_profile(const char* color, std::string_view sign, int profile) {
        if (profile >= 0)
            put(color, sign, fmt::format("use_profile {}", profile));
    }

    const DomainChanges& changes_;
    Difference difference_;
    bool color_;
};

void print_stat(const DomainChanges& changes) {
    size_t kinds[3] = {}, added = 0, removed = 0; // new, gone, renamed
    std::vector<LineChange> lines;
    for (const DomainChange& change : changes.list()) {
        changes.lines(change, lines);
        const auto plus = static_cast<size_t>(
            std::count_if(lines.begin(), lines.end(), [](const LineChange& line) { return line.added; }));
        const size_t minus = lines.size() - plus;
        out().print("{:>7} {:>7}  {}", plus ? fmt::format("+{}", plus) : "",
                    minus ? fmt::format("-{}", minus) : "",
                    change.old ? changes.old_name(change) : changes.new_name(change));
        if (change.renamed)
            out().print(" => {}", changes.new_name(change));
        out().write(!change.old ? " (new)" : !change.now ? " (gone)" : "");
        if (change.old && change.now && !changes.same_profile(change))
            out().print(" (profile {} => {})", std::max(change.old->profile, 0),
                        std::max(change.now->profile, 0));
        out().write("\n");
        kinds[!change.old ? 0 : !change.now ? 1 : 2] += !change.old || !change.now || change.renamed;
        added += plus;
        removed += minus;
    }
    out().print("{} domains differ: {} new, {} gone, {} renamed; {} lines added, {} removed\n",
                changes.list().size(), kinds[0], kinds[1], kinds[2], added, removed);
}

void put_lines(Json& json, Difference& difference, bool added) {
    json.key(added ? "added" : "removed").array();
    for (const LineChange& line : difference.lines) {
        if (line.added != added)
            continue;
        json.object().key("line").value(line.text);
        if (const std::string_view wider = difference.covered_by(line); !wider.empty())
            json.key("covered_by").value(wider);
        json.end();
    }
    json.end();
}

void put_side(Json& json, const char* key, const policy::DomainSet& set,
              const policy::DomainSet::Domain* domain) {
    json.key(key);
    if (!domain) {
        json.null();
        return;
    }
    json.object().key("name").value(set.name(*domain)).key("profile");
    if (domain->profile < 0)
        json.null();
    else
        json.value(domain->profile);
    json.end();
}

void print_json(const DomainChanges& changes, Difference difference) {
    Json json;
    json.array();
    for (const DomainChange& change : changes.list()) {
        difference.go_to(change);
        json.object().key("change").value(!change.old      ? "new"
                                          : !change.now    ? "gone"
                                          : change.renamed ? "renamed"
                                                           : "changed");
        put_side(json, "old", changes.old(), change.old);
        put_side(json, "new", changes.now(), change.now);
        put_lines(json, difference, false);
        put_lines(json, difference, true);
        json.end();
    }
    out().write(json.end().text());
}

// What the new policy grants no more: lines that no line of it covers. Returns how many.
size_t print_lost(const DomainChanges& changes, Difference difference, bool color) {
    size_t lost = 0;
    for (const DomainChange& change : changes.list()) {
        if (!change.old)
            continue;
        difference.go_to(change);
        bool named = false;
        for (const LineChange& line : difference.lines) {
            if (line.added || !difference.covered_by(line).empty())
                continue;
            if (!std::exchange(named, true))
                out().print("{}{}{}\n", lost ? "\n" : "", changes.old_name(change),
                            change.now ? "" : "    # the domain is gone");
            out().print("{}- {}{}\n", color ? ansi::red : "", line.text, color ? ansi::off : "");
            lost++;
        }
    }
    return lost;
}

// "@NAME": the domain policy of a snapshot.
std::string path_of(const std::string& operand, const std::string& directory) {
    if (!operand.starts_with('@'))
        return operand;
    return fmt::format("{}/policy/{}/{}", directory,
                       store::find_snapshot(directory, std::string_view(operand).substr(1)),
                       policy::kind_of(policy::Language::domains).file);
}

bool wants_color(const std::string& when) {
    return when == "always" || (when == "auto" && use_color(STDOUT_FILENO));
}

// A file that is missing its text, or a command in front of a pipe that failed, must not delete a policy.
void require_domains(const policy::DomainSet& set, const std::string& path) {
    if (set.domains().empty())
        throw Error(exit_trouble, fmt::format("{} holds no domain", path == "-" ? "standard input" : path),
                    "if that is meant: --allow-empty");
}

policy::Groups read_groups(const std::string& path) {
    if (path.empty())
        return {};
    Input input = policy_input(path);
    policy::PolicyReader reader = input.lines();
    policy::Groups groups(reader);
    const policy::Document& document = groups.document();
    document.each([&](size_t i, const policy::Line& line) {
        if (const auto* problem = std::get_if<policy::Problem>(&line))
            warn("{}: {}; the line is left out", document.where(i, *problem), problem->reason);
    });
    return groups;
}

} // namespace

namespace applet {

int diffpolicy(const Call& call) {
    Command command(call,
                    "Prints what loaded with 'tomoyo-loadpolicy -d' turns the domain policy OLD into NEW.\n"
                    "'-' is standard input, '@NAME' a snapshot of tomoyo-savepolicy.\n"
                    "Exits with 0 when they are the same, with 1 when not.");
    bool unified = false, stat = false, json = false, lost = false;
    std::string domain, directory = store::default_directory;
    bool semantic = false, allow_empty = false;
    std::string color = "auto";
    std::string exceptions, old_path, new_path;
    command.flag("-u,--unified", unified, "for people: removed and added lines by domain, renamed domains");
    command.flag("--stat", stat, "for people: how many lines changed in which domain");
    command.flag("--semantic", semantic,
                 "as -u; tell which lines change nothing, as a wider line of the domain covers them");
    command.flag("--lost", lost, "only what NEW grants no more; exits with 1 when there is any");
    command.option("--domain", "DOMAIN", domain, "only this domain, or those that match the pattern");
    command.option("--policy-dir", "DIR", directory, "where snapshots are; default /etc/tomoyo");
    command.option("--exceptions", "FILE", exceptions,
                   "the exception policy, for --semantic and --lost: what groups hold");
    command.flag("--json", json, "an object, for programs; with or without --semantic");
    command.flag("--allow-empty", allow_empty,
                 "OLD or NEW may hold no domain, even where the output can be loaded");
    command.option("--color", "auto|always|never", color, "colours; auto: on a terminal");
    command.operand("OLD", old_path, "domain policy", true);
    command.operand("NEW", new_path, "domain policy", true);
    command.example("tomoyo-savepolicy -d | tomoyo-diffpolicy - wanted.conf |\n  tomoyo-loadpolicy -d",
                    "change only what differs");
    command.example("tomoyo-savepolicy -d |\n  tomoyo-diffpolicy -u /etc/tomoyo/domain_policy.conf -",
                    "what has been learned since the policy was saved");
    command.example("tomoyo-diffpolicy --lost @previous @current",
                    "what does the last change take away from a daemon?");
    command.example("tomoyo-diffpolicy --semantic before.conf after.conf",
                    "what does a cleaned policy no longer grant?");
    if (call.compat && call.args.size() != 2)
        throw command.usage_error("OLD and NEW are needed");
    if (call.compat) {
        old_path = call.args[0];
        new_path = call.args[1];
    } else if (const auto code = command.parse()) {
        return *code;
    }
    if (old_path == "-" && new_path == "-")
        throw command.usage_error("only one of OLD and NEW can be standard input");

    if (unified + stat + json + lost > 1 || (stat && semantic))
        throw command.usage_error("-u, --stat, --json and --lost are different outputs");
    if (!exceptions.empty() && !semantic && !lost)
        throw command.usage_error("--exceptions is for --semantic and --lost");
    const bool paint = wants_color(color);
    if (!call.compat) {
        old_path = path_of(old_path, directory);
        new_path = path_of(new_path, directory);
    }

    const policy::DomainSet old = read(old_path, call.compat), now = read(new_path, call.compat);
    const policy::Groups groups = read_groups(exceptions);
    DomainChanges changes(old, now);
    if (unified || stat || json || semantic || lost)
        changes.find_renamed();
    if (!domain.empty())
        changes.keep(domain);
    if (changes.list().empty() && !json)
        return exit_ok;
    if (!(unified || stat || json || semantic || lost || allow_empty || call.compat)) {
        require_domains(old, old_path);
        require_domains(now, new_path);
    }
    const Difference difference(changes, semantic || lost ? &groups : nullptr);
    if (lost)
        return print_lost(changes, difference, paint) ? exit_negative : exit_ok;
    if (json)
        print_json(changes, difference);
    else if (stat)
        print_stat(changes);
    else if (unified || semantic)
        Unified(changes, difference, paint).print(old_path, new_path);
    else
        print_delta(changes, call.compat);
    return changes.list().empty() || call.compat ? exit_ok : exit_negative;
}

} // namespace applet
