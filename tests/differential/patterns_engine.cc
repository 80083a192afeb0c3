// SPDX-License-Identifier: GPL-2.0-only
// Matches patterns on the engine: as an entry of a domain, and by the matcher alone.
#include "tests/differential/engine.h"
#include "tests/differential/patterns.h"

#include "lsm/engine/pattern.h"
#include "lsm/engine/word.h"

#include <cstring>
#include <vector>

namespace differential {

namespace {

using std::string;

string encoded(const string& name) {
    string text(4 * name.size(), '\0');
    text.resize(tmy_encode(text.data(), text.size(), name.data(), name.size()));
    return text;
}

bool decide(tmy_policy* policy, struct tmy_span target, unsigned long* scratch) {
    tmy_request request{};
    tmy_facts facts{};
    facts.symlink_target = target;
    request.kind = TMY_PATH;
    request.operation = TMY_SYMLINK;
    request.names[0].text = TMY_SPAN("/s");
    request.facts = &facts;
    request.scratch = scratch;
    tmy_read_begin();
    request.domain = tmy_find_domain(policy, TMY_SPAN("<kernel> /patterns"));
    const bool granted = tmy_decide(policy, &request) == TMY_GRANTED;
    tmy_read_end();
    return granted;
}

} // namespace

void patterns_on_engine(FILE* script, FILE* outcomes) {
    EnginePolicy policy;
    tmy_stream* stream = policy.open(domain_policy);
    policy.write(stream, "<kernel> /patterns");
    for (Pattern pattern; read_pattern(script, pattern);) {
        const string entry = "file symlink /s symlink.target=\"" + pattern.word + '"';
        const Exact word(pattern.word);
        policy.write(stream, entry);
        for (const string& name : pattern.names) {
            const Exact target(encoded(name));
            const size_t length = target.span().length;
            std::vector<unsigned long> scratch(TMY_MATCH_SCRATCH(length), ~0UL);
            const bool granted = decide(policy.get(), target.span(), scratch.data());
            const bool matched =
                tmy_match(target.span().at, length, word.span().at, word.span().length, scratch.data());
            fputc(granted != matched ? '?' : granted ? '+' : '-', outcomes);
        }
        fputc('\n', outcomes);
        policy.write(stream, "delete " + entry);
        tmy_collect(policy.get());
    }
    tmy_stream_close(stream);
}

} // namespace differential
