// SPDX-License-Identifier: GPL-2.0-only
// Paths.
#include "tomoyo-box/base/path.h"

#include "tomoyo-box/base/error.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

std::string parent_directory(const std::string& path) {
    const size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string file_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

void make_directories(const std::string& path, unsigned mode) {
    if (is_directory(path))
        return;
    const std::string parent = parent_directory(path);
    if (parent != path)
        make_directories(parent, mode);
    if (mkdir(path.c_str(), mode) != 0 && errno != EEXIST)
        throw system_trouble("make directory " + path);
}

bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

bool is_directory(const std::string& path) {
    struct stat status = {};
    return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string link_target(const std::string& path) {
    char target[PATH_MAX];
    const ssize_t length = readlink(path.c_str(), target, sizeof target);
    return length < 0 ? std::string() : std::string(target, static_cast<size_t>(length));
}

std::string own_executable() {
    if (std::string path = link_target("/proc/self/exe"); !path.empty())
        return path;
    const auto* called = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
    char real[PATH_MAX];
    if (called && realpath(called, real))
        return real;
    throw trouble("cannot find out which file this program runs from: /proc is not mounted");
}
