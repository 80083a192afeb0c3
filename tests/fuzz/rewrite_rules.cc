// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: rules and a policy, with a blank line between them. Problems are inside of lines; what has
// been rewritten is not rewritten again; suggestions are patterns for what they cover, and rules for nothing
// on the list of names to keep.
#include "tomoyo-box/policy/rewrite/rewriter.h"

#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/generalize.h"
#include "tomoyo-box/policy/rewrite/suggest.h"
#include "tomoyo-box/policy/sets/unpack.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

class Silent final : public policy::ReadObserver {
    void progress(uint64_t) override {}
    void warning(const std::string&) override {}
};

using namespace policy;

void must(bool condition) {
    if (!condition)
        abort();
}

Fd file_with(std::string_view text) {
    Fd fd(memfd_create("text", MFD_CLOEXEC));
    must(write_all(fd.get(), text) && lseek(fd.get(), 0, SEEK_SET) == 0);
    return fd;
}

void check_rules(RewriteRules& rules, std::string_view text) {
    const Fd fd = file_with(text);
    policy::PolicyReader reader(fd.get(), "rules");
    for (const Refusal& refusal : rules.parse(reader))
        must(refusal.line >= 1 && refusal.line <= reader.number() && refusal.problem.reason &&
             refusal.problem.column >= 1 && refusal.problem.column <= text.size() + 1);
}

void check_rewriting(RewriteRules& rules, std::string_view text) {
    const Fd fd = file_with(text);
    policy::PolicyReader reader(fd.get(), "policy");
    Rewriter rewriter(rules, false);
    std::string_view line;
    while (reader.next_normalized(line)) {
        Unpacked unpacked(line);
        for (std::string_view one; unpacked.next(one);) {
            const std::string_view result = rewriter.next(one);
            must(normalize(result) == result || one.find("  ") != std::string_view::npos);
            must(!rewriter.kept() || !rewriter.kept()->word.empty());
        }
    }
}

void check_suggestions(RewriteRules& rules, std::string_view text) {
    const Fd fd = file_with(text);
    policy::PolicyReader reader(fd.get(), "policy");
    Suggester suggester(rules.keep(), 2);
    Silent observer;
    suggester.read(reader, text.size(), true, observer);
    for (const Suggestion& suggestion : suggester.find()) {
        must(!suggestion.lines.empty() && !suggestion.domain.empty());
        if (suggestion.what != Suggestion::name)
            continue;
        must(correct_word(suggestion.pattern) && !describe(suggestion.pattern).empty());
        must(suggestion.refused_by == rules.keep().covered_by(suggestion.pattern));
        for (const Suggestion::Line& now : suggestion.lines)
            for (const uint32_t number : now.covered) {
                std::string_view line = suggester.line(number), name;
                for (size_t word = 0; word < now.word; word++)
                    name = take_word(line);
                must(matches(name, suggestion.pattern));
            }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const size_t end = std::min(text.find("\n\n"), size);
    const std::string_view policy = text.substr(std::min(end + 2, size));
    RewriteRules rules;
    check_rules(rules, text.substr(0, end));
    check_rewriting(rules, policy);
    check_suggestions(rules, policy);
    return 0;
}
