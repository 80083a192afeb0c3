// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: every line that is offered instead of a wrong one is right, remarks are inside of their lines,
// and a complaint names something. The first byte chooses the language.
#include "tomoyo-box/policy/check/advice.h"

#include "tomoyo-box/compat/complaint.h"
#include "tomoyo-box/policy/check/dialect.h"
#include "tomoyo-box/policy/check/remarks.h"
#include "tomoyo-box/policy/language/words.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace policy;

void must(bool condition) {
    if (!condition)
        abort();
}

void check_wrong(Language language, std::string_view line, const Problem& problem) {
    const Advice advice = advise(language, line);
    must(phrase(advice).empty() == (advice.kind == Advice::none));
    if (advice.kind == Advice::correction || advice.kind == Advice::example)
        must(advice.text != line && normalize(advice.text) == advice.text &&
             !find_problem(language, advice.text));
    (void)taken_by_mainline(language, line);
    (void)compat::was_taken(language, line, problem);
    must(compat::complaint(language, line, problem.column).find(" is a") != std::string::npos);
}

void check_right(Language language, std::string_view line, const Line& parsed) {
    (void)compat::complaint_of_right(line, parsed);
    const auto remark = remark_on(language, line, parsed, true);
    if (!remark)
        return;
    must(remark->column >= 1 && remark->column <= line.size() + 1 && !remark->text.empty());
    if (remark->advice.kind == Advice::correction)
        must(!find_problem(language, remark->advice.text));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0)
        return 0;
    constexpr Language languages[] = {Language::domains, Language::exceptions, Language::profiles,
                                      Language::managers, Language::quotas};
    const Language language = languages[data[0] % std::size(languages)];
    const std::string line = normalize({reinterpret_cast<const char*>(data) + 1, size - 1});
    const Line parsed = parse_line(language, line);
    if (const auto* problem = std::get_if<Problem>(&parsed))
        check_wrong(language, line, *problem);
    else
        check_right(language, line, parsed);
    return 0;
}
