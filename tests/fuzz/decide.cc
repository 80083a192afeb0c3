// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: bytes decide which lines are written and what is asked; the engine must answer like the model.
#include "tests/model/duel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    model::Chance chance(data, size);
    model::Duel duel;
    while (!chance.over())
        duel.step(chance);
    duel.release();
    for (const tmy_file file : {TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY, TMY_FILE_MANAGER})
        duel.compare(file, 4096);
    duel.compare_memory();
    return 0;
}
