// SPDX-License-Identifier: GPL-2.0-only
// The first exception policy.
//
// A program is known to the kernel by the name it was executed as, with links resolved in its directory but
// not in its last component (kernel ABI 2.7). That decides every name here: /sbin/syslogd stays itself where
// it is a link to BusyBox, and becomes /usr/sbin/syslogd where /sbin is a link to usr/sbin. Files that are
// opened are known by their real path.
#include "tomoyo-box/policy/template/template.h"

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/template/data.h"

#include <fmt/core.h>

#include <algorithm>
#include <fcntl.h>
#include <unordered_set>

namespace policy {
namespace {

constexpr std::string_view own_process = R"(acl_group 0 file read proc:/self/\*
acl_group 0 file read proc:/self/\{\*\}/\*
)";

constexpr std::string_view ioctls = R"(number_group COMMON_IOCTL_CMDS 0x5401
acl_group 0 file ioctl @ANY_PATHNAME @COMMON_IOCTL_CMDS
)";

// Lines in order, each once.
class Lines {
public:
    template <typename... T> void add(fmt::format_string<T...> format, T&&... args) {
        std::string line = fmt::format(format, std::forward<T>(args)...);
        if (!known_.insert(line).second)
            return;
        text_ += line;
        text_ += '\n';
    }
    void add_block(std::string_view lines) { text_ += lines; }
    std::string take() { return std::move(text_); }

private:
    std::unordered_set<std::string> known_;
    std::string text_;
};

// A path as a word of policy, under the kernel's name for files of procfs.
std::string name_of(std::string_view path) {
    return path.starts_with("/proc/") ? "proc:" + encode(path.substr(5)) : encode(path);
}

std::string in(std::string_view directory, std::string_view name) {
    return fmt::format("{}/{}", directory, name);
}

bool is_library(std::string_view name) {
    return name.starts_with("lib") && name.find(".so") != std::string_view::npos;
}

// ld-linux-x86-64.so.2, ld-2.31.so, ld-musl-aarch64.so.1, ld-uClibc.so.0, ld64.so.2, ld.so.1
bool is_loader(std::string_view name) {
    return (name.starts_with("ld-") || name.starts_with("ld64.so") || name.starts_with("ld.so.")) &&
           name.find(".so") != std::string_view::npos && name != "ld.so.cache";
}

void add_common_files(const Root& root, Lines& lines) {
    for_each_word(data::common_files, [&](const std::string& file) {
        // Not looked up: procfs is mounted where the policy will be used, perhaps not where it is made.
        if (file.starts_with("/proc/"))
            lines.add("acl_group 0 file read {}", name_of(file));
        else if (const auto real = root.real_path(file))
            lines.add("acl_group 0 file read {}", name_of(*real));
    });
    lines.add_block(own_process);
}

// The real directories of libraries, each once.
std::vector<std::string> library_directories(const Root& root) {
    std::vector<std::string> directories;
    const auto add = [&](const std::string& path) {
        if (!root.is_directory(path))
            return;
        const std::string real = *root.real_path(path);
        if (std::find(directories.begin(), directories.end(), real) == directories.end())
            directories.push_back(real);
    };
    for_each_word(data::library_directories, add);
    for_each_word(data::multiarch_directories, [&](const std::string& above) {
        for (const std::string& name : root.list(above))
            if (name.find("-linux-") != std::string::npos)
                add(in(above, name));
    });
    return directories;
}

void add_library(const Root& root, const std::vector<std::string>& covered, const std::string& path,
                 Lines& lines) {
    const auto real = root.real_path(path);
    if (!real)
        return;
    const std::string directory = parent_directory(*real);
    const std::string name = file_name(*real);
    if (is_library(name) && std::find(covered.begin(), covered.end(), directory) != covered.end())
        return;
    // glibc before 2.34 has its version in the loader's name: the next update would be locked out.
    if (name.starts_with("ld-2.") && name.ends_with(".so"))
        lines.add("acl_group 0 file read {}/ld-2.\\*.so", name_of(directory));
    else
        lines.add("acl_group 0 file read {}", name_of(*real));
}

void add_libraries(const Root& root, Lines& lines) {
    const std::vector<std::string> directories = library_directories(root);
    std::vector<std::string> loaders;
    bool small_library = false; // musl and uClibc do without ldconfig
    for (const std::string& directory : directories)
        for (const std::string& name : root.list(directory))
            if (is_loader(name)) {
                loaders.push_back(in(directory, name));
                small_library |= name.starts_with("ld-musl-") || name.starts_with("ld-uClibc");
            }
    // Without any of these it is a root that holds just a few programs, not a system: leave it to learning.
    const bool system = root.is_program("/sbin/ldconfig") || root.is_program("/bin/ldconfig") ||
                        small_library || (!loaders.empty() && root.is_directory("/etc/init.d"));
    if (!system)
        return;
    for (const std::string& directory : directories)
        lines.add("acl_group 0 file read {}/lib\\*.so\\*", name_of(directory));
    for (const std::string& library : cached_libraries(root))
        add_library(root, directories, library, lines);
    for (const std::string& loader : loaders)
        add_library(root, directories, loader, lines);
}

void add_initializer(const Root& root, const std::string& program, Lines& lines) {
    if (root.is_program(program))
        lines.add("initialize_domain {} from any", name_of(*root.executed_name(program)));
}

// The path in a file like /proc/sys/kernel/modprobe; empty when there is none.
std::string path_in_file(const std::string& file) {
    const Fd fd = open_fd(file, O_RDONLY);
    char text[4096];
    const ssize_t length = fd ? read_some(fd.get(), text, sizeof text) : 0;
    const std::string_view path(text, static_cast<size_t>(std::max<ssize_t>(length, 0)));
    return std::string(path.substr(0, path.find('\n')));
}

