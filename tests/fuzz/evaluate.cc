// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: conditions and facts made of the input; the engine must find them as true as the model does.
#include "tests/model/duel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    model::Chance chance(data, size);
    model::Duel duel;
    duel.write(TMY_FILE_DOMAIN_POLICY, 0, "<kernel>", -1);
    while (!chance.over())
        duel.evaluate(chance);
    return 0;
}
