// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: a document loses nothing, its problems are inside of its lines, what it understands is
// understood in its canonical form as well, and the engine takes it over. The first byte chooses the file.
#include "tomoyo-box/policy/language/document.h"

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/engine.h"

#include <algorithm>
#include <cstdlib>
#include <sys/mman.h>
#include <type_traits>
#include <unistd.h>

namespace {

using namespace policy;

void must(bool condition) {
    if (!condition)
        abort();
}

Document read(Language language, std::string_view text) {
    const Fd fd(memfd_create("document", MFD_CLOEXEC));
    must(write_all(fd.get(), text) && lseek(fd.get(), 0, SEEK_SET) == 0);
    policy::PolicyReader reader(fd.get(), "file");
    return {language, reader};
}

void loses_nothing(const Document& document, std::string_view text) {
    std::string whole;
    for (size_t i = 0; i < document.size(); i++)
        whole.append(document.raw(i)).append(i + 1 < document.size() || document.complete() ? "\n" : "");
    must(whole == text);
    size_t lines = 0;
    document.each_domain([&](size_t first, size_t last) {
        must(first < last && last <= document.size());
        lines += last - first;
    });
    must(lines <= document.size());
}

// The canonical text; empty for what has none.
std::string canonical_of(const Line& line) {
    return std::visit(
        [](const auto& what) -> std::string {
            using Type = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<Type, DomainLine> || std::is_same_v<Type, ExceptionLine> ||
                          std::is_same_v<Type, ProfileLine> || std::is_same_v<Type, ManagerLine>)
                return canonical(what);
            else
                return {};
        },
        line);
}

void check_problem(const Document& document, size_t i, const Problem& problem) {
    must(problem.reason && problem.column >= 1 && problem.column <= document.text(i).size() + 1);
    const size_t column = raw_column(document.raw(i), problem.column);
    must(column >= 1 && column <= document.raw(i).size() + 1);
}

void check_line(const Document& document, size_t i, Stream& stream) {
    const Line line = document.line(i);
    if (const auto* problem = std::get_if<Problem>(&line)) {
        check_problem(document, i, *problem);
        return;
    }
    const std::string text = canonical_of(line);
    if (text.empty())
        return;
    const Line again = parse_line(document.language(), text);
    must(again.index() == line.index() && canonical_of(again) == text);
    const auto refused = stream.write(document.raw(i));
    must(!refused || std::string_view(refused->reason).starts_with("there is no such thing") ||
         std::string_view(refused->reason) == "no domain is selected");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0)
        return 0;
    constexpr Language languages[] = {Language::domains, Language::exceptions, Language::profiles,
                                      Language::managers, Language::quotas};
    const Language language = languages[data[0] % std::size(languages)];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Document document = read(language, text);
    loses_nothing(document, text);
    const Policy policy;
    Stream stream(policy, language);
    for (size_t i = 0; i < document.size(); i++)
        check_line(document, i, stream);
    return 0;
}
