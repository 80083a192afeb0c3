// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: LineReader against the plain definition of a line, as it is and in canonical blanks.
#include "tomoyo-box/policy/language/policy_reader.h"

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/words.h"

#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

Fd file_with(const std::string& text) {
    Fd fd(memfd_create("fuzz", MFD_CLOEXEC));
    if (!write_all(fd.get(), text))
        return {};
    lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

// Reads TEXT line by line; abort() when a line, its place or its end is another than the definition says.
void compare(const std::string& text, bool normalized) {
    const Fd fd = file_with(text);
    if (!fd)
        return;
    policy::PolicyReader reader(fd.get(), "fuzz");
    std::string_view line;
    size_t at = 0;
    while (normalized ? reader.next_normalized(line) : reader.next(line)) {
        const size_t end = std::min(text.find('\n', at), text.size());
        const std::string raw = text.substr(at, end - at);
        if (line != (normalized ? policy::normalize(raw) : raw))
            abort();
        if (normalized && reader.had_nul() != (raw.find('\0') != std::string::npos))
            abort();
        if (reader.offset() != at || reader.has_newline() != (end < text.size()))
            abort();
        at = end < text.size() ? end + 1 : end;
    }
    if (at != text.size())
        abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    // The first byte repeats the rest, so that small inputs cross the reader's pieces.
    if (size == 0)
        return 0;
    std::string text;
    for (unsigned i = 0; i <= data[0]; i++)
        text.append(reinterpret_cast<const char*>(data) + 1, size - 1);
    compare(text, false);
    compare(text, true);
    return 0;
}
