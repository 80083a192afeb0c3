// SPDX-License-Identifier: GPL-2.0-only
// An engine's policy, made active.
#include "tests/differential/engine.h"

namespace differential {

EnginePolicy::EnginePolicy() : policy_(tmy_policy_create()) {
    // Like the guest's policy: <kernel> has a profile that is defined.
    tmy_stream* profiles = open(profile);
    write(profiles, "0-COMMENT=");
    tmy_stream_close(profiles);
    const char* problem;
    const tmy_domain* domain;
    if (tmy_policy_activate(policy_, &problem, &domain))
        die(std::string("cannot activate: ") + problem);
}

EnginePolicy::~EnginePolicy() { tmy_policy_destroy(policy_); }

tmy_stream* EnginePolicy::open(File file) {
    static const tmy_file types[files] = {TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY, TMY_FILE_PROFILE,
                                          TMY_FILE_MANAGER, TMY_FILE_STAT};
    tmy_stream* stream = tmy_stream_open(policy_, types[file]);
    if (!stream)
        die("no memory");
    return stream;
}

void EnginePolicy::write(tmy_stream* stream, const std::string& line) {
    struct tmy_problem problem;
    Exact copy(line);
    if (tmy_stream_write(stream, copy.data(), line.size(), &problem))
        die(line + ": " + (problem.reason ? problem.reason : "not accepted"));
}

} // namespace differential
