// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: what policy says about executions and tasks that execute; they must come to the model's
// domains.
#include "tests/model/duel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    model::Chance chance(data, size);
    model::Duel duel;
    while (!chance.over())
        duel.roam(chance);
    duel.compare(TMY_FILE_DOMAIN_POLICY, 4096);
    duel.compare_memory();
    return 0;
}
