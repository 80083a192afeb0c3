// SPDX-License-Identifier: GPL-2.0-only
// applet: domainmatch
// path: /usr/sbin/tomoyo-domainmatch
// also:
// summary: say who may do something, or search domain policy for a text
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/sets/question.h"

#include <fcntl.h>

namespace {

struct Options {
    std::string wanted, exceptions;
    bool text = false, quiet = false, compat = false;
};

// Prints the lines with the text below their domains, or nothing when quiet. Returns whether there are any.
bool search(policy::PolicyReader lines, uint64_t size, const Options& options) {
    Progress progress("searching", size);
    std::string heading; // not printed yet
    bool found = false;
    for (std::string_view line; lines.next_normalized(line); progress.at(lines.offset())) {
        if (policy::starts_domain(line)) {
            heading.assign("\n").append(line).append("\n");
        } else if ((!line.empty() || options.compat) && line.find(options.wanted) != std::string_view::npos) {
            found = true;
            if (options.quiet)
                break;
            out().write(heading);
            out().write(line);
            out().write("\n");
            heading.clear();
        }
    }
    return found;
}

// Prints the lines that grant what was asked, those of the groups of a domain among its own.
class Answer {
public:
    Answer(policy::Question& question, bool quiet) : question_(question), quiet_(quiet) {}

    bool search(policy::PolicyReader lines, uint64_t size) {
        Progress progress("searching", size);
        for (std::string_view line; lines.next_normalized(line) && !(quiet_ && found_);
             progress.at(lines.offset()))
            see(line);
        return found_;
    }

private:
    void see(std::string_view line) {
        policy::DomainLine parsed;
        if (policy::is_heading(line)) {
            space_.clear();
            if (policy::starts_domain(line)) {
                heading_.assign("\n").append(line).append("\n");
                space_ = line.substr(0, line.find(' '));
            }
        } else if (!space_.empty() && !line.empty() && !policy::parse(line, parsed) && !parsed.remove) {
            if (parsed.type == TMY_LINE_ENTRY && question_.granted_by(space_, parsed.entry))
                show(line);
            if (parsed.type == TMY_LINE_GROUP)
                for (const std::string& grants : question_.granted_by_group(space_, parsed.number))
                    show(grants);
        }
    }

    void show(std::string_view line) {
        found_ = true;
        if (quiet_)
            return;
        out().write(heading_);
        out().write(line);
        out().write("\n");
        heading_.clear();
    }

    policy::Question& question_;
    bool quiet_, found_ = false;
    std::string heading_, space_; // empty: below no domain
};

bool search_kernel(const Options& options) {
    constexpr const char* file = "domain_policy";
    try {
        const Interface interface;
        const Fd fd = interface.open(file, O_RDONLY);
        policy::PolicyReader lines(fd.get(), interface.path(file));
        if (options.text)
            return search(std::move(lines), 0, options);
        policy::Question question(options.wanted);
        const Fd exceptions = interface.open("exception_policy", O_RDONLY);
        policy::PolicyReader reader(exceptions.get(), interface.path("exception_policy"));
        question.read_exceptions(reader);
        return Answer(question, options.quiet).search(std::move(lines), 0);
    } catch (Error& error) {
        throw error.legacy("You can't run this program for this kernel.", exit_ok);
    }
}

// The exception policy that belongs to a domain policy: the file beside it.
std::string exceptions_of(const std::string& file) {
    const std::string_view name = file_name(file), domains = "domain_policy";
    if (!name.starts_with(domains))
        return {};
    const std::string path =
        parent_directory(file) + "/exception_policy" + std::string(name.substr(domains.size()));
    return exists(path) ? path : std::string();
}

bool search_file(const std::string& file, const Options& options) {
    Input input(file, false);
    if (options.text)
        return search(input.lines(), input.size(), options);
    policy::Question question(options.wanted);
    const std::string exceptions = options.exceptions.empty() ? exceptions_of(file) : options.exceptions;
    if (exceptions.empty()) {
        warn("{}: its exception policy is not known, so groups match nothing; name it with --exceptions",
             file);
    } else {
        Input groups(exceptions, false);
        policy::PolicyReader reader = groups.lines();
        question.read_exceptions(reader);
    }
    return Answer(question, options.quiet).search(input.lines(), input.size());
}

} // namespace

namespace applet {

int domainmatch(const Call& call) {
    Command command(
        call, "Who may do this? Prints the entries that grant ACCESS, below the names of their domains: of "
              "the kernel's policy, or of FILEs. The kernel's engine decides, so patterns and groups count, "
              "and conditions are taken to hold. ACCESS is an entry without patterns, or the name of a file, "
              "about which any entry counts. Of any other STRING the lines that contain it are printed. "
              "Exits with 1 when there is no such line.");
    Options options;
    options.compat = call.compat;
    std::vector<std::string> files;
    command.flag("-t,--text", options.text, "print the lines that contain STRING, even if it is an access");
    command.flag("-q,--quiet", options.quiet,
                 "print nothing; the exit code says whether there is such a line");
    command.option("--exceptions", "FILE", options.exceptions,
                   "the exception policy, with the groups; default: of domain_policy.conf the "
                   "exception_policy.conf beside it");
    command.operand("ACCESS|STRING", options.wanted, "'file read /etc/shadow', or any text; not a pattern",
                    true);
    command.operands("FILE", files, "domain policy; '-': standard input", 0);
    command.example("tomoyo-domainmatch 'file read /etc/shadow'", "who may read it");
    command.example("tomoyo-domainmatch /etc/shadow", "who may do something with it");
    command.example("tomoyo-domainmatch 'network inet stream connect 10.0.0.1 25'", "who may send mail");
    command.example("tomoyo-domainmatch 'use_profile 3'", "domains that are enforced");
    command.example("tomoyo-domainmatch -q quota_exceeded && echo policy is incomplete", "for scripts");
    command.example("tomoyo-domainmatch --text /var/log/ /etc/tomoyo/domain_policy.conf",
                    "in the policy of the next boot");
    if (const auto code = command.parse())
        return *code;
    if (call.compat && !files.empty())
        throw command.usage_error("unexpected argument");

    options.text = options.text || call.compat || !policy::Question(options.wanted).understood();
    bool found = files.empty() && search_kernel(options);
    for (const std::string& file : files)
        found = search_file(file, options) || found;
    return found || call.compat ? exit_ok : exit_negative;
}

} // namespace applet
