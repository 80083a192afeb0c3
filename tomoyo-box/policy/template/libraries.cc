// SPDX-License-Identifier: GPL-2.0-only
// ld.so.cache, read as ldconfig -p would print it: no program of the root is run, which may be for another
// machine.
#include "tomoyo-box/policy/template/template.h"

#include "tomoyo-box/base/fd.h"

#include <cstdint>
#include <cstring>
#include <fcntl.h>

namespace policy {
namespace {

constexpr std::string_view magic = "glibc-ld.so.cache1.1";

// The format of glibc 2.2 and later, in the byte order of its machine. An older format may stand before it.
struct Header {
    char magic[20];
    uint32_t count;
    uint32_t strings_size;
    uint32_t rest[5];
};
static_assert(sizeof(Header) == 48);

struct Entry {
    int32_t flags;
    uint32_t name; // offsets of strings, from the header
    uint32_t path;
    uint32_t rest[3];
};
static_assert(sizeof(Entry) == 24);

} // namespace

std::vector<std::string> cached_libraries(const Root& root) {
    std::vector<std::string> libraries;
    const auto real = root.real_path("/etc/ld.so.cache");
    const Fd fd = real ? open_fd(root.outside(*real), O_RDONLY) : Fd();
    if (!fd)
        return libraries;
    const std::string file = read_all(fd.get(), root.outside(*real));
    const size_t start = file.find(magic);
    if (start == std::string::npos || file.size() - start < sizeof(Header))
        return libraries;
    const std::string_view cache = std::string_view(file).substr(start);

    Header header;
    std::memcpy(&header, cache.data(), sizeof header);
    const size_t room = (cache.size() - sizeof header) / sizeof(Entry);
    if (header.count > room)
        return libraries; // cut off, or of the other byte order
    for (size_t i = 0; i < header.count; i++) {
        Entry entry;
        std::memcpy(&entry, cache.data() + sizeof header + i * sizeof entry, sizeof entry);
        if (entry.path >= cache.size())
            continue;
        const std::string_view path = cache.substr(entry.path);
        const size_t end = path.find('\0');
        if (end != std::string_view::npos && path.starts_with('/'))
            libraries.emplace_back(path.substr(0, end));
    }
    return libraries;
}

} // namespace policy
