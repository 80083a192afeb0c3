// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: whatever is upgraded, the engine takes all of it, no line is lost, and it stays what it is
// when it is upgraded again. The first byte chooses the file, the second the version.
#include "tomoyo-box/policy/upgrade/upgrade.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/engine.h"
#include "tomoyo-box/policy/language/words.h"

#include <cstdlib>
#include <iterator>

namespace {

using namespace policy;
using namespace policy::upgrade;

void must(bool condition) {
    if (!condition)
        abort();
}

Document document(Language language, std::string_view text) {
    const Fd fd = memory_file(text);
    policy::PolicyReader reader(fd.get(), "file");
    return {language, reader};
}

void loads(Language language, const std::string& text) {
    const Fd fd = memory_file(text);
    policy::PolicyReader reader(fd.get(), "new");
    Policy policy;
    must(policy.load(language, reader).empty());
}

// Every line is kept, has become another, or stands in a comment.
void loses_nothing(const Document& before, const Result& after) {
    size_t wholly = 0;
    for (const Loss& loss : after.losses) {
        wholly += !loss.partly;
        std::string line(before.raw(loss.line));
        for (size_t nul; (nul = line.find('\0')) != std::string::npos;)
            line.replace(nul, 1, "\\000");
        must(after.text.find("): " + line + "\n") != std::string::npos);
    }
    must(after.kept + after.converted + wholly == before.size());
    // What 2.6 understands and does not change is found again, word by word.
    size_t at = 0;
    for (size_t i = 0; i < before.size(); i++)
        if (before.text(i).starts_with('#') && before.raw(i).find('\0') == std::string_view::npos) {
            at = after.text.find(before.raw(i), at);
            must(at != std::string::npos);
        }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 2)
        return 0;
    constexpr Language languages[] = {Language::domains, Language::exceptions, Language::profiles,
                                      Language::managers, Language::quotas};
    const Language language = languages[data[0] % std::size(languages)];
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const Document before = document(language, text);
    const Document exceptions = document(Language::exceptions, "deny_rewrite /var/\\*\n");
    Detector detector(data[1] ? static_cast<Versions>(data[1]) : any_version);
    try {
        detector.see(before);
    } catch (const Error&) {
        return 0; // it contradicts itself
    }
    const Result after = convert(before, {detector.from(), &exceptions, (data[0] & 128) != 0});
    loads(language, after.text);
    loses_nothing(before, after);
    const Document once = document(language, after.text);
    const Result twice = convert(once, {any_version});
    must(twice.text == after.text && twice.losses.empty());
    return 0;
}
