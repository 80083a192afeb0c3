// SPDX-License-Identifier: GPL-2.0-only
// Addresses of agents.
#include "tomoyo-box/cli/agent.h"

#include "tomoyo-box/base/path.h"
#include "tomoyo-box/base/text.h"

bool is_agent_address(const std::string& word) {
    const size_t colon = word.rfind(':');
    return colon != std::string::npos && colon > 0 && word.find('/') == std::string::npos &&
           is_number(std::string_view(word).substr(colon + 1)) && !exists(word);
}

Error no_agents(const char* example) {
    return {exit_trouble, "remote agents are not supported",
            fmt::format("use ssh, for example: ssh HOST {}", example)};
}
