// SPDX-License-Identifier: GPL-2.0-only
// Name forms: a '/' at the end stands for a directory, and some file systems have names of their own.
#include "tomoyo-box/policy/check/name_forms.h"

#include "tomoyo-box/policy/language/words.h"

namespace policy {

namespace {

constexpr std::string_view about_directory = "the name of a directory ends in '/'";
constexpr std::string_view about_no_directory = "only the name of a directory ends in '/'";
constexpr std::string_view file_system = "the kernel names the files there by their file system";
constexpr std::string_view both = "either both names are those of directories, or neither";

// Where they are mounted, and how the names of their files begin. The first that fits counts.
constexpr struct {
    std::string_view mounted, called;
} file_systems[] = {{"/proc/", "proc:/"},
                    {"/dev/pts/", "devpts:/"},
                    {"/dev/mqueue/", "mqueue:/"},
                    {"/sys/kernel/security/", "securityfs:/"},
                    {"/sys/kernel/debug/tracing/", "tracefs:/"},
                    {"/sys/kernel/debug/", "debugfs:/"},
                    {"/sys/kernel/tracing/", "tracefs:/"}};

struct Operations {
    unsigned directories; // are about directories only
    unsigned files;       // never are
};

Operations operations_of(unsigned kind) {
    switch (kind) {
    case TMY_PATH:
        return {1U << TMY_RMDIR | 1U << TMY_CHROOT,
                1U << TMY_EXECUTE | 1U << TMY_TRUNCATE | 1U << TMY_SYMLINK};
    case TMY_PATH2:
        return {1U << TMY_PIVOT_ROOT, 0};
    case TMY_PATH_NUMBER:
        return {1U << TMY_MKDIR, 1U << TMY_CREATE | 1U << TMY_MKFIFO | 1U << TMY_MKSOCK};
    case TMY_MKDEV:
        return {0, 1U << TMY_MKBLOCK | 1U << TMY_MKCHAR};
    default:
        return {0, 0};
    }
}

bool is_directory(std::string_view name) { return name.ends_with('/'); }

std::string other_end(std::string_view name) {
    return is_directory(name) ? std::string(name.substr(0, name.size() - 1)) : std::string(name) + '/';
}

// What a file system is mounted on has its name in the file system below, until then.
std::optional<NameForm> in_file_system(std::string_view name, bool mount_point) {
    for (const auto& [mounted, called] : file_systems)
        if (std::string_view rest = name; strip(rest, mounted)) {
            if (rest.empty() && mount_point)
                return std::nullopt;
            return NameForm{name, 0, std::string(called).append(rest), file_system};
        }
    return std::nullopt;
}

class EntryNames {
public:
    explicit EntryNames(const tmy_entry& entry) : entry_(entry) {}

    std::vector<NameForm> run() && {
        if (entry_.kind == TMY_MOUNT)
            mount();
        else if (entry_.kind < TMY_MOUNT)
            each();
        if (entry_.kind == TMY_PATH2 && found_.empty())
            pair();
        return std::move(found_);
    }

private:
    // Empty: a group.
    std::string_view name(unsigned i) const {
        return entry_.names[i].group ? std::string_view() : view(entry_.names[i].text);
    }

    void each() {
        const Operations kinds = operations_of(entry_.kind);
        const bool makes_directory = entry_.kind == TMY_PATH_NUMBER
                                         ? (entry_.operations & 1U << TMY_MKDIR) != 0
                                         : entry_.kind == TMY_PATH && (entry_.operations & 1U << TMY_RMDIR);
        // A program may have been given any name.
        const bool executes = entry_.kind == TMY_PATH && (entry_.operations & 1U << TMY_EXECUTE);
        for (unsigned i = 0; i < tmy_entry_names(static_cast<tmy_kind>(entry_.kind)); i++) {
            if (name(i).size() <= 1)
                continue;
            const unsigned wrong =
                entry_.operations & (is_directory(name(i)) ? kinds.files : kinds.directories);
            if (wrong)
                add({name(i), wrong, other_end(name(i)),
                     is_directory(name(i)) ? about_no_directory : about_directory});
            else if (auto form = executes ? std::nullopt : in_file_system(name(i), makes_directory))
                add(std::move(*form));
        }
    }

    // Both names of "file rename" and "file link".
    void pair() {
        if (name(0).empty() || name(1).empty() || is_directory(name(0)) == is_directory(name(1)))
            return;
        const unsigned other = is_directory(name(0)) ? 1 : 0;
        add({name(other), entry_.operations, other_end(name(other)), both});
    }

    // File systems are mounted on directories; a file may be bound on a file.
    void mount() {
        const std::string_view source = name(0), target = name(1), type = name(2);
        if (type.empty() || tmy_literal_prefix(type.data(), type.size()) < type.size())
            return;
        if (!target.empty() && !is_directory(target) && !type.starts_with("--"))
            add({target, entry_.operations, other_end(target), about_directory});
        else if (auto form = in_file_system(target, true))
            add(std::move(*form));
        if (type != "--bind" && type != "--move")
            return;
        if (auto form = in_file_system(source, false))
            add(std::move(*form));
        else if (!source.empty() && !target.empty() && is_directory(source) != is_directory(target))
            add({is_directory(source) ? target : source, entry_.operations,
                 other_end(is_directory(source) ? target : source), both});
    }

    void add(NameForm form) {
        if (!form.operations)
            form.operations = entry_.operations;
        if (found_.empty() || found_.front().operations == form.operations)
            found_.push_back(std::move(form));
    }

    const tmy_entry& entry_;
    std::vector<NameForm> found_;
};

} // namespace

std::vector<NameForm> odd_names(const tmy_entry& entry) { return EntryNames(entry).run(); }

std::optional<NameForm> odd_name(std::string_view name) { return in_file_system(name, false); }

} // namespace policy
