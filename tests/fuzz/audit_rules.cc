// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: any file of rules gives problems with places inside of it, and each record at most one of its
// destinations. The record is in front, up to the first blank line: header, domain, entry.
#include "tomoyo-box/policy/audit/rules.h"

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace policy;

void must(bool condition) {
    if (!condition)
        abort();
}

std::string take_normalized(std::string_view& text) { return normalize(take_line(text)); }

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string header = take_normalized(text), domain = take_normalized(text),
                      acl = take_normalized(text);
    const Fd fd(memfd_create("rules", MFD_CLOEXEC));
    must(write_all(fd.get(), text) && lseek(fd.get(), 0, SEEK_SET) == 0);
    policy::PolicyReader reader(fd.get(), "rules");
    AuditRules rules;
    for (const Refusal& refusal : rules.parse(reader))
        must(refusal.line >= 1 && refusal.line <= reader.number() && refusal.problem.reason &&
             refusal.problem.column >= 1 && refusal.problem.column <= text.size() + 1);
    const auto files = rules.destinations();
    const std::string* file = rules.destination(header, domain, acl);
    must(!file || (file->starts_with('/') && std::find(files.begin(), files.end(), *file) != files.end()));
    return 0;
}
