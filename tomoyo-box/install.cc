// SPDX-License-Identifier: GPL-2.0-only
// Links: tomoyo-box --install.
#include "tomoyo-box/install.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace {

struct Options {
    bool symbolic = false;
    bool force = false;
    std::string directory; // empty: each link in its own place
};

Options parse(const std::vector<std::string>& args) {
    Options options;
    for (const std::string& arg : args) {
        if (arg == "-s")
            options.symbolic = true;
        else if (arg == "-f")
            options.force = true;
        else if (arg.starts_with('-') || !options.directory.empty())
            throw Error(exit_trouble, fmt::format("unexpected argument '{}'", arg),
                        "use 'tomoyo-box --install [-s] [-f] [DIR]'");
        else
            options.directory = arg;
    }
    return options;
}

bool same_file(const std::string& a, const std::string& b) {
    struct stat first = {};
    struct stat second = {};
    return stat(a.c_str(), &first) == 0 && stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

// Returns false, with a message, when the link could not be made.
bool make_link(const std::string& box, const std::string& path, const Options& options) {
    if (same_file(box, path))
        return true;
    make_directories(parent_directory(path));
    if (options.force)
        unlink(path.c_str());
    const int result =
        options.symbolic ? symlink(box.c_str(), path.c_str()) : link(box.c_str(), path.c_str());
    if (result == 0)
        return true;
    const int reason = errno;
    const char* advice = reason == EEXIST  ? "remove it, or use -f to replace it"
                         : reason == EXDEV ? "use -s for symbolic links"
                                           : "";
    warn("cannot make {}: {}{}{}", path, errno_text(reason), *advice ? "; " : "", advice);
    return false;
}

} // namespace

std::vector<std::string> link_paths(const Applet& applet) {
    std::vector<std::string> paths{std::string(applet.path)};
    std::string_view also = applet.also;
    while (!also.empty()) {
        const size_t end = std::min(also.find(' '), also.size());
        if (end)
            paths.emplace_back(also.substr(0, end));
        also.remove_prefix(std::min(end + 1, also.size()));
    }
    return paths;
}

int install_links(const std::vector<std::string>& args) {
    const Options options = parse(args);
    const std::string box = own_executable();
    bool all = true;
    for (const Applet& applet : applets())
        for (const std::string& path : link_paths(applet))
            all &= make_link(
                box, options.directory.empty() ? path : options.directory + "/" + file_name(path), options);
    return all ? exit_ok : exit_trouble;
}
