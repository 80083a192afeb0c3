// SPDX-License-Identifier: GPL-2.0-only
// The engine itself as C++ sees it: a policy in this process, its files to write to and read from, and its
// decisions.
#pragma once

#include "lsm/engine/policy.h"
#include "tomoyo-box/policy/language/line.h"
#include "tomoyo-box/policy/language/policy_reader.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policy {

struct Decision {
    tmy_verdict verdict = TMY_DENIED;
    std::string matched; // the name or pattern that granted; empty when there is none
};

// A line that was not taken over. Problem.reason is never null.
struct Refusal {
    unsigned long line; // from 1
    Problem problem;
};

class Policy {
public:
    Policy(); // holds the domain <kernel>; not active. Throws Error without memory, as all do.

    // Takes over a file to its end: blank lines and comments are passed over, everything else is written.
    // Returns what was refused.
    std::vector<Refusal> load(Language language, PolicyReader& reader);

    // The text of a file, as the kernel prints it.
    std::string text(Language language);

    // Does an entry of DOMAIN grant the request? The request's domain and scratch are set here. Nothing when
    // there is no such domain.
    std::optional<Decision> decide(std::string_view domain, tmy_request& request) const;

    tmy_policy* get() const { return policy_.get(); }

private:
    struct Destroy {
        void operator()(tmy_policy* policy) const { tmy_policy_destroy(policy); }
    };
    std::unique_ptr<tmy_policy, Destroy> policy_;
};

// An open file of a policy, which must outlive it.
class Stream {
public:
    Stream(const Policy& policy, Language language);

    // One line, which need not be normalized. Returns why it was not taken over; the column is one of the
    // normalized line.
    std::optional<Problem> write(std::string_view line);

    // The next text; empty at the end.
    std::string_view read();

    tmy_stream* get() const { return stream_.get(); }

private:
    struct Close {
        void operator()(tmy_stream* stream) const { tmy_stream_close(stream); }
    };
    std::unique_ptr<tmy_stream, Close> stream_;
    std::string buffer_;
};

} // namespace policy
