// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: any file of settings gives problems with places inside of it, colours that exist, and words
// that each mean one directive.
#include "tomoyo-box/policy/config/editor_settings.h"

#include "tomoyo-box/base/fd.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace policy;

void must(bool condition) {
    if (!condition)
        abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Fd fd(memfd_create("settings", MFD_CLOEXEC));
    must(write_all(fd.get(), text) && lseek(fd.get(), 0, SEEK_SET) == 0);
    policy::PolicyReader reader(fd.get(), "settings");
    EditorSettings settings;
    for (const Refusal& refusal : settings.parse(reader))
        must(refusal.line >= 1 && refusal.line <= reader.number() && refusal.problem.reason &&
             refusal.problem.column >= 1 && refusal.problem.column <= size + 1);
    for (unsigned i = 0; i < EditorSettings::elements; i++) {
        const auto color = settings.color(static_cast<EditorSettings::Element>(i));
        must(color.foreground < 8 && color.background < 8);
    }
    const auto& aliases = settings.aliases();
    for (size_t i = 0; i < aliases.size(); i++) {
        must(is_directive(aliases[i].directive) && !aliases[i].word.empty());
        for (size_t k = 0; k < i; k++)
            must(aliases[i].directive != aliases[k].directive && aliases[i].word != aliases[k].word);
    }
    return 0;
}
