// SPDX-License-Identifier: GPL-2.0-only
// The version of the tool box.
#pragma once

#include <string_view>

constexpr std::string_view version_line = "tomoyo-box 0.1.0";
