// SPDX-License-Identifier: GPL-2.0-only
// An engine's policy, for tests that put questions to it.
#ifndef TESTS_DIFFERENTIAL_ENGINE_H
#define TESTS_DIFFERENTIAL_ENGINE_H

#include "tests/differential/script.h"

#include "lsm/engine/policy.h"
#include "lsm/engine/stream.h"

#include <memory>

namespace differential {

// A copy of the exact size, so that the sanitizer sees every byte read too many.
class Exact {
public:
    explicit Exact(const std::string& text) : bytes_(new char[text.size()]), length_(text.size()) {
        text.copy(bytes_.get(), text.size());
    }
    char* data() { return bytes_.get(); }
    auto span() const { return tmy_span(bytes_.get(), length_); }

private:
    std::unique_ptr<char[]> bytes_;
    size_t length_;
};

// An active policy.
class EnginePolicy {
public:
    EnginePolicy();
    ~EnginePolicy();
    tmy_policy* get() { return policy_; }
    tmy_stream* open(File file);
    // Writes a line that has to be accepted.
    void write(tmy_stream* stream, const std::string& line);

private:
    tmy_policy* policy_;
};

} // namespace differential

#endif
