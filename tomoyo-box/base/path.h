// SPDX-License-Identifier: GPL-2.0-only
// Paths: their parts, directories on the way, and the file this process runs from.
#pragma once

#include <string>
#include <string_view>

std::string parent_directory(const std::string& path); // "/a/b" -> "/a", "b" -> "."
std::string file_name(std::string_view path);          // "/a/b" -> "b"

// mkdir -p; throws Error.
void make_directories(const std::string& path, unsigned mode = 0777);

bool exists(const std::string& path);       // follows links
bool is_directory(const std::string& path); // follows links

// The target of a symbolic link; empty when PATH is none.
std::string link_target(const std::string& path);

// Real path, as the kernel's manager list knows it. Works without /proc when the box was called by a path.
// Throws Error when it cannot be found out.
std::string own_executable();
