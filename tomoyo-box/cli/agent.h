// SPDX-License-Identifier: GPL-2.0-only
// Addresses of tomoyo-editpolicy-agent, which tomoyo-tools take in place of the local kernel. This program
// knows them only to say that it does not talk to agents.
#pragma once

#include "tomoyo-box/base/error.h"

#include <string>

// HOST:PORT, unless there is a file of that name.
bool is_agent_address(const std::string& word);

// The error for such an address. EXAMPLE is a command to run on the other host.
[[nodiscard]] Error no_agents(const char* example);
