// SPDX-License-Identifier: GPL-2.0-only
// OldDirectory: which file counts.
#include "tomoyo-box/store/old_directory.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/hash.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/text.h"
#include "tomoyo-box/policy/language/statement.h"
#include "tomoyo-box/store/stamp.h"

#include <algorithm>
#include <fcntl.h>

namespace store {

namespace {

constexpr std::string_view suffix = ".conf";

// The stamp in "NAME.STAMP.conf"; nothing when FILE is not such a name.
std::optional<int64_t> dated(std::string_view file, std::string_view name) {
    if (!strip(file, name) || !strip(file, ".") || !file.ends_with(suffix))
        return std::nullopt;
    return stamp_time(file.substr(0, file.size() - suffix.size()));
}

// A line of policy and, when it is one of domain policy, the domain it is about.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}

    bool next() {
        if (rest_.empty())
            return false;
        line = take_line(rest_);
        text = line;
        deletes = strip(text, policy::delete_word);
        if (text.starts_with('<'))
            domain = text_hash(text, 0);
        key = text.starts_with('<') ? domain : text_hash(text, domain);
        return true;
    }

    std::string_view line, text; // text: without "delete "
    bool deletes = false;
    uint64_t domain = 0, key = 0;

private:
    std::string_view rest_;
};

} // namespace

std::string apply_difference(std::string_view base, std::string_view difference) {
    policy::Generations gone; // 1: to be deleted, 2: was there
    for (Lines at(difference); at.next();)
        if (at.deletes)
            gone[at.key] = 1;
    std::string text;
    const auto keep = [&](std::string_view line) { text.append(line).append("\n"); };
    for (Lines at(base); at.next();) {
        auto found = gone.find(at.key);
        if (found == gone.end())
            found = gone.find(at.domain);
        if (found == gone.end())
            keep(at.line);
        else
            found->second = 2;
    }
    // What is not there cannot be deleted: who reads the result shall know. Lines below a domain that was
    // deleted must not come to stand below another.
    std::string_view left;
    for (Lines at(difference); at.next();) {
        const bool done = at.deletes && gone[at.key] != 1;
        if (done && at.text.starts_with('<'))
            left = at.line;
        if (done)
            continue;
        if (!left.empty() && !at.text.starts_with('<'))
            keep(left);
        left = {};
        keep(at.line);
    }
    return text;
}

std::optional<OldFile> OldDirectory::open_file(const std::string& path) const {
    const auto real = root_.real_path(path);
    if (!real || root_.is_directory(*real))
        return std::nullopt;
    Fd fd = open_fd(root_.outside(*real), O_RDONLY);
    if (!fd)
        throw system_trouble("open " + root_.outside(*real));
    return OldFile{root_.outside(*real), std::move(fd)};
}

std::string OldDirectory::newest(const std::string& file, const std::string& name) const {
    std::string path;
    int64_t best = 0;
    const auto consider = [&](std::optional<int64_t> time, std::string candidate) {
        if (time.value_or(-1) >= best && root_.real_path(candidate)) {
            best = *time;
            path = std::move(candidate);
        }
    };
    for (const std::string& stamp : root_.list("/policy"))
        consider(stamp_time(stamp), fmt::format("/policy/{}/{}", stamp, file));
    for (const std::string& other : root_.list("/"))
        consider(dated(other, name), '/' + other);
    return path;
}

std::optional<OldFile> OldDirectory::open(const std::string& name) const {
    const std::string file = name + ".conf";
    auto found = open_file('/' + file);
    if (!found)
        found = open_file("/policy/current/" + file);
    if (!found)
        found = open_file(newest(file, name));
    auto base = open_file('/' + name + ".base");
    if (!found || !base)
        return found ? std::move(found) : std::move(base);
    const std::string text =
        apply_difference(read_all(base->fd.get(), base->name), read_all(found->fd.get(), found->name));
    return OldFile{base->name + " with " + found->name, memory_file(text)};
}

} // namespace store
