// SPDX-License-Identifier: GPL-2.0-only
// OldDirectory: which file counts.
#include "tomoyo-box/store/old_directory.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/policy/hash.h"
#include "tomoyo-box/policy/line.h"
#include "tomoyo-box/policy/words.h"
#include "tomoyo-box/store/stamp.h"

#include <algorithm>
#include <fcntl.h>
#include <unordered_map>

namespace store {

namespace {

constexpr std::string_view suffix = ".conf";

// The stamp in "NAME.STAMP.conf"; nothing when FILE is not such a name.
std::optional<int64_t> dated(std::string_view file, std::string_view name) {
    if (!policy::strip(file, name) || !policy::strip(file, ".") || !file.ends_with(suffix))
        return std::nullopt;
    return stamp_time(file.substr(0, file.size() - suffix.size()));
}

// Lines of policy that may be taken away again.
class Lines {
public:
    explicit Lines(size_t at_most) { lines_.reserve(at_most); }

    void read(std::string_view text, bool deletes) {
        for (domain_ = 0; !text.empty();) {
            const size_t end = std::min(text.find('\n'), text.size());
            add(text.substr(0, end), deletes);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    std::string text() const {
        std::string all;
        for (const Line& line : lines_)
            if (!line.deleted)
                all.append(line.text).append("\n");
        return all;
    }

private:
    struct Line {
        std::string_view text;
        uint64_t domain;
        bool deleted;
    };

    void add(std::string_view line, bool deletes) {
        std::string_view gone = line;
        if (deletes && policy::strip(gone, policy::delete_word) && remove(gone))
            return;
        if (line.starts_with('<'))
            domain_ = policy::hash(line, 0);
        else if (!deletion_.empty()) // it stands below no domain, and must not come below another
            lines_.push_back({deletion_, 0, false});
        deletion_ = {};
        index_[policy::hash(line, domain_)] = static_cast<uint32_t>(lines_.size());
        lines_.push_back({line, domain_, false});
    }

    // What is not there is no line to remove: who reads the result will say so.
    bool remove(std::string_view gone) {
        if (gone.starts_with('<')) {
            const uint64_t domain = policy::hash(gone, 0);
            for (Line& line : lines_)
                line.deleted |= line.domain == domain;
            domain_ = 0;
            deletion_ = {gone.data() - policy::delete_word.size(), gone.size() + policy::delete_word.size()};
            return true;
        }
        const auto at = index_.find(policy::hash(gone, domain_));
        if (at == index_.end())
            return false;
        lines_[at->second].deleted = true;
        index_.erase(at);
        return true;
    }

    uint64_t domain_ = 0;       // that the lines are about
    std::string_view deletion_; // of a domain, in the line before
    std::vector<Line> lines_;
    std::unordered_map<uint64_t, uint32_t> index_;
};

} // namespace

std::string apply_difference(std::string_view base, std::string_view difference) {
    Lines lines(static_cast<size_t>(std::count(base.begin(), base.end(), '\n')));
    lines.read(base, false);
    lines.read(difference, true);
    return lines.text();
}

std::string OldDirectory::find(const std::string& name) const {
    const auto is_file = [this](const std::string& path) {
        const auto real = root_.real_path(path);
        return real && !root_.is_directory(*real) ? root_.outside(*real) : "";
    };
    for (const std::string& path : {'/' + name + ".conf", "/policy/current/" + name + ".conf"})
        if (std::string found = is_file(path); !found.empty())
            return found;
    std::string newest;
    std::optional<int64_t> best;
    const auto consider = [&](std::optional<int64_t> time, const std::string& path) {
        if (!time || (best && *time <= *best))
            return;
        if (std::string found = is_file(path); !found.empty()) {
            best = time;
            newest = std::move(found);
        }
    };
    for (const std::string& stamp : root_.list("/policy"))
        consider(stamp_time(stamp), "/policy/" + stamp + '/' + name + ".conf");
    for (const std::string& file : root_.list("/"))
        consider(dated(file, name), '/' + file);
    return newest;
}

std::optional<OldFile> OldDirectory::open_file(const std::string& path) const {
    const auto real = root_.real_path(path);
    if (!real || root_.is_directory(*real))
        return std::nullopt;
    Fd fd = open_fd(root_.outside(*real), O_RDONLY);
    if (!fd)
        throw system_trouble("open " + root_.outside(*real));
    return OldFile{directory_ + '/' + path, std::move(fd)};
}

std::optional<OldFile> OldDirectory::open(const std::string& name) const {
    const std::string path = find(name);
    auto base = open_file(name + ".base");
    if (path.empty())
        return base;
    if (base)
        return OldFile{base->name + " and " + path,
                       memory_file(apply_difference(read_all(base->fd.get(), base->name), read_file(path)))};
    Fd fd = open_fd(path, O_RDONLY);
    if (!fd)
        throw system_trouble("open " + path);
    return OldFile{path, std::move(fd)};
}

std::vector<std::string> OldDirectory::names(std::string_view prefix) const {
    std::vector<std::string> found;
    for (const std::string& file : root_.list("/"))
        if (file.starts_with(prefix) && file.ends_with(suffix))
            found.push_back(file.substr(0, file.size() - suffix.size()));
    return found;
}

} // namespace store
