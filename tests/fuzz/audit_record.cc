// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: any bytes are taken apart, problems are where they are said to be, and what is understood is
// understood alike once it has been printed.
#include "tomoyo-box/policy/audit/conditions.h"

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/words.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace policy;

void must(bool condition) {
    if (!condition)
        abort();
}

// A header with the same items. Lists are inside of exec, which is all that they do not say themselves.
std::string print(const AuditHeader& header) {
    std::string text = "#";
    text.append(header.time).append("#");
    std::string_view block;
    for (const AuditItem& item : header.items) {
        if (item.block != block) {
            text.append(block.empty() ? "" : " }");
            block = item.block;
            if (!block.empty())
                text.append(" ").append(block).append("={");
        }
        text.append(" ").append(item.key).append(item.block.ends_with("[]") ? "" : "=").append(item.value);
    }
    return text.append(block.empty() ? "" : " }");
}

void check(const AuditRecord& record) {
    must(starts_domain(record.domain) && !record.line.empty());
    must(normalize(record.domain) == record.domain && normalize(record.line) == record.line);
    const std::string text = print(record.header);
    AuditHeader again;
    must(!parse(text, again) && again.time == record.header.time && again.items == record.header.items);
    must(conditions(again, Conditions::all) == conditions(record.header, Conditions::all));
    must(exec_conditions(again) == exec_conditions(record.header));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const Fd fd(memfd_create("audit", MFD_CLOEXEC));
    must(write_all(fd.get(), {reinterpret_cast<const char*>(data), size}) &&
         lseek(fd.get(), 0, SEEK_SET) == 0);
    LineReader lines(fd.get(), "log");
    AuditReader reader(lines);
    AuditRecord record;
    std::optional<AuditProblem> problem;
    while (reader.next(record, problem)) {
        if (!problem)
            check(record);
        else
            must(problem->reason && problem->line >= 1 && problem->where.starts_with("log:"));
    }
    return 0;
}