void add_kernel_helpers(const Root& root, Lines& lines) {
    const auto add = [&](const std::string& helper) {
        if (helper.starts_with('/') && helper != "/bin/true")
            add_initializer(root, helper, lines);
    };
    if (!root.is_system())
        return for_each_word(data::kernel_helpers, add);
    add(path_in_file("/proc/sys/kernel/modprobe"));
    add(path_in_file("/proc/sys/kernel/hotplug"));
}

void add_scripts(const Root& root, Lines& lines) {
    for_each_word(data::script_directories, [&](const std::string& directory) {
        for (const std::string& name : root.list(directory))
            add_initializer(root, in(directory, name), lines);
    });
    for_each_word(data::scripts, [&](const std::string& script) { add_initializer(root, script, lines); });
}

void add_programs(const Root& root, Base base, Lines& lines) {
    for (const data::Programs& set : data::programs) {
        if (!(base == Base::busybox ? set.busybox : set.distribution))
            continue;
        for_each_word(set.directories, [&](const std::string& directory) {
            if (!root.is_directory(directory))
                return;
            for_each_word(set.names, [&](const std::string& name) {
                add_initializer(root, in(directory, name), lines);
            });
        });
    }
}

// Links of run levels: whatever their number is, they stand for the script behind them.
void add_run_levels(const Root& root, Lines& lines) {
    for_each_word(data::run_level_directories, [&](const std::string& directory) {
        if (root.real_path(directory) != directory)
            return; // the kernel will see the real one
        std::string pattern = encode(directory);
        const size_t level = pattern.size() - 3; // of "rcN.d"
        if (pattern.ends_with(".d") && pattern.compare(level - 2, 2, "rc") == 0)
            pattern.replace(level, 1, "\\?");
        for (const std::string& name : root.list(directory)) {
            const bool numbered = name.size() > 3 && (name[0] == 'S' || name[0] == 'K') &&
                                  is_digit(name[1]) && is_digit(name[2]);
            const std::string link = in(directory, name);
            if (numbered && root.is_link(link) && root.is_program(link))
                lines.add("aggregator {}/\\?\\+\\+{} {}", pattern, encode(name.substr(3)),
                          name_of(*root.real_path(link)));
        }
    });
}

// Started again by process 1 (for a user's session, or to renew itself), systemd goes on in the same domain,
// and so does its executor, through which it starts everything. Process 1 is called init, or as the kernel's
// init= or an initramfs calls it.
void add_systemd(const Root& root, Lines& lines) {
    const std::string init = name_of(root.executed_name("/sbin/init").value_or("/sbin/init"));
    for_each_word(data::systemd, [&](const std::string& program) {
        if (!root.is_program(program))
            return;
        const std::string systemd = name_of(*root.real_path(program));
        const std::string executor = program + "-executor";
        for (const std::string& first : {init, systemd}) {
            lines.add("keep_domain {} from <kernel> {}", systemd, first);
            if (root.is_program(executor))
                lines.add("keep_domain {} from <kernel> {}", name_of(*root.real_path(executor)), first);
        }
    });
}

} // namespace

const std::string_view any_name_groups = R"(path_group ANY_PATHNAME /
path_group ANY_PATHNAME /\*
path_group ANY_PATHNAME /\{\*\}/
path_group ANY_PATHNAME /\{\*\}/\*
path_group ANY_PATHNAME \*:/
path_group ANY_PATHNAME \*:/\*
path_group ANY_PATHNAME \*:/\{\*\}/
path_group ANY_PATHNAME \*:/\{\*\}/\*
path_group ANY_PATHNAME \*:[\$]
path_group ANY_DIRECTORY /
path_group ANY_DIRECTORY /\{\*\}/
path_group ANY_DIRECTORY \*:/
path_group ANY_DIRECTORY \*:/\{\*\}/
)";

const std::string_view harmless_template = R"(acl_group 0 file read @ANY_DIRECTORY
acl_group 0 file getattr @ANY_PATHNAME
)";

Base detect_base(const Root& root) {
    for (const char* path : {"/bin/sh", "/sbin/init"})
        if (const auto real = root.real_path(path); real && file_name(*real).starts_with("busybox"))
            return Base::busybox;
    // With hard links no name leads back to BusyBox; a distribution may have it too, for its initramfs.
    return root.is_program("/bin/busybox") && !root.is_program("/sbin/ldconfig") ? Base::busybox
                                                                                 : Base::distribution;
}

std::string exception_template(const Root& root, const ExceptionOptions& options,
                               const std::vector<std::string>& rules) {
    Lines lines;
    add_common_files(root, lines);
    add_libraries(root, lines);
    lines.add_block(any_name_groups);
    lines.add_block(ioctls);
    lines.add_block(harmless_template);
    // What a daemon gets from the shell that it is learned in is not what it gets from init.
    if (options.any_environment && !options.as_2_6_1)
        lines.add("acl_group 0 misc env \\*");
    add_kernel_helpers(root, lines);
    add_scripts(root, lines);
    add_programs(root, options.base, lines);
    for (const std::string& rule : rules)
        lines.add("{}", rule);
    add_run_levels(root, lines);
    add_systemd(root, lines);
    lines.add("aggregator proc:/self/exe /proc/self/exe");
    // Who executes by descriptor (fexecve) has another number each time.
    if (!options.as_2_6_1)
        lines.add("aggregator proc:/self/fd/\\$ /proc/self/fd");
    return lines.take();
}

} // namespace policy
