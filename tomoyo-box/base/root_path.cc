// SPDX-License-Identifier: GPL-2.0-only
// Root: names are resolved a component at a time.
#include "tomoyo-box/base/root_path.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace {

constexpr unsigned most_links = 40; // as in the kernel

// Takes the first component off PATH; empty when there is none left.
std::string take_component(std::string& path) {
    const size_t from = std::min(path.find_first_not_of('/'), path.size());
    const size_t end = std::min(path.find('/', from), path.size());
    std::string component = path.substr(from, end - from);
    path.erase(0, end);
    return component;
}

} // namespace

Root::Root(const std::string& directory) : directory_(directory) {
    struct stat here = {};
    struct stat system = {};
    if (stat(directory.c_str(), &here) != 0)
        throw system_trouble("use " + directory + " as root");
    if (!S_ISDIR(here.st_mode))
        throw system_trouble("use " + directory + " as root", ENOTDIR);
    is_system_ = stat("/", &system) == 0 && here.st_dev == system.st_dev && here.st_ino == system.st_ino;
    while (directory_.ends_with('/'))
        directory_.pop_back();
}

std::optional<std::string> Root::walk(std::string_view path, Last last) const {
    std::string rest(path);
    std::string real;
    unsigned links = 0;
    for (std::string component = take_component(rest); !component.empty(); component = take_component(rest)) {
        if (component == ".")
            continue;
        if (component == "..") {
            real.erase(real.empty() ? 0 : real.rfind('/'));
            continue;
        }
        std::string next = real;
        next.append(1, '/').append(component);
        const bool at_end = rest.find_first_not_of('/') == std::string::npos;
        struct stat status = {};
        if (lstat(outside(next).c_str(), &status) != 0) {
            if (last != Last::may_miss || errno != ENOENT)
                return std::nullopt;
        } else if (S_ISLNK(status.st_mode) && !(at_end && last == Last::keep)) {
            const std::string target = link_target(outside(next));
            if (target.empty() || ++links > most_links)
                return std::nullopt;
            if (target.front() == '/')
                real.clear();
            rest.insert(0, target);
            continue;
        } else if (!at_end && !S_ISDIR(status.st_mode)) {
            return std::nullopt;
        }
        real = std::move(next);
    }
    return real.empty() ? "/" : real;
}

std::optional<std::string> Root::real_path(std::string_view path) const { return walk(path, Last::follow); }

std::optional<std::string> Root::executed_name(std::string_view path) const { return walk(path, Last::keep); }

std::string Root::target(std::string_view path) const {
    if (auto real = walk(path, Last::may_miss))
        return *real;
    throw trouble("cannot use {}: a part of it is no directory, or its links run in a circle",
                  outside(std::string(path)));
}

bool Root::is_directory(std::string_view path) const {
    const auto real = real_path(path);
    return real && ::is_directory(outside(*real));
}

bool Root::is_program(std::string_view path) const {
    const auto real = real_path(path);
    struct stat status = {};
    return real && stat(outside(*real).c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           (status.st_mode & 0111) != 0;
}

bool Root::is_link(std::string_view path) const {
    const auto name = executed_name(path);
    return name && !link_target(outside(*name)).empty();
}

std::vector<std::string> Root::list(std::string_view path) const {
    std::vector<std::string> names;
    const auto real = real_path(path);
    if (!real)
        return names;
    const std::unique_ptr<DIR, decltype(&closedir)> stream(opendir(outside(*real).c_str()), closedir);
    if (!stream)
        return names;
    while (const dirent* entry = readdir(stream.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}
