// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: what must hold of any bytes taken as a line, a word, a domain, or a name to encode.
#include "tomoyo-box/policy/language/words.h"

#include <cstdint>
#include <cstdlib>

namespace {

void must(bool condition) {
    if (!condition)
        abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);

    const std::string line = policy::normalize(bytes);
    must(line.size() <= size && policy::normalize(line) == line);
    must(line.empty() || (line.front() != ' ' && line.back() != ' ' && line.find("  ") == std::string::npos));

    const std::string word = policy::encode(bytes);
    must(bytes.empty() || policy::correct_word(word));
    must(policy::decode(word) == bytes);

    if (policy::correct_path(bytes))
        must(policy::correct_word(bytes));
    if (policy::correct_word(bytes))
        must(policy::normalize(bytes) == bytes);
    if (policy::correct_domain(bytes))
        must(policy::starts_domain(bytes) && policy::normalize(bytes) == bytes);
    if (const auto decoded = policy::decode(bytes))
        must(policy::encode(*decoded) == bytes);
    return 0;
}
