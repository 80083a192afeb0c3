// SPDX-License-Identifier: GPL-2.0-only
// The engine against the model: what happens next, as chance has it.
#include "tests/model/duel.h"

#include <algorithm>

namespace model {

void Duel::step(Chance& chance) {
    act(chance);
    observe();
}

void Duel::roam(Chance& chance) {
    const unsigned stream = chance.below(streams);
    if (chance.one_in(2)) {
        if (chance.one_in(8))
            return start_task(stream, chance.below(streams));
        return chance.one_in(64) ? activate() : execute_any(chance, stream);
    }
    tmy_file file;
    const std::string line = make_route(chance, file);
    write(file, stream, line, -1);
    if (chance.one_in(64))
        collect();
}

void Duel::execute_any(Chance& chance, unsigned task) {
    Attempt attempt = {task, make_program(chance, model_, tasks_[task].domain), {}, false, false, -1};
    attempt.facts = make_facts(chance);
    attempt.arguments = chance.one_in(2);
    attempt.succeeds = chance.below(4);
    attempt.fail_after = chance.one_in(8) ? static_cast<long>(chance.below(8)) : -1;
    execute(attempt);
}

void Duel::act(Chance& chance) {
    static const tmy_file read_files[] = {TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY,
                                          TMY_FILE_MANAGER};
    static const char* const items[] = {"file::open", "file::execute", "file::create",
                                        "network::inet_stream_bind", "misc::env"};
    const unsigned stream = chance.below(streams);
    const auto memory = [&] { return chance.one_in(6) ? static_cast<long>(chance.below(8)) : -1; };
    const auto write_line = [&](tmy_file file) {
        const std::string line = make_line(chance, file, model_);
        write(file, stream, line, memory());
    };
    const auto request = [&] {
        const size_t domain = cursor(stream);
        return make_request(chance, model_, domain == Policy::none ? 0 : domain);
    };
    switch (chance.below(32)) {
    default:
        return write_line(TMY_FILE_DOMAIN_POLICY);
    case 7:
    case 8:
    case 9:
    case 10:
        return write_line(TMY_FILE_EXCEPTION_POLICY);
    case 11:
        return write_line(chance.one_in(3) ? TMY_FILE_MANAGER : TMY_FILE_PROFILE);
    case 12:
        return compare(chance.pick(read_files), 1 + chance.below(200));
    case 13:
        return compare_domain(
            chance.below(std::min<unsigned>(256, static_cast<unsigned>(model_.domains().size()))),
            chance.one_in(2));
    case 14:
        return collect();
    case 15:
        return chance.one_in(8) ? activate() : compare_config(stream, chance.pick(items));
    case 16:
        return hold(request(), stream);
    case 17:
        return release();
    case 24: {
        Request asked = request();
        if (chance.one_in(4)) // the only one whose target is learned
            asked.what = parse_entry("file symlink " + make_name(chance));
        return learn(asked, stream, memory());
    }
    case 25:
    case 26:
        return execute_any(chance, stream);
    case 28:
    case 29:
    case 30:
        return read_slowly(chance.pick(read_files), 1 + 8 * chance.below(64));
    case 31:
        return compare_manager(chance.one_in(2) ? make_domain(chance) : make_name(chance));
    case 27:
        return start_task(stream, chance.below(streams));
    case 18:
    case 19:
    case 20:
    case 21:
    case 22:
    case 23: {
        const Request asked = request();
        return decide(asked, stream, chance.one_in(2), !chance.one_in(3));
    }
    }
}

} // namespace model
