// SPDX-License-Identifier: GPL-2.0-only
// The engine against the reference model, with chance from a fixed seed: every run is the same.
#include "tests/model/duel.h"
#include "tests/unit/tap.h"

#include <random>

namespace {

// A difference ends the program with what it is.
void sequence(unsigned seed, unsigned steps, unsigned policies) {
    std::mt19937 random(seed);
    for (unsigned policy = 0; policy < policies; policy++) {
        std::vector<u8> bytes(size_t{64} * steps / policies);
        for (u8& byte : bytes)
            byte = static_cast<u8>(random());
        model::Chance chance(bytes.data(), bytes.size());
        model::Duel duel;
        for (unsigned step = 0; step < steps / policies; step++)
            duel.step(chance);
        duel.release();
        for (const tmy_file file : {TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY, TMY_FILE_MANAGER})
            duel.compare(file, 4096);
    }
}

} // namespace

int main() {
    sequence(1, 8000, 80);
    ok(true, "many small policies: the engine reads, decides, learns and executes as the model does");
    sequence(2, 10000, 10);
    ok(true, "larger policies: likewise");
    sequence(3, 2000, 1);
    ok(true, "one large policy: likewise");
    return done();
}
