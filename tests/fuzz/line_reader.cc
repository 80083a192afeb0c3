// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: LineReader against the plain definition of a line.
#include "tomoyo-box/base/line_reader.h"

#include "tomoyo-box/base/fd.h"

#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    // The first byte repeats the rest, so that small inputs cross the reader's pieces.
    if (size == 0)
        return 0;
    std::string text;
    for (unsigned i = 0; i <= data[0]; i++)
        text.append(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Fd fd(memfd_create("fuzz", MFD_CLOEXEC));
    if (!write_all(fd.get(), text))
        return 0;
    lseek(fd.get(), 0, SEEK_SET);

    LineReader reader(fd.get(), "fuzz");
    std::string_view line;
    size_t at = 0;
    while (reader.next(line)) {
        const size_t end = std::min(text.find('\n', at), text.size());
        if (reader.offset() != at || line != std::string_view(text).substr(at, end - at))
            abort();
        at = end < text.size() ? end + 1 : end;
    }
    if (at != text.size())
        abort();
    return 0;
}
