// SPDX-License-Identifier: GPL-2.0-only
// Errors: texts of system errors.
#include "tomoyo-box/base/error.h"

#include <cerrno>
#include <cstring>

std::string errno_text(int number) { return std::strerror(number); }

Error system_trouble(std::string what) { return system_trouble(std::move(what), errno); }

Error system_trouble(std::string what, int number) {
    return trouble("cannot {}: {}", what, errno_text(number)).number(number);
}
