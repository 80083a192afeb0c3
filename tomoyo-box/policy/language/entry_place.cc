// SPDX-License-Identifier: GPL-2.0-only
// EntryPlace: counts words; what they mean is the engine's business.
#include "tomoyo-box/policy/language/entry_place.h"

#include "tomoyo-box/policy/language/words.h"

namespace policy {

EntryPlace place_entry(Language language, std::string_view line) {
    std::string_view rest = line;
    if (!strip(rest, delete_word) && language == Language::domains)
        strip(rest, "select ");
    if (language == Language::exceptions) {
        (void)take_namespace(rest);
        if (strip(rest, "acl_group "))
            take_word(rest);
    }
    EntryPlace place{line.size() - rest.size(), line.size(), 0};
    const std::string_view first = take_word(rest);
    if (first == "network") {
        take_word(rest);
        take_word(rest);
    } else if (first != "file") {
        return place;
    }
    place.operations = line.size() - rest.size();
    place.operations_length = take_word(rest).size();
    return place;
}

} // namespace policy
