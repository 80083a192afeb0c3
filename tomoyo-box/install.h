// SPDX-License-Identifier: GPL-2.0-only
// Links: where an applet's links belong, and making them.
#pragma once

#include "tomoyo-box/applet.h"

// Absolute paths, the main one first.
std::vector<std::string> link_paths(const Applet& applet);

// tomoyo-box --install [-s] [-f] [DIR]. Returns an exit code.
int install_links(const std::vector<std::string>& args);
