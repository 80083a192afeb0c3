// SPDX-License-Identifier: GPL-2.0-only
// tomoyo-post-init: the administrator's program that runs once the policy is loaded.
#pragma once

#include "tomoyo-box/boot/boot_console.h"

#include <string>

// Runs DIRECTORY/tomoyo-post-init and waits for it, a minute at most; false: there is none, or it could not
// be started.
bool run_post_init(const std::string& directory, BootConsole& console);
