// SPDX-License-Identifier: GPL-2.0-only
// ReadObserver: is told how far an input has been read, and what is strange in it. What becomes of that is
// the business of whoever reads (cli/policy_input shows it).
#pragma once

#include <cstdint>
#include <string>

namespace policy {

class ReadObserver {
public:
    virtual void progress(uint64_t offset) = 0;        // in bytes
    virtual void warning(const std::string& text) = 0; // "FILE:LINE: what is strange"

protected:
    ~ReadObserver() = default;
};

} // namespace policy
