// SPDX-License-Identifier: GPL-2.0-only
// applet: findtemp
// path: /usr/sbin/tomoyo-findtemp
// also:
// summary: list the names in policy that no file has
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/json.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/root_path.h"
#include "tomoyo-box/base/terminal.h"
#include "tomoyo-box/base/text_set.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>

namespace {

// ---- Which names there are -------------------------------------------------------------------------------

// The errno that says why there is no file NAME, or 0.
class Files {
public:
    explicit Files(const std::string& root) : root_(root) {}

    int error(const std::string& name) {
        if (name.find('\0') != std::string::npos)
            return ENOENT;
        if (root_.is_system())
            return error_of(name);
        if (name.ends_with('/'))
            return root_.is_directory(name) ? 0 : ENOENT;
        return error_below_root(name);
    }

private:
    static int error_of(const std::string& path) {
        struct stat status = {};
        return lstat(path.c_str(), &status) == 0 ? 0 : errno;
    }

    // Neighbours in policy are often neighbours in the tree: what their directory really is, is kept.
    int error_below_root(const std::string& name) {
        const size_t slash = name.rfind('/');
        const std::string_view parent = std::string_view(name).substr(0, slash + 1);
        if (parent != parent_) {
            parent_ = parent;
            errno = ENOENT;
            real_parent_ = root_.real_path(parent);
            parent_error_ = errno;
        }
        return real_parent_ ? error_of(root_.outside(*real_parent_) + name.substr(slash)) : parent_error_;
    }

    Root root_;
    std::string parent_;
    std::optional<std::string> real_parent_;
    int parent_error_ = 0;
};

// Each name is looked up once, however often it is in the policy.
class Names {
public:
    // TELLS: a name that cannot be looked up counts as there.
    Names(const std::string& root, bool tells) : files_(root), tells_(tells) {}

    enum class Answer { there, missing, missing_as_before };

    Answer look_up(std::string_view word) {
        if (missing_.contains(word))
            return Answer::missing_as_before;
        if (there_.contains(word))
            return Answer::there;
        const bool missing = is_missing(word);
        (missing ? missing_ : there_).add(word);
        return missing ? Answer::missing : Answer::there;
    }

    // Throws Error when there were names that could not be looked up.
    void finish() const {
        if (unknown_ == 0)
            return;
        Error error = trouble("{} of the names could not be looked up, such as {}: {}", unknown_,
                              first_unknown_, errno_text(first_error_));
        throw Error(error.code(), error.message(), "run as root");
    }

private:
    bool is_missing(std::string_view word) {
        const auto name = policy::decode(word);
        if (!name)
            return false; // a pattern, or no name at all
        const int error = files_.error(*name);
        if (error == 0 || error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG ||
            !tells_)
            return error != 0;
        if (unknown_++ == 0) {
            first_unknown_ = word;
            first_error_ = error;
        }
        return false;
    }

    Files files_;
    bool tells_;
    TextSet there_, missing_;
    unsigned unknown_ = 0;
    std::string first_unknown_;
    int first_error_ = 0;
};

// ---- What is printed of them -----------------------------------------------------------------------------

// Calls visit(word) for each word that may be a name, until it returns false.
template <typename Visit> void for_each_name(std::string_view line, Visit visit) {
    constexpr std::string_view blanks(" \t\v\f\r\0", 6);
    for (size_t at = 0; (at = line.find_first_not_of(blanks, at)) != std::string_view::npos;) {
        const std::string_view word = line.substr(at, line.find_first_of(blanks, at) - at);
        if (word.front() == '/' && !visit(word))
            return;
        at += word.size();
    }
}

// The missing names, to be sorted.
class NameList {
public:
    void line(std::string_view line, Names& names) {
        for_each_name(line, [&](std::string_view word) {
            if (names.look_up(word) == Names::Answer::missing)
                text_.append(word).append("\n");
            return true;
        });
    }

    void print(bool json) const {
        std::vector<std::string_view> list;
        for (size_t at = 0, end; at < text_.size(); at = end + 1) {
            end = text_.find('\n', at);
            list.push_back(std::string_view(text_).substr(at, end - at));
        }
        std::sort(list.begin(), list.end());
        if (json) {
            Json names;
            names.array();
            for (const std::string_view name : list)
                names.value(name);
            out().write(names.end().text());
            return;
        }
        for (const std::string_view name : list)
            out().write(name), out().write("\n");
    }

private:
    std::string text_;
};

// The lines with missing names, below their domains.
class LineList {
public:
    explicit LineList(bool compat) : compat_(compat) { start_file(); }

    void start_file() { heading_ = compat_ ? "\n(null)\n" : ""; }

    // NORMALIZED: the same line, to be judged.
    void line(std::string_view line, std::string_view normalized, Names& names) {
        if (policy::starts_domain(normalized)) {
            heading_.assign("\n").append(line).append("\n");
            return;
        }
        for_each_name(line, [&](std::string_view word) {
            if (names.look_up(word) == Names::Answer::there)
                return true;
            const auto end = static_cast<size_t>(word.data() + word.size() - line.data());
            out().print("{}{}\n", heading_, compat_ ? line.substr(0, end) : line);
            heading_.clear();
            return false;
        });
    }

private:
    bool compat_;
    std::string heading_; // not printed yet
};

template <typename Line> void read(const std::string& file, Line line) {
    Input input(file, false);
    policy::PolicyReader lines = input.lines();
    Progress progress("looking up names", input.size());
    for (std::string_view text; lines.next_normalized(text); progress.at(lines.offset()))
        line(lines.raw(), text);
}

} // namespace

namespace applet {

int findtemp(const Call& call) {
    Command command(
        call, "Lists the names of files in policy that do not exist here: temporary files, for which one "
              "wants a pattern, and what has been removed. Patterns are not looked up, nor are names "
              "with a file system in front (proc:/self/exe).");
    bool all = false, with_domainname = false, json = false;
    std::string root = "/";
    std::vector<std::string> files;
    command.flag("--all", all, "a sorted list, each name once (default)");
    command.flag("--with-domainname", with_domainname,
                 "the lines of policy with such names, below their domains");
    command.flag("--json", json, "the sorted list as an array of strings, for programs");
    command.option("--root", "DIR", root, "look in the root file system in DIR");
    command.operands("FILE", files, "policy; '-' or none: standard input", 0);
    command.example("tomoyo-findtemp /etc/tomoyo/domain_policy.conf", "names to be generalised or removed");
    command.example("tomoyo-savepolicy -d | tomoyo-findtemp --with-domainname", "which lines they are in");
    command.example("tomoyo-findtemp --root=rootfs rootfs/etc/tomoyo/*.conf",
                    "the same for the image of a board");
    if (const auto code = command.parse())
        return *code;
    if (all && with_domainname)
        throw command.usage_error("--all and --with-domainname exclude each other");
    if (json && with_domainname)
        throw command.usage_error("--json and --with-domainname exclude each other");
    if (call.compat && !files.empty())
        throw command.usage_error("unexpected argument");
    if (files.empty())
        files.emplace_back("-");

    Names names(root, !call.compat);
    NameList list;
    LineList lines(call.compat);
    for (const std::string& file : files) {
        lines.start_file();
        read(file, [&](std::string_view line, std::string_view normalized) {
            if (with_domainname)
                lines.line(line, normalized, names);
            else
                list.line(line, names);
        });
    }
    if (!with_domainname)
        list.print(json);
    names.finish();
    return exit_ok;
}

} // namespace applet
