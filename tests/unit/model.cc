// SPDX-License-Identifier: GPL-2.0-only
// The engine against the reference model, with chance from a fixed seed: every run is the same.
#include "tests/model/duel.h"
#include "tests/unit/tap.h"

#include <cstdio>
#include <cstdlib>
#include <random>

namespace {

std::vector<u8> bytes(unsigned seed, size_t size) {
    std::mt19937 random(seed);
    std::vector<u8> all(size);
    for (u8& byte : all)
        byte = static_cast<u8>(random());
    return all;
}

// A difference is a check that fails, and the last one: what the engine holds then is not to be trusted.
void fail_and_end(const std::string& what, const std::string& engine, const std::string& model) {
    is(engine, model, named(what.c_str()));
    ok(false, named("engine and model differ"));
    std::fflush(stdout);
    std::_Exit(done());
}

void sequence(unsigned seed, unsigned steps) {
    const std::vector<u8> all = bytes(seed, size_t{64} * steps);
    model::Chance chance(all.data(), all.size());
    model::Duel duel;
    for (unsigned step = 0; step < steps; step++)
        duel.step(chance);
    duel.release();
    for (const tmy_file file : {TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY, TMY_FILE_MANAGER})
        duel.compare(file, 4096);
    duel.compare_memory();
}

void conditions(unsigned seed, unsigned steps) {
    const std::vector<u8> all = bytes(seed, size_t{128} * steps);
    model::Chance chance(all.data(), all.size());
    model::Duel duel;
    duel.write(TMY_FILE_DOMAIN_POLICY, 0, "<kernel>", -1);
    for (unsigned step = 0; step < steps; step++)
        duel.evaluate(chance);
}

void executions(unsigned seed, unsigned steps) {
    const std::vector<u8> all = bytes(seed, size_t{128} * steps);
    model::Chance chance(all.data(), all.size());
    model::Duel duel;
    for (unsigned step = 0; step < steps; step++)
        duel.roam(chance);
    duel.compare(TMY_FILE_DOMAIN_POLICY, 4096);
    duel.compare_memory();
}

} // namespace

int main() {
    model::on_difference = fail_and_end;
    unsigned long before = 0;
    // A comparison every other step at least, or the programs agreed about nothing.
    const auto agreed = [&before](unsigned long at_least) {
        cmp_ok(model::compared() - before, >=, at_least, named("texts compared"));
        before = model::compared();
    };
    about("many small policies: the engine reads, decides, learns and executes as the model does");
    for (unsigned seed = 0; seed < 80; seed++)
        sequence(seed, 100);
    agreed(80 * 100 / 2);
    about("larger policies: likewise");
    for (unsigned seed = 80; seed < 90; seed++)
        sequence(seed, 1000);
    agreed(10 * 1000 / 2);
    about("one large policy: likewise");
    sequence(90, 2000);
    agreed(2000 / 2);
    about("conditions hold in the engine when they hold in the model");
    conditions(91, 5000);
    agreed(5000);
    about("executions lead to the same domains in the engine and in the model");
    for (unsigned seed = 100; seed < 120; seed++)
        executions(seed, 250);
    agreed(20 * 250);
    return done();
}
