// SPDX-License-Identifier: GPL-2.0-only
// Loading profiles and quotas: values rather than sets of lines.
#include "tomoyo-box/kernel/load/load.h"
#include "tomoyo-box/kernel/load/refusals.h"
#include "tomoyo-box/policy/language/policy_reader.h"
#include "tomoyo-box/policy/language/quotas.h"

int load_settings(const Interface& interface, policy::Language language, std::vector<Input>& inputs,
                  const LoadOptions& options) {
    const char* file = policy::kind_of(language).kernel_file;
    policy::Settings settings(language);
    Refusals refusals(options.verbose, options.json);
    PolicyWriter writer(interface, file);
    for (Input& input : inputs) {
        policy::PolicyReader reader = input.lines();
        for (std::string_view line; reader.next_normalized(line);) {
            if (options.compat) {
                if (reader.has_newline() && !line.empty())
                    writer.line(line);
            } else if (reader.had_nul()) {
                refusals.add_unsent(reader.where(line.size() + 1), line, "it holds a NUL byte");
            } else if (settings.add(line, reader.where(), reader.raw())) {
                writer.line(line);
            }
        }
    }
    writer.flush();
    if (options.compat)
        return exit_ok;
    std::string text = options.verify ? interface.read(file) : "";
    if (language == policy::Language::quotas)
        text = policy::quota_text(text);
    for (const auto& refusal : settings.refused_by(text))
        if (!refusal.written)
            refusals.add_unsent(refusal.where, refusal.line, refusal.reason);
        else if (!options.verify)
            continue;
        else if (refusal.mistake)
            refusals.add_mistake(refusal.where, refusal.line, refusal.reason);
        else
            refusals.add(refusal.where, refusal.line, refusal.reason);
    refusals.finish();
    return refusals.count() ? exit_negative : exit_ok;
}
