// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: conditions and facts made of the input; the engine must find them as true as the model does.
#include "tests/model/duel.h"

namespace {

model::Request request(model::Chance& chance) {
    model::Request request;
    request.what = model::parse_entry(chance.one_in(2) ? "file execute /a" : "misc env A");
    request.facts = model::make_facts(chance);
    return request;
}

std::string members(model::Chance& chance, const std::string& group) {
    switch (chance.below(3)) {
    case 0:
        return "path_group " + group + " " + model::make_pattern(chance);
    case 1:
        return "number_group " + group + " " + std::to_string(chance.below(10));
    default:
        return "number_group " + group + " 5-" + std::to_string(5 + chance.below(5));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    model::Chance chance(data, size);
    model::Duel duel;
    duel.write(TMY_FILE_DOMAIN_POLICY, 0, "<kernel>", -1);
    while (!chance.over()) {
        for (unsigned count = chance.below(3); count; count--)
            duel.write(TMY_FILE_EXCEPTION_POLICY, 0, members(chance, chance.one_in(2) ? "G" : "H"), -1);
        std::string conditions;
        for (unsigned count = 1 + (chance.one_in(3) ? chance.below(3) : 0); count; count--)
            conditions += " " + model::make_condition(chance);
        duel.write(TMY_FILE_DOMAIN_POLICY, 0, "file execute /a" + conditions, -1);
        duel.write(TMY_FILE_DOMAIN_POLICY, 0, "misc env A" + conditions, -1);
        for (unsigned count = 1 + chance.below(4); count; count--) {
            const model::Request asked = request(chance);
            duel.decide(asked, 0, chance.one_in(2), chance.one_in(2));
        }
        duel.write(TMY_FILE_DOMAIN_POLICY, 0, "delete file execute /a" + conditions, -1);
        duel.write(TMY_FILE_DOMAIN_POLICY, 0, "delete misc env A" + conditions, -1);
    }
    return 0;
}
