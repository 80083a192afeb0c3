// SPDX-License-Identifier: GPL-2.0-only
// Root: a directory tree seen as a process would see it whose root it is, without chroot(2).
//
// For a tree that is being built, no link and no ".." leads out of it into the build host.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

class Root {
public:
    // Throws Error when DIRECTORY is no directory.
    explicit Root(const std::string& directory = "/");

    // Is it the root of the running system?
    bool is_system() const { return is_system_; }

    // The name of a file of the tree for system calls of this process. PATH must be real, or come from
    // target().
    std::string outside(const std::string& path) const { return directory_ + path; }

    // realpath(3) inside the tree; nothing when there is no such file, or its links run in a circle.
    std::optional<std::string> real_path(std::string_view path) const;

    // The same, except that a last component that is a link stays: a program executed as PATH has this name
    // in the kernel (kernel ABI 2.7).
    std::optional<std::string> executed_name(std::string_view path) const;

    // The real path that PATH has or would get: components that do not exist are kept as they are.
    // Throws Error when PATH cannot exist (a file in place of a directory, a circle of links).
    std::string target(std::string_view path) const;

    bool is_directory(std::string_view path) const; // follows links
    bool is_program(std::string_view path) const;   // a regular file somebody may execute; follows links
    bool is_link(std::string_view path) const;

    // The names in a directory, sorted; none when it cannot be read.
    std::vector<std::string> list(std::string_view path) const;

private:
    enum class Last { follow, keep, may_miss };
    std::optional<std::string> walk(std::string_view path, Last last) const;

    std::string directory_; // without a slash at its end: empty for "/"
    bool is_system_;
};
